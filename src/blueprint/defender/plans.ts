/** A Defender plan with what it adds. Source: Microsoft, "Pricings - Update" and the plans' own pages. */
export interface DefenderPlan {
  readonly name: string;
  readonly subPlan?: string;
  readonly extensions: readonly {
    readonly name: string;
    readonly on: boolean;
    readonly settings?: Readonly<Record<string, string>>;
  }[];
  readonly decision: string;
}

const on = (name: string, settings?: Readonly<Record<string, string>>) => ({
  name,
  on: true,
  ...(settings === undefined ? {} : { settings }),
});
const off = (name: string) => ({ name, on: false });

export const defenderPlans: readonly DefenderPlan[] = [
  {
    name: 'Containers',
    extensions: [
      on('ContainerRegistriesVulnerabilityAssessments'),
      on('AgentlessDiscoveryForKubernetes'),
      on('AgentlessVmScanning'),
      on('ContainerSensor'),
    ],
    decision: 'defender-watches-clusters',
  },
  { name: 'KeyVaults', subPlan: 'PerKeyVault', extensions: [], decision: 'defender-watches-the-control-plane' },
  { name: 'Arm', subPlan: 'PerSubscription', extensions: [], decision: 'defender-watches-the-control-plane' },
  {
    name: 'VirtualMachines',
    subPlan: 'P2',
    extensions: [on('AgentlessVmScanning')],
    decision: 'defender-watches-machines',
  },
  {
    name: 'StorageAccounts',
    subPlan: 'DefenderForStorageV2',
    // Accounts here take logs that Azure writes; nobody uploads files.
    extensions: [off('OnUploadMalwareScanning'), on('SensitiveDataDiscovery')],
    decision: 'defender-watches-log-storage',
  },
  {
    name: 'CloudPosture',
    extensions: [
      on('AgentlessDiscoveryForKubernetes'),
      on('AgentlessVmScanning'),
      on('ContainerRegistriesVulnerabilityAssessments'),
      on('SensitiveDataDiscovery'),
      off('EntraPermissionsManagement'),
      off('ApiPosture'),
    ],
    decision: 'posture-is-assessed',
  },
];

/** The plans of the reference implementation, and of what else stands there. Plans had no parts then. */
export const defenderPlansOf2021: readonly DefenderPlan[] = [
  { name: 'KubernetesService', extensions: [], decision: 'defender-watches-clusters' },
  { name: 'ContainerRegistry', extensions: [], decision: 'defender-watches-clusters' },
  { name: 'KeyVaults', extensions: [], decision: 'defender-watches-the-control-plane' },
  { name: 'Arm', extensions: [], decision: 'defender-watches-the-control-plane' },
  { name: 'Dns', extensions: [], decision: 'defender-watches-the-control-plane' },
  // The original has neither, although machines and an account of logs stand in it.
  { name: 'VirtualMachines', extensions: [], decision: 'defender-watches-machines' },
  { name: 'StorageAccounts', extensions: [], decision: 'defender-watches-log-storage' },
];
