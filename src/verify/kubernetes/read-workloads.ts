import { type AddressRange, parsePrefix } from '../../kernel/address.ts';
import type { ContainerPort, Place, Workload } from '../../reachability/index.ts';
import { type Fields, fields, items, text } from '../arm-view.ts';
import { type ObjectView, type Seen, stringMap } from './object-view.ts';
import { protocolNumber } from './read-ports.ts';

/** Kinds that make pods, with the way to the pod's template. */
const controllers: readonly (readonly [group: string, kind: string, template: readonly string[]])[] = [
  ['apps', 'Deployment', ['template']],
  ['apps', 'StatefulSet', ['template']],
  ['apps', 'DaemonSet', ['template']],
  ['apps', 'ReplicaSet', ['template']],
  ['', 'ReplicationController', ['template']],
  ['batch', 'Job', ['template']],
  ['batch', 'CronJob', ['jobTemplate', 'spec', 'template']],
];

export interface PodShape {
  readonly namespace: string;
  readonly labels: { readonly [key: string]: string };
  readonly annotations: { readonly [key: string]: string };
  readonly spec: Fields;
}

/** What depends on more than the pod itself. */
export interface Surroundings {
  /** Where pods that may run on some nodes are; undefined where the state does not tell. */
  place(pod: PodShape, addresses: readonly AddressRange[]): Place | undefined;
  mesh(pod: PodShape): Workload['mesh'];
  assume(assumption: string): void;
}

/**
 * Everything that has or makes pods. A pod in the state stands for itself, and its controllers are names for it; a controller without pods in the
 * state stands for the pods that it would make. What has ended is left out: it has no address (statement 25).
 */
export function readWorkloads(view: ObjectView, around: Surroundings): readonly Workload[] {
  const owned = new Map<string, Seen>();
  for (const [group, kind] of controllers)
    for (const one of view.of(group, kind)) owned.set(`${one.namespace} ${kind} ${one.name}`, one);
  const ownersOf = (one: Seen): readonly Seen[] => {
    const chain: Seen[] = [];
    for (let at: Seen | undefined = one; at !== undefined && chain.length < 5; ) {
      const metadata = fields(at.whole.metadata);
      const owner: Fields = fields(items(metadata.ownerReferences).find((item) => fields(item).controller === true));
      at = owned.get(`${one.namespace} ${text(owner.kind) ?? ''} ${text(owner.name) ?? ''}`);
      if (at !== undefined) chain.push(at);
    }
    return chain;
  };

  const result: Workload[] = [];
  const represented = new Set<string>();
  const odd: string[] = [];
  for (const pod of view.of('', 'Pod')) {
    const status = fields(pod.whole.status);
    const phase = text(status.phase);
    const owners = ownersOf(pod);
    if (phase === 'Succeeded' || phase === 'Failed') continue;
    if (text(fields(pod.whole.metadata).deletionTimestamp) !== undefined)
      odd.push(`${pod.namespace}/${pod.name} is terminating`);
    if (phase === 'Pending') odd.push(`${pod.namespace}/${pod.name} is pending`);
    for (const owner of owners) represented.add(owner.id);
    const addresses = [...items(status.podIPs).map((one) => fields(one).ip), status.podIP].flatMap(
      (one) => parsePrefix(text(one) ?? '') ?? [],
    );
    const unique = [...new Map(addresses.map((one) => [`${one.family} ${one.first}`, one])).values()];
    result.push(workload(pod, owners, pod.labels, pod.annotations, pod.spec, unique, around));
  }
  for (const [group, kind, way] of controllers) {
    for (const one of view.of(group, kind)) {
      const owners = ownersOf(one);
      if (represented.has(one.id) || owners.length > 0) continue;
      if (kind === 'Job' && hasEnded(one)) continue;
      const template = way.reduce<Fields>((at, key) => fields(at[key]), one.spec);
      const metadata = fields(template.metadata);
      const spec = fields(template.spec);
      result.push(workload(one, owners, stringMap(metadata.labels), stringMap(metadata.annotations), spec, [], around));
    }
  }
  if (odd.length > 0) {
    const shown = odd.slice(0, 5).join(', ');
    around.assume(
      `Pods that come or go are judged as if they were running (statement 26): ${shown}${odd.length > 5 ? ` and ${odd.length - 5} more` : ''}.`,
    );
  }
  return result.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const keyOf = (one: Workload): string => `${one.namespace} ${one.name} ${one.kind}`;

function hasEnded(job: Seen): boolean {
  return items(fields(job.whole.status).conditions).some((item) => {
    const condition = fields(item);
    return (condition.type === 'Complete' || condition.type === 'Failed') && condition.status === 'True';
  });
}

function workload(
  one: Seen,
  owners: readonly Seen[],
  labels: { readonly [key: string]: string },
  annotations: { readonly [key: string]: string },
  spec: Fields,
  addresses: readonly AddressRange[],
  around: Surroundings,
): Workload {
  const hostNetwork = spec.hostNetwork === true;
  const shape: PodShape = { namespace: one.namespace, labels, annotations, spec };
  const place = around.place(shape, addresses);
  return {
    kind: one.kind,
    namespace: one.namespace,
    name: one.name,
    owners: owners.map((owner) => owner.name),
    labels,
    ports: containerPorts(spec),
    hostNetwork,
    serviceAccount: text(spec.serviceAccountName) ?? text(spec.serviceAccount) ?? 'default',
    mesh: hostNetwork ? 'no' : around.mesh(shape),
    ...(place === undefined ? {} : { place }),
  };
}

/** Ports of the containers, sidecars included (statement 22): init containers that keep running are such. */
function containerPorts(spec: Fields): readonly ContainerPort[] {
  const sidecars = items(spec.initContainers).filter((item) => fields(item).restartPolicy === 'Always');
  return [...items(spec.containers), ...sidecars].flatMap((item) =>
    items(fields(item).ports).flatMap((value): readonly ContainerPort[] => {
      const port = fields(value);
      const number = Number(port.containerPort);
      const protocol = protocolNumber(text(port.protocol) ?? 'TCP');
      if (!Number.isInteger(number) || protocol === undefined) return [];
      const name = text(port.name);
      return [{ protocol, port: number, ...(name === undefined ? {} : { name }) }];
    }),
  );
}
