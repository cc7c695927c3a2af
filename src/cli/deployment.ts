import * as path from 'node:path';
import { type DeployResult, deploy } from '../deploy/deploy.ts';
import { Problem } from '../kernel/errors.ts';
import { exists, isDirectory, listFiles, readText, realPath } from '../kernel/files.ts';
import type { RoleName } from '../model/role.ts';
import type { StageName } from '../model/stage.ts';
import type { State } from '../model/state.ts';
import { type DeploymentFolder, type ReadDeployment, readDeploymentFolder } from '../synth/read.ts';
import { type ReadTask, readTasks } from '../synth/read-tasks.ts';
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
    const { client, insideClient, dataPlanes, audit, who } = target;
    const result = await deploy({
      deployments: readDeployments(options.out),
      tasks: readTaskList(options.out),
      stages: landingZone.blueprint.stages,
      client,
      insideClient,
      dataPlanes,
      readFolder: (name) => readFolder(options.out, name),
      audit,
      host: hostFor(context),
      who,
      stage,
      role,
      resume,
      accepted: landingZone.accepted,
    });
    return { result, state: options.readState ? await target.state() : undefined };
  } finally {
    await target.close();
  }
}

/** The deployments that a folder lists, with the texts of their templates and parameters. */
export function readDeployments(folder: string): readonly ReadDeployment[] {
  return readDeploymentFolder(listOf(folder, 'deployments.yaml'));
}

/** The steps that are no deployments, with their plans; none where the folder lists none. */
export function readTaskList(folder: string): readonly ReadTask[] {
  return exists(path.join(folder, 'tasks.yaml')) ? readTasks(listOf(folder, 'tasks.yaml')) : [];
}

/** The texts below a folder of what synth has written. */
function readFolder(out: string, name: string): ReadonlyMap<string, string> | undefined {
  const folder = path.join(out, name);
  if (!isDirectory(folder)) return undefined;
  return new Map(listFiles(folder).map((file) => [file, readText(path.join(folder, file))]));
}

function listOf(folder: string, name: string): DeploymentFolder {
  const file = path.join(folder, name);
  return {
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
          hint: `Put the file into the folder of ${name}.`,
        });
      }
      return exists(at) ? readText(at) : undefined;
    },
  };
}
