import type { ResourceTypeProvider } from '../contract.ts';
import { defined, listOf, without } from '../members.ts';
import { propertiesOf, resourceOf, takeIn, withEtag, withProperties } from '../resource-form.ts';
import { networkApiVersions } from './api-versions.ts';
import { references, referrers } from './attachments.ts';
import { dropped, inGivenOrder, inlineChildren, orderOf } from './inline-children.ts';
import { checkName } from './network-checks.ts';
import { networkError } from './network-errors.ts';
import { routeToStore } from './route-tables-routes.ts';

const type = 'Microsoft.Network/routeTables';

/** Route tables. An inline list of routes replaces the routes; no list takes them away, as ARM does. */
export const routeTables: ResourceTypeProvider = {
  type,
  apiVersions: networkApiVersions,
  location: 'required',
  longRunning: true,
  put(input, context) {
    const { envelope, properties } = takeIn(type, input.body);
    checkName(input.id);
    const drafts = inlineChildren(input.id, 'routes', listOf(properties.routes), context);
    const table = resourceOf(type, input, envelope, {
      ...without(properties, 'routes'),
      provisioningState: 'Succeeded',
      resourceGuid: context.stableGuid(input.id, 'resourceGuid'),
      disableBgpRoutePropagation: properties.disableBgpRoutePropagation ?? false,
      routes: orderOf(drafts),
    });
    const routes = drafts.map((draft, i) => routeToStore(draft, drafts.slice(0, i)));
    const gone = dropped(input.id, 'routes', drafts, context);
    return { put: [table, ...routes], delete: gone.map(({ id }) => id) };
  },
  delete(existing, context) {
    if (referrers('Microsoft.Network/virtualNetworks/subnets', 'routeTable', existing.id, context).length > 0) {
      throw networkError(
        'InUseRouteTableCannotBeDeleted',
        `Route table ${existing.name} is in use and cannot be deleted.`,
      );
    }
    return { put: [], delete: [] };
  },
  read(stored, context) {
    return withEtag(
      withProperties(
        stored,
        defined({
          routes: inGivenOrder(context.view.children(stored.id, 'routes'), propertiesOf(stored).routes).map((one) =>
            withEtag(one),
          ),
          subnets: references(referrers('Microsoft.Network/virtualNetworks/subnets', 'routeTable', stored.id, context)),
        }),
      ),
    );
  },
};
