import type { ArmResource } from '../../../model/resource.ts';
import { isOffered, lastDayOf } from '../../life-cycles/is-offered.ts';
import type { ProviderContext, ResourceTypeProvider } from '../contract.ts';
import { nameIn, parentOf } from '../ids.ts';
import { defined, type Members, membersOf, textOf } from '../members.ts';
import { privateEndpointConnections } from '../private-endpoint-connections.ts';
import { propertiesOf, resourceOf, takeIn, withProperties } from '../resource-form.ts';
import { badRequest, conflict, namesake, userIdentitiesOf, withIdentity } from '../service-checks.ts';
import { registryApiVersions } from './api-versions.ts';

export const registryType = 'Microsoft.ContainerRegistry/registries';

/**
 * Container registries. DisablingPublicNetworkAccessNotSupported and AlreadyInUse are the service's codes; for the other things that
 * only Premium has, and the export policy, the refusals are documented (learn.microsoft.com, registry SKUs; disable export) and the
 * codes named here after it: NetworkRuleSetNotSupported, DataEndpointNotSupported, ZoneRedundancyNotSupported,
 * CustomerManagedKeyNotSupported, RetentionPolicyNotSupported, ExportPolicyNotSupported, ExportPolicyNeedsPrivateAccess.
 */
export const registries: ResourceTypeProvider = {
  type: registryType,
  apiVersions: registryApiVersions,
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(registryType, input.body);
    const name = nameIn(input.id);
    if (!/^[a-z0-9]{5,50}$/i.test(name)) {
      throw badRequest('InvalidResourceName', `The registry name '${name}' is invalid: 5 to 50 letters and digits.`);
    }
    if (namesake(input.id, registryType, context) !== undefined) {
      throw conflict('AlreadyInUse', `The registry DNS name ${name.toLowerCase()}.azurecr.io is already in use.`);
    }
    const sku = textOf(membersOf(envelope.sku).name) ?? '';
    const isPremium = sku === 'Premium';
    if (!isPremium) checkTier(sku, properties);
    checkExport(properties);
    checkContentTrust(membersOf(properties.policies), propertiesOf(input.existing), context);
    if (membersOf(properties.encryption).status === 'enabled' && userIdentitiesOf(envelope).length === 0) {
      throw badRequest(
        'CustomerManagedKeyNotSupported',
        'A customer-managed key needs a user-assigned identity of the registry.',
      );
    }
    const registry = resourceOf(
      registryType,
      input,
      { ...withIdentity(input.id, envelope, context), sku: { name: sku, tier: sku } },
      defined({
        ...properties,
        loginServer: `${name.toLowerCase()}.azurecr.io`,
        provisioningState: 'Succeeded',
        adminUserEnabled: properties.adminUserEnabled ?? false,
        networkRuleSet: isPremium
          ? { defaultAction: 'Allow', ipRules: [], ...membersOf(properties.networkRuleSet) }
          : undefined,
        policies: policiesToStore(membersOf(properties.policies), isPremium),
        encryption: properties.encryption ?? { status: 'disabled' },
        dataEndpointEnabled: properties.dataEndpointEnabled ?? false,
        publicNetworkAccess: properties.publicNetworkAccess ?? 'Enabled',
        networkRuleBypassOptions: properties.networkRuleBypassOptions ?? 'AzureServices',
        zoneRedundancy: properties.zoneRedundancy ?? 'Disabled',
        anonymousPullEnabled: properties.anonymousPullEnabled ?? false,
        roleAssignmentMode: properties.roleAssignmentMode ?? 'LegacyRegistryPermissions',
      }),
    );
    return { put: [registry], delete: [] };
  },
  read(stored, context) {
    const hosts = propertiesOf(stored).dataEndpointEnabled === true ? dataHostsOf(stored, context) : [];
    return withProperties(
      stored,
      defined({
        dataEndpointHostNames: hosts,
        privateEndpointConnections: privateEndpointConnections(stored.id, registryType, context) ?? [],
      }),
    );
  },
};

