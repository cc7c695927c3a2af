import * as path from 'node:path';
import { Problem } from '../../kernel/errors.ts';
import { exists, isDirectory, listFiles, readText } from '../../kernel/files.ts';
import { type ManifestTree, renderTree } from '../../kustomize/index.ts';
import type { ArmResource } from '../../model/resource.ts';
import type { StateObject } from '../../model/state.ts';

export interface ReadObjects {
  readonly objects: readonly StateObject[];
  readonly notes: readonly string[];
}

/** Files of a state folder that are ours and no manifests. */
const ownFiles = new Set([
  'deployments.yaml',
  'intents.yaml',
  'tasks.yaml',
  'images.yaml',
  'certificates.yaml',
  'landing-zone.yaml',
]);
/** A checkout that is named by mistake is not read whole. */
const mostFiles = 20_000;

/**
 * The Kubernetes objects of a state folder, kustomizations rendered: those in `objects/` (what clusters hold), else those in `gitops/` (what they
 * will get), else any YAML of the folder that holds objects. A folder in `objects/` or `gitops/` that is called as a managed cluster of the
 * state holds that cluster's.
 */
export function readStateObjects(folder: string, resources: readonly ArmResource[]): ReadObjects {
  const clusters = resources
    .filter(({ type }) => type.toLowerCase() === 'microsoft.containerservice/managedclusters')
    .map(({ name }) => name);
  for (const place of ['objects', 'gitops'] as const) {
    const at = path.join(folder, place);
    if (!isDirectory(at)) continue;
    const trees = splitByCluster(treeOf(at, at), clusters, place === 'gitops');
    return join(
      trees.map(({ cluster, tree }) => {
        const { objects, notes } = renderTree(tree, { followFlux: place === 'gitops' });
        return { objects: objects.map((object) => ({ object, ...(cluster === undefined ? {} : { cluster }) })), notes };
      }),
    );
  }
  const tree = treeOf(folder, folder);
  const foreign = new Map([...tree.files].filter(([file]) => !ownFiles.has(file)));
  if (foreign.size === 0) return { objects: [], notes: [] };
  const { objects, notes } = renderTree({ ...tree, files: foreign });
  return { objects: objects.map((object) => ({ object })), notes };
}

function treeOf(folder: string, name: string): ManifestTree {
  const files = listFiles(folder, (entry) => entry.startsWith('.') || entry === 'node_modules');
  const wanted = files.filter((file) => /\.ya?ml$/i.test(file) || path.posix.basename(file) === 'Kustomization');
  if (wanted.length > mostFiles) {
    throw new Problem({
      code: 'STATE_TOO_LARGE',
      kind: 'usage',
      message: `${folder} holds ${wanted.length} YAML files; a state has ${mostFiles} at most.`,
      hint: 'Name the folder of the manifests.',
    });
  }
  return { name, files: new Map(wanted.map((file) => [file, readText(path.join(folder, file))])) };
}

interface ClusterTree {
  readonly cluster: string | undefined;
  readonly tree: ManifestTree;
}

/** A folder for each cluster, and what lies beside them. In a GitOps tree every folder is a cluster's, unless a kustomization joins them. */
function splitByCluster(tree: ManifestTree, clusters: readonly string[], gitops: boolean): readonly ClusterTree[] {
  const folders = [
    ...new Set([...tree.files.keys()].flatMap((file) => (file.includes('/') ? (file.split('/')[0] ?? '') : []))),
  ];
  const whole = [...tree.files.keys()].some((file) => /^[Kk]ustomization(\.ya?ml)?$/.test(file));
  const nameOf = (folder: string): string | undefined => {
    const same = clusters.find((one) => one.toLowerCase() === folder.toLowerCase());
    if (same !== undefined || !gitops || whole) return same;
    const alike = clusters.filter((one) => one.toLowerCase().includes(folder.toLowerCase()));
    if (alike.length === 1) return alike[0];
    return folders.length === 1 && clusters.length === 1 ? clusters[0] : clusters.length > 1 ? folder : undefined;
  };
  const named = new Map(folders.map((folder) => [folder, nameOf(folder)]));
  const below = (folder: string): ManifestTree => ({
    name: `${tree.name}/${folder}`,
    files: new Map(
      [...tree.files].flatMap(([file, text]) =>
        file.startsWith(`${folder}/`) ? [[file.slice(folder.length + 1), text] as const] : [],
      ),
    ),
  });
  const own = [...named].flatMap(([folder, cluster]) =>
    cluster === undefined ? [] : [{ cluster, tree: below(folder) }],
  );
  const rest = [...tree.files].filter(([file]) => named.get(file.split('/')[0] ?? '') === undefined);
  return rest.length === 0 ? own : [...own, { cluster: undefined, tree: { ...tree, files: new Map(rest) } }];
}

function join(parts: readonly ReadObjects[]): ReadObjects {
  return { objects: parts.flatMap((one) => one.objects), notes: parts.flatMap((one) => one.notes) };
}

/** Whether a folder holds manifests at all, for a state without Azure resources. */
export function holdsManifests(folder: string): boolean {
  return ['objects', 'gitops'].some((name) => exists(path.join(folder, name))) || treeOf(folder, folder).files.size > 0;
}
