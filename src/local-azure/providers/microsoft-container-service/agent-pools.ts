import type { ResourceTypeProvider } from '../contract.ts';
import { nameIn, parentOf, sameId } from '../ids.ts';
import { textOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag, withProperties } from '../resource-form.ts';
import { clusterApiVersions } from './api-versions.ts';
import { clusterError } from './cluster-errors.ts';
import { checkPool, poolProperties, poolType } from './pool-checks.ts';

/** Node pools by themselves. */
export const agentPools: ResourceTypeProvider = {
  type: poolType,
  apiVersions: clusterApiVersions,
  location: 'none',
  longRunning: true,
  put(input, context) {
    const { properties } = takeIn(poolType, input.body);
    const cluster = propertiesOf(context.view.get(parentOf(input.id)));
    const complete = poolProperties(properties, cluster);
    checkPool({ id: input.id, properties: complete }, cluster, input.existing, context);
    const others = context.view.children(parentOf(input.id), 'agentPools').filter(({ id }) => !sameId(id, input.id));
    const network = (subnet: unknown): string => String(subnet).toLowerCase().split('/subnets/')[0] ?? '';
    const elsewhere = others.find((pool) => {
      const theirs = textOf(propertiesOf(pool).vnetSubnetID);
      return theirs !== undefined && network(theirs) !== network(complete.vnetSubnetID);
    });
    if (elsewhere !== undefined) {
      throw clusterError(
        'AgentPoolsInDifferentVnets',
        `Agent pool '${nameIn(input.id)}' must be in the same virtual network as '${elsewhere.name}'.`,
        'properties.vnetSubnetID',
        'InvalidParameter',
      );
    }
    return { put: [resourceOf(poolType, input, {}, complete)], delete: [] };
  },
  delete(existing, context) {
    const others = context.view
      .children(parentOf(existing.id), 'agentPools')
      .filter(({ id }) => !sameId(id, existing.id));
    if (propertiesOf(existing).mode === 'System' && !others.some((pool) => propertiesOf(pool).mode === 'System')) {
      throw clusterError(
        'DeleteLastSystemPool',
        'There must be at least one system pool in the cluster.',
        'agentPool',
        'OperationNotAllowed',
      );
    }
    return { put: [], delete: [] };
  },
  read: (stored) => withProperties(stored, { eTag: String(withEtag(stored).etag) }),
};