/** Content trust can be kept where it is on, and not be turned on any more. ContentTrustRetired is named here. */
function checkContentTrust(policies: Members, before: Members, context: ProviderContext): void {
  const isOn = (all: Members): boolean => membersOf(all.trustPolicy).status === 'enabled';
  if (!isOn(policies) || isOn(membersOf(before.policies)) || isOffered('content trust', context)) return;
  throw badRequest(
    'ContentTrustRetired',
    `Content trust cannot be turned on since ${lastDayOf('content trust')}; sign images with the Notary Project instead.`,
  );
}

/** The regions that a registry is in: its own, then those of its replications. */
function regionsOf(registry: ArmResource, context: ProviderContext): readonly string[] {
  const replicas = context.view.children(registry.id, 'replications').map(({ location }) => String(location));
  return [...new Set([String(registry.location), ...replicas])];
}

function dataHostsOf(registry: ArmResource, context: ProviderContext): readonly string[] {
  return regionsOf(registry, context).map((region) => `${registry.name.toLowerCase()}.${region}.data.azurecr.io`);
}

/** The registry of a child; `Premium` where the child needs that. */
export function registryOf(id: string, context: ProviderContext): ArmResource {
  const registry = context.view.get(parentOf(id));
  if (registry === undefined)
    throw badRequest('ParentResourceNotFound', `The registry '${parentOf(id)}' was not found.`);
  return registry;
}

export function requirePremium(registry: ArmResource, what: string, code: string): void {
  const sku = String(membersOf(registry.sku).name);
  if (sku !== 'Premium') throw badRequest(code, `${what} not supported for the SKU ${sku}.`);
}

function checkTier(sku: string, properties: Members): void {
  const policies = membersOf(properties.policies);
  const isOn = (value: unknown): boolean => /^enabled$/i.test(String(membersOf(value).status));
  const unsupported = [
    {
      code: 'DisablingPublicNetworkAccessNotSupported',
      what: 'Disabling public network access is',
      is: properties.publicNetworkAccess === 'Disabled',
    },
    { code: 'NetworkRuleSetNotSupported', what: 'Network rules are', is: properties.networkRuleSet !== undefined },
    {
      code: 'DataEndpointNotSupported',
      what: 'Dedicated data endpoints are',
      is: properties.dataEndpointEnabled === true,
    },
    { code: 'ZoneRedundancyNotSupported', what: 'Zone redundancy is', is: properties.zoneRedundancy === 'Enabled' },
    { code: 'CustomerManagedKeyNotSupported', what: 'Customer-managed keys are', is: isOn(properties.encryption) },
    { code: 'RetentionPolicyNotSupported', what: 'A retention policy is', is: isOn(policies.retentionPolicy) },
    {
      code: 'ExportPolicyNotSupported',
      what: 'Disabling export is',
      is: membersOf(policies.exportPolicy).status === 'disabled',
    },
  ].find(({ is }) => is);
  if (unsupported === undefined) return;
  throw badRequest(
    unsupported.code,
    `${unsupported.what} not supported for the SKU ${sku}. For more information, please visit https://aka.ms/acr/private-link.`,
  );
}

/** Export is turned off only where public access is off too (learn.microsoft.com, disable export of artifacts). */
function checkExport(properties: Members): void {
  const isOff = membersOf(membersOf(properties.policies).exportPolicy).status === 'disabled';
  if (!isOff || properties.publicNetworkAccess === 'Disabled') return;
  throw badRequest(
    'ExportPolicyNeedsPrivateAccess',
    "The export policy cannot be disabled while public network access is enabled: set 'publicNetworkAccess' to 'Disabled'.",
  );
}

function policiesToStore(given: Members, isPremium: boolean): Members {
  const policies = {
    quarantinePolicy: { status: 'disabled', ...membersOf(given.quarantinePolicy) },
    trustPolicy: { type: 'Notary', status: 'disabled', ...membersOf(given.trustPolicy) },
    retentionPolicy: { days: 7, status: 'disabled', ...membersOf(given.retentionPolicy) },
    exportPolicy: { status: 'enabled', ...membersOf(given.exportPolicy) },
    azureADAuthenticationAsArmPolicy: { status: 'enabled', ...membersOf(given.azureADAuthenticationAsArmPolicy) },
  };
  const { retentionPolicy: _, ...rest } = policies;
  return isPremium ? { ...given, ...policies } : { ...given, ...rest };
}
