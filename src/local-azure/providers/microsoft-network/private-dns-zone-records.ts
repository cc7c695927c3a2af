import type { ArmResource } from '../../../model/resource.ts';
import { listOf, membersOf, textOf } from '../members.ts';
import { propertiesOf } from '../resource-form.ts';

/** The ids of the A records that a zone group of a private endpoint made. */
export function recordsOfGroup(group: ArmResource): readonly string[] {
  return listOf(propertiesOf(group).privateDnsZoneConfigs).flatMap((item) => {
    const { privateDnsZoneId, recordSets } = membersOf(membersOf(item).properties);
    return listOf(recordSets).map(
      (record) => `${String(privateDnsZoneId)}/A/${textOf(membersOf(record).recordSetName) ?? ''}`,
    );
  });
}
