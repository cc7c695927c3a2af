import * as path from 'node:path';
import { verifyLogFile } from '../../../audit/log.ts';
import { logFiles } from '../../../audit/log-files.ts';
import { markdownReport } from '../../../evidence/markdown-report.ts';
import { readText, writeTextAtomically } from '../../../kernel/files.ts';
import { sha256 } from '../../../kernel/hash.ts';
import type { Acceptance } from '../../../model/acceptance.ts';
import { readIntents, verify } from '../../../verify/index.ts';
import { acceptedLines, isAccepted } from '../../accept.ts';
import type { Context } from '../../context.ts';
import { deployLandingZone } from '../../deployment.ts';
import { exitCodes } from '../../exit-code.ts';
import { absolute, dataFolder, shown } from '../../global-flags.ts';
import { designLandingZone } from '../../landing-zone.ts';
import { type OutputFormat, printOutcome } from '../../render/outcome.ts';
import { renderStages, stageRows } from '../../render/stages.ts';
import { renderVerification } from '../../render/verification.ts';
import { writeState } from '../../state/write-state.ts';

export interface UpFlags {
  readonly spec?: string;
  readonly data?: string;
  readonly out?: string;
  readonly asOf?: Date;
  readonly accept?: readonly Acceptance[];
  readonly output?: OutputFormat;
}

/** The main job: from landing-zone.yaml to a landing zone on local Azure, proven, with its files. */
export async function up(this: Context, flags: UpFlags): Promise<void> {
  const started = this.clock.elapsed();
  const say = (text: string) => void this.process.stderr.write(`${text}\n`);

  const landingZone = designLandingZone(this, flags.spec, flags.asOf, flags.accept);
  const out = absolute(this, flags.out ?? 'out');
  say(`Designed ${shown(this, landingZone.specFile)}`);
  const { result, state } = await deployLandingZone(this, landingZone, {
    out,
    target: { target: 'local', data: dataFolder(this, flags.data), asOf: flags.asOf },
    readState: true,
  });
  const files = landingZone.files.map((file) => path.join(out, file.path));
  const log = path.join(out, 'audit', path.basename(result.auditLog));
  for (const file of logFiles(result.auditLog)) {
    const copy = path.join(out, 'audit', path.basename(file));
    writeTextAtomically(copy, readText(file));
    files.push(copy);
  }
  const failed = result.stages.some((stage) => stage.status === 'failed');
  if (failed || state === undefined) {
    await printOutcome(this, flags.output, {
      verb: 'up',
      body: { stages: result.stages, proven: [], notChecked: [], findings: [], accepted: landingZone.accepted, files },
      rows: stageRows(result.stages),
      exit: exitCodes.failed,
      text: (style) => [...acceptedLines(landingZone.accepted, style), renderStages(result.stages, style)].join('\n'),
    });
    return;
  }

  const written = writeState(path.join(out, 'state'), state);
  files.push(...written.files);
  const intentsFile = path.join(out, 'intents.yaml');
  say('Verifying …');
  const verification = verify(state, readIntents(readText(intentsFile), intentsFile), {
    today: flags.asOf ?? this.clock.now(),
  });
  const audit = verifyLogFile(result.auditLog);
  const report = path.join(out, 'report.md');
  const { spec } = landingZone;
  writeTextAtomically(
    report,
    markdownReport({
      title: `Landing zone of ${spec.organization.name}, ${spec.environment}`,
      when: this.clock.now().toISOString(),
      target: 'local Azure (an emulator: nothing of this runs on Azure)',
      specDigest: sha256(readText(landingZone.specFile)),
      stateDigest: written.digest,
      resources: state.resources.length,
      stages: result.stages,
      verification,
      accepted: landingZone.accepted,
      decisions: landingZone.blueprint.parts.flatMap((part) => part.decisions),
      cardholderFlows: spec.cardholderData.flows,
      scopes: spec.cardholderData.components,
      auditLog: { entries: audit.entries, valid: audit.valid, lastHash: audit.lastHash ?? '' },
    }),
  );
  files.push(report);

  const seconds = (this.clock.elapsed() - started) / 1000;
  const errors = verification.findings.filter(
    (finding) => finding.level === 'error' && !isAccepted(finding, landingZone.accepted),
  ).length;
  await printOutcome(this, flags.output, {
    verb: 'up',
    body: {
      stages: result.stages,
      proven: verification.proven,
      notChecked: verification.notChecked,
      findings: verification.findings,
      accepted: landingZone.accepted,
      assumptions: verification.assumptions,
      files: files.map((file) => shown(this, file)),
      seconds,
    },
    rows: stageRows(result.stages),
    exit: errors > 0 ? exitCodes.findings : exitCodes.done,
    text: (style) =>
      [
        renderStages(result.stages, style),
        '',
        renderVerification(verification, style),
        ...acceptedLines(landingZone.accepted, style),
        '',
        `Report     ${style('cyan', shown(this, report))}`,
        `Templates  ${style('cyan', shown(this, path.join(out, 'deployments.yaml')))}`,
        `State      ${style('cyan', shown(this, path.join(out, 'state', 'resources.json')))}`,
        `Audit log  ${style('cyan', shown(this, log))}`,
        '',
        `Done in ${seconds.toFixed(1)} s.`,
      ].join('\n'),
  });
}
