import { ArmError } from '../../arm/arm-error.ts';
import type { ArmResource } from '../../model/resource.ts';
import type { PutInput, ResourceTypeProvider } from '../providers/contract.ts';
import { locationNotAvailableForGroup, locationRequired } from '../service-errors.ts';
import { isRegion, normalizeLocation, regionNames } from './regions.ts';
import { groupType } from './resource-path.ts';

/** learn.microsoft.com "Naming rules": 1 to 90 of letters, digits, `_ - . ( )`, not ending with a period. */
const namePattern = /^[-\p{L}\p{N}_.()]{0,89}[-\p{L}\p{N}_()]$/u;

/** Resource groups, which ARM serves itself. Deleting one is `pipeline/delete-group.ts`. */
export const resourceGroups: ResourceTypeProvider = {
  type: groupType,
  apiVersions: [
    '2025-04-01',
    '2025-03-01',
    '2024-11-01',
    '2024-07-01',
    '2024-03-01',
    '2023-07-01',
    '2022-09-01',
    '2021-04-01',
    '2021-01-01',
    '2020-10-01',
    '2020-08-01',
    '2020-06-01',
    '2019-10-01',
    '2019-08-01',
    '2019-07-01',
    '2019-05-10',
    '2019-05-01',
    '2018-05-01',
    '2018-02-01',
    '2017-05-10',
    '2016-09-01',
    '2016-06-01',
    '2016-02-01',
    '2015-11-01',
  ],
  location: 'required',
  longRunning: false,
  put: (input) => ({ put: [complete(input)], delete: [] }),
};

function complete(input: PutInput): ArmResource {
  const { location, tags, managedBy } = input.body;
  if (!namePattern.test(input.name)) {
    throw new ArmError(400, {
      code: 'InvalidResourceGroupName',
      message: `The provided resource group name '${input.name}' is invalid: 1 to 90 letters, digits, '-', '.', '(', ')' or '_', not ending with '.'.`,
    });
  }
  if (typeof location !== 'string' || location === '') throw locationRequired();
  if (!isRegion(location)) throw locationNotAvailableForGroup(location, regionNames);
  const was = input.existing?.location;
  if (was !== undefined && was !== normalizeLocation(location)) {
    throw new ArmError(409, {
      code: 'InvalidResourceGroupLocation',
      message: `Invalid resource group location '${location}'. The Resource group already exists in location '${was}'.`,
    });
  }
  return {
    id: input.id,
    name: input.name,
    type: groupType,
    location: normalizeLocation(location),
    ...(typeof managedBy === 'string' ? { managedBy } : {}),
    ...(isTags(tags) ? { tags } : {}),
    properties: { provisioningState: 'Succeeded' },
  };
}

const isTags = (value: unknown): value is Readonly<Record<string, string>> =>
  typeof value === 'object' && value !== null;
