import * as path from 'node:path';
import { openAuditLog } from '../audit/log.ts';
import { type DeployResult, deploy } from '../deploy/deploy.ts';
import { exists, readText } from '../kernel/files.ts';
import type { RoleName } from '../model/role.ts';
import type { StageName } from '../model/stage.ts';
import type { State } from '../model/state.ts';
import { type ReadDeployment, readDeploymentFolder } from '../synth/read.ts';
import type { Context } from './context.ts';
import type { LandingZone } from './landing-zone.ts';
import { openLocalTarget } from './local-target.ts';
import { hostFor } from './render/progress.ts';

export interface DeployRun {
  readonly result: DeployResult;
  /** What is there afterwards. */
  readonly state: State;
}

/** Deploys the files of a landing zone, as they are on disk in `out`, to local Azure in this process. */
export async function deployLocally(
  context: Context,
  landingZone: LandingZone,
  options: {
    readonly out: string;
    readonly data: string;
    readonly asOf?: Date | undefined;
    readonly stage?: StageName | undefined;
    readonly role?: RoleName | undefined;
    readonly resume?: boolean | undefined;
  },
): Promise<DeployRun> {
  const deployments = readDeployments(options.out);
  const target = await openLocalTarget(context, options.data, { asOf: options.asOf, spec: landingZone.spec });
  try {
    const audit = openAuditLog(path.join(options.data, 'audit'), context.clock);
    const principal = options.role ?? 'operator';
    const result = await deploy({
      deployments,
      stages: landingZone.blueprint.stages,
      client: target.client(principal),
      insideClient: target.insideClient(principal),
      audit,
      host: hostFor(context),
      who: { principal, kind: 'local' },
      stage: options.stage,
      role: options.role,
      resume: options.resume,
    });
    await target.azure.idle();
    return { result, state: { resources: target.azure.resources(), objects: [], origin: 'local', assumptions: [] } };
  } finally {
    await target.close();
  }
}

/** The deployments that a folder lists, with the texts of their templates and parameters. */
export function readDeployments(folder: string): readonly ReadDeployment[] {
  const file = path.join(folder, 'deployments.yaml');
  return readDeploymentFolder({
    file,
    text: readText(file),
    read: (relative) => {
      const at = path.resolve(folder, relative);
      return exists(at) ? readText(at) : undefined;
    },
  });
}
