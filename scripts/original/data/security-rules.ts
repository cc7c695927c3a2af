import { type OriginalRow, rowsOf } from '../row.ts';

const bastion = rowsOf('security rule', 'nsg-LOC-bastion');
const builder = rowsOf('security rule', 'imageBuilder');
const operations = rowsOf('security rule', 'management-ops');
const endpoints = rowsOf('security rule', 'privatelinkendpoints');
const gateway = rowsOf('security rule', 'appgw');
const agents = rowsOf('security rule', 'acragents');

const on = (group: string, ...rules: readonly string[]) => rules.map((rule) => `${group}#${rule}`);
const spoke = (group: string, ...rules: readonly string[]) => on(`spoke-01/nsg-${group}`, ...rules);
const hub = (...rules: readonly string[]) => on('hub/eastus2/nsg-bastion', ...rules);
const images = (...rules: readonly string[]) => on('image-spoke/nsg-imagebuilder', ...rules);
const containers = (...rules: readonly string[]) => on('image-spoke/nsg-imagebuilder-containers', ...rules);

const denySsh = ['system-nodepools', 'is-nodepools', 'oos-nodepools'] as const;
const poolGroups = {
  'system-nodepools': 'cluster-systemnodepool',
  'is-nodepools': 'cluster-inscopenodepools',
  'oos-nodepools': 'cluster-outofscopenodepools',
} as const;

