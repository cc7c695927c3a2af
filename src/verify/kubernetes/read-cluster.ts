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

/** The cluster of a state: workloads, services, policies, and where they stand. Undefined when the state has no Kubernetes objects. */
export function readCluster(
  state: State,
  arm: ArmView,
  subnets: readonly Subnet[],
  assume: (assumption: string) => void,
): ReadCluster | undefined {
  if (state.objects.length === 0) return undefined;
  const view = objectView(state.objects);
  const placement = readPlacement(arm, subnets, seesCilium(view), assume);
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

/** Policies of namespaces that the state does not have (statement 27). */
function strayPolicies(view: ObjectView, model: ClusterModel): readonly Remark[] {
  const known = new Set(model.namespaces.map((one) => one.name));
  return view
    .of('networking.k8s.io', 'NetworkPolicy')
    .filter((one) => !known.has(one.namespace))
    .map((one) => ({
      about: 'namespace',
      object: one.id,
      message: `${one.id} is for the namespace ${one.namespace}, which has neither an object nor a workload in the state: it selects nothing.`,
    }));
}
