import { kubernetesVersionOf } from '../cluster/versions.ts';
import type { BuildContext } from '../context.ts';
import type { DecisionText } from '../draft.ts';
import { meshRevisionOn } from './versions.ts';

export function meshDecisions(context: BuildContext): readonly DecisionText[] {
  return [meshInTwoSteps(context), ...fixed];
}

function meshInTwoSteps(context: BuildContext): DecisionText {
  const chosen = context.spec.clusters.flatMap((cluster) => {
    const found = meshRevisionOn(context.day, kubernetesVersionOf(context, cluster).name);
    return found === undefined ? [] : [{ cluster, ...found }];
  });
  const named = chosen.map(
    ({ cluster, revision }) =>
      `Cluster ${cluster.name} gets ${revision.name}, supported until about ${revision.until}.`,
  );
  const ended = chosen
    .filter(({ isSupported }) => !isSupported)
    .map(
      ({ revision }) =>
        `On ${context.day} this program knows of no revision that is still supported; ${revision.name} is the newest it knows. Newer ones are listed by \`az aks mesh get-revisions\`.`,
    );
  return {
    id: 'mesh-in-two-steps',
    title: 'Istio as AKS’s add-on, switched on once it may read its authority',
    because: `The add-on reads the authority of the mesh with an identity that comes with the cluster. So the cluster comes first, then the right, then the mesh; to change the authority later, the mesh would have to be switched off. Each revision lives about half a year. ${named.join(' ')}`,
    alternatives: [
      { option: 'Mesh and cluster at once', whyNot: 'The mesh would start with an authority that it made by itself.' },
      { option: 'Open Service Mesh', whyNot: 'Upstream is retired; the add-on ends in September 2027.' },
      { option: 'Istio without the add-on', whyNot: 'Its patches would be ours to follow.' },
    ],
    controls: ['pci-dss-4.0.1:4.2.1', 'pci-dss-4.0.1:6.3.3', 'pci-dss-4.0.1:12.3.4'],
    provedBy: ['meshes-run-one-revision'],
    assumptions: ['A cluster that is deployed again without the mesh’s settings keeps its mesh.', ...ended],
  };
}

const fixed: readonly DecisionText[] = [
  {
    id: 'mesh-has-our-authority',
    title: 'The mesh signs with an authority of ours',
    because:
      'Its root stays offline; the intermediate in the vault can be renewed while the mesh runs. Two clusters, or a new one, can trust each other through the same root.',
    alternatives: [
      {
        option: 'An authority that the mesh makes',
        whyNot: 'Its key exists in the cluster only and is in no inventory.',
      },
    ],
    controls: ['pci-dss-4.0.1:4.2.1.1', 'pci-dss-4.0.1:3.6.1', 'pci-dss-4.0.1:3.7.1'],
    provedBy: ['meshes-have-our-authority'],
  },
  {
    id: 'mesh-ingress-is-internal',
    title: 'The add-on’s own gateways stay off',
    because:
      'They run in a namespace that AKS owns, where no policy of ours may stand. The one way in is a Gateway of ours, which the mesh runs inside. What leaves passes the firewall, which knows more names than a gateway in the cluster would.',
    alternatives: [
      { option: 'An external ingress', whyNot: 'A public address that goes around the web application firewall.' },
    ],
    controls: ['pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:1.4.2'],
    provedBy: ['meshes-are-entered-from-inside', 'only-the-gateway-reaches-the-ingress'],
  },
  {
    id: 'pods-need-no-network-rights',
    title: 'Traffic is led into the mesh by the node, not by pods',
    because:
      'Otherwise every pod begins with a container that may change its network. Without it, workload pods run under the strictest profile.',
    alternatives: [
      { option: 'Containers that set up each pod', whyNot: 'They need rights that policy denies to workloads.' },
    ],
    controls: ['pci-dss-4.0.1:2.2.4', 'pci-dss-4.0.1:7.2.5'],
    provedBy: ['meshes-need-no-rights-in-pods'],
  },
  {
    id: 'mesh-reads-its-authority',
    title: 'The add-on reads the four secrets of the mesh’s authority, and no other',
    because:
      'Every node has the add-on’s identity. It sees the intermediate authority, which must be in the cluster anyway, and neither the certificates of the edge nor any key.',
    alternatives: [{ option: 'A right on the vault', whyNot: 'Every node could then read every secret.' }],
    controls: ['pci-dss-4.0.1:3.6.1', 'pci-dss-4.0.1:7.2.5'],
    provedBy: ['vault-rights-are-for-single-things', 'role-assignments-say-why', 'no-broad-role-is-given'],
  },
];
