import { stringify } from 'yaml';
import { Problem, throwIfAny } from '../kernel/errors.ts';
import type { OutputFile } from '../model/deployments.ts';
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import { objectKey, type PlacedObject } from '../model/placed-object.ts';

/** The layer that stands at the root: Flux applies it first, and it says how the others are applied. */
const rootLayer = 'flux';

/**
 * A repository for each cluster that Flux can be pointed at, `gitops/<cluster>/`: the root's kustomization names the folder `flux`, whose
 * Flux Kustomizations name the folders below `layers/`. One object a file, each folder with its kustomization; the same objects give the
 * same bytes whatever their order. Throws `SYNTH_DUPLICATE_OBJECT`, `SYNTH_OBJECT_NAME`.
 */
export function gitopsFiles(objects: readonly PlacedObject[]): readonly OutputFile[] {
  refuse(objects);
  const clusters = [...new Set(objects.map(({ cluster }) => cluster))].sort();
  return clusters.flatMap((cluster) => {
    const own = objects.filter((one) => one.cluster === cluster);
    const layers = [...new Set(own.map(({ layer }) => layer))].sort();
    return [
      { path: `gitops/${cluster}/kustomization.yaml`, text: kustomization([rootLayer]) },
      ...layers.flatMap((layer) =>
        layerFiles(
          cluster,
          layer,
          own.filter((one) => one.layer === layer),
        ),
      ),
    ];
  });
}

function layerFiles(cluster: string, layer: string, objects: readonly PlacedObject[]): readonly OutputFile[] {
  const folder = `gitops/${cluster}/${layer === rootLayer ? rootLayer : `layers/${layer}`}`;
  const files = objects
    .map(({ object }) => ({ name: fileName(object), text: manifest(object) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    { path: `${folder}/kustomization.yaml`, text: kustomization(files.map(({ name }) => name)) },
    ...files.map(({ name, text }) => ({ path: `${folder}/${name}`, text })),
  ];
}

/** `a0005-i.network-policy.names.yaml`; what belongs to no namespace starts with its kind. */
function fileName({ kind, metadata }: KubernetesObject): string {
  const word = kind.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-').toLowerCase();
  // Names of roles may have colons, which no file on Windows has.
  const name = metadata.name.replace(/[^A-Za-z0-9._-]/g, '_');
  return [...(metadata.namespace === undefined ? [] : [metadata.namespace]), word, name, 'yaml'].join('.');
}

function kustomization(resources: readonly string[]): string {
  return yaml({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources });
}

/** Keys in the order in which people read manifests: what it is, then what it says; a blueprint's own order below. */
function manifest({ apiVersion, kind, metadata, ...rest }: KubernetesObject): string {
  return yaml({ apiVersion, kind, metadata, ...rest });
}

function yaml(value: unknown): string {
  // The round through JSON drops what is undefined and breaks shared references, which YAML would write as anchors.
  return stringify(JSON.parse(JSON.stringify(value)), { lineWidth: 0, version: '1.1' });
}

function refuse(objects: readonly PlacedObject[]): void {
  const problems: Problem[] = [];
  const seen = new Map<string, string>();
  for (const one of objects) {
    const { cluster, object } = one;
    const { name, namespace } = object.metadata;
    const identity = [cluster, object.apiVersion.split('/').slice(0, -1).join('/'), object.kind, namespace, name].join(
      ' ',
    );
    const key = objectKey(one);
    const other = seen.get(identity);
    if (other !== undefined) {
      problems.push(
        new Problem({
          code: 'SYNTH_DUPLICATE_OBJECT',
          message: `${other} and ${key} are one object: the layers would take turns in changing it.`,
        }),
      );
    }
    seen.set(identity, key);
    // RFC 1123, as the API server checks most names; roles may have colons.
    if (!/^[a-z0-9]([a-z0-9.:-]*[a-z0-9])?$/.test(name) || name.length > 253) {
      problems.push(new Problem({ code: 'SYNTH_OBJECT_NAME', message: `${key}: the API server takes no such name.` }));
    }
  }
  throwIfAny(problems);
}
