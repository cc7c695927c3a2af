import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { membersOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn } from '../resource-form.ts';
import { requireFound, scopeOf } from '../service-checks.ts';
import { clusterError } from './cluster-errors.ts';
import { clusterService } from './pool-checks.ts';

const type = 'Microsoft.ContainerService/deploymentSafeguards';

/** Namespaces that safeguards never look at (learn.microsoft.com, deployment safeguards). */
const systemNamespaces = ['kube-system', 'calico-system', 'tigera-system', 'gatekeeper-system'];

/** Safeguards of a cluster, an extension called `default`; they need the Azure Policy add-on. */
export const deploymentSafeguards: ResourceTypeProvider = {
  type,
  apiVersions: ['2025-07-01', '2025-05-02-preview', '2025-04-01'],
  location: 'none',
  longRunning: true,
  put(input, context) {
    const { properties } = takeIn(type, input.body);
    if (nameIn(input.id).toLowerCase() !== 'default') {
      throw clusterError(
        'InvalidSafeguardsName',
        "Deployment safeguards must be called 'default'.",
        'name',
        'InvalidParameter',
      );
    }
    const cluster = requireFound(context, scopeOf(input.id), clusterService);
    const addons = Object.entries(membersOf(propertiesOf(cluster).addonProfiles));
    const policy = addons.find(([name]) => name.toLowerCase() === 'azurepolicy')?.[1];
    if (membersOf(policy).enabled !== true) {
      throw clusterError(
        'AzurePolicyAddonRequired',
        'Deployment safeguards need the Azure Policy add-on.',
        'properties.level',
      );
    }
    const safeguards = resourceOf(
      type,
      input,
      {},
      {
        ...properties,
        excludedNamespaces: properties.excludedNamespaces ?? [],
        podSecurityStandardsLevel: properties.podSecurityStandardsLevel ?? 'Privileged',
        systemExcludedNamespaces: systemNamespaces,
        provisioningState: 'Succeeded',
      },
    );
    return { put: [safeguards], delete: [] };
  },
};
