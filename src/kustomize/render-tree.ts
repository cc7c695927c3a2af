import * as path from 'node:path';
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import { fluxKustomizations, renderFlux } from './flux.ts';
import { readKustomization } from './kustomization.ts';
import { isMap, isObject, readDocuments, readObjects } from './manifests.ts';
import { renderKustomization } from './render.ts';
import { isFolder, kustomizationIn, kustomizationNames, type ManifestTree, shownPath, within } from './tree.ts';

export interface RenderedTree {
  readonly objects: readonly KubernetesObject[];
  /** What was left out or taken for granted, in sentences. */
  readonly notes: readonly string[];
}

export interface RenderOptions {
  /** Whether Flux Kustomizations are followed; what a cluster holds already is there without it. @default true */
  readonly followFlux?: boolean;
}

const isYaml = (file: string): boolean => /\.ya?ml$/i.test(file);

/**
 * Everything that a folder of manifests would put into a cluster. A kustomization at the root decides alone; without one each kustomization that no other
 * includes is rendered, and manifests that lie in none are taken as they are. Flux Kustomizations are followed into the tree, with what they
 * set (`targetNamespace`, patches, images, labels).
 */
export function renderTree(tree: ManifestTree, { followFlux = true }: RenderOptions = {}): RenderedTree {
  const notes: string[] = [];
  const fluxPaths = new Set<string>();
  const found: KubernetesObject[] = [];
  const waiting: KubernetesObject[][] = [firstObjects(tree, followFlux, notes)];
  for (let objects = waiting.shift(); objects !== undefined; objects = waiting.shift()) {
    found.push(...objects);
    for (const one of followFlux ? fluxKustomizations(objects) : []) {
      const folder = within('', one.path);
      if (folder === undefined || !isFolder(tree, folder)) {
        notes.push(
          `Flux Kustomization ${one.name} applies ${one.path}, which ${tree.name} does not hold: it is not looked at.`,
        );
        continue;
      }
      if (fluxPaths.has(`${one.name} ${folder}`)) continue;
      fluxPaths.add(`${one.name} ${folder}`);
      waiting.push([...renderFlux(one, contentOf(tree, folder), shownPath(tree, folder))]);
    }
  }
  return { objects: unique(found), notes };
}

/** What Flux finds in a folder: its kustomization, or every manifest below. */
function contentOf(tree: ManifestTree, folder: string): readonly KubernetesObject[] {
  if (kustomizationIn(tree, folder) !== undefined) return renderKustomization(tree, folder);
  const below = folder === '' ? '' : `${folder}/`;
  return [...tree.files]
    .filter(([file]) => file.startsWith(below) && isYaml(file) && !isKustomization(file))
    .flatMap(([file, text]) => readObjects(text, shownPath(tree, file)));
}

function isKustomization(file: string): boolean {
  return (kustomizationNames as readonly string[]).includes(path.posix.basename(file));
}

function firstObjects(tree: ManifestTree, followFlux: boolean, notes: string[]): KubernetesObject[] {
  if (kustomizationIn(tree, '') !== undefined) return [...renderKustomization(tree, '')];
  const kustomizations = [...tree.files].filter(([file]) => isKustomization(file));
  const included = new Set<string>();
  const components = new Set<string>();
  for (const [file, text] of kustomizations) {
    const folder = folderOf(file);
    const [document] = readDocuments(text, shownPath(tree, file));
    if (isMap(document?.value) && document.value.kind === 'Component') components.add(folder);
    const { resources, components: parts } = readKustomization(text, shownPath(tree, file));
    for (const named of [...resources, ...parts]) {
      const path = within(folder, named);
      if (path !== undefined && isFolder(tree, path)) included.add(path);
    }
  }
  const folders = kustomizations.map(([file]) => folderOf(file));
  const loose = [...tree.files].filter(
    ([file]) => isYaml(file) && !folders.some((folder) => file.startsWith(`${folder}/`)),
  );
  const manifests = loose.flatMap(([file, text]) => looseObjects(text, shownPath(tree, file), notes));
  const byFlux = fluxKustomizations(followFlux ? manifests : []).flatMap((one) => within('', one.path) ?? []);
  const roots = folders.filter(
    (folder) => !included.has(folder) && !components.has(folder) && !byFlux.some((path) => isBelow(folder, path)),
  );
  // What Flux applies from a folder is rendered when its turn comes, with what Flux sets.
  const own = loose.length === 0 || byFlux.length === 0 ? manifests : manifestsOutside(tree, loose, byFlux, notes);
  return [...own, ...roots.sort().flatMap((folder) => renderKustomization(tree, folder))];
}

function isBelow(folder: string, above: string): boolean {
  return above === '' || folder === above || folder.startsWith(`${above}/`);
}

function manifestsOutside(
  tree: ManifestTree,
  loose: readonly (readonly [file: string, text: string])[],
  byFlux: readonly string[],
  notes: string[],
): KubernetesObject[] {
  return loose
    .filter(([file]) => !byFlux.some((path) => path !== '' && file.startsWith(`${path}/`)))
    .flatMap(([file, text]) => looseObjects(text, shownPath(tree, file), notes));
}

const folderOf = (file: string): string => {
  const folder = path.posix.dirname(file);
  return folder === '.' ? '' : folder;
};

/** YAML that lies about may be anything: what is no object is said and left. */
function looseObjects(text: string, file: string, notes: string[]): readonly KubernetesObject[] {
  const documents = readDocuments(text, file);
  if (documents.some(({ value }) => isObject(value))) return readObjects(text, file);
  if (documents.length > 0) notes.push(`${file} holds no Kubernetes objects and is not looked at.`);
  return [];
}

/** One object that two ways lead to is one. */
function unique(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  const seen = new Map<string, KubernetesObject>();
  for (const one of objects) seen.set(JSON.stringify(one), one);
  return [...seen.values()];
}
