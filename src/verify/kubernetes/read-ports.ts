const numbers = new Map([
  ['TCP', 6],
  ['UDP', 17],
  ['SCTP', 132],
]);

/** The protocols that Kubernetes knows; undefined for any other. */
export function protocolNumber(name: string): number | undefined {
  return numbers.get(name.toUpperCase());
}

/** A port as objects write it: a number, a number in quotes, or the name of a container's port. */
export function portValue(value: unknown): number | string | undefined {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 1 && value <= 65535 ? value : undefined;
  if (typeof value !== 'string' || value === '') return undefined;
  return /^[a-z0-9-]{1,15}$/.test(value) && /[a-z]/.test(value) ? value : undefined;
}
