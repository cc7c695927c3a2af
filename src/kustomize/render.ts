import { Problem } from '../kernel/errors.ts';
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import { type Kustomization, readKustomization } from './kustomization.ts';
import { readObjects } from './manifests.ts';
import { patchObjects } from './patches.ts';
import { inNamespace, withAnnotations, withImage, withLabels, withReplicas } from './transform.ts';
import { isFolder, kustomizationIn, type ManifestTree, shownPath, within } from './tree.ts';

/**
 * The objects of a kustomization, as `kubectl kustomize` would print them, in the order in which they are listed. What changes the result and
 * is not supported is refused by name (`KUSTOMIZATION_NOT_RENDERED`); so is what leads out of the tree (`KUSTOMIZATION_PATH`), goes in
 * a circle (`KUSTOMIZATION_CYCLE`) or is missing (`KUSTOMIZATION_FILE_MISSING`).
 * @param folder where the kustomization lies, from the tree's root; '' is the root
 */
export function renderKustomization(tree: ManifestTree, folder: string): readonly KubernetesObject[] {
  return render(tree, folder, []);
}

function render(tree: ManifestTree, folder: string, above: readonly string[]): readonly KubernetesObject[] {
  return transformed(tree, folder, [], above);
}

function readAt(tree: ManifestTree, folder: string, above: readonly string[]): Kustomization {
  const file = kustomizationIn(tree, folder);
  if (file === undefined) {
    throw new Problem({
      code: 'KUSTOMIZATION_FILE_MISSING',
      kind: 'usage',
      message: `${shownPath(tree, folder)} holds no kustomization.yaml.`,
    });
  }
  const one = readKustomization(tree.files.get(file) ?? '', shownPath(tree, file));
  if (above.includes(folder)) {
    throw new Problem({
      code: 'KUSTOMIZATION_CYCLE',
      kind: 'usage',
      message: `${shownPath(tree, folder)} includes itself: ${[...above, folder].join(' > ')}.`,
      place: one.place,
    });
  }
  return one;
}

/** @param before what a component is put onto; empty for everything else */
function transformed(
  tree: ManifestTree,
  folder: string,
  before: readonly KubernetesObject[],
  above: readonly string[],
): readonly KubernetesObject[] {
  const one = readAt(tree, folder, above);
  const inside = [...above, folder];
  const own = one.resources.flatMap((named) => {
    const path = pathOf(tree, folder, named, one);
    if (tree.files.has(path)) return readObjects(tree.files.get(path) ?? '', shownPath(tree, path));
    if (isFolder(tree, path)) return render(tree, path, inside);
    throw missing(named, one);
  });
  let objects = [...before, ...own];
  refuseTwins(objects, one);
  for (const named of one.components)
    objects = [...transformed(tree, pathOf(tree, folder, named, one), objects, inside)];
  for (const { patch, path, target } of one.patches) {
    const file = path === undefined ? undefined : pathOf(tree, folder, path, one);
    const text = file === undefined ? patch : tree.files.get(file);
    if (text === undefined) throw missing(path ?? '', one);
    objects = [...patchObjects(objects, text, file === undefined ? one.file : shownPath(tree, file), target)];
  }
  const { namespace } = one;
  return objects.map((object) => {
    let made = namespace === undefined ? object : inNamespace(object, namespace);
    for (const entry of one.labels) made = withLabels(made, entry.pairs, entry);
    if (Object.keys(one.annotations).length > 0) made = withAnnotations(made, one.annotations);
    for (const { name, count } of one.replicas) made = withReplicas(made, name, count);
    for (const image of one.images) made = withImage(made, image);
    return made;
  });
}

/** kustomize refuses two objects of one kind, name and namespace. */
function refuseTwins(objects: readonly KubernetesObject[], one: Kustomization): void {
  const seen = new Set<string>();
  for (const { apiVersion, kind, metadata } of objects) {
    const id = `${apiVersion.split('/').at(-2) ?? ''} ${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
    if (seen.has(id)) {
      throw new Problem({
        code: 'KUSTOMIZATION_TWICE',
        kind: 'usage',
        message: `${kind} ${metadata.name} stands twice in the kustomization.`,
        place: one.place,
      });
    }
    seen.add(id);
  }
}

function pathOf(tree: ManifestTree, folder: string, named: string, { place }: Kustomization): string {
  if (/^[a-z][a-z0-9+.-]*:|^git@|\?ref=/i.test(named)) {
    throw new Problem({
      code: 'KUSTOMIZATION_NOT_RENDERED',
      kind: 'usage',
      message: `${named} is fetched from elsewhere, and nothing is fetched here.`,
      place,
      hint: 'Put a copy into the tree.',
    });
  }
  const path = within(folder, named);
  if (path !== undefined) return path;
  throw new Problem({
    code: 'KUSTOMIZATION_PATH',
    kind: 'usage',
    message: `${named} leads out of ${tree.name}.`,
    place,
  });
}

function missing(named: string, { file, place }: Kustomization): Problem {
  return new Problem({
    code: 'KUSTOMIZATION_FILE_MISSING',
    kind: 'usage',
    message: `There is no ${named}.`,
    place,
    hint: `Paths are relative to ${file}.`,
  });
}
