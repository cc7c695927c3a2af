import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { defined, listOf, membersOf } from '../members.ts';
import { resourceOf, takeIn } from '../resource-form.ts';
import { badRequest } from '../service-checks.ts';

const type = 'Microsoft.Security/pricings';

/** Defender's plans (REST reference, Pricings; learn.microsoft.com, Defender for Cloud pricing). */
const plans: readonly string[] = [
  'AI',
  'Api',
  'AppServices',
  'Arm',
  'CloudPosture',
  'ContainerRegistry',
  'Containers',
  'CosmosDbs',
  'Discovery',
  'Dns',
  'FoundationalCspm',
  'KeyVaults',
  'KubernetesService',
  'OpenSourceRelationalDatabases',
  'SqlServerVirtualMachines',
  'SqlServers',
  'StorageAccounts',
  'VirtualMachines',
];

/** Plans that others took over (REST reference, `deprecated` and `replacedBy`). */
const replacedBy: Readonly<Record<string, readonly string[]>> = {
  ContainerRegistry: ['Containers'],
  Dns: ['VirtualMachines'],
  KubernetesService: ['Containers'],
};

/** Sub-plans where a plan has several, the one first that Azure takes by itself. */
const subPlans: Readonly<Record<string, readonly string[]>> = {
  Api: ['P1', 'P2', 'P3', 'P4', 'P5'],
  Arm: ['PerSubscription', 'PerApiCall'],
  KeyVaults: ['PerKeyVault', 'PerTransaction'],
  StorageAccounts: ['DefenderForStorageV2', 'PerStorageAccount', 'PerTransaction'],
  VirtualMachines: ['P2', 'P1'],
};

/**
 * Defender plans of a subscription. A plan that nobody has set is not there (in Azure it reads as Free). Codes InvalidPricingName and
 * InvalidSubPlan are named here.
 */
export const pricings: ResourceTypeProvider = {
  type,
  apiVersions: ['2024-01-01', '2023-01-01', '2022-03-01', '2018-06-01', '2017-08-01-preview'],
  location: 'none',
  longRunning: false,
  put(input) {
    const { properties } = takeIn(type, input.body);
    const given = nameIn(input.id);
    const name = plans.find((plan) => plan.toLowerCase() === given.toLowerCase());
    if (name === undefined) {
      throw badRequest('InvalidPricingName', `'${given}' is no plan of Defender: ${plans.join(', ')}.`);
    }
    const known = subPlans[name];
    const subPlan = properties.subPlan ?? (properties.pricingTier === 'Standard' ? known?.[0] : undefined);
    if (subPlan !== undefined && !(known ?? []).includes(String(subPlan))) {
      throw badRequest(
        'InvalidSubPlan',
        `'${String(subPlan)}' is no sub-plan of ${name}: ${(known ?? ['none']).join(', ')}.`,
      );
    }
    const replaced = replacedBy[name];
    const plan = resourceOf(
      type,
      input,
      {},
      defined({
        ...properties,
        subPlan,
        extensions: extensionsToStore(properties.extensions),
        freeTrialRemainingTime: 'PT0S',
        enforce: properties.enforce ?? 'False',
        inherited: 'False',
        resourcesCoverageStatus: 'FullyCovered',
        deprecated: replaced === undefined ? undefined : true,
        replacedBy: replaced,
      }),
    );
    return { put: [plan], delete: [] };
  },
  delete(existing) {
    // Plans of a subscription stay; only those of single resources can be taken away (REST reference, Pricings - Delete).
    throw badRequest(
      'CannotDeletePricing',
      `The plan '${existing.name}' of a subscription cannot be deleted: set it to Free.`,
    );
  },
};

function extensionsToStore(value: unknown): unknown {
  if (value === undefined) return undefined;
  return listOf(value).map((item) => {
    const extension = membersOf(item);
    return extension.isEnabled === 'True' ? { ...extension, operationStatus: { code: 'Succeeded' } } : extension;
  });
}
