import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Azure/azure-policy's built-in definitions, as Microsoft publishes them. */
export const policyFolder = path.join(
  process.env.AKS_REGULATED_REFERENCE_DIR ?? path.resolve(import.meta.dirname, '../../../shared'),
  'azure-policy/definitions',
);
export const hasPolicies = existsSync(policyFolder);

/** A setting that somebody else's check looks at. */
export interface Read {
  readonly type: string;
  /** From the resource: `properties.networkAcls.bypass`. A step into a list is one into each of its members. */
  readonly path: string;
  readonly by: readonly string[];
}

/** Aliases that are named after a type of their own, and stand inside another type's body here. */
const inside: readonly (readonly [alias: string, type: string, path: string])[] = [
  ['Microsoft.Network/virtualNetworks/subnets/', 'Microsoft.Network/virtualNetworks', 'properties.subnets.properties.'],
  [
    'Microsoft.Network/networkSecurityGroups/securityRules/',
    'Microsoft.Network/networkSecurityGroups',
    'properties.securityRules.properties.',
  ],
  [
    'Microsoft.ContainerService/managedClusters/agentPools/',
    'Microsoft.ContainerService/managedClusters',
    'properties.agentPoolProfiles.',
  ],
];

/** Outside of `properties` in a body. */
const atTop = /^(sku|identity|zones|kind|location|tags)\b/;

/** Every property of these types that an alias in a built-in policy reads. */
export function policyReads(types: ReadonlySet<string>): readonly Read[] {
  const found = new Map<string, { type: string; path: string; by: Set<string> }>();
  for (const file of readdirSync(policyFolder)) {
    const { properties } = JSON.parse(readFileSync(path.join(policyFolder, file), 'utf8')) as {
      readonly properties: { readonly displayName: string; readonly policyRule: unknown };
    };
    for (const alias of aliasesIn(properties.policyRule)) {
      const read = placeOf(alias, types);
      if (read === undefined) continue;
      const key = `${read.type} ${read.path}`.toLowerCase();
      const entry = found.get(key) ?? { ...read, by: new Set<string>() };
      found.set(key, { ...entry, by: entry.by.add(properties.displayName) });
    }
  }
  return [...found.values()].map(({ type, path: at, by }) => ({ type, path: at, by: [...by] }));
}

function aliasesIn(value: unknown): readonly string[] {
  if (typeof value === 'string') {
    return [...value.matchAll(/(?:field|current)\('([^']+)'\)/g)].map(([, alias]) => alias as string);
  }
  if (Array.isArray(value)) return value.flatMap(aliasesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    key === 'field' && typeof one === 'string' && !one.startsWith('[') ? [one] : aliasesIn(one),
  );
}

function placeOf(alias: string, types: ReadonlySet<string>): { type: string; path: string } | undefined {
  const lower = alias.toLowerCase();
  const nested = inside.find(([prefix, type]) => lower.startsWith(prefix.toLowerCase()) && types.has(type));
  if (nested !== undefined) {
    const [prefix, type, start] = nested;
    return { type, path: `${start}${plain(alias.slice(prefix.length))}` };
  }
  const type = [...types]
    .filter((one) => lower.startsWith(`${one.toLowerCase()}/`))
    .sort((a, b) => b.length - a.length)[0];
  if (type === undefined) return undefined;
  const rest = plain(alias.slice(type.length + 1));
  return { type, path: atTop.test(rest) ? rest : `properties.${rest}` };
}

const plain = (steps: string): string => steps.replaceAll('[*]', '').replaceAll('/', '.');
