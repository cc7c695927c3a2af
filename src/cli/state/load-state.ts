import * as path from 'node:path';
import { Problem } from '../../kernel/errors.ts';
import { exists, isDirectory } from '../../kernel/files.ts';
import { readEndpoint } from '../../local-azure/store/index.ts';
import type { State } from '../../model/state.ts';
import type { Context } from '../context.ts';
import { absolute, dataFolder } from '../global-flags.ts';
import { liveStateOf, localStateOf, openLocalTarget } from '../local-target.ts';
import { deployFolder } from './deploy-folder.ts';
import { holdsManifests, readStateObjects } from './read-objects.ts';
import { readStateFolder } from './state-folder.ts';

/**
 * The state that `WHERE` names (design: cli.md): `local`, or a folder with `resources.json` or with ARM templates and a
 * `deployments.yaml`, which are deployed into a throw-away local Azure; Kubernetes manifests lie beside either, or alone.
 */
export async function loadState(
  context: Context,
  where: string | undefined,
  data: string | undefined,
  asOf?: Date,
): Promise<State> {
  if (where === undefined || where === 'local') return localState(context, dataFolder(context, data));
  if (where === 'azure') {
    throw new Problem({
      code: 'STATE_NOT_AVAILABLE',
      kind: 'usage',
      message: 'Reading the state of a subscription on Azure is not in this version.',
      hint: 'Give a folder with resources.json: an array of the resources as `az resource show` prints them.',
    });
  }
  const folder = absolute(context, where);
  if (!isDirectory(folder)) {
    throw new Problem({
      code: 'STATE_NOT_FOUND',
      kind: 'not-found',
      message: `There is no folder ${where}.`,
      hint: 'A state is `local`, or a folder with resources.json or deployments.yaml.',
    });
  }
  if (exists(path.join(folder, 'resources.json'))) return readStateFolder(folder, where);
  if (exists(path.join(folder, 'deployments.yaml'))) return deployFolder(context, folder, where, asOf);
  if (holdsManifests(folder)) {
    const { objects, notes } = readStateObjects(folder, []);
    const alone = `${where} holds neither resources.json nor deployments.yaml: the layers of Kubernetes are judged alone.`;
    if (objects.length > 0) return { resources: [], objects, origin: where, assumptions: [alone, ...notes] };
  }
  throw new Problem({
    code: 'STATE_UNREADABLE',
    kind: 'usage',
    message: `${where} holds neither resources.json nor deployments.yaml, nor Kubernetes objects.`,
    hint: 'Write deployments.yaml: a list, in order, of {template, parameters, scope, name}.',
  });
}

async function localState(context: Context, folder: string): Promise<State> {
  if (!exists(folder)) {
    throw new Problem({
      code: 'STATE_NOT_FOUND',
      kind: 'not-found',
      message: `Local Azure has no data in ${folder}.`,
      hint: 'Deploy first (`aks-regulated up`), or name another folder with --data.',
    });
  }
  const live = readEndpoint(folder);
  if (live !== undefined) return liveStateOf(live);
  const target = await openLocalTarget(context, folder, {});
  try {
    return localStateOf(target.azure);
  } finally {
    await target.close();
  }
}
