import { Problem } from '../kernel/errors.ts';
import { nearest } from '../kernel/nearest.ts';
import type { Place } from '../kernel/place.ts';
import { isMap, readDocuments } from './manifests.ts';
import type { ImageChange, Labels } from './transform.ts';

export interface PatchEntry {
  /** The text of the patch, or the file that holds it. */
  readonly patch?: string;
  readonly path?: string;
  readonly target?: PatchTarget;
}

/** What a patch is for: each member is compared whole, as a regular expression. */
export interface PatchTarget {
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly annotationSelector?: string;
}

export interface LabelEntry {
  readonly pairs: Labels;
  readonly includeSelectors: boolean;
  readonly includeTemplates: boolean;
}

/** A kustomization file, as far as it is rendered here. */
export interface Kustomization {
  readonly file: string;
  readonly place: Place;
  readonly resources: readonly string[];
  readonly components: readonly string[];
  readonly namespace?: string;
  readonly labels: readonly LabelEntry[];
  readonly annotations: Labels;
  readonly images: readonly ImageChange[];
  readonly replicas: readonly { readonly name: string; readonly count: number }[];
  readonly patches: readonly PatchEntry[];
}

const known = [
  'apiVersion',
  'kind',
  'metadata',
  'resources',
  'bases',
  'components',
  'namespace',
  'commonLabels',
  'labels',
  'commonAnnotations',
  'images',
  'replicas',
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'sortOptions',
  'buildMetadata',
] as const;

/** Words of kustomize that change what is rendered and are not done here; a tree that uses them is refused, not half rendered. */
const notRendered = new Set([
  'namePrefix',
  'nameSuffix',
  'configMapGenerator',
  'secretGenerator',
  'generatorOptions',
  'generators',
  'transformers',
  'validators',
  'configurations',
  'crds',
  'helmCharts',
  'helmGlobals',
  'helmChartInflationGenerator',
  'replacements',
  'vars',
  'openapi',
  'inventory',
]);

/** Reads a kustomization file. Throws `KUSTOMIZATION_NOT_RENDERED` for what is not supported, by name, and `KUSTOMIZATION_FORM`. */
export function readKustomization(text: string, file: string): Kustomization {
  const [document, more] = readDocuments(text, file);
  const place = document?.place ?? { file, line: 1, column: 1 };
  const wrong = (message: string): Problem =>
    new Problem({ code: 'KUSTOMIZATION_FORM', kind: 'usage', message, place });
  if (document === undefined || more !== undefined || !isMap(document.value))
    throw wrong('A kustomization is one document, a map.');
  const value = document.value;
  for (const [key, member] of Object.entries(value)) {
    if ((known as readonly string[]).includes(key)) continue;
    if (notRendered.has(key)) {
      if (Array.isArray(member) && member.length === 0) continue;
      throw new Problem({
        code: 'KUSTOMIZATION_NOT_RENDERED',
        kind: 'usage',
        message: `${key} of a kustomization is not rendered here.`,
        place,
        why: 'Objects rendered without it would not be those that the cluster gets.',
        hint: 'Render the tree first (`kubectl kustomize DIR`) and give the result.',
      });
    }
    const meant = nearest(key, [...known, ...notRendered]);
    throw wrong(`A kustomization has no ${key}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`);
  }
  const texts = (key: string): readonly string[] => {
    const list = value[key] ?? [];
    if (!Array.isArray(list) || list.some((one) => typeof one !== 'string' || one === ''))
      throw wrong(`${key} must be a list of texts.`);
    return list as string[];
  };
  const maps = (key: string): readonly { readonly [key: string]: unknown }[] => {
    const list = value[key] ?? [];
    if (!Array.isArray(list) || !list.every(isMap)) throw wrong(`${key} must be a list of maps.`);
    return list;
  };
  const pairs = (key: string, given: unknown): Labels => {
    if (given === undefined || given === null) return {};
    if (!isMap(given) || Object.values(given).some((one) => typeof one === 'object'))
      throw wrong(`${key} must be a map of texts.`);
    return Object.fromEntries(Object.entries(given).map(([name, one]) => [name, String(one)]));
  };
  const word = (key: string, given: unknown): string => {
    if (typeof given === 'string' || typeof given === 'number') return String(given);
    throw wrong(`${key} must be a text.`);
  };
  const common = pairs('commonLabels', value.commonLabels);
  return {
    file,
    place,
    resources: [...texts('resources'), ...texts('bases')],
    components: texts('components'),
    ...(value.namespace === undefined ? {} : { namespace: word('namespace', value.namespace) }),
    labels: [
      ...maps('labels').map((entry): LabelEntry => {
        if (entry.fields !== undefined) throw wrong('labels with `fields` are not rendered here.');
        return {
          pairs: pairs('labels.pairs', entry.pairs),
          includeSelectors: entry.includeSelectors === true,
          includeTemplates: entry.includeTemplates === true,
        };
      }),
      ...(Object.keys(common).length === 0 ? [] : [{ pairs: common, includeSelectors: true, includeTemplates: true }]),
    ],
    annotations: pairs('commonAnnotations', value.commonAnnotations),
    images: maps('images').map((entry) => ({
      name: word('images.name', entry.name),
      ...(entry.newName === undefined ? {} : { newName: word('images.newName', entry.newName) }),
      ...(entry.newTag === undefined ? {} : { newTag: word('images.newTag', entry.newTag) }),
      ...(entry.digest === undefined ? {} : { digest: word('images.digest', entry.digest) }),
    })),
    replicas: maps('replicas').map((entry) => ({
      name: word('replicas.name', entry.name),
      count: Number(word('replicas.count', entry.count)),
    })),
    patches: [
      ...texts('patchesStrategicMerge').map((one) => (one.includes('\n') ? { patch: one } : { path: one })),
      ...[...maps('patches'), ...maps('patchesJson6902')].map((entry) => patchEntry(entry, wrong)),
    ],
  };
}

function patchEntry(entry: { readonly [key: string]: unknown }, wrong: (message: string) => Problem): PatchEntry {
  const text = (key: string): string | undefined => {
    const one = entry[key];
    if (one !== undefined && typeof one !== 'string') throw wrong(`${key} of a patch must be a text.`);
    return one;
  };
  if (isMap(entry.options) && Object.values(entry.options).some((one) => one === true))
    throw wrong('Patches that change names or kinds (`options`) are not rendered here.');
  const target = entry.target;
  if (target !== undefined && !isMap(target)) throw wrong('target of a patch must be a map.');
  const words = ['group', 'version', 'kind', 'name', 'namespace', 'labelSelector', 'annotationSelector'] as const;
  const [patch, path] = [text('patch'), text('path')];
  if ((patch === undefined) === (path === undefined)) throw wrong('A patch has either `patch` or `path`.');
  return {
    ...(patch === undefined ? {} : { patch }),
    ...(path === undefined ? {} : { path }),
    ...(target === undefined
      ? {}
      : {
          target: Object.fromEntries(
            words.flatMap((one) => (target[one] === undefined ? [] : [[one, String(target[one])]])),
          ),
        }),
  };
}
