import type { ProviderContext, ResourceTypeProvider } from '../contract.ts';
import { nameIn, parentOf } from '../ids.ts';
import { defined, listOf, type Members, membersOf, referenceOf, textOf, without } from '../members.ts';
import { checkNotDelegated } from '../microsoft-network/subnet-checks.ts';
import { propertiesOf, resourceOf, takeIn, withProperties } from '../resource-form.ts';
import { badRequest, requireFound, withIdentity } from '../service-checks.ts';
import { computeApiVersions } from './api-versions.ts';
import { extensionToStore } from './virtual-machine-scale-sets-extensions.ts';

const type = 'Microsoft.Compute/virtualMachineScaleSets';

/**
 * Scale sets: the model, not its machines; nothing runs. Passwords, custom data and protected settings are not given back. Refused
 * under the service's `InvalidParameter`, with the property as target in the words.
 */
export const scaleSets: ResourceTypeProvider = {
  type,
  apiVersions: computeApiVersions,
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    const sku = membersOf(envelope.sku);
    if (textOf(sku.name) === undefined) throw invalid('sku.name', 'a scale set needs a size.');
    const mode = textOf(properties.orchestrationMode) ?? 'Uniform';
    const profile = membersOf(properties.virtualMachineProfile);
    if (mode === 'Uniform' && membersOf(properties.upgradePolicy).mode === undefined)
      throw invalid('upgradePolicy.mode', 'it is required.');
    checkStorage(membersOf(profile.storageProfile), context);
    checkSystem(membersOf(profile.osProfile));
    const networkProfile = networkToStore(input.id, membersOf(profile.networkProfile), envelope.location, context);
    checkSecurity(membersOf(profile.securityProfile));
    const sent = listOf(membersOf(profile.extensionProfile).extensions).map(membersOf);
    const extensions = sent.map((item) => {
      const id = `${input.id}/extensions/${String(item.name)}`;
      return extensionToStore({ id: context.view.get(id)?.id ?? id }, membersOf(item.properties));
    });
    const completed = withIdentity(input.id, envelope, context);
    const scaleSet = resourceOf(
      type,
      input,
      { ...completed, sku: { tier: 'Standard', capacity: 0, ...sku } },
      defined({
        ...properties,
        orchestrationMode: mode,
        overprovision: properties.overprovision ?? mode === 'Uniform',
        singlePlacementGroup: properties.singlePlacementGroup ?? mode === 'Uniform',
        platformFaultDomainCount: properties.platformFaultDomainCount ?? (envelope.zones === undefined ? 5 : 1),
        zoneBalance: envelope.zones === undefined ? properties.zoneBalance : (properties.zoneBalance ?? false),
        virtualMachineProfile: defined({
          ...without(profile, 'userData'),
          networkProfile,
          osProfile: profile.osProfile === undefined ? undefined : withoutSecrets(membersOf(profile.osProfile)),
          extensionProfile:
            profile.extensionProfile === undefined
              ? undefined
              : without(membersOf(profile.extensionProfile), 'extensions'),
        }),
        uniqueId: context.stableGuid(input.id, 'uniqueId'),
        provisioningState: 'Succeeded',
      }),
    );
    return { put: [scaleSet, ...extensions], delete: [] };
  },
  read(stored, context) {
    const profile = membersOf(propertiesOf(stored).virtualMachineProfile);
    const extensions = context.view
      .children(stored.id, 'extensions')
      .map(({ name, properties }) => ({ name, properties }));
    if (extensions.length === 0) return stored;
    const extensionProfile = { ...membersOf(profile.extensionProfile), extensions };
    return withProperties(stored, { virtualMachineProfile: { ...profile, extensionProfile } });
  },
};

const invalid = (property: string, message: string): Error =>
  badRequest('InvalidParameter', `Required or wrong parameter '${property}': ${message}`);

