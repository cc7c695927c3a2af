import { stringify } from 'yaml';
import type { Json } from '../../../kernel/canonical-json.ts';
import { messageOf } from '../../../kernel/errors.ts';
import { renderTree } from '../../../kustomize/index.ts';
import type { KubernetesObject } from '../../../model/kubernetes-object.ts';
import type { ArmResource } from '../../../model/resource.ts';
import type { StateObject } from '../../../model/state.ts';
import { type Members, membersOf, textOf } from '../../providers/members.ts';
import { propertiesOf, withProperties } from '../../providers/resource-form.ts';
import { scopeOf } from '../../providers/service-checks.ts';
import type { StoreChange } from '../../store/store.ts';
import { commit, type World } from '../../world.ts';
import { readManifest } from '../registry/registry-content.ts';
import { type FetchedSource, fetchSource, sourceOf } from './fetch-source.ts';

export const fluxConfigurationType = 'Microsoft.KubernetesConfiguration/fluxConfigurations';

interface StoredObject {
  readonly configuration: string;
  readonly object: KubernetesObject;
}

/** Flux polls its sources: what was pushed to a registry reaches every configuration that looks there. */
export async function reconcileFrom(world: World, registry: ArmResource): Promise<void> {
  for (const configuration of world.resources.ofType(fluxConfigurationType)) {
    if (sourceOf(world, configuration)?.registry.id === registry.id) await reconcile(world, configuration.id);
  }
}

/**
 * The next look of Flux after a stop: an earlier process may have kept a push or a configuration and ended before its round. Whoever has
 * the newest content already, or shall not look, is left alone.
 */
export async function reconcileBehind(world: World): Promise<void> {
  for (const configuration of world.resources.ofType(fluxConfigurationType)) {
    const place = sourceOf(world, configuration);
    const { suspend, complianceState, sourceSyncedCommitId } = propertiesOf(configuration);
    if (place === undefined || suspend === true) continue;
    const newest = readManifest(world, place.registry, place.repository, place.tag)?.digest;
    const isBehind = complianceState !== 'Compliant' || sourceSyncedCommitId !== `${place.tag}@${newest}`;
    if (isBehind) await reconcile(world, configuration.id);
  }
}

/**
 * One round of Flux for one configuration: the source is fetched and verified, its kustomizations are rendered, and the cluster holds what
 * comes of it; what is gone from there goes here where `prune` says so. A source that is refused leaves the cluster as it is. What a real API
 * server would default or refuse is not modelled.
 */
export async function reconcile(world: World, id: string): Promise<void> {
  const record = world.resources.record(id);
  if (record === undefined) return;
  const configuration = record.resource;
  const place = sourceOf(world, configuration);
  if (propertiesOf(configuration).suspend === true) return await settle(world, id, 'Suspended', {});
  // Git and buckets lie where nobody can look from here: what is there is not known, and stays pending.
  if (place === undefined) return;
  let source: FetchedSource;
  let objects: readonly KubernetesObject[];
  try {
    source = fetchSource(world, configuration, place);
    objects = rendered(configuration, source.files);
  } catch (error) {
    return await settle(world, id, 'Non-Compliant', { fault: messageOf(error) });
  }
  await settle(world, id, 'Compliant', { revision: source.revision }, objectChanges(world, configuration, objects));
}

/** The objects that configurations have put into clusters, in a stable order. */
export function clusterObjects(world: World): readonly StateObject[] {
  return [...world.store.range('cluster/')].flatMap(({ value }) => {
    const { configuration, object } = value as unknown as StoredObject;
    const cluster = world.resources.get(scopeOf(configuration));
    if (cluster === undefined || world.resources.get(configuration) === undefined) return [];
    return [{ cluster: cluster.name, object }];
  });
}

function rendered(configuration: ArmResource, files: ReadonlyMap<string, string>): readonly KubernetesObject[] {
  const { kustomizations } = propertiesOf(configuration);
  return inOrder(membersOf(kustomizations)).flatMap(({ name, path, postBuild }) => {
    const below = path.replace(/^\.?\/+|\/+$/g, '').replace(/^\.$/, '');
    const own = [...files].flatMap(([file, text]) =>
      below === ''
        ? [[file, text] as const]
        : file.startsWith(`${below}/`)
          ? [[file.slice(below.length + 1), text] as const]
          : [],
    );
    if (own.length === 0) throw new Error(`kustomization path not found: ${name}: ${path}`);
    const first = renderTree({ name, files: new Map(own) }, { followFlux: false }).objects;
    if (postBuild.substituteFrom !== undefined) {
      throw new Error(`local Azure does not model postBuild.substituteFrom of ${name}: its values are in the cluster`);
    }
    const values = membersOf(postBuild.substitute);
    const applied = Object.keys(values).length === 0 ? first : first.map((one) => withVariables(one, values));
    return renderTree(rootedIn(name, applied, files)).objects;
  });
}

