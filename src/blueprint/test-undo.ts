import type { Blueprint } from '../model/blueprint.ts';
import type { DecisionTarget } from '../model/decision.ts';
import type { Resource } from '../model/resource.ts';

/** Undoes a setting: what is on is off, what is named is another, what is listed is gone. */
function undone(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return 1;
  if (Array.isArray(value)) return [];
  if (value === 'true' || value === 'false') return value === 'true' ? 'false' : 'true';
  return undefined;
}

/** A resource with one setting undone; a step into a list is a step into each of its members. */
export function withoutSetting(resource: Resource, path: string): Resource {
  const copy = structuredClone(resource) as unknown as Record<string, unknown>;
  const steps = path.split('.');
  const walk = (at: unknown, from: number): void => {
    if (Array.isArray(at)) {
      for (const one of at) walk(one, from);
      return;
    }
    if (typeof at !== 'object' || at === null) return;
    const holder = at as Record<string, unknown>;
    const name = steps[from] as string;
    if (from < steps.length - 1) walk(holder[name], from + 1);
    else if (undone(holder[name]) === undefined) delete holder[name];
    else holder[name] = undone(holder[name]);
  };
  walk(copy, 0);
  return copy as unknown as Resource;
}

type Tree = Readonly<Record<string, unknown>>;

/** A blueprint in which what a decision speaks of is undone: a setting by its path, a rule or route by its name, a whole resource. */
export function withoutTarget(blueprint: Blueprint, target: DecisionTarget): Blueprint {
  const [key = '', piece] = target.split('#');
  const change = (resource: Resource): readonly Resource[] => {
    if (resource.key !== key) return [resource];
    if (piece === undefined) return undoneWhole(resource);
    if (/^(properties|sku|zones|identity)\b/.test(piece)) return [withoutSetting(resource, piece)];
    return [
      { ...resource, properties: withoutNamed(resource.properties, piece) as Resource['properties'] } as Resource,
    ];
  };
  return {
    ...blueprint,
    parts: blueprint.parts.map((part) => ({ ...part, resources: part.resources.flatMap(change) })),
  };
}

/** Owner, in every tenant. Source: Microsoft, "Azure built-in roles". */
const owner = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';

/** What it means that a resource is undone as a whole: by the last step of its type; by default it is not there. */
const wholes: Readonly<Record<string, Tree>> = {
  // What is decided about a right is how little it gives.
  roleAssignments: { roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${owner}` },
  roleDefinitions: { permissions: [{ actions: ['*'], notActions: [], dataActions: [], notDataActions: [] }] },
  policyAssignments: { enforcementMode: 'DoNotEnforce' },
  scheduledQueryRules: { enabled: false },
  activityLogAlerts: { enabled: false },
  metricAlerts: { enabled: false },
  prometheusRuleGroups: { enabled: false },
  alertRules: { enabled: false },
  tables: { totalRetentionInDays: 30 },
  containers: { publicAccess: 'Blob' },
};

function undoneWhole(resource: Resource): readonly Resource[] {
  const change = wholes[resource.type.split('/').at(-1) ?? ''];
  if (change === undefined) return [];
  return [{ ...resource, properties: { ...(resource.properties as unknown as Tree), ...change } } as Resource];
}

/** Without the rule or route of that name; a subnet of that name loses what makes it an exception. */
function withoutNamed(value: unknown, name: string): unknown {
  if (Array.isArray(value)) {
    return value
      .filter((one) => !(isNamed(one, name) && !isSubnet(one)))
      .map((one) => (isNamed(one, name) ? plainSubnet(one) : withoutNamed(one, name)));
  }
  if (typeof value !== 'object' || value === null || '$handle' in value) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutNamed(one, name)]));
}

const isNamed = (value: unknown, name: string): value is Tree =>
  typeof value === 'object' && value !== null && (value as Tree).name === name;

const isSubnet = (value: Tree): boolean =>
  (value.properties as Tree | undefined)?.privateEndpointNetworkPolicies !== undefined;

/** A subnet without security group, routes and delegation, and with policies for endpoints the other way. */
function plainSubnet(subnet: Tree): Tree {
  const { addressPrefix, defaultOutboundAccess, privateEndpointNetworkPolicies } = subnet.properties as Tree;
  return {
    ...subnet,
    properties: {
      addressPrefix,
      defaultOutboundAccess,
      privateEndpointNetworkPolicies: privateEndpointNetworkPolicies === 'Enabled' ? 'Disabled' : 'Enabled',
    },
  };
}
