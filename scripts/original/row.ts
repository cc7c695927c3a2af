/** What a row of the original is. */
export const rowKinds = [
  'deployment',
  'resource group',
  'resource',
  'setting',
  'subnet',
  'route',
  'peering',
  'name resolution',
  'security rule',
  'firewall rule',
  'policy definition',
  'policy assignment',
  'defender plan',
  'alert',
  'diagnostic setting',
  'flow log',
  'role assignment',
  'object',
  'workload',
] as const;
export type RowKind = (typeof rowKinds)[number];

/**
 * What stands for something of the original in a blueprint: a resource key (`hub/eastus2/firewall`), a piece of a resource by its name or
 * path (`spoke-01/nsg-pods-system#DenyAllIn`, `cluster-01/cluster#properties.disableLocalAccounts`), a decision (`decision:no-tls-inspection`),
 * a stage (`stage:certificates`), or a Kubernetes object (`object:Namespace a0005-i`, `object:NetworkPolicy a0005-i/default`).
 * Keys are those of the default landing zone: hub `eastus2`, cluster `01`.
 */
export type Target = string;

/** One thing that the original implementation has, and what stands for it in each profile. */
export interface OriginalRow {
  readonly kind: RowKind;
  /** Where it belongs in the original: a template, a security group, a namespace. */
  readonly of: string;
  readonly name: string;
  /** What it is set to, in our words. */
  readonly is: string;
  /** Empty: `note` says why it is not there. */
  readonly current: readonly Target[];
  /** Empty: `note` says why it is not there. @default as in `current` */
  readonly in2021?: readonly Target[];
  readonly note?: string;
}

type Rest = Omit<OriginalRow, 'kind' | 'of' | 'name' | 'is' | 'current' | 'note'>;

/** Rows of one kind in one place of the original. */
export function rowsOf(kind: RowKind, of: string) {
  return (
    name: string,
    is: string,
    current: Target | readonly Target[],
    note?: string,
    rest: Rest = {},
  ): OriginalRow => ({
    kind,
    of,
    name,
    is,
    current: typeof current === 'string' ? [current] : current,
    ...(note === undefined ? {} : { note }),
    ...rest,
  });
}
