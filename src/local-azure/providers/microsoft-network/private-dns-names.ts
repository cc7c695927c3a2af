import { ArmError } from '../../../arm/arm-error.ts';

/** HTTP 400 in private DNS's form. */
export function dnsError(message: string, code = 'BadRequest'): ArmError {
  return new ArmError(400, { code, message });
}

const label = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/i;

/** Zones have 2 to 34 labels and at most 253 characters (learn.microsoft.com, private DNS zone restrictions). */
export function checkZoneName(name: string): void {
  const labels = name.split('.');
  const isValid =
    name.length <= 253 && labels.length >= 2 && labels.length <= 34 && labels.every((part) => label.test(part));
  if (!isValid) throw dnsError(`The zone name '${name}' is not valid.`, 'BadRequest');
}

/** `@`, or labels below the zone; a wildcard only in front. */
export function checkRecordName(name: string): void {
  const labels = name.split('.');
  const isValid = name === '@' || labels.every((part, i) => label.test(part) || (part === '*' && i === 0));
  if (!isValid) throw dnsError(`The record set name '${name}' is not valid.`);
}

/** `www.contoso.com.` of `www` in `contoso.com`. */
export function fqdnOf(recordName: string, zoneName: string): string {
  return recordName === '@' ? `${zoneName}.` : `${recordName}.${zoneName}.`;
}
