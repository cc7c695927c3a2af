import type { DecisionText } from '../draft.ts';

export const admissionDecisions: readonly DecisionText[] = [
  {
    id: 'images-are-ours-at-admission',
    title: 'The API server itself refuses images that are not from the live registry, by digest',
    because:
      'Azure’s policy add-on says the same, as a webhook that can be restarted, starved or switched off. This rule is evaluated inside the API server. The pattern is for the whole reference, from its first letter to its last: one without ends would find ours inside somebody else’s.',
    alternatives: [
      { option: 'The policy add-on alone', whyNot: 'Nothing would refuse while it is away.' },
      { option: 'A pattern without ends', whyNot: 'evil.example/ours.azurecr.io/live/x would pass.' },
    ],
    controls: ['pci-dss-4.0.1:6.3.2', 'pci-dss-4.0.1:6.5.1', 'pci-dss-4.0.1:2.2.1'],
    provedBy: [],
  },
  {
    id: 'pods-are-hardened-at-admission',
    title: 'Pods without limits, with a writable root, a token or a piece of their node are refused',
    because:
      'Pod security standards say nothing of limits, read-only roots and tokens. The rules look at whatever makes pods, so that a mistake is refused where it is written.',
    alternatives: [{ option: 'Rules for pods alone', whyNot: 'A Deployment would be taken, and its pods never come.' }],
    controls: ['pci-dss-4.0.1:2.2.1', 'pci-dss-4.0.1:2.2.4', 'pci-dss-4.0.1:7.2.5', 'pci-dss-4.0.1:8.6.1'],
    provedBy: [],
  },
  {
    id: 'scopes-are-kept-apart-at-admission',
    title:
      'A pod of the workload bears its namespace’s scope, runs in its pool, stays in the mesh, and is entered by nobody',
    because:
      'Segmentation rests on where pods run and what they are labelled. Both are checked against the namespace, which the workload’s account cannot change.',
    alternatives: [{ option: 'Trust the release', whyNot: 'One wrong label puts an out-of-scope pod into scope.' }],
    controls: ['pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:1.4.4', 'pci-dss-4.0.1:7.2.2', 'pci-dss-4.0.1:10.2.1'],
    provedBy: [],
  },
  {
    id: 'agents-namespace-holds-agents-only',
    title: 'The namespace of the agents takes the agents, with four folders of the node to read',
    because:
      'Falco must read what the pod security standards forbid to read. Its namespace is free of them, and held to this rule instead.',
    alternatives: [{ option: 'A privileged namespace', whyNot: 'It would be the place to run anything.' }],
    controls: ['pci-dss-4.0.1:2.2.4', 'pci-dss-4.0.1:7.2.5'],
    provedBy: [],
  },
  {
    id: 'edges-stay-inside-at-admission',
    title: 'Only the ingress has a load balancer, inside, and it speaks HTTPS',
    because:
      'A Service, an Ingress or a Gateway is all it takes to open a way in, with a public address by default. Each of them is refused unless it is the one of the landing zone.',
    alternatives: [{ option: 'Azure’s policy alone', whyNot: 'It does not know gateways.' }],
    controls: ['pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:1.4.1', 'pci-dss-4.0.1:1.2.6', 'pci-dss-4.0.1:2.2.7'],
    provedBy: [],
  },
  {
    id: 'walls-stay-at-admission',
    title: 'What walls are made of cannot be made soft: namespaces, network policies, the mesh’s rules',
    because:
      'A namespace with the labels of another, a policy that is open to everybody, a mesh that takes plain text: each would undo the segmentation without a trace in the network.',
    alternatives: [{ option: 'Rights alone', whyNot: 'Administrators have them, and make mistakes.' }],
    controls: ['pci-dss-4.0.1:1.2.8', 'pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:2.2.1'],
    provedBy: [],
  },
  {
    id: 'rights-are-named-at-admission',
    title: 'Roles name what they are for, and nobody becomes cluster-admin by an object',
    because: 'A wildcard gives what does not exist yet. Administration is a group at Entra, with approval and an end.',
    alternatives: [{ option: 'Review', whyNot: 'It comes after the fact.' }],
    controls: ['pci-dss-4.0.1:7.2.1', 'pci-dss-4.0.1:7.2.2', 'pci-dss-4.0.1:7.2.5'],
    provedBy: [],
    assumptions: [
      'AKS writes its own roles as aksService, masterclient, hcpService or acsService, or as accounts of kube-system; Flux’s extension as fluxconfig-…',
    ],
  },
];
