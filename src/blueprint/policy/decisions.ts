import type { DecisionText } from '../draft.ts';

export const policyDecisions: readonly DecisionText[] = [
  {
    id: 'rights-follow-stages',
    title: 'A custom role for each duty, with the rights that its stages need and no others',
    because:
      'The rights are derived from what the stages deploy: a type that no template of a role makes cannot be made with it. The original was run by one person with Contributor and User Access Administrator over the whole subscription.',
    alternatives: [
      {
        option: 'Contributor for everybody',
        whyNot: 'Whoever runs the cluster could then open the firewall in front of it.',
      },
      {
        option: 'Built-in roles by service',
        whyNot:
          'Each covers a whole service: Network Contributor writes every kind of network resource that Azure has.',
      },
    ],
    controls: ['pci-dss-4.0.1:7.2.1', 'pci-dss-4.0.1:7.2.2', 'pci-dss-4.0.1:7.3.1', 'pci-dss-4.0.1:6.5.4'],
    provedBy: ['custom-roles-grant-no-wildcard-over-everything'],
  },
  {
    id: 'clusters-are-private-by-policy',
    title: 'Policy denies clusters that are public, keep local accounts, or leave disks of nodes unencrypted',
    because:
      'The design holds as long as somebody follows it; these denials hold for everybody in the subscription, also for a cluster that is made by hand next year.',
    alternatives: [
      {
        option: 'Audit',
        whyNot: 'The original’s assignments were called denials and only audited: nobody is stopped by a report.',
      },
      {
        option: 'Require disk encryption sets too',
        whyNot: 'Nodes have ephemeral disks, which live on the encrypted host; a set would encrypt what is not kept.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.4.2', 'pci-dss-4.0.1:2.2.2', 'pci-dss-4.0.1:3.5.1', 'pci-dss-4.0.1:8.2.2'],
    provedBy: ['policies-deny-what-they-can'],
  },
  {
    id: 'clusters-are-denied-what-azure-only-audits',
    title:
      'Policies of our own deny clusters without policy add-on, Defender sensor or Azure RBAC, or with run command',
    because:
      'Azure’s own definitions for these four can only audit, so that a cluster without them would be deployed and then reported. The conditions are theirs; the effect is ours.',
    alternatives: [
      {
        option: 'The built-in definitions',
        whyNot: 'Their effects are Audit and Disabled; the original assigned them and denied nothing.',
      },
    ],
    controls: ['pci-dss-4.0.1:2.2.1', 'pci-dss-4.0.1:7.2.1', 'pci-dss-4.0.1:5.2.1', 'pci-dss-4.0.1:10.2.1'],
    provedBy: ['policies-deny-what-they-can'],
  },
  {
    id: 'no-machine-has-a-public-address',
    title: 'Policy denies public addresses on network interfaces and scale sets in the whole subscription',
    because:
      'A public address on a machine is a way around firewall and Bastion in both directions. Nothing here needs one: the firewall, Bastion and Application Gateway hold theirs themselves. At the original’s latest version this denial stood on a group in which no machine lives.',
    alternatives: [
      {
        option: 'Only in the networks of clusters',
        whyNot: 'A machine anywhere in a peered network would be an entrance too.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:1.4.2'],
    provedBy: ['policies-deny-what-they-can', 'no-machine-has-a-public-address'],
  },
  {
    id: 'web-firewall-is-required-and-prevents',
    title: 'Policy denies gateways without a firewall policy, and firewall policies that only detect',
    because:
      'A gateway is what the Internet reaches. The original’s policy looked at the name of the gateway’s size, which says nothing of whether its firewall is on.',
    alternatives: [
      { option: 'Look at the size alone', whyNot: 'A WAF_v2 gateway may have its firewall off, or in detection.' },
    ],
    controls: ['pci-dss-4.0.1:6.4.1', 'pci-dss-4.0.1:6.4.2'],
    provedBy: ['policies-deny-what-they-can'],
  },
  {
    id: 'registries-are-closed-by-policy',
    title: 'Policy denies registries with a public endpoint or an administrator account',
    because:
      'What runs in the cluster comes from the registry: whoever can write there without a name owns the cluster.',
    alternatives: [{ option: 'Leave it to the template', whyNot: 'Both are one switch in the portal.' }],
    controls: ['pci-dss-4.0.1:1.4.2', 'pci-dss-4.0.1:2.2.2', 'pci-dss-4.0.1:8.2.2'],
    provedBy: ['policies-deny-what-they-can'],
  },
  {
    id: 'vaults-are-guarded-by-policy',
    title: 'Policy denies vaults that can be purged, that keep access policies, and keys that never expire',
    because:
      'Keys are destroyed by purging, taken by changing an access policy, and outlive their cryptoperiod without an end. The original’s vault allowed all three.',
    alternatives: [{ option: 'Soft delete alone', whyNot: 'Whoever may purge ends it at once.' }],
    controls: ['pci-dss-4.0.1:3.6.1', 'pci-dss-4.0.1:3.7.4', 'pci-dss-4.0.1:7.2.1'],
    provedBy: ['policies-deny-what-they-can'],
    assumptions: ['Keys are checked by the policy extension of the vault service, which Azure runs.'],
  },
  {
    id: 'storage-is-closed-by-policy',
    title: 'Policy denies storage with public blobs, shared keys, plain HTTP, old TLS or open networks',
    because:
      'Storage accounts hold the flow logs, and are what people make by the way. The group in which the image builder keeps what a build needs is exempt: that account lives for an hour and follows the service’s own ways.',
    alternatives: [
      { option: 'No exemption', whyNot: 'No jump-box image could be built: the service makes its account with keys.' },
      { option: 'Exempt the subscription’s other groups', whyNot: 'Nothing there needs it.' },
    ],
    controls: ['pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:2.2.7', 'pci-dss-4.0.1:10.3.2'],
    provedBy: ['policies-deny-what-they-can'],
  },
  {
    id: 'workspaces-are-closed-by-policy',
    title: 'Policy denies log workspaces with public endpoints or shared keys',
    because: 'Logs are evidence. A second workspace with open doors would collect it as well as the first.',
    alternatives: [
      { option: 'Leave it to the template', whyNot: 'Extensions and portals make workspaces by themselves.' },
    ],
    controls: ['pci-dss-4.0.1:10.3.1', 'pci-dss-4.0.1:10.3.2'],
    provedBy: ['policies-deny-what-they-can'],
    assumptions: ['No Azure service makes a default workspace in this subscription, or whoever wants one is refused.'],
  },
  {
    id: 'watched-where-azure-cannot-deny',
    title: 'Security groups, flow logs, watchers and patches of nodes are audited by policy and proved by the verifier',
    because:
      'These definitions look for something beside a resource, or can only audit. The verifier reads the same things from the state and fails.',
    alternatives: [
      { option: 'Leave them out', whyNot: 'Whoever looks at compliance in the portal would see nothing of them.' },
    ],
    controls: ['pci-dss-4.0.1:1.2.1', 'pci-dss-4.0.1:10.2.1', 'pci-dss-4.0.1:6.3.3'],
    provedBy: ['subnet-has-network-security-group', 'every-network-has-a-flow-log', 'policies-deny-what-they-can'],
  },
  {
    id: 'compliance-is-reported',
    title: 'Microsoft’s PCI DSS 4.0.1 initiative is assigned to the subscription, as it is',
    because:
      'Assessors know it, and it rates what is not ours too. It audits; what can be denied is denied by the assignments beside it. It is not the proof of anything by itself.',
    alternatives: [
      { option: 'The initiative for 3.2.1', whyNot: 'That version of the standard was retired in March 2024.' },
      {
        option: 'Change its effects to deny',
        whyNot: 'Then what is assigned is no longer what Microsoft documents and maintains.',
      },
    ],
    controls: ['pci-dss-4.0.1:12.4.2', 'pci-dss-4.0.1:6.3.1'],
    provedBy: ['compliance-initiative-is-assigned', 'policies-deny-what-they-can'],
  },
  {
    id: 'policies-act-through-named-identities',
    title: 'Policies that mend act through identities of our own, each with the roles that its definitions name',
    because:
      'The original’s assignment had an identity without any role, so that nothing was ever mended. Identities that stand by themselves can be given their roles before the first remediation runs, and are seen in reviews. For the compliance initiative the role counts for the watchers’ group only: it may add a watcher, and no agent to any machine.',
    alternatives: [
      {
        option: 'Identities that Azure makes with the assignment',
        whyNot: 'They come and go with it, and their roles are left behind.',
      },
      {
        option: 'Contributor on the subscription, as the initiative would take',
        whyNot: 'An identity that may change everything is what an attacker looks for.',
      },
    ],
    controls: ['pci-dss-4.0.1:7.2.5', 'pci-dss-4.0.1:8.6.1', 'pci-dss-4.0.1:7.2.2'],
    provedBy: ['mending-policies-have-rights', 'no-broad-role-is-given', 'custom-roles-name-their-actions'],
  },
  {
    id: 'what-drifts-is-mended',
    title: 'A cluster that loses the policy add-on, its logs, or the lock on run command gets them back',
    because:
      'A denial acts when something is written. What was changed by a service or before the policy existed is mended by these three.',
    alternatives: [{ option: 'An alert and a person', whyNot: 'Until somebody comes, nothing enforces or records.' }],
    controls: ['pci-dss-4.0.1:10.7.2', 'pci-dss-4.0.1:10.7.3', 'pci-dss-4.0.1:11.5.2'],
    provedBy: ['mending-policies-have-rights', 'policies-deny-what-they-can'],
  },
  {
    id: 'groups-take-known-types-only',
    title:
      'Each resource group takes the types of resources that the landing zone puts there, and what Azure adds to them',
    because:
      'The list is derived from the templates, group by group. A database, a web app or a virtual machine cannot appear next to the network by anybody’s hand: it takes a change of the spec, and with it a review.',
    alternatives: [
      {
        option: 'One list for the subscription',
        whyNot: 'Everything that is allowed somewhere would be allowed everywhere.',
      },
      { option: 'No list', whyNot: 'Scope grows by what is added by the way.' },
    ],
    controls: ['pci-dss-4.0.1:1.2.2', 'pci-dss-4.0.1:2.2.3', 'pci-dss-4.0.1:12.5.1', 'pci-dss-4.0.1:12.5.2'],
    provedBy: ['policies-deny-what-they-can'],
  },
  {
    id: 'pods-are-restricted-by-policy',
    title:
      'Pods keep to the restricted standard, with limits, a scope label, and a read-only root: denied, not audited',
    because:
      'The original audited most of these, so that a privileged pod would have run and been reported. Namespaces that AKS and its extensions own are exempt; no namespace of ours is.',
    alternatives: [
      { option: 'Audit first', whyNot: 'It is meant for clusters that have pods already; this one starts empty.' },
      {
        option: 'Deployment safeguards that enforce',
        whyNot: 'They change objects as they arrive, so that what runs is not what Git says.',
      },
    ],
    controls: ['pci-dss-4.0.1:2.2.1', 'pci-dss-4.0.1:2.2.4', 'pci-dss-4.0.1:7.2.2', 'pci-dss-4.0.1:11.5.2'],
    provedBy: ['policies-deny-what-they-can'],
  },
  {
    id: 'services-stay-inside-by-policy',
    title: 'Services listen on known ports at internal addresses, and ingresses take HTTPS only',
    because:
      'A service of type load balancer with a public address is one line in a manifest, and goes around the gateway.',
    alternatives: [{ option: 'Leave it to network rules', whyNot: 'Azure opens the way to such a service by itself.' }],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:1.4.2'],
    provedBy: ['policies-deny-what-they-can'],
  },
  {
    id: 'images-from-the-live-registry',
    title: 'Pods run images of the live registry, named by digest; the pattern is anchored at both ends',
    because:
      'The original’s pattern was not anchored: an image at evil.example whose path holds our registry’s name met it. By digest, what was signed is what runs. The mesh’s proxy is put into pods by Azure and comes from Microsoft’s registry.',
    alternatives: [
      { option: 'Tags', whyNot: 'A tag can point at another image tomorrow.' },
      { option: 'A pattern without anchors', whyNot: 'Gatekeeper looks for a match anywhere in the reference.' },
    ],
    controls: ['pci-dss-4.0.1:6.3.2', 'pci-dss-4.0.1:6.5.1', 'pci-dss-4.0.1:11.5.2'],
    provedBy: ['policies-deny-what-they-can'],
  },
];
