import type { KubernetesObject } from '../../model/kubernetes-object.ts';
import type { State } from '../../model/state.ts';
import type { ClusterModel, Namespace, Subnet, Workload } from '../../reachability/index.ts';
import type { ArmView } from '../arm-view.ts';
import { noteOpenEnds } from './note-open-ends.ts';
import { type ObjectView, objectView, type Remark } from './object-view.ts';
import { readCiliumPolicies } from './read-cilium.ts';
import { readMesh } from './read-mesh.ts';
import { readNetworkPolicies } from './read-network-policies.ts';
import { readPlacement } from './read-placement.ts';
import { readServices } from './read-services.ts';
import { readTiers } from './read-tiers.ts';
import { readWorkloads } from './read-workloads.ts';

export interface ReadCluster {
  readonly model: ClusterModel;
  readonly remarks: readonly Remark[];
}

interface ClusterObjects {
  readonly name: string | undefined;
  readonly objects: readonly KubernetesObject[];
}

/** The objects of a state by cluster, in the order of names. Without a name they are of the only managed cluster, where there is one. */
function byCluster(state: State, arm: ArmView): readonly ClusterObjects[] {
  const known = arm.ofType('Microsoft.ContainerService/managedClusters').map((one) => one.name);
  const only = known.length === 1 ? known[0] : undefined;
  const groups = new Map<string, { readonly name: string | undefined; readonly objects: KubernetesObject[] }>();
  for (const { cluster, object } of state.objects) {
    const name =
      cluster === undefined ? only : (known.find((one) => one.toLowerCase() === cluster.toLowerCase()) ?? cluster);
    const group = groups.get(name ?? '') ?? { name, objects: [] };
    groups.set(name ?? '', group);
    group.objects.push(object);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

/** The clusters of a state: workloads, services, policies, and where they stand. None when the state has no Kubernetes objects. */
export function readClusters(
  state: State,
  arm: ArmView,
  subnets: readonly Subnet[],
  assume: (assumption: string) => void,
): readonly ReadCluster[] {
  return byCluster(state, arm).map((one) => readCluster(one, arm, subnets, assume));
}

function readCluster(
  { name, objects }: ClusterObjects,
  arm: ArmView,
  subnets: readonly Subnet[],
  assume: (assumption: string) => void,
): ReadCluster {
  const view = objectView(objects);
  const placement = readPlacement(arm, subnets, name, seesCilium(view), assume);
  const { dataplane } = placement;
  const mesh = readMesh(view, assume);
  const found = readWorkloads(view, { place: placement.place, mesh: mesh.of, assume });
  const namespaces = readNamespaces(view, found);
  const ofNetwork = readNetworkPolicies(view, dataplane);
  const ofTiers = readTiers(view);
  const services = readServices(view, assume);
  const ofCilium = readCiliumPolicies(view, services, assume);
  const ofMesh = mesh.policies(found, services);
  const { workloads } = ofMesh;
  const policies = [...ofNetwork.policies, ...ofTiers.policies, ...ofCilium.policies, ...ofMesh.policies];
  const model: ClusterModel = {
    ...(name === undefined ? {} : { name }),
    dataplane,
    hostNetworkPods: 'as-node',
    namespaces,
    workloads,
    services,
    policies,
    podRanges: placement.podRanges,
    nodeRanges: placement.nodeRanges,
    objects: view.count,
  };
  noteOpenEnds(view, model, assume);
  return {
    model,
    remarks: [
      ...view.twice,
      ...ofNetwork.remarks,
      ...ofTiers.remarks,
      ...ofCilium.remarks,
      ...strayPolicies(view, model),
    ],
  };
}

/** Cilium shows itself by its agents or by its own policies. */
function seesCilium(view: ObjectView): boolean {
  const agents = view.of('apps', 'DaemonSet').some((one) => one.name === 'cilium' && one.namespace === 'kube-system');
  return (
    agents ||
    view.of('cilium.io', 'CiliumNetworkPolicy').length + view.of('cilium.io', 'CiliumClusterwideNetworkPolicy').length >
      0
  );
}

/** Every namespace that an object lives in; each has its name as a label, whether its manifest says so or not (statement 21). */
function readNamespaces(view: ObjectView, workloads: readonly Workload[]): readonly Namespace[] {
  const namespaces = new Map<string, Namespace>();
  const named = (name: string) => ({ 'kubernetes.io/metadata.name': name });
  for (const one of view.of('', 'Namespace'))
    namespaces.set(one.name, { name: one.name, labels: { ...one.labels, ...named(one.name) }, known: true });
  for (const { namespace } of workloads)
    if (!namespaces.has(namespace))
      namespaces.set(namespace, { name: namespace, labels: named(namespace), known: false });
  return [...namespaces.values()];
}

/** Those that every cluster starts with (kubernetes.io, "Namespaces", initial namespaces): nobody has to declare them. */
const initialNamespaces = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/** Policies of namespaces that the state does not have (statement 27). */
function strayPolicies(view: ObjectView, model: ClusterModel): readonly Remark[] {
  const known = new Set([...initialNamespaces, ...model.namespaces.map((one) => one.name)]);
  return view
    .of('networking.k8s.io', 'NetworkPolicy')
    .filter((one) => !known.has(one.namespace))
    .map((one) => ({
      about: 'namespace',
      object: one.id,
      message: `${one.id} is for the namespace ${one.namespace}, which has neither an object nor a workload in the state: it selects nothing.`,
    }));
}
