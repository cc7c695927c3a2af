import { ArmError } from '../../../arm/arm-error.ts';
import type { ObjectKind } from './vault-objects.ts';

const words = { secrets: 'Secret', keys: 'Key', certificates: 'Certificate' } as const;
const singular = (kind: ObjectKind): string => words[kind].toLowerCase();

/** The refusals of a vault's data plane in its own words, as users report them. */
export const objectNotFound = (kind: ObjectKind, name: string): ArmError =>
  new ArmError(404, {
    code: `${words[kind]}NotFound`,
    message: `A ${singular(kind)} with (name/id) ${name} was not found in this key vault. If you recently deleted this ${singular(kind)} you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182`,
  });

export const objectIsDeleted = (kind: ObjectKind, name: string): ArmError =>
  new ArmError(409, {
    code: 'Conflict',
    message: `${words[kind]} ${name} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the ${singular(kind)} can only be recovered or purged.`,
  });

export const badParameter = (message: string): ArmError => new ArmError(400, { code: 'BadParameter', message });

export const notInVault = (what: string): ArmError =>
  new ArmError(501, { code: 'NotModelledByLocalAzure', message: `Local Azure does not model ${what}.` });
