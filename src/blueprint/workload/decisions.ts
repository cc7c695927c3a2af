import type { DecisionText } from '../draft.ts';

export const workloadDecisions: readonly DecisionText[] = [
  {
    id: 'components-call-as-the-spec-says',
    title: 'A component is reached by those that the spec lets call it, in the network and in the mesh',
    because:
      'Each call is named twice: a NetworkPolicy on both sides lets packets through by label and port, and an AuthorizationPolicy beside the callee lets requests through by the caller’s service account, method and path. Either of them alone stops what is not named. They are applied by the platform’s account: whoever releases the workload cannot widen them.',
    alternatives: [
      { option: 'Network policies alone', whyNot: 'They know labels, which whoever makes pods chooses.' },
      { option: 'The mesh alone', whyNot: 'A pod whose sidecar is gone would be open.' },
      { option: 'Policies released with the workload', whyNot: 'Who writes the code would decide whom it may reach.' },
    ],
    controls: [
      'pci-dss-4.0.1:1.2.5',
      'pci-dss-4.0.1:1.3.1',
      'pci-dss-4.0.1:1.3.2',
      'pci-dss-4.0.1:6.5.4',
      'pci-dss-4.0.1:7.2.1',
    ],
    provedBy: [
      'components-call-whom-they-may',
      'components-call-on-one-port',
      'components-send-to-nobody-else',
      'components-ask-the-platform-only',
      'components-are-reached-by-nobody-else',
      'components-are-reached-on-few-ports',
      'components-ask-for-names',
      'components-ask-the-mesh',
      'components-give-metrics',
      'the-entrance-is-reached-by-the-ingress',
    ],
  },
  {
    id: 'hosts-outside-are-registered-by-allowance',
    title: 'A host outside exists in the mesh where an allowance names it, in its namespace only',
    because:
      'The allowance in the spec has a reason, an owner and an end; the entry comes and goes with it. Network policies cannot know names: they open the port to the Internet and to nothing private, for the component of the allowance.',
    alternatives: [{ option: 'Entries for all namespaces', whyNot: 'One allowance would be everybody’s.' }],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.2'],
    provedBy: ['components-leave-to-the-internet-only', 'components-reach-their-allowances'],
  },
  {
    id: 'workload-runs-hardened-in-its-scope',
    title: 'Pods run in the pool of their scope, as nobody, with a read-only root and no rights in the cluster',
    because:
      'The selector and the toleration lead to one pool, whose taint keeps others out. No capability, no privilege, no token of the API server, limits for processor and memory, two pods a component over the zones, a budget that drains keep to. The image is named by its digest, so that what was scanned and signed is what runs. Components that are not the sample’s get their policies here, and their pods from their own team’s release.',
    alternatives: [
      { option: 'Tags', whyNot: 'What a tag means changes without a trace.' },
      { option: 'Scope by label alone', whyNot: 'Pods of the other scope could land on the same node.' },
    ],
    controls: [
      'pci-dss-4.0.1:2.2.1',
      'pci-dss-4.0.1:2.2.3',
      'pci-dss-4.0.1:2.2.4',
      'pci-dss-4.0.1:6.3.2',
      'pci-dss-4.0.1:7.2.5',
    ],
    provedBy: [],
  },
  {
    id: 'only-the-page-comes-in',
    title: 'From outside there is one route: GET of the page',
    because: 'The routes by which components call each other do not exist at the ingress.',
    alternatives: [{ option: 'Every path', whyNot: 'Whoever reaches the page would reach the inner interface.' }],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:6.4.2'],
    provedBy: [],
  },
];
