import type { DecisionText } from '../draft.ts';

export const namespaceDecisions: readonly DecisionText[] = [
  {
    id: 'namespaces-are-closed',
    title: 'A namespace comes with its walls: no traffic but names, a pod security standard, a quota, limits',
    because:
      'They are in the first layer, so that no pod ever ran without them. Peers are told by the name of their namespace, which the API server writes itself: labels of ours could be put on another. Names are asked for over UDP and TCP, since long answers are cut off over UDP. Nothing keeps data: no volume may be claimed.',
    alternatives: [
      {
        option: 'Policies where somebody thought of them',
        whyNot: 'In the original four of seven namespaces had none.',
      },
      { option: 'One namespace for both scopes', whyNot: 'Quotas, rights and default policies are about namespaces.' },
    ],
    controls: ['pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:1.3.2', 'pci-dss-4.0.1:2.2.1', 'pci-dss-4.0.1:2.2.4'],
    provedBy: [],
    assumptions: [
      'Namespaces that AKS and its add-ons own (kube-system, gatekeeper-system, aks-istio-system, flux-system) keep the policies of their owners: ours would break their upgrades.',
    ],
  },
  {
    id: 'namespaces-reach-the-mesh-alone',
    title: 'Pods with a sidecar reach the mesh’s control plane, and the collector reads their metrics at the sidecar',
    because:
      'Certificates and configuration come from the control plane on 15012. The sidecar joins the application’s metrics with its own on 15020, so that the collector needs no identity in the mesh and no way to the application.',
    alternatives: [
      {
        option: 'Metrics at the application’s port',
        whyNot: 'The collector would need an exception in strict mutual TLS.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:10.2.1'],
    provedBy: [],
    assumptions: ['The collector’s pods bear rsName=ama-metrics in kube-system.'],
  },
  {
    id: 'nothing-runs-in-default',
    title: 'The default namespace is empty and closed',
    because:
      'What lands there did so by mistake: a command without a namespace. It may hold nothing but the API server’s own Service.',
    alternatives: [{ option: 'Policy alone', whyNot: 'A quota holds while the policy add-on restarts.' }],
    controls: ['pci-dss-4.0.1:2.2.1', 'pci-dss-4.0.1:2.2.4'],
    provedBy: [],
  },
  {
    id: 'security-agents-come-first',
    title: 'Agents that watch nodes take precedence over what they watch',
    because: 'When a node is full, the scheduler takes a workload pod away for them, and never the other way round.',
    alternatives: [{ option: 'No priorities', whyNot: 'A full node would run unwatched.' }],
    controls: ['pci-dss-4.0.1:10.7.2', 'pci-dss-4.0.1:11.5.1'],
    provedBy: [],
  },
];
