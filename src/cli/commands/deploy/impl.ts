import type { Acceptance } from '../../../model/acceptance.ts';
import type { RoleName } from '../../../model/role.ts';
import type { StageName } from '../../../model/stage.ts';
import { acceptedLines } from '../../accept.ts';
import type { Context } from '../../context.ts';
import { deployLandingZone } from '../../deployment.ts';
import { exitCodes } from '../../exit-code.ts';
import { absolute, dataFolder } from '../../global-flags.ts';
import { designLandingZone } from '../../landing-zone.ts';
import { type OutputFormat, printOutcome } from '../../render/outcome.ts';
import { renderStages, stageRows } from '../../render/stages.ts';

export interface DeployFlags {
  readonly spec?: string;
  readonly data?: string;
  readonly out?: string;
  readonly target: 'local' | 'azure';
  readonly stage?: StageName;
  readonly as?: RoleName;
  readonly resume?: boolean;
  readonly auth?: 'az' | 'env' | 'workload' | 'managed';
  readonly asOf?: Date;
  readonly accept?: readonly Acceptance[];
  readonly output?: OutputFormat;
}

export async function deployVerb(this: Context, flags: DeployFlags): Promise<void> {
  const landingZone = designLandingZone(this, flags.spec, flags.asOf, flags.accept);
  const { result } = await deployLandingZone(this, landingZone, {
    out: absolute(this, flags.out ?? 'out'),
    target: {
      target: flags.target,
      data:
        flags.target === 'local' ? dataFolder(this, flags.data) : absolute(this, flags.data ?? '.aks-regulated/azure'),
      asOf: flags.asOf,
      auth: flags.auth,
    },
    stage: flags.stage,
    role: flags.as,
    resume: flags.resume,
    readState: false,
  });
  const failed = result.stages.some((stage) => stage.status === 'failed');
  await printOutcome(this, flags.output, {
    verb: 'deploy',
    body: { stages: result.stages, auditLog: result.auditLog, accepted: landingZone.accepted },
    rows: stageRows(result.stages),
    exit: failed ? exitCodes.failed : exitCodes.done,
    text: (style) => [...acceptedLines(landingZone.accepted, style), renderStages(result.stages, style)].join('\n'),
  });
}
