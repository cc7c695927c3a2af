import { isOffered, lastDayOf } from '../../life-cycles/is-offered.ts';
import type { ResourceTypeProvider } from '../contract.ts';
import { defined, listOf, type Members, membersOf, numberOf, referenceOf } from '../members.ts';
import { resourceOf, takeIn, withEtag } from '../resource-form.ts';
import { networkApiVersions } from './api-versions.ts';
import { frontendToStore } from './frontends.ts';
import { checkPartReferences, partsOf } from './inline-parts.ts';
import { checkName, requireOneOf } from './network-checks.ts';
import { changeNotAllowed, networkError } from './network-errors.ts';

const type = 'Microsoft.Network/loadBalancers';

/** Parts with ids of their own. */
const segments = [
  'frontendIPConfigurations',
  'backendAddressPools',
  'loadBalancingRules',
  'probes',
  'inboundNatRules',
  'inboundNatPools',
  'outboundRules',
];

/** Load balancers. LoadBalancerRuleConflict and BasicSkuLoadBalancerRetired are named here; that Azure refuses both is documented. */
export const loadBalancers: ResourceTypeProvider = {
  type,
  apiVersions: networkApiVersions,
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    checkName(input.id);
    const sku = membersOf(envelope.sku);
    const isOld = input.apiVersion < '2021-02-01';
    const name = requireOneOf(sku.name ?? (isOld ? 'Basic' : 'Standard'), ['Basic', 'Standard', 'Gateway'], 'sku.name');
    const was = membersOf(input.existing?.sku).name;
    if (was !== undefined && was !== name) throw changeNotAllowed('sku', input.id);
    if (name === 'Basic' && was === undefined && !isOffered('basic load balancer', context)) {
      throw networkError(
        'BasicSkuLoadBalancerRetired',
        `Basic SKU load balancers were retired on ${lastDayOf('basic load balancer')}: ${input.id}.`,
      );
    }
    const parts = partsOf(input.id, type, properties, segments);
    checkPartReferences(input.id, parts);
    checkRules(input.id, parts.loadBalancingRules ?? []);
    const given = new Set<string>();
    const owner = { id: input.id, envelope, existing: input.existing };
    const frontendIPConfigurations = (parts.frontendIPConfigurations ?? []).map((part) => {
      const { subnet, publicIPAddress, publicIPPrefix, gatewayLoadBalancer } = membersOf(part.properties);
      if (
        [subnet, publicIPAddress, publicIPPrefix, gatewayLoadBalancer].every(
          (value) => referenceOf(value) === undefined,
        )
      ) {
        throw networkError(
          'InvalidRequestFormat',
          `Frontend ${String(part.id)} has neither a subnet nor a public address.`,
        );
      }
      return frontendToStore(owner, part, given, context);
    });
    const balancer = resourceOf(
      type,
      input,
      { ...envelope, sku: { ...sku, name, tier: sku.tier ?? 'Regional' } },
      defined({
        ...properties,
        ...Object.fromEntries(segments.map((segment) => [segment, parts[segment] ?? []])),
        frontendIPConfigurations,
        provisioningState: 'Succeeded',
        resourceGuid: context.stableGuid(input.id, 'resourceGuid'),
      }),
    );
    return { put: [balancer], delete: [] };
  },
  read: (stored) => withEtag(stored),
};

/** A frontend's port and protocol goes to one rule. */
function checkRules(id: string, rules: readonly Members[]): void {
  const seen = new Map<string, string>();
  for (const rule of rules) {
    const { frontendIPConfiguration, frontendPort, protocol, backendAddressPools, backendAddressPool } = membersOf(
      rule.properties,
    );
    if (referenceOf(frontendIPConfiguration) === undefined) {
      throw networkError('InvalidRequestFormat', `Rule ${String(rule.id)} names no frontend.`);
    }
    if ((numberOf(frontendPort) ?? 0) === 0 && protocol !== 'All') {
      throw networkError('InvalidRequestFormat', `Rule ${String(rule.id)}: port 0 needs protocol All.`);
    }
    const key = `${referenceOf(frontendIPConfiguration)?.toLowerCase()}|${String(frontendPort)}|${String(protocol)}`;
    const twin = seen.get(key);
    if (twin !== undefined) {
      throw networkError(
        'LoadBalancerRuleConflict',
        `Load balancer ${id}: rules ${twin} and ${String(rule.name)} have the same frontend, port and protocol.`,
      );
    }
    seen.set(key, String(rule.name));
    if (listOf(backendAddressPools).length === 0 && referenceOf(backendAddressPool) === undefined) continue;
  }
}
