import type { BuildContext } from '../context.ts';
import type { DecisionText } from '../draft.ts';
import { allowanceDecision } from './cluster-rules.ts';

export const firewallDecisions: readonly DecisionText[] = [
  {
    id: 'firewall-inspects-egress',
    title: 'Azure Firewall Premium, which denies what threat intelligence and intrusion signatures name',
    because:
      'Only Premium detects intrusions by signature. In deny mode a match is stopped, not only reported, at the one place where egress passes. What flows between Application Gateway and the ingress does not pass here, and signatures see nothing inside TLS that is not opened: both are said in the evidence.',
    alternatives: [
      { option: 'Azure Firewall Standard', whyNot: 'It has no intrusion detection.' },
      { option: 'Alert mode', whyNot: 'An attack would be seen after it has succeeded.' },
      {
        option: 'Network appliances of another vendor',
        whyNot: 'Machines to patch, scale and keep highly available in the most exposed place.',
      },
    ],
    controls: ['pci-dss-4.0.1:11.5.1', 'pci-dss-4.0.1:1.3.2', 'pci-dss-4.0.1:1.4.1'],
    provedBy: ['firewalls-deny-known-attacks', 'egress-by-name-only', 'internet-does-not-enter-the-hub'],
  },
  {
    id: 'no-tls-inspection',
    title: 'The firewall does not open TLS',
    because:
      'Nodes and Azure’s own agents authenticate with certificates inside TLS and refuse a certificate of ours; opening TLS to AKS and Azure Resource Manager breaks the cluster. Names are still judged, by what the client asks for.',
    alternatives: [
      {
        option: 'Open TLS of workload pods only',
        whyNot:
          'Worth adding with the first allowance that sends data to a third party; it needs a certificate authority in a vault and in every image.',
      },
    ],
    controls: ['pci-dss-4.0.1:11.5.1', 'pci-dss-4.0.1:4.2.1'],
    provedBy: ['firewalls-do-not-open-tls'],
    assumptions: [
      'A client that asks for an allowed name and then speaks to another host is stopped by the firewall, which connects to the name itself.',
    ],
  },
  {
    id: 'egress-has-known-addresses',
    title: 'Egress leaves by three fixed public addresses in each region',
    because:
      'Partners can admit us by address, and our records can be matched with theirs. Each address gives 2,496 source ports for each destination and instance.',
    alternatives: [
      { option: 'One address', whyNot: 'Pulling images on many nodes at once can use up its source ports.' },
      { option: 'A public prefix', whyNot: 'It costs the same and cannot be made smaller.' },
    ],
    controls: ['pci-dss-4.0.1:1.2.8', 'pci-dss-4.0.1:1.4.5'],
    provedBy: ['egress-reaches'],
  },
  {
    id: 'sources-by-subnet',
    title: 'Firewall rules name their senders by IP groups, one for each kind of subnet',
    because:
      'A rule then says who needs it, and a subnet’s allowances can be read off its group. A group holds ranges of the address plan, so that no rule carries an address.',
    alternatives: [
      {
        option: 'Rules for the whole network',
        whyNot: 'In-scope pods would get every name that a node or an agent needs.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.2.7'],
    provedBy: ['egress-by-name-only', 'image-builder-egress-by-name-only'],
  },
  {
    id: 'no-built-in-names',
    title: 'Names that no rule allows are denied before Azure’s built-in collection is asked',
    because:
      'Azure Firewall lets names of a collection that Microsoft keeps through when no rule matches them, storage among them. A last rule that denies every name makes our rules the whole truth.',
    alternatives: [
      {
        option: 'Leave the built-in collection in place',
        whyNot: 'It changes without notice and is a way out that no review sees.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.3.2', 'pci-dss-4.0.1:1.2.7'],
    provedBy: ['egress-by-name-only', 'image-build-egress-by-name-only'],
    assumptions: [
      'Status blobs of virtual machines go through the platform’s address 168.63.129.16 when storage is closed to them.',
    ],
  },
  {
    id: 'time-only-where-needed',
    title: 'Jump boxes and image builds get the time from ntp.ubuntu.com; nothing else uses NTP',
    because:
      'AKS nodes take the time from their host and need no NTP since March 2021. The few machines that do need it get one name, resolved by the firewall.',
    alternatives: [
      { option: 'UDP 123 to anywhere', whyNot: 'A port that is open to every address carries more than time.' },
      { option: 'Every subnet', whyNot: 'It would be a rule that nothing uses.' },
    ],
    controls: ['pci-dss-4.0.1:10.6.1', 'pci-dss-4.0.1:10.6.2', 'pci-dss-4.0.1:1.2.5'],
    provedBy: [
      'jump-boxes-get-the-time',
      'image-builds-get-the-time',
      'egress-on-named-ports-only',
      'names-in-network-rules-resolve-at-the-firewall',
    ],
  },
  {
    id: 'nodes-reach-what-aks-needs',
    title: 'Nodes reach the names that Microsoft keeps under AzureKubernetesService',
    because:
      'Images of AKS, Azure Resource Manager, sign-in and node packages change their names over time; Microsoft keeps the tag up to date. Tunnels on UDP 1194 and TCP 9000 are not needed with a private cluster and an API server in the network.',
    alternatives: [
      {
        option: 'A list of names of our own',
        whyNot: 'It breaks node upgrades on the day that Microsoft moves an endpoint.',
      },
      {
        option: 'The tag for pods too',
        whyNot: 'It holds package mirrors and the management API, which no workload needs.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.2'],
    provedBy: ['egress-reaches', 'egress-by-name-only', 'no-application-rule-is-shadowed-by-a-network-rule'],
    assumptions: ['Nodes need the tag over HTTPS only; package updates over HTTP are replaced by node images.'],
  },
  {
    id: 'policy-add-on-fetches-policies',
    title: 'Pods of the policy add-on fetch definitions and report to Azure Policy',
    because: 'Admission control is only as good as its definitions. Two names, from the pods that may run the add-on.',
    alternatives: [
      {
        option: 'Its telemetry name too',
        whyNot: 'dc.services.visualstudio.com takes data of every customer, and the add-on works without it.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:2.2.1'],
    provedBy: ['egress-reaches', 'egress-by-name-only'],
    assumptions: ['The policy add-on works without its telemetry.'],
  },
  {
    id: 'extensions-report-to-azure',
    title: 'Pods of cluster extensions fetch their configuration from Azure',
    because:
      'Flux is installed and configured through Azure Resource Manager; its agent asks the regional configuration service, and signs in at Entra.',
    alternatives: [
      {
        option: 'Flux installed by hand',
        whyNot: 'Nobody patches it, and its configuration leaves the audit log of Azure.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:6.3.3'],
    provedBy: ['egress-reaches', 'egress-by-name-only'],
    assumptions: ['Extension agents run in the system or the platform pool.'],
  },
  {
    id: 'defender-sensors-report',
    title: 'Pods reach Microsoft Defender for Cloud, in every scope',
    because:
      'The sensor runs on every node in the network of its pods, in-scope ones included, and reports what it sees to names below cloud.defender.microsoft.com.',
    alternatives: [
      {
        option: 'Defender’s private link',
        whyNot: 'Too new for several regions; it replaces this rule where it is offered.',
      },
    ],
    controls: ['pci-dss-4.0.1:5.2.1', 'pci-dss-4.0.1:5.3.2', 'pci-dss-4.0.1:11.5.1', 'pci-dss-4.0.1:1.2.5'],
    provedBy: ['egress-reaches', 'egress-by-name-only'],
    assumptions: ['Sensors send from addresses of pods, and need no other public name.'],
  },
  {
    id: 'operators-reach-azure',
    title: 'Jump boxes and deployment agents reach sign-in and Azure Resource Manager, and nothing else',
    because:
      'That is what administering Azure and a cluster takes. Tools come with the image, so that no administrator’s machine downloads anything.',
    alternatives: [
      {
        option: 'GitHub and package mirrors for jump boxes',
        whyNot: 'Whoever controls a download would then run on the machine that administers the cluster.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.2', 'pci-dss-4.0.1:2.2.7'],
    provedBy: ['egress-reaches', 'egress-by-name-only', 'egress-on-named-ports-only'],
  },
  {
    id: 'build-agents-through-the-firewall',
    title: 'Build agents of the registries go through the firewall, to five services',
    because:
      'Microsoft names five service tags for agents in a network. In the original their subnet had neither a route to the firewall nor a denial, so that builds reached anything. Storage and Event Hubs are narrowed to the registry’s region; base images come from our own registry.',
    alternatives: [
      { option: 'Names instead of tags', whyNot: 'The names behind the agents are neither documented nor stable.' },
      {
        option: 'Service endpoints',
        whyNot: 'Their routes are more specific than the one to the firewall and lead around it.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.2', 'pci-dss-4.0.1:6.3.2'],
    provedBy: [
      'egress-reaches',
      'egress-reaches-on-12000',
      'egress-by-name-only',
      'egress-on-named-ports-only',
      'no-service-endpoint-bypasses-the-firewall',
    ],
    assumptions: [
      'A tag holds the addresses of every customer of the service: what a build may send there is limited by its identity only.',
      'A name that an allowance gives to build agents and that stands at such an address is judged by the tag, not by name.',
    ],
  },
];

/** A decision for each allowance of the spec that holds on the day of the build. */
export function allowanceDecisions({ egress }: BuildContext): readonly DecisionText[] {
  return egress.map((allowance) => ({
    id: allowanceDecision(allowance),
    title: `Allowance ${allowance.name}: ${allowance.from} to ${allowance.to.join(', ')}`,
    because: `${sentence(allowance.reason)} ${allowance.owner} answers for it. It ends after ${allowance.expires}.`,
    alternatives: [
      {
        option: 'No allowance',
        whyNot: 'What needs it does not work; that is decided by its owner, at the latest when it expires.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.2.7', 'pci-dss-4.0.1:1.3.2'],
    provedBy: [`${allowanceDecision(allowance)}-reaches`, 'egress-by-name-only'],
  }));
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
