import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { KubernetesObject } from './api-client.ts';
import { readObjects } from './custom-resources.ts';
import type { Written } from './landing-zone.ts';

/** What one Flux Kustomization of the tree applies (kustomize.toolkit.fluxcd.io/v1). */
export interface Layer {
  readonly name: string;
  readonly folder: string;
  readonly needs: readonly string[];
  /** The account that it is applied as, as the API server knows it. */
  readonly account: string;
  /** Values that Flux puts in place of `${name}`. */
  readonly values: Readonly<Record<string, string>>;
  readonly objects: readonly KubernetesObject[];
}

export interface Tree {
  readonly cluster: string;
  readonly folder: string;
  /** What Azure's one configuration applies: the reconcilers and the Flux Kustomizations of the layers. */
  readonly root: readonly KubernetesObject[];
  /** In an order in which each comes after those that it needs. */
  readonly layers: readonly Layer[];
}

interface FluxKustomization extends KubernetesObject {
  readonly spec: {
    readonly path: string;
    readonly serviceAccountName: string;
    readonly dependsOn?: readonly { readonly name: string }[];
    readonly postBuild?: { readonly substitute?: Readonly<Record<string, string>> };
  };
}

/**
 * The tree of the first cluster as it was written, read by nothing of this project's own.
 * @param given values that Azure hands to the root, by the name that the root gives them
 */
export function treeOf({ folder }: Written, given: Readonly<Record<string, string>>): Tree {
  const trees = path.join(folder, 'gitops');
  const [cluster] = existsSync(trees) ? readdirSync(trees).sort() : [];
  if (cluster === undefined) throw new Error('synth wrote no GitOps tree.');
  const home = path.join(trees, cluster);
  const root = readObjects(path.join(home, 'flux')).filter(isObject);
  const layers = root
    .filter(({ apiVersion }) => apiVersion.startsWith('kustomize.toolkit.fluxcd.io/'))
    .map((object): Layer => {
      const { metadata, spec } = object as FluxKustomization;
      return {
        name: metadata.name,
        folder: path.join(home, spec.path),
        needs: (spec.dependsOn ?? []).map(({ name }) => name),
        account: `system:serviceaccount:${metadata.namespace}:${spec.serviceAccountName}`,
        values: Object.fromEntries(
          Object.entries(spec.postBuild?.substitute ?? {}).map(([name, value]) => [name, substitute(value, given)]),
        ),
        objects: readObjects(path.join(home, spec.path)).filter(isObject),
      };
    });
  return { cluster, folder: home, root, layers: inOrder(layers) };
}

/** Every object of a tree, those of the root among them. */
export const allObjects = ({ root, layers }: Tree): readonly KubernetesObject[] => [
  ...root,
  ...layers.flatMap(({ objects }) => objects),
];

/** kustomize's own files are instructions, not objects. */
const isObject = ({ apiVersion }: KubernetesObject): boolean => !apiVersion.startsWith('kustomize.config.k8s.io/');

/** `${name}`, as Flux replaces it; a name without a value is an error here. */
export function substitute(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`Nobody gives \${${name}} a value.`);
    return value;
  });
}

function inOrder(layers: readonly Layer[]): readonly Layer[] {
  const done: Layer[] = [];
  while (done.length < layers.length) {
    const next = layers.find(
      (layer) => !done.includes(layer) && layer.needs.every((need) => done.some(({ name }) => name === need)),
    );
    if (next === undefined) throw new Error('The layers wait for each other, or for one that is not there.');
    done.push(next);
  }
  return done;
}
