import type { ClusterModel } from '../../reachability/index.ts';
import type { ObjectView } from './object-view.ts';

type Assume = (assumption: string) => void;

/** Kinds that decide about traffic and are not modelled, by group: what they deny, let in or rewrite is not counted. */
const unmodelled: readonly (readonly [group: RegExp, kind: RegExp])[] = [
  [/^(crd\.)?projectcalico\.org$/, /Policy$/],
  [/^policy\.linkerd\.io$/, /./],
  [/^(access|specs|split)\.smi-spec\.io$/, /./],
  [/^networking\.istio\.io$/, /^(EnvoyFilter|VirtualService|DestinationRule|Gateway|ProxyConfig|WorkloadEntry)$/],
  [/^security\.istio\.io$/, /^RequestAuthentication$/],
  [/^networking\.k8s\.io$/, /^Ingress$/],
  [/^gateway\.networking\.k8s\.io$/, /(Route|Gateway)$/],
  [/^cilium\.io$/, /^(CiliumEgressGatewayPolicy|CiliumLocalRedirectPolicy|Cilium(Clusterwide)?EnvoyConfig)$/],
];

const list = (names: readonly string[]): string =>
  `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`;

/** Everything about a cluster that neither its objects nor the platform settle, each by name. */
export function noteOpenEnds(view: ObjectView, model: ClusterModel, assume: Assume): void {
  assume(
    `${model.objects} Kubernetes objects were looked at: ${model.workloads.length} workloads, ${model.services.length} services and ${model.policies.length} policies.`,
  );
  if (model.dataplane === 'unknown') {
    assume(
      'The network plugin is not in the state: whether ipBlock matches pods and nodes, what policies mean for protocols other than TCP, UDP and SCTP, and whether ranges of ports are enforced is left open (statements 11, 16, 17).',
    );
  }
  const unlabelled = model.namespaces.filter((one) => !one.known).map((one) => one.name);
  if (unlabelled.length > 0)
    assume(`Namespaces without an object in the state have unknown labels but for their name: ${list(unlabelled)}.`);
  const unplaced = model.workloads.filter((one) => one.place === undefined).length;
  if (unplaced > 0)
    assume(
      `Where ${unplaced} of ${model.workloads.length} workloads stand in the Azure network is not in the state: they are judged by the layers of Kubernetes alone.`,
    );
  if (view.withoutNamespace.length > 0) {
    const shown = view.withoutNamespace.slice(0, 5).join(', ');
    assume(
      `Objects without a namespace are taken as in default: ${shown}${view.withoutNamespace.length > 5 ? ` and ${view.withoutNamespace.length - 5} more` : ''}. Render kustomizations and target namespaces first (statement 28).`,
    );
  }
  const six = model.policies.filter((policy) =>
    [...(policy.ingress?.rules ?? []), ...(policy.egress?.rules ?? [])].some((rule) =>
      rule.peers?.some((peer) => peer.kind === 'block' && peer.range.family === 6),
    ),
  );
  if (six.length > 0)
    assume(
      `Blocks of IPv6 addresses say nothing about IPv4, and what pods do over IPv6 is not modelled (statement 29): ${six.map((one) => one.id).join(', ')}.`,
    );
  if (model.nodeRanges.length === 0)
    assume(
      "Addresses of nodes are not in the state: a pod's own node reaches it whatever policies say (statement 18).",
    );

  const ignored = view
    .kinds()
    .filter(({ group, kind }) => unmodelled.some(([of, what]) => of.test(group) && what.test(kind)))
    .map(({ group, kind, count }) => `${count} ${kind} (${group})`);
  if (ignored.length > 0)
    assume(`Not modelled, so that what they deny, let in or rewrite is not counted: ${list(ignored)}.`);
  if (model.dataplane !== 'cilium' && model.services.length > 0)
    assume(
      'Policies are taken to see the port of the pod, after a service has translated its own: so Cilium documents it, and Kubernetes leaves it open (statement 23).',
    );
  const entrances = model.services.filter((one) => one.kind === 'LoadBalancer' || one.kind === 'NodePort');
  if (entrances.length > 0)
    assume(
      `The way in through load balancers and node ports is not modelled: what comes from outside is judged as if it dialled the pods of ${list(entrances.map((one) => `${one.namespace}/${one.name}`))} (statement 93).`,
    );
}
