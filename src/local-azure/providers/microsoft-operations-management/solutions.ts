import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn } from '../ids.ts';
import { membersOf, textOf } from '../members.ts';
import { resourceOf, takeIn } from '../resource-form.ts';
import { badRequest, requireFound } from '../service-checks.ts';

const type = 'Microsoft.OperationsManagement/solutions';

/** Solutions of a workspace, called `Product(workspace)`. */
export const solutions: ResourceTypeProvider = {
  type,
  apiVersions: ['2015-11-01-preview'],
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    const workspace = requireFound(
      context,
      textOf(properties.workspaceResourceId),
      'Microsoft.OperationalInsights/workspaces',
    );
    const name = nameIn(input.id);
    const plan = membersOf(envelope.plan);
    const product = textOf(plan.product)?.replace(/^OMSGallery\//i, '') ?? '';
    if (name.toLowerCase() !== `${product}(${workspace.name})`.toLowerCase()) {
      throw badRequest('InvalidParameter', `The solution name '${name}' must be '${product}(${workspace.name})'.`);
    }
    const solution = resourceOf(
      type,
      input,
      { ...envelope, plan: { name, promotionCode: '', ...plan } },
      {
        ...properties,
        workspaceResourceId: workspace.id,
        containedResources: properties.containedResources ?? [],
        referencedResources: properties.referencedResources ?? [],
        provisioningState: 'Succeeded',
      },
    );
    return { put: [solution], delete: [] };
  },
};