/** What a kustomization applies, in front of its source: Flux Kustomizations among it lead into the source, by paths from its root. */
function rootedIn(name: string, objects: readonly unknown[], files: ReadonlyMap<string, string>) {
  const root = 'applied-first.yaml';
  const kinds = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: [root] };
  const rest = [...files].filter(([file]) => !/^[Kk]ustomization(\.ya?ml)?$/.test(file));
  const text = objects.map((one) => `---\n${stringify(one, { aliasDuplicateObjects: false })}`).join('');
  return { name, files: new Map([...rest, ['kustomization.yaml', stringify(kinds)], [root, text]]) };
}

/** `${name}` in every text becomes its value (fluxcd, kustomize-controller, "Post build variable substitution"); others stay as they are. */
function withVariables(value: unknown, values: Members): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$\{([A-Za-z_]\w*)\}/g, (whole, name: string) =>
      typeof values[name] === 'string' ? String(values[name]) : whole,
    );
  }
  if (Array.isArray(value)) return value.map((item) => withVariables(item, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withVariables(member, values)]));
}

interface Applied {
  readonly name: string;
  readonly path: string;
  readonly postBuild: Members;
}

/** Kustomizations after those that they depend on. */
function inOrder(kustomizations: Members): readonly Applied[] {
  const done = new Set<string>();
  const ordered: Applied[] = [];
  const visit = (name: string): void => {
    if (done.has(name) || kustomizations[name] === undefined) return;
    done.add(name);
    const { dependsOn, path, postBuild } = membersOf(kustomizations[name]);
    for (const other of Array.isArray(dependsOn) ? dependsOn : []) visit(String(other));
    ordered.push({ name, path: textOf(path) ?? './', postBuild: membersOf(postBuild) });
  };
  for (const name of Object.keys(kustomizations).sort()) visit(name);
  return ordered;
}

function objectChanges(
  world: World,
  configuration: ArmResource,
  objects: readonly KubernetesObject[],
): readonly StoreChange[] {
  const prefix = `cluster/${scopeOf(configuration.id).toLowerCase()}/${configuration.name}/`;
  const wanted = new Map(objects.map((object) => [`${prefix}${keyOf(object)}`, object]));
  const prunes = Object.values(membersOf(propertiesOf(configuration).kustomizations)).every(
    (one) => membersOf(one).prune === true,
  );
  // What says so is never removed (fluxcd, kustomize-controller, "Controlling the apply behavior of resources").
  const stays = (value: Json): boolean =>
    (value as unknown as StoredObject).object.metadata.annotations?.['kustomize.toolkit.fluxcd.io/prune'] ===
    'disabled';
  const gone = [...world.store.range(prefix)].filter(({ key, value }) => !wanted.has(key) && !stays(value));
  return [
    ...[...wanted].map(([key, object]): StoreChange => {
      const value: StoredObject = { configuration: configuration.id, object };
      return { op: 'put', key, value: value as unknown as Json };
    }),
    ...(prunes ? gone.map(({ key }): StoreChange => ({ op: 'delete', key })) : []),
  ];
}

function keyOf({ apiVersion, kind, metadata }: KubernetesObject): string {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return `${metadata.namespace ?? ''}/${kind}.${group}/${metadata.name}`;
}

/** Keeps what the round came to, where Azure shows it (REST reference, Flux Configurations: `complianceState`, `statuses`). Without times: two runs that do the same end the same. */
async function settle(
  world: World,
  id: string,
  complianceState: string,
  { revision, fault }: { readonly revision?: string; readonly fault?: string },
  objects: readonly StoreChange[] = [],
): Promise<void> {
  const record = world.resources.record(id);
  if (record === undefined) return;
  const { namespace } = propertiesOf(record.resource);
  const condition = {
    type: 'Ready',
    status: complianceState === 'Compliant' ? 'True' : 'False',
    reason: fault === undefined ? (revision === undefined ? 'Suspended' : 'Succeeded') : 'Failed',
    message:
      fault ?? (revision === undefined ? 'reconciliation is suspended' : `stored artifact for digest '${revision}'`),
  };
  const statuses = [
    {
      name: record.resource.name,
      namespace: namespace ?? 'default',
      kind: 'OCIRepository',
      complianceState,
      statusConditions: [condition],
    },
  ];
  const properties = {
    complianceState,
    statuses,
    ...(revision === undefined ? {} : { sourceSyncedCommitId: revision }),
  };
  const resource = withProperties(record.resource, properties);
  await commit(world, { put: [{ ...record, resource }], delete: [] }, objects);
}
