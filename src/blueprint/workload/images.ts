/** The services that the sample's program can be, and the namespaces that it knows them in by itself. */
export const sampleRoles = {
  'web-frontend': 'a0005-i',
  'microservice-a': 'a0005-o',
  'microservice-b': 'a0005-o',
  'microservice-c': 'a0005-i',
} as const;

export function isSampleRole(name: string): name is keyof typeof sampleRoles {
  return Object.hasOwn(sampleRoles, name);
}
