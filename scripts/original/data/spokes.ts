import { type OriginalRow, rowsOf } from '../row.ts';

const stage3 = rowsOf('resource', 'spoke-BU0001A0005-00');
const stage7 = rowsOf('resource', 'spoke-BU0001A0005-01');
const images = rowsOf('subnet', 'vnet-spoke-BU0001A0005-00');
const subnet = rowsOf('subnet', 'vnet-spoke-BU0001A0005-01');
const route = rowsOf('route', 'route-to-LOC-hub-fw');
const peering = rowsOf('peering', 'hub and spokes');
const name = rowsOf('name resolution', 'private DNS');
const flowLog = rowsOf('flow log', 'networkWatcherRG');

const wholeNetwork =
  'Flow logs watch whole networks since flow logs of security groups can no longer be made (2025-06-30).';
const podGroups = 'Pods of 2021 stand in the subnets of their nodes; today they have groups of their own.';

/** In 2021, as in the original, flow logs are of security groups. */
const groupLogs: Readonly<Record<string, string>> = {
  'management-ops': 'management-ops',
  'system-nodepools': 'cluster-systemnodepool',
  'is-nodepools': 'cluster-inscopenodepools',
  'oos-nodepools': 'cluster-outofscopenodepools',
  privatelinkendpoints: 'privatelinkendpoints',
  aksilbs: 'cluster-ingressservices',
  appgw: 'applicationgateway',
  acragents: 'management-acragents',
};
const spokeFlowLog = ['spoke-01/virtual-network/flow-log'];