/** An image that is there, where it is one of ours; ephemeral disks are local and read-cached. */
function checkStorage(storage: Members, context: ProviderContext): void {
  const image = membersOf(storage.imageReference);
  const id = textOf(image.id);
  if (id !== undefined) {
    const kinds = [
      'Microsoft.Compute/images',
      'Microsoft.Compute/galleries/images',
      'Microsoft.Compute/galleries/images/versions',
    ];
    requireFound(context, id, ...kinds);
  } else if (
    textOf(image.publisher) === undefined &&
    image.communityGalleryImageId === undefined &&
    image.sharedGalleryImageId === undefined
  ) {
    throw invalid('imageReference', 'a scale set needs an image.');
  }
  const disk = membersOf(storage.osDisk);
  const isEphemeral = membersOf(disk.diffDiskSettings).option === 'Local';
  if (isEphemeral && disk.caching !== 'ReadOnly')
    throw invalid('osDisk.caching', 'ephemeral OS disks take ReadOnly caching.');
  const set = referenceOf(membersOf(disk.managedDisk).diskEncryptionSet);
  if (set !== undefined) {
    if (isEphemeral)
      throw invalid('osDisk.managedDisk.diskEncryptionSet', 'ephemeral OS disks take no disk encryption set here.');
    requireFound(context, set, 'Microsoft.Compute/diskEncryptionSets');
  }
}

function checkSystem(system: Members): void {
  const linux = membersOf(system.linuxConfiguration);
  const keys = listOf(membersOf(linux.ssh).publicKeys);
  if (Object.keys(system).length === 0) return;
  if (textOf(system.adminUsername) === undefined) throw invalid('osProfile.adminUsername', 'it is required.');
  if (linux.disablePasswordAuthentication === true && keys.length === 0)
    throw invalid('linuxConfiguration.ssh.publicKeys', 'without passwords a key is required.');
  if (linux.disablePasswordAuthentication !== true && textOf(system.adminPassword) === undefined && keys.length === 0) {
    throw invalid('osProfile.adminPassword', 'a password or a key is required.');
  }
  const data = textOf(system.customData);
  if (data !== undefined && !/^[A-Za-z0-9+/=\s]*$/.test(data))
    throw invalid('osProfile.customData', 'custom data must be Base64.');
}

const withoutSecrets = (system: Members): Members => ({
  allowExtensionOperations: true,
  secrets: [],
  ...without(system, 'adminPassword', 'customData'),
});

function checkSecurity(security: Members): void {
  const { secureBootEnabled, vTpmEnabled } = membersOf(security.uefiSettings);
  if ((secureBootEnabled === true || vTpmEnabled === true) && security.securityType === undefined) {
    throw invalid('securityProfile.securityType', 'secure boot and vTPM need TrustedLaunch or ConfidentialVM.');
  }
}

function networkToStore(id: string, network: Members, location: unknown, context: ProviderContext): Members {
  const cards = listOf(network.networkInterfaceConfigurations).map(membersOf);
  const primaries = cards.filter((card) => membersOf(card.properties).primary === true);
  if (cards.length > 1 && primaries.length !== 1)
    throw invalid('networkInterfaceConfigurations', 'one of several interfaces must be primary.');
  const complete = cards.map((card) => {
    const properties = membersOf(card.properties);
    const group = referenceOf(properties.networkSecurityGroup);
    if (group !== undefined) requireFound(context, group, 'Microsoft.Network/networkSecurityGroups');
    for (const item of listOf(properties.ipConfigurations)) {
      const subnet = requireFound(
        context,
        referenceOf(membersOf(membersOf(item).properties).subnet),
        'Microsoft.Network/virtualNetworks/subnets',
      );
      checkNotDelegated(subnet, id);
      const home = context.view.get(parentOf(subnet.id));
      if (home?.location !== location) throw invalid('subnet', `${nameIn(subnet.id)} is in another region.`);
    }
    return {
      ...card,
      properties: {
        enableAcceleratedNetworking: false,
        enableIPForwarding: false,
        disableTcpStateTracking: false,
        ...properties,
        primary: properties.primary ?? cards.length === 1,
      },
    };
  });
  return { ...network, networkInterfaceConfigurations: complete };
}
