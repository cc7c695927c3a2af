import type { DecisionText } from '../draft.ts';

export const agentDecisions: readonly DecisionText[] = [
  {
    id: 'falco-watches-every-node',
    title: 'Falco watches the system calls of every node, with the rules of its image and no privileged container',
    because:
      'It runs on each pool whatever its taints. The modern eBPF probe is in the program itself, so that nothing is built or fetched on a node, and four capabilities are enough for it. Rules come with the image, by its digest. Findings are lines of JSON on standard output, where the collector of container logs reads them, so that the pods need no traffic at all: nobody reaches them but their own kubelet, and they reach nobody, not even a name server: on a node in scope they would be a way between the scopes. It gets no token: names of pods and containers come from the runtime of the node.',
    alternatives: [
      {
        option: 'The kernel module',
        whyNot: 'It needs a privileged container, and a driver for each kernel.',
      },
      {
        option: 'Rules fetched at run time',
        whyNot: 'Every node would need a way to the Internet, and what runs would not be what was looked at.',
      },
    ],
    controls: ['pci-dss-4.0.1:10.7.2', 'pci-dss-4.0.1:11.5.1'],
    provedBy: [],
    assumptions: [
      'Nodes have Linux 5.8 or newer with BTF, which the modern eBPF probe and its capabilities need.',
      'The default seccomp profile of the nodes’ containerd allows bpf to CAP_BPF and perf_event_open to CAP_PERFMON.',
      'Its digest is not known here: until the spec names one, admission refuses its pods, and says why.',
    ],
  },
];
