import type { ArmError } from '../../../arm/arm-error.ts';
import type { ArmResource } from '../../../model/resource.ts';
import { isOffered, lastDayOf } from '../../life-cycles/is-offered.ts';
import type { ProviderContext, ResourceTypeProvider } from '../contract.ts';
import { sameId } from '../ids.ts';
import { defined, listOf, type Members, membersOf, numberOf, referenceOf, textOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag } from '../resource-form.ts';
import { userIdentitiesOf, withIdentity } from '../service-checks.ts';
import { networkApiVersions } from './api-versions.ts';
import { attachedToSubnet } from './attachments.ts';
import { frontendToStore, requireSubnetOf } from './frontends.ts';
import { gatewaySegments } from './gateway-parts.ts';
import { checkVaultSecrets } from './gateway-secrets.ts';
import { checkGatewaySubnet } from './gateway-subnet.ts';
import { checkPartReferences, partsOf } from './inline-parts.ts';
import { checkName, requireOneOf, requireResource } from './network-checks.ts';
import { networkError } from './network-errors.ts';

const type = 'Microsoft.Network/applicationGateways';
const tiers = ['Standard', 'WAF', 'Standard_v2', 'WAF_v2', 'Basic'];

/**
 * Application gateways. ApplicationGatewayFirewallNotConfiguredForSelectedSku and
 * ApplicationGatewaySubnetInboundTrafficBlockedByNetworkSecurityGroup are the service's codes, as users report them; of the others under
 * ApplicationGateway… only the refusal is documented.
 */
export const applicationGateways: ResourceTypeProvider = {
  type,
  apiVersions: networkApiVersions,
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope: sent, properties } = takeIn(type, input.body);
    checkName(input.id);
    const envelope = withIdentity(input.id, sent, context);
    const { name, tier, isSecond } = checkSku(input.id, properties, input.existing, context);
    const parts = partsOf(input.id, type, properties, gatewaySegments);
    checkPartReferences(input.id, parts);
    checkFirewall(input.id, tier, properties, envelope, context);
    checkRules(input.id, input.apiVersion, isSecond, parts);
    checkCertificates(input.id, parts, envelope);
    if (context.hasDataPlanes) checkVaultSecrets(input.id, parts, envelope, context);
    const owner = { id: input.id, envelope, existing: input.existing };
    const gatewayIPConfigurations = checkPlace(owner, parts, isSecond, context);
    const given = new Set<string>();
    const gateway = resourceOf(
      type,
      input,
      envelope,
      defined({
        ...properties,
        ...Object.fromEntries(gatewaySegments.map((segment) => [segment, parts[segment] ?? []])),
        gatewayIPConfigurations,
        frontendIPConfigurations: (parts.frontendIPConfigurations ?? []).map((part) =>
          frontendToStore(owner, part, given, context),
        ),
        sku: { ...membersOf(properties.sku), name, tier },
        sslPolicy:
          properties.sslPolicy ??
          (input.apiVersion >= '2023-02-01'
            ? { policyType: 'Predefined', policyName: 'AppGwSslPolicy20220101' }
            : undefined),
        provisioningState: 'Succeeded',
        operationalState: 'Running',
        resourceGuid: context.stableGuid(input.id, 'resourceGuid'),
      }),
    );
    return { put: [gateway], delete: [] };
  },
  read: (stored) => withEtag(stored),
};

const refuse = (code: string, message: string): ArmError => networkError(`ApplicationGateway${code}`, message);

interface Sku {
  readonly name: string;
  readonly tier: string;
  readonly isSecond: boolean;
}

function checkSku(id: string, properties: Members, existing: ArmResource | undefined, context: ProviderContext): Sku {
  const sku = membersOf(properties.sku);
  const tier = requireOneOf(sku.tier ?? sku.name, tiers, 'properties.sku.tier');
  const isSecond = tier.endsWith('_v2') || tier === 'Basic';
  if (!isSecond && existing === undefined && !isOffered('first generation application gateway', context)) {
    throw refuse(
      'V1SkuRetired',
      `Application gateway ${id}: gateways of tier ${tier} cannot be created since ${lastDayOf('first generation application gateway')}.`,
    );
  }
  const name = textOf(sku.name) ?? tier;
  if (isSecond && name !== tier)
    throw refuse('InvalidSku', `Application gateway ${id}: SKU name ${name} does not go with tier ${tier}.`);
  const scale = membersOf(properties.autoscaleConfiguration);
  const [min, max] = [numberOf(scale.minCapacity), numberOf(scale.maxCapacity)];
  if (isSecond && sku.capacity === undefined && min === undefined) {
    throw refuse('CapacityMissing', `Application gateway ${id} needs a capacity or an autoscaleConfiguration.`);
  }
  if (sku.capacity !== undefined && min !== undefined) {
    throw refuse('CapacityConflict', `Application gateway ${id} has both a capacity and an autoscaleConfiguration.`);
  }
  if (min !== undefined && (min < 0 || min > 100 || (max !== undefined && (max < 2 || max < min || max > 125)))) {
    throw refuse(
      'InvalidAutoscale',
      `Application gateway ${id}: minCapacity ${min} and maxCapacity ${max ?? 'none'} must be 0 to 100 and 2 to 125, in this order.`,
    );
  }
  return { name, tier, isSecond };
}

