import type { Resource } from '../../model/resource.ts';

/** What Azure itself makes in a group because of a resource there. */
const besides: Readonly<Record<string, readonly string[]>> = {
  'Microsoft.Compute/virtualMachineScaleSets': [
    'Microsoft.Compute/virtualMachineScaleSets/extensions',
    'Microsoft.Compute/virtualMachineScaleSets/virtualMachines',
  ],
  'Microsoft.Network/privateEndpoints': ['Microsoft.Network/networkInterfaces'],
  // Services that a subnet is delegated to leave one of these.
  'Microsoft.Network/virtualNetworks': ['Microsoft.Network/networkIntentPolicies'],
  // Sentinel's marker on the workspace.
  'Microsoft.OperationalInsights/workspaces': ['Microsoft.OperationsManagement/solutions'],
};

/** The type as Azure knows it: an extension (`a/b/providers/c`) belongs to the namespace in its name. */
export function azureType({ type, name }: Pick<Resource, 'type' | 'name'>): string {
  const types = type.split('/');
  const at = types.lastIndexOf('providers');
  return at < 0 ? type : [name.split('/')[at - 1], ...types.slice(at + 1)].join('/');
}

/** The types that a group's resources have, and what Azure adds to them: by the group's name. */
export function allowedTypes(resources: readonly Resource[]): ReadonlyMap<string, readonly string[]> {
  const byGroup = new Map<string, Set<string>>();
  for (const resource of resources) {
    if (resource.scope.kind !== 'resourceGroup') continue;
    const types = byGroup.get(resource.scope.name) ?? new Set();
    byGroup.set(resource.scope.name, types);
    const type = azureType(resource);
    for (const one of [type, ...(besides[type] ?? [])]) types.add(one);
  }
  return new Map([...byGroup].map(([group, types]) => [group, [...types].sort()]));
}
