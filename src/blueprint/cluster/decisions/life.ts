import type { BuildContext } from '../../context.ts';
import type { DecisionText } from '../../draft.ts';
import { kubernetesVersionOf } from '../versions.ts';

/** What the cluster runs, and how it stays up to date. */
export function lifeDecisions(context: BuildContext): readonly DecisionText[] {
  const versions = context.spec.clusters.map((cluster) => {
    const version = kubernetesVersionOf(context, cluster);
    const until = cluster.kubernetes.support === 'long-term' ? version.longTermUntil : version.standardUntil;
    return `Cluster ${cluster.name} runs Kubernetes ${version.name}, supported until ${until}.`;
  });
  return [
    {
      id: 'supported-for-long',
      title: 'A version of Kubernetes with long-term support, and the tier that gives it',
      because: `Each minor version gets patches for two years instead of one, so that no upgrade is forced in the middle of an assessment. The tier also promises availability of the API server in money. ${versions.join(' ')}`,
      alternatives: [
        {
          option: 'Standard support',
          whyNot: 'Every version ends after a year; an option, where upgrades are frequent.',
        },
        { option: 'The free tier', whyNot: 'The API server may be away without anybody being in breach.' },
      ],
      controls: ['pci-dss-4.0.1:6.3.3', 'pci-dss-4.0.1:12.3.4'],
      provedBy: ['clusters-are-supported-for-long'],
    },
    {
      id: 'patches-come-by-themselves',
      title: 'Patches of Kubernetes and of nodes come by themselves, one node after the other',
      because:
        'A critical patch is due within a month; a channel does not go on holiday. Minor versions stay a decision. New nodes come up before old ones are emptied, and a node that cannot be emptied is set aside instead of being forced.',
      alternatives: [
        { option: 'A daemon that restarts nodes', whyNot: 'It needs rights on every node and patches in place.' },
        { option: 'Minor versions too', whyNot: 'They remove interfaces that workloads may use.' },
      ],
      controls: ['pci-dss-4.0.1:6.3.3', 'pci-dss-4.0.1:11.3.1'],
      provedBy: ['clusters-patch-themselves'],
      assumptions: ['Security patches of nodes come through names that AKS’s name tag of the firewall covers.'],
    },
    {
      id: 'changes-have-a-window',
      title: 'AKS changes clusters on two nights of the week',
      because:
        'Nodes get their patches on Tuesdays, Kubernetes on Wednesdays, from two in the morning, world time. Changes at known times can be told from changes that nobody planned.',
      alternatives: [{ option: 'Whenever AKS rolls out', whyNot: 'A change at noon looks like an incident.' }],
      controls: ['pci-dss-4.0.1:6.5.1', 'pci-dss-4.0.1:6.3.3'],
      provedBy: ['changes-have-a-window'],
    },
    {
      id: 'old-images-go',
      title: 'Images that nothing runs any more are removed from nodes every two days',
      because: 'An old image on a node is an old vulnerability that can still be started.',
      alternatives: [{ option: 'Leave it to the kubelet', whyNot: 'It removes images only when the disk is full.' }],
      controls: ['pci-dss-4.0.1:6.3.3', 'pci-dss-4.0.1:2.2.4'],
      provedBy: ['old-images-are-removed'],
    },
    {
      id: 'cluster-is-watched',
      title: 'Defender’s sensor, metrics and container logs are on',
      because:
        'The sensor sees what runs inside containers; metrics and logs leave the cluster as they arise, so that whoever breaks in cannot take them back. Agents sign in with their identity. Gated deployment stays off until its findings have been looked at.',
      alternatives: [
        {
          option: 'Agents of our own only',
          whyNot: 'They come later than the first workload, with the first configuration.',
        },
      ],
      controls: ['pci-dss-4.0.1:5.2.1', 'pci-dss-4.0.1:10.2.1', 'pci-dss-4.0.1:10.3.3', 'pci-dss-4.0.1:11.5.2'],
      provedBy: ['clusters-are-watched'],
    },
    {
      id: 'admission-is-policed',
      title: 'Azure Policy decides inside the cluster what is admitted',
      because:
        'The same policies that govern Azure are enforced on Kubernetes objects, by whoever they are made, and their state is reported beside the rest.',
      alternatives: [
        {
          option: 'Admission policies of the cluster only',
          whyNot: 'Whoever administers the cluster could take them away unseen.',
        },
      ],
      controls: ['pci-dss-4.0.1:2.2.1', 'pci-dss-4.0.1:1.2.8'],
      provedBy: ['clusters-enforce-policies'],
    },
  ];
}
