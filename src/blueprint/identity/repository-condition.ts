const reads = [
  'Microsoft.ContainerRegistry/registries/repositories/content/read',
  'Microsoft.ContainerRegistry/registries/repositories/metadata/read',
] as const;
const name = '@Request[Microsoft.ContainerRegistry/registries/repositories:name]';

/**
 * The condition of a right to read from a registry that holds for some repositories only: a name that ends with `/` stands for all
 * below it. Attribute and actions: Microsoft, "Azure attribute-based access control for repository permissions".
 */
export function repositoryCondition(repositories: readonly [string, ...string[]]): string {
  const other = reads.map((action) => `!(ActionMatches{'${action}'})`).join(' AND ');
  const allowed = repositories
    .map((one) => `${name} ${one.endsWith('/') ? 'StringStartsWithIgnoreCase' : 'StringEqualsIgnoreCase'} '${one}'`)
    .join(' OR ');
  return `((${other}) OR (${allowed}))`;
}
