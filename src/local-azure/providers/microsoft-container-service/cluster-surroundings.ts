import type { ArmResource } from '../../../model/resource.ts';
import { groupType } from '../../resources/resource-path.ts';
import type { ProviderContext, PutInput } from '../contract.ts';
import { nameIn, sameId } from '../ids.ts';
import { defined, listOf, type Members, membersOf, textOf } from '../members.ts';
import { firstUsableAddress } from '../microsoft-network/address-allocation.ts';
import { recordSet } from '../microsoft-network/private-dns-zones-records.ts';
import { propertiesOf } from '../resource-form.ts';
import { clusterError } from './cluster-errors.ts';

/** The group for the cluster's machinery, made by the service and managed by the cluster. */
export function nodeResourceGroup(
  input: PutInput,
  envelope: Members,
  properties: Members,
  context: ProviderContext,
): ArmResource {
  const name = String(properties.nodeResourceGroup);
  const id = `${input.id.split('/').slice(0, 3).join('/')}/resourceGroups/${name}`;
  const existing = context.view.get(id);
  if (existing !== undefined && !sameId(textOf(existing.managedBy), input.id)) {
    throw clusterError(
      'NodeResourceGroupAlreadyExists',
      `The node resource group '${name}' of cluster ${nameIn(input.id)} exists already. The service makes it.`,
      'properties.nodeResourceGroup',
    );
  }
  const before = textOf(propertiesOf(input.existing).nodeResourceGroup);
  if (before !== undefined && before !== name) {
    throw clusterError(
      'PropertyChangeNotAllowed',
      "Changing property 'properties.nodeResourceGroup' is not allowed.",
      'properties.nodeResourceGroup',
      'PropertyChangeNotAllowed',
    );
  }
  return defined({
    id: existing?.id ?? id,
    name,
    type: groupType,
    location: envelope.location,
    managedBy: input.id,
    tags: envelope.tags,
    properties: { provisioningState: 'Succeeded' },
  }) as unknown as ArmResource;
}

/**
 * The record of a private API server in a zone of one's own. With VNet integration it leads to the first address of the delegated
 * subnet. With private link it would lead to the private endpoint, which is not made here: then there is no record.
 */
export function apiServerRecord(cluster: ArmResource, context: ProviderContext): ArmResource | undefined {
  const { privateFQDN, apiServerAccessProfile } = propertiesOf(cluster);
  const { privateDNSZone, subnetId } = membersOf(apiServerAccessProfile);
  const zone = context.view.get(textOf(privateDNSZone) ?? '');
  const subnet = context.view.get(textOf(subnetId) ?? '');
  const address = subnet === undefined ? undefined : firstUsableAddress(subnet);
  const name = String(privateFQDN);
  if (zone === undefined || address === undefined || !name.endsWith(`.${zone.name}`)) return undefined;
  const written = `${zone.id}/A/${name.slice(0, -zone.name.length - 1)}`;
  const before = listOf(propertiesOf(context.view.get(written)).aRecords);
  return recordSet(context.view.get(written)?.id ?? written, 'A', {
    ttl: 300,
    aRecords: before.length > 0 ? before : [{ ipv4Address: address }],
  });
}
