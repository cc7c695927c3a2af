import type { IdHandle } from '../../model/handle.ts';
import type { Resource, Value } from '../../model/resource.ts';
import type { ClusterSpec } from '../../spec/spec.ts';
import { clusterRefs } from '../cluster/refs.ts';
import type { BuildContext } from '../context.ts';
import { type Built, claimed, decided, joined, type PartDraft } from '../draft.ts';
import { idOf } from '../handles.ts';
import { publicAddress, zones } from '../network/public-address.ts';
import { networkResource, type Placement } from '../placement.ts';
import { spokeRefs } from '../spoke/refs.ts';
import { secretUri, vaultSecrets } from '../vault/contents.ts';
import { gatewayDecisions } from './decisions.ts';
import { firewallPolicy } from './firewall-policy.ts';
import { inlineDecisions, inlineProtection, policyProtection } from './protection.ts';

/** What the ingress answers when it can serve: Application Gateway asks for it. */
export const ingressProbePath = '/healthz/ready';

/** Application Gateway with its web application firewall in front of each cluster: the network team's, in the network's group. */
export function buildGateways(context: BuildContext): PartDraft {
  return {
    name: 'gateway',
    ...joined(...context.spec.clusters.map((cluster) => gateway(context, cluster))),
    decisions: [...gatewayDecisions, ...inlineDecisions],
    intents: [],
  };
}

/** The name by which Application Gateway asks the ingress of a cluster, and which its certificate bears. */
export function ingressHost({ naming, spec }: BuildContext, { name }: Pick<ClusterSpec, 'name'>): string {
  return `${naming.workload}-${name}.${spec.domains.ingress}`;
}

function gateway(context: BuildContext, cluster: ClusterSpec): Built {
  const spoke = spokeRefs(context, cluster);
  const placement: Placement = { ...spoke.placement, stage: 'gateway', deployment: `gateway-${cluster.name}` };
  const address = publicAddress(placement, {
    key: `gateway-${cluster.name}/public-address`,
    name: context.naming.cluster('pip-agw', cluster.name),
  });
  const { webApplicationFirewall } = context.spec.components;
  const policy =
    webApplicationFirewall === 'policy-drs'
      ? firewallPolicy(placement, {
          key: `gateway-${cluster.name}/firewall-policy`,
          name: context.naming.cluster('waf', cluster.name),
        })
      : undefined;
  const protection = policy === undefined ? inlineProtection : policyProtection(policy.resources[0] as Resource);
  const resource: Resource = {
    ...networkResource(placement, {
      key: `gateway-${cluster.name}/gateway`,
      type: 'applicationGateways',
      name: context.naming.cluster('agw', cluster.name),
      zones,
      properties: { ...properties(context, cluster, address), ...protection },
    }),
    identity: { type: 'UserAssigned', userAssigned: [idOf(clusterRefs(context, cluster).identities.gateway)] },
  };
  return joined(
    claimed(address, 'gateway-has-one-public-address', 'addresses-across-zones'),
    policy ?? joined(),
    decided(resource, {
      'gateway-outlives-a-zone': ['zones', 'properties.sku', 'properties.autoscaleConfiguration'],
      'gateway-has-one-public-address': ['properties.gatewayIPConfigurations', 'properties.frontendIPConfigurations'],
      'gateway-speaks-https-only': [
        'properties.frontendPorts',
        'properties.httpListeners',
        'properties.requestRoutingRules',
        'properties.rewriteRuleSets',
      ],
      'gateway-takes-strong-ciphers': ['properties.sslPolicy'],
      'certificates-come-from-the-vault': [
        'identity',
        'properties.sslCertificates',
        'properties.trustedRootCertificates',
      ],
      'encrypted-to-the-ingress': ['properties.backendAddressPools', 'properties.backendHttpSettingsCollection'],
      'probe-asks-the-ingress': ['properties.probes'],
      ...(policy === undefined
        ? { 'requests-are-inspected-inside-the-gateway': ['properties.webApplicationFirewallConfiguration'] }
        : { 'requests-are-inspected': ['properties.firewallPolicy', 'properties.globalConfiguration'] }),
    }),
  );
}

