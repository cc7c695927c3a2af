import type { Finding, NotChecked, VerifyResult } from '../../model/finding.ts';
import type { Hop, PacketText, Witness } from '../../model/witness.ts';
import type { Style } from './style.ts';

/** The result of a verification for people: what is proven, what is not and by which packet, what is assumed. */
export function renderVerification(result: VerifyResult, style: Style): string {
  const width = Math.max(0, ...[...result.proven, ...result.notChecked].map((one) => one.ruleId.length));
  return [
    ...result.proven.map((one) => `${style('green', '✓')} ${one.ruleId.padEnd(width)}  ${style('dim', one.statement)}`),
    ...result.notChecked.map(
      (one) =>
        `${style('yellow', '–')} ${one.ruleId.padEnd(width)}  ${style('yellow', 'not checked:')} ${style('dim', missingText(one))}`,
    ),
    ...result.findings.flatMap((finding) => ['', ...renderFinding(finding, style)]),
    '',
    ...(result.assumptions.length === 0
      ? []
      : [style('bold', 'Assumes'), ...result.assumptions.map((one) => `  - ${one}`), '']),
    summary(result, style),
  ].join('\n');
}

function summary(result: VerifyResult, style: Style): string {
  const unchecked = result.notChecked.length === 0 ? '' : `${result.notChecked.length} not checked, `;
  const counts = `${result.proven.length} proven, ${unchecked}${result.findings.length} findings, ${result.assumptions.length} assumptions`;
  return result.findings.length === 0 ? style(['bold', 'green'], counts) : style(['bold', 'red'], counts);
}

/** Why a rule was not checked, or not wholly. */
export function missingText({ missing, rest }: NotChecked): string {
  const parts = missing.map(({ what, since }) => `${what}: Azure offers it since ${since}`).join('; ');
  const others = { holds: '; the rest holds', fails: '; the rest fails', none: '' }[rest];
  return `${parts}${others}`;
}

function renderFinding(finding: Finding, style: Style): readonly string[] {
  const colour = finding.level === 'error' ? 'red' : 'yellow';
  return [
    `${style(['bold', colour], finding.level)} ${style('bold', finding.ruleId)} ${finding.message}`,
    ...(finding.resource === undefined ? [] : [`  on   ${finding.resource}`]),
    ...(finding.location === undefined
      ? []
      : [`  at   ${finding.location.file}:${finding.location.line}:${finding.location.column}`]),
    ...(finding.witness === undefined ? [] : renderWitness(finding.witness, style).map((line) => `  ${line}`)),
  ];
}

/** A packet and its way, a hop a line with what decided there. */
export function renderWitness(witness: Witness, style: Style): readonly string[] {
  return [renderPacket(witness.packet), ...witness.hops.map((hop, i) => renderHop(hop, i, style))];
}

export function renderPacket(packet: PacketText): string {
  const port = packet.destinationPort === undefined ? '' : `:${packet.destinationPort}`;
  const name = packet.name === undefined ? '' : ` asking for ${packet.name}`;
  return `packet ${packet.protocol} ${packet.source} → ${packet.destination}${port}${name}`;
}

function renderHop(hop: Hop, index: number, style: Style): string {
  const stops = hop.effect === 'deny' || hop.effect === 'drop';
  const mark = stops ? style('red', '✗') : style('green', '→');
  const where = hop.resource.startsWith('/') ? hop.resource.split('/').slice(-1).join('/') : hop.resource;
  const back = hop.direction === 'reply' ? ' (reply)' : '';
  const detail = hop.detail === undefined ? '' : style('dim', `  ${hop.detail}`);
  return `${String(index + 1).padStart(2)} ${mark} ${hop.layer.padEnd(16)} ${where}  ${style('bold', hop.rule)} ${hop.effect}${back}${detail}`;
}
