import type { KubernetesObject } from '../../model/kubernetes-object.ts';
import { type Fields, fields, items, text } from '../arm-view.ts';

/** An object with the parts that every reader needs. */
export interface Seen {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Kind and name, as reports show it: `NetworkPolicy shop/web`. */
  readonly id: string;
  readonly labels: { readonly [key: string]: string };
  readonly annotations: { readonly [key: string]: string };
  readonly spec: Fields;
  readonly whole: Fields;
}

/** Something about an object that its author should know: what the API server would refuse, what stands twice, what leads nowhere. */
export interface Remark {
  readonly about: 'refused' | 'twice' | 'namespace' | 'names' | 'ports' | 'order';
  readonly object: string;
  readonly message: string;
}

export interface ObjectView {
  /** Objects of a kind in any version of a group (`''` is the core group). Of several with one name, the last. */
  of(group: string, kind: string): readonly Seen[];
  /** Group and kind of everything in the state, with how many there are. */
  kinds(): readonly { readonly group: string; readonly kind: string; readonly count: number }[];
  readonly count: number;
  readonly twice: readonly Remark[];
  /** Namespaced objects that name no namespace. */
  readonly withoutNamespace: readonly string[];
}

const clusterWide = new Set([
  'Namespace',
  'Node',
  'ClusterNetworkPolicy',
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
]);

/** String members of a map: labels and annotations. */
export function stringMap(value: unknown): { readonly [key: string]: string } {
  return Object.fromEntries(
    Object.entries(fields(value)).flatMap(([key, one]) =>
      typeof one === 'string'
        ? [[key, one]]
        : typeof one === 'number' || typeof one === 'boolean'
          ? [[key, String(one)]]
          : [],
    ),
  );
}

/** Lists are opened; an object without a namespace is in `default`, as `kubectl apply` would put it. */
export function objectView(objects: readonly KubernetesObject[]): ObjectView {
  const byKind = new Map<string, Map<string, Seen>>();
  const twice: Remark[] = [];
  const withoutNamespace = new Set<string>();
  let count = 0;
  const take = (value: unknown): void => {
    const whole = fields(value);
    const kind = text(whole.kind);
    if (kind === undefined) return;
    if (kind.endsWith('List') && Array.isArray(whole.items)) {
      for (const item of items(whole.items)) {
        const inner = fields(item);
        take({ kind: kind === 'List' ? inner.kind : kind.slice(0, -4), apiVersion: whole.apiVersion, ...inner });
      }
      return;
    }
    const metadata = fields(whole.metadata);
    const name = text(metadata.name) ?? text(metadata.generateName);
    if (name === undefined) return;
    count += 1;
    const apiVersion = text(whole.apiVersion) ?? '';
    const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
    const given = text(metadata.namespace);
    const wide = clusterWide.has(kind);
    const namespace = wide ? '' : (given ?? 'default');
    const id = `${kind} ${wide ? name : `${namespace}/${name}`}`;
    if (!wide && given === undefined) withoutNamespace.add(id);
    const key = `${group} ${kind}`;
    const among = byKind.get(key) ?? new Map<string, Seen>();
    byKind.set(key, among);
    if (among.has(id)) {
      twice.push({ about: 'twice', object: id, message: `${id} stands in the state twice: the last one counts.` });
    }
    among.set(id, {
      kind,
      namespace,
      name,
      id,
      labels: stringMap(metadata.labels),
      annotations: stringMap(metadata.annotations),
      spec: fields(whole.spec),
      whole,
    });
  };
  for (const object of objects) take(object);
  return {
    of: (group, kind) => [...(byKind.get(`${group} ${kind}`)?.values() ?? [])],
    kinds: () =>
      [...byKind].map(([key, among]) => {
        const [group = '', kind = ''] = key.split(' ');
        return { group, kind, count: among.size };
      }),
    count,
    twice,
    withoutNamespace: [...withoutNamespace],
  };
}
