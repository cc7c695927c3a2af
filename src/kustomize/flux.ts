import { Problem } from '../kernel/errors.ts';
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import { isMap } from './manifests.ts';
import { patchObjects } from './patches.ts';
import { inNamespace, type Labels, withAnnotations, withImage, withLabels } from './transform.ts';

type Fields = { readonly [key: string]: unknown };

/** What a Flux Kustomization says of the objects that it applies (fluxcd kustomize-controller, api v1). */
export interface FluxKustomization {
  readonly name: string;
  /** From the root of its source. */
  readonly path: string;
  readonly spec: Fields;
}

export function fluxKustomizations(objects: readonly KubernetesObject[]): readonly FluxKustomization[] {
  return objects
    .filter(({ apiVersion, kind }) => kind === 'Kustomization' && apiVersion.startsWith('kustomize.toolkit.fluxcd.io/'))
    .map((one) => {
      const spec = isMap(one.spec) ? one.spec : {};
      return {
        name: `${one.metadata.namespace ?? 'default'}/${one.metadata.name}`,
        path: typeof spec.path === 'string' && spec.path !== '' ? spec.path : './',
        spec,
      };
    });
}

/** Puts onto the objects of a folder what Flux sets when it applies them (statement 28). What is not rendered is refused by name. */
export function renderFlux(
  { name, spec }: FluxKustomization,
  objects: readonly KubernetesObject[],
  file: string,
): readonly KubernetesObject[] {
  for (const key of ['components', 'namePrefix', 'nameSuffix']) {
    if (spec[key] === undefined) continue;
    throw new Problem({
      code: 'KUSTOMIZATION_NOT_RENDERED',
      kind: 'usage',
      message: `${key} of Flux Kustomization ${name} is not rendered here.`,
      place: { file, line: 1, column: 1 },
    });
  }
  const postBuild = isMap(spec.postBuild) ? spec.postBuild : {};
  if (postBuild.substituteFrom !== undefined) {
    throw new Problem({
      code: 'KUSTOMIZATION_NOT_RENDERED',
      kind: 'usage',
      message: `postBuild.substituteFrom of Flux Kustomization ${name} is not rendered here: its values are in the cluster.`,
      place: { file, line: 1, column: 1 },
    });
  }
  let made = objects;
  const list = (key: string): readonly Fields[] => (Array.isArray(spec[key]) ? spec[key].filter(isMap) : []);
  for (const { patch, target } of list('patches')) {
    if (typeof patch === 'string')
      made = patchObjects(made, patch, file, isMap(target) ? (target as Record<string, string>) : undefined);
  }
  const common = isMap(spec.commonMetadata) ? spec.commonMetadata : {};
  const labels = isMap(common.labels) ? (common.labels as Labels) : {};
  const annotations = isMap(common.annotations) ? (common.annotations as Labels) : {};
  const { targetNamespace } = spec;
  return made.map((object) => {
    let one = typeof targetNamespace === 'string' ? inNamespace(object, targetNamespace) : object;
    if (Object.keys(labels).length > 0)
      one = withLabels(one, labels, { includeSelectors: false, includeTemplates: false });
    if (Object.keys(annotations).length > 0) one = withAnnotations(one, annotations);
    for (const image of list('images')) {
      if (typeof image.name === 'string') one = withImage(one, image as unknown as Parameters<typeof withImage>[1]);
    }
    return withVariables(one, isMap(postBuild.substitute) ? postBuild.substitute : {});
  });
}

/**
 * Puts the values of `postBuild.substitute` into every text. A variable without a value stays as it is: its value comes from a
 * Kustomization above, at run time.
 */
function withVariables(object: KubernetesObject, values: Fields): KubernetesObject {
  if (Object.keys(values).length === 0) return object;
  const put = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return value.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (whole, variable: string) => {
        const given = Object.hasOwn(values, variable) ? values[variable] : undefined;
        return typeof given === 'string' ? given : whole;
      });
    }
    if (Array.isArray(value)) return value.map(put);
    return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, put(one)])) : value;
  };
  return put(object) as KubernetesObject;
}
