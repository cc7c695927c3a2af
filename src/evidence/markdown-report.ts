import type { Acceptance } from '../model/acceptance.ts';
import type { Decision } from '../model/decision.ts';
import type { Finding, NotChecked, Proven, VerifyResult } from '../model/finding.ts';
import type { Hop, Witness } from '../model/witness.ts';

/** What a run leaves for its report. Times are ISO 8601, digests SHA-256 in hex. */
export interface ReportInput {
  readonly title: string;
  readonly when: string;
  readonly target: string;
  readonly specDigest: string;
  readonly stateDigest: string;
  readonly resources: number;
  readonly stages: readonly {
    readonly name: string;
    readonly role: string | undefined;
    readonly status: string;
    readonly seconds: number;
    readonly resources: number;
  }[];
  readonly verification: VerifyResult;
  /** Rules that somebody goes on in spite of. @default none */
  readonly accepted?: readonly Acceptance[];
  readonly decisions: readonly Decision[];
  /** Cardholder data as the spec states it; the report repeats it, it cannot prove it. */
  readonly cardholderFlows: readonly {
    readonly from: string;
    readonly to: string;
    readonly protocol: string;
    readonly data: string;
    readonly stored: boolean;
  }[];
  readonly scopes: readonly { readonly name: string; readonly scope: string; readonly because: string }[];
  readonly auditLog: { readonly entries: number; readonly lastHash: string; readonly valid: boolean };
}

/** The report in Markdown: what was deployed, what is proven, what is assumed, why it is as it is. */
export function markdownReport(input: ReportInput): string {
  const { proven, notChecked, findings, assumptions } = input.verification;
  return [
    `# ${text(input.title)}`,
    '',
    '> Nothing in this report is certified by anyone. It states what was deployed and what was proven about it, with the evidence; an',
    '> assessor concludes. Compliance is shared between you and your cloud provider.',
    '',
    ...table(
      ['Fact', 'Value'],
      [
        ['Written', input.when],
        ['Target', input.target],
        ['Resources in the state', String(input.resources)],
        ['Digest of landing-zone.yaml', `\`sha256:${input.specDigest}\``],
        ['Digest of the state', `\`sha256:${input.stateDigest}\``],
        [
          'Statements proven',
          `${proven.length} of ${proven.length + notChecked.filter(({ rest }) => rest !== 'fails').length + failedRules(findings)}`,
        ],
        ...(notChecked.length === 0 ? [] : [['Statements not checked, wholly or in part', String(notChecked.length)]]),
        ['Findings', findings.length === 0 ? 'none' : String(findings.length)],
        [
          'Audit log',
          `${input.auditLog.entries} entries, ${input.auditLog.valid ? 'chain and signatures valid' : '**not valid**'}, last \`${input.auditLog.lastHash.slice(0, 16)}…\``,
        ],
      ],
    ),
    '',
    '## Stages',
    '',
    ...table(
      ['Stage', 'Role', 'Status', 'Resources', 'Seconds'],
      input.stages.map((stage) => [
        stage.name,
        stage.role ?? '',
        stage.status,
        String(stage.resources),
        stage.seconds.toFixed(1),
      ]),
    ),
    '',
    ...acceptedSection(input.accepted ?? []),
    '## Findings',
    '',
    ...(findings.length === 0 ? ['None.'] : findings.flatMap(findingSection)),
    '',
    '## Proven',
    '',
    'Each statement was decided on exact sets of packets, not on samples. The number of pairs says how many pairs of endpoints it covers.',
    '',
    ...table(
      ['Statement', 'Id', 'Pairs', 'Supports'],
      proven.map((one: Proven) => [
        text(one.statement),
        `\`${one.ruleId}\``,
        String(one.pairs),
        one.controls.join(', '),
      ]),
    ),
    '',
    ...notCheckedSection(notChecked),
    '## Assumptions',
    '',
    'The proof holds where these do. They come from the platform’s documentation, or from experience where a decision says so.',
    '',
    ...(assumptions.length === 0 ? ['None.'] : assumptions.map((one) => `- ${text(one)}`)),
    '',
    ...unconfirmed(input.decisions),
    '',
    '## Cardholder data, as the landing zone file states it',
    '',
    'Not checked: data flows cannot be derived from infrastructure (PCI DSS 1.2.4).',
    '',
    ...(input.cardholderFlows.length === 0
      ? ['The file states no flow.']
      : table(
          ['From', 'To', 'Protocol', 'Data', 'Stored there'],
          input.cardholderFlows.map((flow) =>
            [flow.from, flow.to, flow.protocol, flow.data, flow.stored ? 'yes' : 'no'].map(text),
          ),
        )),
    '',
    ...(input.scopes.length === 0
      ? []
      : [
          ...table(
            ['Component', 'Scope', 'Because'],
            input.scopes.map((one) => [one.name, one.scope, one.because].map(text)),
          ),
          '',
        ]),
    '## Decisions',
    '',
    ...input.decisions.flatMap(decisionSection),
  ].join('\n');
}

