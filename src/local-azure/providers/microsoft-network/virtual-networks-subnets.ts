import type { ProviderContext, ResourceTypeProvider } from '../contract.ts';
import { parentOf, sameId } from '../ids.ts';
import { propertiesOf, takeIn } from '../resource-form.ts';
import { networkApiVersions } from './api-versions.ts';
import { checkName, requirePrefix } from './network-checks.ts';
import {
  addressSpaceOf,
  checkSubnetFree,
  checkSubnetInUse,
  checkSubnetRange,
  checkSubnetReferences,
  type Surroundings,
} from './subnet-checks.ts';
import { subnetToRead, subnetToStore, subnetType } from './subnet-form.ts';

/** A subnet by itself: adds to its network, or changes in place. */
export const subnets: ResourceTypeProvider = {
  type: subnetType,
  apiVersions: networkApiVersions,
  location: 'none',
  longRunning: true,
  put(input, context) {
    const { properties } = takeIn(subnetType, input.body);
    checkName(input.id);
    const network = surroundingsOf(parentOf(input.id), context);
    const draft = { id: input.id, properties };
    const beside = context.view.children(network.id, 'subnets').filter(({ id }) => !sameId(id, input.id));
    checkSubnetRange(
      draft,
      network,
      beside.map((subnet) => ({ id: subnet.id, properties: propertiesOf(subnet) })),
    );
    checkSubnetReferences(draft, network, context);
    checkSubnetInUse(draft, input.existing, context);
    return { put: [subnetToStore(input.id, properties, input.apiVersion, input.existing)], delete: [] };
  },
  delete(existing, context) {
    checkSubnetFree(existing, context);
    return { put: [], delete: [] };
  },
  read: subnetToRead,
};

function surroundingsOf(networkId: string, context: ProviderContext): Surroundings {
  const network = context.view.get(networkId);
  return {
    id: network?.id ?? networkId,
    location: network?.location,
    addressSpace: addressSpaceOf(propertiesOf(network)).map((text) => requirePrefix(text, networkId)),
  };
}