/** A WAF gateway has a firewall policy, or the old configuration as long as that lasts. */
function checkFirewall(
  id: string,
  tier: string,
  properties: Members,
  envelope: Members,
  context: ProviderContext,
): void {
  const policyId = referenceOf(properties.firewallPolicy);
  const inline = properties.webApplicationFirewallConfiguration;
  if (policyId !== undefined) {
    if (tier !== 'WAF_v2')
      throw refuse(
        'FirewallPolicyNotSupportedForSelectedSku',
        `Application gateway ${id} of tier ${tier} cannot have a firewall policy.`,
      );
    const by = { id, path: 'properties.firewallPolicy.id', location: textOf(envelope.location) };
    requireResource(context, policyId, by, 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies');
    return;
  }
  if (inline !== undefined && !isOffered('inline web application firewall', context)) {
    throw refuse(
      'WebApplicationFirewallConfigurationRetired',
      `Application gateway ${id}: webApplicationFirewallConfiguration was retired on ${lastDayOf('inline web application firewall')}; use a firewall policy.`,
    );
  }
  if (!tier.startsWith('WAF') || inline !== undefined) return;
  throw refuse(
    'FirewallNotConfiguredForSelectedSku',
    `Application Gateway ${id} with the selected SKU tier ${tier} must have a valid WAF policy or configuration`,
  );
}

function checkRules(
  id: string,
  version: string,
  isSecond: boolean,
  parts: Readonly<Record<string, readonly Members[]>>,
): void {
  for (const segment of [
    'gatewayIPConfigurations',
    'frontendIPConfigurations',
    'frontendPorts',
    'requestRoutingRules',
  ]) {
    if (
      (parts[segment] ?? []).length > 0 ||
      (segment === 'requestRoutingRules' && (parts.routingRules ?? []).length > 0)
    )
      continue;
    throw refuse('PropertyMissing', `Application gateway ${id} needs ${segment}.`);
  }
  const priorities = new Map<number, string>();
  for (const rule of parts.requestRoutingRules ?? []) {
    const { priority, ruleType, backendAddressPool, redirectConfiguration, urlPathMap, httpListener } = membersOf(
      rule.properties,
    );
    const order = numberOf(priority);
    if (isSecond && order === undefined && version >= '2021-08-01') {
      throw refuse(
        'RequestRoutingRulePriorityCannotBeEmpty',
        `Priority for the request routing rule ${String(rule.id)} cannot be empty. All request routing rules should have a priority defined starting from api-version 2021-08-01`,
      );
    }
    const twin = order === undefined ? undefined : priorities.get(order);
    if (twin !== undefined)
      throw refuse(
        'RequestRoutingRulesWithDuplicatePriority',
        `Request routing rules ${twin} and ${String(rule.name)} of ${id} have the same priority ${order}.`,
      );
    if (order !== undefined) priorities.set(order, String(rule.name));
    const target = ruleType === 'PathBasedRouting' ? urlPathMap : (backendAddressPool ?? redirectConfiguration);
    if (referenceOf(httpListener) === undefined || referenceOf(target) === undefined) {
      throw refuse(
        'InvalidRequestRoutingRule',
        `Request routing rule ${String(rule.id)} needs a listener, and a backend, a redirect or a path map.`,
      );
    }
  }
}

/** HTTPS listeners have a certificate; certificates in a vault need an identity to be read with. */
function checkCertificates(id: string, parts: Readonly<Record<string, readonly Members[]>>, envelope: Members): void {
  for (const listener of parts.httpListeners ?? []) {
    const { protocol, sslCertificate } = membersOf(listener.properties);
    if (protocol === 'Https' && referenceOf(sslCertificate) === undefined) {
      throw refuse(
        'HttpsListenerMustReferenceSslCert',
        `Https listener ${String(listener.id)} must reference an SSL certificate.`,
      );
    }
  }
  const inVault = [...(parts.sslCertificates ?? []), ...(parts.trustedRootCertificates ?? [])].find(
    (certificate) => membersOf(certificate.properties).keyVaultSecretId !== undefined,
  );
  if (inVault !== undefined && userIdentitiesOf(envelope).length === 0) {
    throw refuse(
      'KeyVaultSecretNeedsIdentity',
      `Application gateway ${id} needs a user-assigned identity to read ${String(inVault.id)} from its vault.`,
    );
  }
}

/** All instances are in one subnet, which holds nothing else. */
function checkPlace(
  owner: Parameters<typeof frontendToStore>[0],
  parts: Readonly<Record<string, readonly Members[]>>,
  isSecond: boolean,
  context: ProviderContext,
): readonly Members[] {
  const configurations = parts.gatewayIPConfigurations ?? [];
  if (configurations.length > 1)
    throw refuse('SubnetCount', `Application gateway ${owner.id} must have one gateway IP configuration.`);
  return configurations.map((part) => {
    const subnet = requireSubnetOf(
      owner,
      String(part.id),
      referenceOf(membersOf(part.properties).subnet) ?? '',
      context,
    );
    const gateways = (resource: ArmResource): boolean => sameId(resource.type, type);
    const other = attachedToSubnet(subnet.id, context).find((attachment) => !gateways(attachment.owner));
    if (other !== undefined)
      throw refuse(
        'SubnetCannotHaveOtherResources',
        `Subnet ${subnet.id} of application gateway ${owner.id} holds ${other.owner.id} too.`,
      );
    checkGatewaySubnet(subnet, owner.id, isSecond, context);
    return { ...part, properties: { ...membersOf(part.properties), subnet: { id: subnet.id } } };
  });
}

/** Gateways that use a firewall policy, by themselves or in a listener. */
export function gatewaysOfPolicy(policyId: string, context: ProviderContext): readonly ArmResource[] {
  const uses = (value: unknown): boolean => sameId(referenceOf(membersOf(value).firewallPolicy), policyId);
  return context.view.ofType(type).filter((gateway) => {
    const properties = propertiesOf(gateway);
    return uses(properties) || listOf(properties.httpListeners).some((item) => uses(membersOf(item).properties));
  });
}