/** A finding of an accepted rule stays a finding, and stands below. */
function acceptedSection(accepted: readonly Acceptance[]): readonly string[] {
  if (accepted.length === 0) return [];
  return [
    '## Accepted',
    '',
    'Whoever ran this went on in spite of these rules. None of them is proven by that.',
    '',
    ...table(
      ['Rule', 'Reason, as it was written'],
      accepted.map(({ rule, reason }) => [`\`${rule}\``, text(reason)]),
    ),
    '',
  ];
}

/** What Azure did not offer on the day of the state: not a finding, and not proven either. */
function notCheckedSection(rules: readonly NotChecked[]): readonly string[] {
  if (rules.length === 0) return [];
  const rest = { holds: 'checked, holds', fails: 'checked, fails', none: 'nothing else is asked' } as const;
  return [
    '## Not checked',
    '',
    'On the day of the state Azure did not offer what these statements ask for. None of them is proven.',
    '',
    ...table(
      ['Statement', 'Id', 'Not offered yet', 'Since', 'Source', 'The rest of it'],
      rules.flatMap((one) =>
        one.missing.map(({ what, since, source }) => [
          text(one.statement),
          `\`${one.ruleId}\``,
          text(what),
          since,
          text(source),
          rest[one.rest],
        ]),
      ),
    ),
    '',
  ];
}

/** What decisions rest on that nobody has confirmed on Azure: the design holds if these do. */
function unconfirmed(decisions: readonly Decision[]): readonly string[] {
  const lines = decisions.flatMap(({ title, assumptions = [] }) =>
    assumptions.map((one) => `- ${text(title)}: ${text(one)}`),
  );
  return lines.length === 0 ? [] : ['Of the design, from experience and not yet confirmed on Azure:', '', ...lines];
}

function failedRules(findings: readonly Finding[]): number {
  return new Set(findings.map((finding) => finding.ruleId)).size;
}

function findingSection(finding: Finding): readonly string[] {
  return [
    `### ${text(finding.ruleId)} (${finding.level})`,
    '',
    text(finding.message),
    '',
    ...(finding.resource === undefined ? [] : [`Resource: \`${finding.resource}\``, '']),
    ...(finding.witness === undefined ? [] : [...witnessLines(finding.witness), '']),
  ];
}

/** A witness as a numbered way: the packet, then each hop with what decided. */
function witnessLines(witness: Witness): readonly string[] {
  const { packet } = witness;
  const port = packet.destinationPort === undefined ? '' : `:${packet.destinationPort}`;
  const name = packet.name === undefined ? '' : ` asking for ${packet.name}`;
  return [
    `Packet: ${packet.protocol} ${packet.source} → ${packet.destination}${port}${name}: **${witness.verdict}**`,
    '',
    ...witness.hops.map((hop: Hop, i) => {
      const detail = hop.detail === undefined ? '' : ` (${text(hop.detail)})`;
      const back = hop.direction === 'reply' ? ' on the way back' : '';
      return `${i + 1}. ${hop.layer} \`${lastName(hop.resource)}\`: ${text(hop.rule)} → ${hop.effect}${back}${detail}`;
    }),
  ];
}

function decisionSection(decision: Decision): readonly string[] {
  return [
    `### ${text(decision.title)}`,
    '',
    text(decision.because),
    '',
    ...decision.alternatives.map((one) => `- Not ${text(one.option)}: ${text(one.whyNot)}`),
    ...(decision.alternatives.length === 0 ? [] : ['']),
    `Supports: ${decision.controls.length === 0 ? 'no requirement by itself' : decision.controls.join(', ')}. Proved by: ${
      decision.provedBy.length === 0 ? 'not checked' : decision.provedBy.map((id) => `\`${id}\``).join(', ')
    }.`,
    ...(decision.assumptions ?? []).map((one) => `\nAssumes: ${text(one)}`),
    '',
  ];
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)];
}

/** Text from a user's file or a resource, harmless in Markdown that may be shown as HTML. */
function text(value: string): string {
  return value
    .replace(/[\\`*_[\]()!#~]/g, '\\$&')
    .replaceAll('<', '&lt;')
    .replace(/[\r\n]+/g, ' ');
}

function lastName(id: string): string {
  return id.startsWith('/') ? id.split('/').slice(-1).join('/') : id;
}
