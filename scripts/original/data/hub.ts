import { type OriginalRow, rowsOf } from '../row.ts';

const hub = rowsOf('resource', 'hub-region');
const setting = rowsOf('setting', 'hub-region');
const subnet = rowsOf('subnet', 'vnet-LOC-hub');

/** Resources of the original's hub. Its rules have files of their own. */
export const hubRows: readonly OriginalRow[] = [
  hub(
    'la-hub-LOC',
    'Log Analytics, 90 days, open to the Internet',
    'hub/eastus2/workspace',
    'Twelve months, reached over private link only, no shared keys.',
  ),
  hub(
    'SecurityInsights(la-hub)',
    'Sentinel on the hub’s workspace, as a solution',
    'hub/eastus2/workspace/sentinel',
    'Sentinel is onboarded by a resource of its own now; three rules open incidents.',
    { in2021: ['hub/eastus2/workspace/SecurityInsights'] },
  ),
  hub('nsg-LOC-bastion', 'security group of Bastion', 'hub/eastus2/nsg-bastion'),
  hub('vnet-LOC-hub', '10.200.0.0/24, Azure’s DNS, no DDoS plan', 'hub/eastus2/virtual-network'),
  hub(
    'pip-fw-LOC-default',
    'public address of the firewall',
    'hub/eastus2/public-address-firewall-01',
    'Across zones.',
  ),
  hub(
    'pip-fw-LOC-01',
    'second public address of the firewall',
    'hub/eastus2/public-address-firewall-02',
    'Across zones.',
  ),
  hub(
    'pip-fw-LOC-02',
    'third public address of the firewall',
    'hub/eastus2/public-address-firewall-03',
    'Across zones.',
  ),
  hub('pip-ab-LOC', 'public address of Bastion', 'hub/eastus2/public-address-bastion'),
  hub('ab-LOC', 'Bastion Basic', 'hub/eastus2/bastion', 'Premium: sessions are recorded, copy and paste are off.'),
  hub(
    'stnflLOC',
    'storage of flow logs, locally redundant, no immutability',
    'monitoring/eastus2/flow-log-storage',
    'Across zones; the audit trail lies in a second account that nothing can change.',
  ),
  hub('fw-LOC', 'Azure Firewall Standard with classic rules, in three zones', 'hub/eastus2/firewall'),
  setting('fw-LOC: threat intelligence', 'Deny', 'hub/eastus2/firewall-policy#properties.threatIntelMode', undefined, {
    in2021: ['hub/eastus2/firewall#properties.threatIntelMode'],
  }),
  setting('fw-LOC: DNS proxy', 'on', 'hub/eastus2/firewall-policy#properties.dnsSettings.enableProxy', undefined, {
    in2021: ['hub/eastus2/firewall#properties.additionalProperties'],
  }),
  setting(
    'fw-LOC: intrusion detection',
    'none',
    'hub/eastus2/firewall-policy#properties.intrusionDetection.mode',
    'Deny: what PCI DSS 11.5.1 asks for at the border of the environment. In 2021 the firewall is Standard, which has none.',
    { in2021: ['decision:firewall-denies-known-threats'] },
  ),
  setting(
    'fw-LOC: NAT rules',
    'none',
    'decision:gateway-has-one-public-address',
    'None here either: what comes in comes in by the gateway.',
  ),
  setting(
    'fw-LOC: DDoS plan of the hub',
    'none',
    'hub/eastus2/virtual-network',
    'None by default: a plan costs about 98 US dollars a day.',
  ),
  hub(
    'ipg-LOC-AksJumpboxImageBuilders',
    'addresses of the image spoke',
    ['hub/eastus2/ip-group-image-builds', 'hub/eastus2/ip-group-image-containers'],
    undefined,
    { in2021: ['hub/eastus2/ip-group-image-builds'] },
  ),
  hub(
    'ipg-LOC-AksNodepools',
    'addresses of all node pools',
    [
      'hub-rules-01/ip-group-nodes',
      'hub-rules-01/ip-group-system',
      'hub-rules-01/ip-group-platform',
      'hub-rules-01/ip-group-in-scope',
      'hub-rules-01/ip-group-out-of-scope',
    ],
    'A group for each kind of subnet: in-scope pods get no name that only the system needs.',
    {
      in2021: [
        'hub-rules-01/ip-group-nodes',
        'hub-rules-01/ip-group-system',
        'hub-rules-01/ip-group-in-scope',
        'hub-rules-01/ip-group-out-of-scope',
      ],
    },
  ),
  hub('ipg-LOC-AksJumpboxes', 'addresses of the jump boxes', 'hub-rules-01/ip-group-jump-boxes'),
  subnet(
    'AzureFirewallSubnet',
    '10.200.0.0/26, no security group, no routes',
    'hub/eastus2/virtual-network#AzureFirewallSubnet',
  ),
  subnet('GatewaySubnet', '10.200.0.64/27, unused', 'hub/eastus2/virtual-network#GatewaySubnet'),
  subnet(
    'AzureBastionSubnet',
    '10.200.0.96/27',
    'hub/eastus2/virtual-network#AzureBastionSubnet',
    'A /26: Azure takes no smaller one since November 2021.',
  ),
];