function properties(context: BuildContext, cluster: ClusterSpec, address: Resource): Readonly<Record<string, Value>> {
  const spoke = spokeRefs(context, cluster);
  const { vault } = clusterRefs(context, cluster);
  const self = { key: `gateway-${cluster.name}/gateway` };
  const part = (collection: string, name: string): { readonly id: IdHandle } => ({
    id: idOf(self, [collection, name]),
  });
  const host = ingressHost(context, cluster);
  return {
    sku: { name: 'WAF_v2', tier: 'WAF_v2' },
    autoscaleConfiguration: { minCapacity: cluster.gateway.minimum, maxCapacity: cluster.gateway.maximum },
    enableHttp2: true,
    gatewayIPConfigurations: [
      {
        name: 'network',
        properties: { subnet: { id: idOf(spoke.network, ['subnets', spoke.subnetName('applicationGateway')]) } },
      },
    ],
    frontendIPConfigurations: [{ name: 'public', properties: { publicIPAddress: { id: idOf(address) } } }],
    frontendPorts: [{ name: 'https', properties: { port: 443 } }],
    sslCertificates: [
      { name: 'listener', properties: { keyVaultSecretId: secretUri(vault, vaultSecrets.gatewayListener) } },
    ],
    trustedRootCertificates: [
      { name: 'ingress-authority', properties: { keyVaultSecretId: secretUri(vault, vaultSecrets.ingressAuthority) } },
    ],
    httpListeners: [
      {
        name: 'public',
        properties: {
          protocol: 'Https',
          frontendIPConfiguration: part('frontendIPConfigurations', 'public'),
          frontendPort: part('frontendPorts', 'https'),
          sslCertificate: part('sslCertificates', 'listener'),
          hostName: context.spec.domains.public,
          requireServerNameIndication: true,
        },
      },
    ],
    probes: [
      {
        name: 'ingress',
        properties: {
          protocol: 'Https',
          path: ingressProbePath,
          pickHostNameFromBackendHttpSettings: true,
          interval: 10,
          timeout: 10,
          unhealthyThreshold: 3,
          match: { statusCodes: ['200'] },
        },
      },
    ],
    backendAddressPools: [
      { name: 'ingress', properties: { backendAddresses: [{ ipAddress: cluster.network.ingressAddress }] } },
    ],
    backendHttpSettingsCollection: [
      {
        name: 'ingress',
        properties: {
          protocol: 'Https',
          port: 443,
          hostName: host,
          pickHostNameFromBackendAddress: false,
          cookieBasedAffinity: 'Disabled',
          requestTimeout: 20,
          probe: part('probes', 'ingress'),
          trustedRootCertificates: [part('trustedRootCertificates', 'ingress-authority')],
          validateCertChainAndExpiry: true,
          validateSNI: true,
          sniName: host,
          connectionDraining: { enabled: true, drainTimeoutInSec: 60 },
        },
      },
    ],
    rewriteRuleSets: [
      {
        name: 'headers',
        properties: {
          rewriteRules: [
            {
              name: 'https-for-a-year',
              ruleSequence: 100,
              conditions: [],
              actionSet: {
                requestHeaderConfigurations: [],
                responseHeaderConfigurations: [
                  { headerName: 'Strict-Transport-Security', headerValue: 'max-age=31536000' },
                  // An empty value takes the header away.
                  { headerName: 'Server', headerValue: '' },
                ],
              },
            },
          ],
        },
      },
    ],
    requestRoutingRules: [
      {
        name: 'public',
        properties: {
          ruleType: 'Basic',
          priority: 100,
          httpListener: part('httpListeners', 'public'),
          backendAddressPool: part('backendAddressPools', 'ingress'),
          backendHttpSettings: part('backendHttpSettingsCollection', 'ingress'),
          rewriteRuleSet: part('rewriteRuleSets', 'headers'),
        },
      },
    ],
  };
}
