import { list, resourceRule, setting, wants } from './resource-rule.ts';

const profile = 'properties.virtualMachineProfile';
const entraLogin = ['aadsshloginforlinux', 'aadloginforwindows'];

export const scaleSetsAreHard = resourceRule({
  id: 'scale-sets-are-hard',
  statement:
    'Machines of scale sets take no passwords, know people by Entra, start measured, encrypt at the host, and keep nothing',
  controls: ['2.2.1', '3.5.1', '8.2.1', '8.2.2', '8.6.2', '6.3.3'],
  type: 'Microsoft.Compute/virtualMachineScaleSets',
  // Those of a cluster are Azure's, and are judged by the settings of their pools.
  about: ({ tags = {} }) => !Object.keys(tags).some((name) => name.startsWith('aks-managed-')),
  faults: (set) => [
    wants(set, `${profile}.osProfile.linuxConfiguration.disablePasswordAuthentication`, true),
    wants(set, `${profile}.securityProfile.encryptionAtHost`, true),
    wants(set, `${profile}.securityProfile.securityType`, 'TrustedLaunch', 'ConfidentialVM'),
    wants(set, `${profile}.securityProfile.uefiSettings.secureBootEnabled`, true),
    wants(set, `${profile}.securityProfile.uefiSettings.vTpmEnabled`, true),
    wants(set, `${profile}.storageProfile.osDisk.diffDiskSettings.option`, 'Local'),
    wants(set, 'properties.upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade', true),
    list(set, `${profile}.extensionProfile.extensions`).some((one) =>
      entraLogin.includes(String(setting(one, 'properties.type')).toLowerCase()),
    )
      ? undefined
      : 'has no sign-in by Entra',
  ],
});