/** Every rule of the original's security groups. */
export const securityRuleRows: readonly OriginalRow[] = [
  bastion('AllowWebExperienceInBound', 'in, TCP 443 from Internet', hub('AllowHttpsIn')),
  bastion('AllowControlPlaneInBound', 'in, TCP 443 from GatewayManager', hub('AllowGatewayManagerIn')),
  bastion('AllowHealthProbesInBound', 'in, TCP 443 from AzureLoadBalancer', hub('AllowLoadBalancerIn')),
  bastion('AllowBastionHostToHostInBound', 'in, 8080 and 5701 within VirtualNetwork', hub('AllowHostCommunicationIn')),
  bastion('DenyAllInBound', 'in, all', hub('DenyAllIn')),
  bastion('AllowSshToVnetOutBound', 'out, TCP 22 to VirtualNetwork', hub('AllowSshRdpOut')),
  bastion(
    'AllowRdpToVnetOutBound',
    'out, TCP 3389 to VirtualNetwork',
    hub('AllowSshRdpOut'),
    'Azure refuses a Bastion whose group lacks it.',
  ),
  bastion('AllowControlPlaneOutBound', 'out, TCP 443 to AzureCloud', hub('AllowAzureCloudOut')),
  bastion(
    'AllowBastionHostToHostOutBound',
    'out, 8080 and 5701 within VirtualNetwork',
    hub('AllowHostCommunicationOut'),
  ),
  bastion('AllowBastionCertificateValidationOutBound', 'out, 80 to Internet', hub('AllowHttpOut')),
  bastion('DenyAllOutBound', 'out, all', hub('DenyAllOut')),

  builder(
    'AllowAzureLoadBalancer60001InBound',
    'in, TCP 60001 from AzureLoadBalancer',
    'decision:image-builder-without-proxy',
    'Port 60001 is the proxy machine’s: builds are driven from a container subnet of ours, without one.',
    { in2021: images('AllowLoadBalancerIn') },
  ),
  builder(
    'AllowVNet60001InBound',
    'in, TCP 60001 within VirtualNetwork',
    'decision:image-builder-without-proxy',
    'Port 60001 is the proxy machine’s. In 2021 from the subnet itself only.',
    { in2021: images('AllowProxyIn') },
  ),
  builder(
    'AllowVNet22InBound',
    'in, TCP 22 within VirtualNetwork',
    images('AllowBuilderSshIn'),
    'From the builder’s containers only.',
  ),
  builder('DenyAllInBound', 'in, all', [...images('DenyAllIn'), ...containers('DenyAllIn')], undefined, {
    in2021: images('DenyAllIn'),
  }),
  builder(
    'Allow443ToInternetOutBound',
    'out, TCP 443 to Internet',
    [...images('AllowPackagesOut'), ...containers('AllowServiceOut')],
    undefined,
    { in2021: images('AllowPackagesOut') },
  ),
  builder(
    'Allow80ToInternetOutBound',
    'out, TCP 80 to Internet',
    images('AllowPackagesOut'),
    'Ubuntu’s mirrors sign what they send over plain HTTP.',
  ),
  builder(
    'AllowSshToVNetOutBound',
    'out, TCP 22 within VirtualNetwork',
    containers('AllowBuilderSshOut'),
    'The machine that is built opens no session to others. In 2021 the proxy stands in the same subnet.',
    { in2021: images('AllowBuilderSshOut') },
  ),
  builder('DenyAllOutBound', 'out, all', [...images('DenyAllOut'), ...containers('DenyAllOut')], undefined, {
    in2021: images('DenyAllOut'),
  }),

  operations(
    'AllowSshFromHubBastionInBound',
    'in, TCP 22 from Bastion’s subnet',
    spoke('management-ops', 'AllowBastionSshIn'),
    'The original shares its group with the agents’ subnet, which thereby takes SSH too; ours does not.',
  ),
  operations('DenyAllInBound', 'in, all', [
    ...spoke('management-ops', 'DenyAllIn'),
    ...spoke('management-agents', 'DenyAllIn'),
  ]),
  operations('Allow443InternetOutBound', 'out, TCP 443 to Internet', [
    ...spoke('management-ops', 'AllowHttpsOut'),
    ...spoke('management-agents', 'AllowHttpsOut'),
  ]),
  operations(
    'Allow443VnetOutBound',
    'out, TCP 443 within VirtualNetwork',
    [
      ...spoke('management-ops', 'AllowApiServerOut', 'AllowPrivateEndpointsOut'),
      ...spoke('management-agents', 'AllowApiServerOut', 'AllowPrivateEndpointsOut'),
    ],
    'To the API server and to private endpoints, and to nothing else inside.',
  ),
  operations('DenyAllOutBound', 'out, all', [
    ...spoke('management-ops', 'DenyAllOut'),
    ...spoke('management-agents', 'DenyAllOut'),
  ]),

  ...denySsh.map((name) =>
    rowsOf('security rule', name)(
      'DenySshInBound',
      'in, TCP 22; the only rule',
      spoke(poolGroups[name], 'DenyAllIn'),
      'Everything that no rule names is denied, in both directions, SSH too.',
    ),
  ),

  endpoints(
    'AllowAll443InFromVnet',
    'in, TCP 443 within VirtualNetwork',
    spoke('privatelinkendpoints', 'AllowClusterIn', 'AllowOperatorsIn', 'AllowGatewayIn'),
    'From the subnets that need an endpoint.',
  ),
  endpoints('DenyAllInBound', 'in, all', spoke('privatelinkendpoints', 'DenyAllIn')),
  endpoints('DenyAllOutBound', 'out, all', spoke('privatelinkendpoints', 'DenyAllOut')),

  rowsOf('security rule', 'aksilbs')(
    '(no rules)',
    'Azure’s own rules only',
    spoke('cluster-ingressservices', 'AllowGatewayIn', 'DenyAllIn', 'DenyAllOut'),
  ),

  gateway('Allow443InBound', 'in, TCP 443 from Internet', spoke('applicationgateway', 'AllowHttpsIn')),
  gateway(
    'AllowControlPlaneInBound',
    'in, 65200-65535 from anywhere',
    spoke('applicationgateway', 'AllowGatewayManagerIn'),
    'From GatewayManager only.',
  ),
  gateway(
    'AllowHealthProbesInBound',
    'in, all from AzureLoadBalancer',
    spoke('applicationgateway', 'AllowLoadBalancerIn'),
  ),
  gateway('DenyAllInBound', 'in, all', spoke('applicationgateway', 'DenyAllIn')),
  gateway(
    'AllowAllOutBound',
    'out, all',
    spoke('applicationgateway', 'AllowIngressOut', 'AllowPrivateEndpointsOut', 'AllowInternetOut', 'DenyAllOut'),
    'The Internet, which Azure demands; inside, the ingress and the vault only.',
  ),

  agents(
    'AllowKeyVaultOutBound',
    'out, TCP 443 to AzureKeyVault',
    spoke('management-acragents', 'AllowAzureKeyVaultOut'),
  ),
  agents(
    'AllowStorageOutBound',
    'out, TCP 443 to Storage',
    spoke('management-acragents', 'AllowStorageOut'),
    'Of the region.',
  ),
  agents(
    'AllowEventHubOutBound',
    'out, TCP 443 to EventHub',
    spoke('management-acragents', 'AllowEventHubOut'),
    'Of the region.',
  ),
  agents(
    'AllowAadOutBound',
    'out, TCP 443 to AzureActiveDirectory',
    spoke('management-acragents', 'AllowAzureActiveDirectoryOut'),
  ),
  agents(
    'AllowAzureMonitorBound',
    'out, TCP 443 to AzureMonitor',
    spoke('management-acragents', 'AllowAzureMonitorOut'),
  ),
];
