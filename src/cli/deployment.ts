import * as path from 'node:path';
import { type DeployResult, deploy } from '../deploy/deploy.ts';
import { Problem } from '../kernel/errors.ts';
import { exists, readText, realPath } from '../kernel/files.ts';
import type { RoleName } from '../model/role.ts';
import type { StageName } from '../model/stage.ts';
import type { State } from '../model/state.ts';
import { type ReadDeployment, readDeploymentFolder } from '../synth/read.ts';
import type { Context } from './context.ts';
import { type LandingZone, writeLandingZone } from './landing-zone.ts';
import { hostFor } from './render/progress.ts';
import { openTarget, type TargetOptions } from './target.ts';

export interface DeployRun {
  readonly result: DeployResult;
  /** What is there afterwards; not read where nobody asked. */
  readonly state: State | undefined;
}

export interface DeployRunOptions {
  readonly out: string;
  readonly target: Omit<TargetOptions, 'principal' | 'spec'>;
  readonly stage?: StageName | undefined;
  readonly role?: RoleName | undefined;
  readonly resume?: boolean | undefined;
  readonly readState: boolean;
}

/** Writes the files of a landing zone, and deploys them as they are on disk. The target is opened first: a second run changes nothing. */
export async function deployLandingZone(
  context: Context,
  landingZone: LandingZone,
  options: DeployRunOptions,
): Promise<DeployRun> {
  const { stage, role, resume } = options;
  const target = await openTarget(context, {
    ...options.target,
    principal: role ?? 'operator',
    spec: landingZone.spec,
  });
  try {
    writeLandingZone(options.out, landingZone);
    const { client, insideClient, audit, who } = target;
    const result = await deploy({
      deployments: readDeployments(options.out),
      stages: landingZone.blueprint.stages,
      client,
      insideClient,
      audit,
      host: hostFor(context),
      who,
      stage,
      role,
      resume,
    });
    return { result, state: options.readState ? await target.state() : undefined };
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
      // What a list names lies in its folder: the list may be anybody's.
      const real = realPath(at);
      const root = realPath(folder) ?? folder;
      if (real !== undefined && !real.startsWith(`${root}${path.sep}`)) {
        throw new Problem({
          code: 'DEPLOYMENTS_PATH_OUTSIDE',
          kind: 'usage',
          message: `${relative} leads out of ${folder}.`,
          place: { file, line: 1, column: 1 },
          hint: 'Put the file into the folder of deployments.yaml.',
        });
      }
      return exists(at) ? readText(at) : undefined;
    },
  });
}