/** Networks of the original's spokes: subnets, routes, peerings, names, flow logs. */
export const spokeRows: readonly OriginalRow[] = [
  stage3(
    'route-to-LOC-hub-fw',
    'route table that both spoke templates write',
    ['image-spoke/routes', 'spoke-01/routes'],
    'A table for each spoke: no two deployments own one resource.',
  ),
  stage3(
    'nsg-vnet-spoke-BU0001A0005-00-imageBuilder',
    'security group',
    ['image-spoke/nsg-imagebuilder', 'image-spoke/nsg-imagebuilder-containers'],
    undefined,
    { in2021: ['image-spoke/nsg-imagebuilder'] },
  ),
  stage3('vnet-spoke-BU0001A0005-00', '10.241.0.0/28, DNS by the firewall', 'image-spoke/virtual-network'),
  stage7(
    'nsg-…-management-ops',
    'security group of jump boxes, and of agents too',
    ['spoke-01/nsg-management-ops', 'spoke-01/nsg-management-agents'],
    'Agents have a group of their own.',
  ),
  ...(
    [
      ['nsg-…-system-nodepools', 'nsg-cluster-systemnodepool', 'nsg-pods-system'],
      ['nsg-…-is-nodepools', 'nsg-cluster-inscopenodepools', 'nsg-pods-inscope'],
      ['nsg-…-oos-nodepools', 'nsg-cluster-outofscopenodepools', 'nsg-pods-outofscope'],
    ] as const
  ).map(([theirs, nodes, pods]) =>
    stage7(theirs, 'security group with one rule', [`spoke-01/${nodes}`, `spoke-01/${pods}`], podGroups, {
      in2021: [`spoke-01/${nodes}`],
    }),
  ),
  stage7('nsg-…-privatelinkendpoints', 'security group', 'spoke-01/nsg-privatelinkendpoints'),
  stage7('nsg-…-aksilbs', 'security group without rules', 'spoke-01/nsg-cluster-ingressservices'),
  stage7('nsg-…-appgw', 'security group', 'spoke-01/nsg-applicationgateway'),
  stage7('nsg-…-acragents', 'security group', 'spoke-01/nsg-management-acragents'),
  stage7('vnet-spoke-BU0001A0005-01', '10.240.0.0/16, DNS by the firewall', 'spoke-01/virtual-network'),
  stage7('pip-BU0001A0005-00', 'public address of the gateway', 'gateway-01/public-address'),
  stage7(
    'Apply-Subscription-Spoke-PipUsage-Policies-01',
    'nested deployment that assigns the policy on public addresses',
    'policy/no-public-address-on-interfaces',
    'Assigned in the subscription stage.',
  ),

  images('snet-imagebuilder', '10.241.0.0/28', 'image-spoke/virtual-network#snet-imagebuilder'),
  subnet('snet-cluster-systemnodepool', '10.240.8.0/22', 'spoke-01/virtual-network#snet-cluster-systemnodepool'),
  subnet('snet-cluster-inscopenodepools', '10.240.12.0/22', 'spoke-01/virtual-network#snet-cluster-inscopenodepools'),
  subnet(
    'snet-cluster-outofscopenodepools',
    '10.240.16.0/22',
    'spoke-01/virtual-network#snet-cluster-outofscopenodepools',
  ),
  subnet(
    'snet-cluster-ingressservices',
    '10.240.4.0/28, no route table; ingress at 10.240.4.4',
    'spoke-01/virtual-network#snet-cluster-ingressservices',
    'Has a route table.',
  ),
  subnet(
    'snet-applicationgateway',
    '10.240.4.16/28, no route table',
    'spoke-01/virtual-network#snet-applicationgateway',
    'A /24: a /28 is too small for ten instances. No default route, because Azure refuses one to an appliance there.',
  ),
  subnet('snet-management-ops', '10.240.1.0/28', 'spoke-01/virtual-network#snet-management-ops'),
  subnet('snet-management-agents', '10.240.2.0/26, empty', 'spoke-01/virtual-network#snet-management-agents'),
  subnet(
    'snet-management-acragents',
    '10.240.251.0/28, no route table',
    'spoke-01/virtual-network#snet-management-acragents',
    'Routed through the firewall like the others.',
  ),
  subnet(
    'snet-privatelinkendpoints',
    '10.240.250.0/28',
    'spoke-01/virtual-network#snet-privatelinkendpoints',
    'A /26: the endpoint of Azure Monitor, which the original lacks, takes a /27.',
  ),

  route(
    'r-nexthop-to-fw',
    '0.0.0.0/0 to the firewall; routes of gateways are learned',
    ['image-spoke/routes#default-through-firewall', 'spoke-01/routes#default-through-firewall'],
    'Learned routes are off (decision no-learned-routes).',
  ),
  peering('spoke-00 to hub', 'access on, forwarded traffic off', 'image-spoke/peering-to-hub'),
  peering('hub to spoke-00', 'access on, forwarded traffic off', 'image-spoke/peering-from-hub'),
  peering('spoke-01 to hub', 'access on, forwarded traffic off', 'spoke-01/peering-to-hub'),
  peering('hub to spoke-01', 'access on, forwarded traffic off', 'spoke-01/peering-from-hub'),

  name('privatelink.azurecr.io', 'zone', 'hub/eastus2/zone-privatelink.azurecr.io', 'Zones belong to the hub.'),
  name(
    'privatelink.azurecr.io: link to the hub',
    'registration off',
    'hub/eastus2/zone-privatelink.azurecr.io/link-vnet-contoso-prod-hub-eastus2',
  ),
  name(
    'privatelink.azurecr.io: link to the spoke',
    'registration off',
    'decision:dns-through-the-hub',
    'Not linked: spokes ask the hub’s firewall, which sees the hub’s links.',
  ),
  name('privatelink.vaultcore.azure.net', 'zone', 'hub/eastus2/zone-privatelink.vaultcore.azure.net'),
  name(
    'privatelink.vaultcore.azure.net: link to the hub',
    'registration off',
    'hub/eastus2/zone-privatelink.vaultcore.azure.net/link-vnet-contoso-prod-hub-eastus2',
  ),
  name(
    'privatelink.vaultcore.azure.net: link to the spoke',
    'registration off',
    'hub/eastus2/zone-privatelink.vaultcore.azure.net/link-vnet-bu0001a0005-prod-spoke-01',
    'For the gateway, which asks Azure’s own resolver.',
  ),
  name(
    'privatelink.LOC.azmk8s.io',
    'zone of the API server',
    'hub/eastus2/zone-private.eastus2.azmk8s.io',
    'An API server in our own network has the zone `private.<region>.azmk8s.io`.',
    { in2021: ['hub/eastus2/zone-privatelink.eastus2.azmk8s.io'] },
  ),
  name(
    'privatelink.LOC.azmk8s.io: link to the hub',
    'registration off',
    'hub/eastus2/zone-private.eastus2.azmk8s.io/link-vnet-contoso-prod-hub-eastus2',
    undefined,
    { in2021: ['hub/eastus2/zone-privatelink.eastus2.azmk8s.io/link-vnet-contoso-prod-hub-eastus2'] },
  ),

  flowLog(
    'bastion',
    '365 days, Traffic Analytics every 10 minutes',
    'hub/eastus2/virtual-network/flow-log',
    wholeNetwork,
    { in2021: ['hub/eastus2/nsg-bastion/flow-log'] },
  ),
  flowLog('imageBuilder', 'same', 'image-spoke/virtual-network/flow-log', wholeNetwork, {
    in2021: ['image-spoke/nsg-imagebuilder/flow-log'],
  }),
  ...Object.entries(groupLogs).map(([theirs, ours]) =>
    flowLog(theirs, 'same', spokeFlowLog, wholeNetwork, { in2021: [`spoke-01/nsg-${ours}/flow-log`] }),
  ),
];
