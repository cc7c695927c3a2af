import * as path from 'node:path';

/** A folder of manifests as bytes somewhere else: texts by their path from its root, with forward slashes. */
export interface ManifestTree {
  /** How to call the root in messages: `out/gitops/aks-01`. */
  readonly name: string;
  readonly files: ReadonlyMap<string, string>;
}

/** The path of something that a file in `folder` names; undefined where it leads out of the tree. */
export function within(folder: string, named: string): string | undefined {
  if (named.startsWith('/') || named.includes('\\')) return undefined;
  const joined = path.posix.normalize(path.posix.join(folder, named)).replace(/\/$/, '');
  if (joined === '..' || joined.startsWith('../')) return undefined;
  return joined === '.' ? '' : joined;
}

export function shownPath(tree: ManifestTree, file: string): string {
  return file === '' ? tree.name : `${tree.name}/${file}`;
}

/** The names that kustomize knows for the file of a folder, in its order. */
export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

export function kustomizationIn(tree: ManifestTree, folder: string): string | undefined {
  return kustomizationNames
    .map((name) => (folder === '' ? name : `${folder}/${name}`))
    .find((file) => tree.files.has(file));
}

export function isFolder(tree: ManifestTree, folder: string): boolean {
  return folder === '' || [...tree.files.keys()].some((file) => file.startsWith(`${folder}/`));
}
