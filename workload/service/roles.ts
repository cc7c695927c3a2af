/** The four services of the chain: one program, told at start which of them it is. */
export const roleNames = ['web-frontend', 'microservice-a', 'microservice-b', 'microservice-c'] as const;
export type RoleName = (typeof roleNames)[number];

/** What a role is when nothing else is configured. */
export interface Role {
  readonly name: RoleName;
  readonly namespace: string;
  /** Calls below the page: 4 for the service that shows the page, 0 (no page) for the others. */
  readonly pageDepth: number;
}

/** Services in the in-scope namespace (`-i`) and in the out-of-scope one (`-o`). */
export const roles: Readonly<Record<RoleName, Role>> = {
  'web-frontend': { name: 'web-frontend', namespace: 'a0005-i', pageDepth: 4 },
  'microservice-a': { name: 'microservice-a', namespace: 'a0005-o', pageDepth: 0 },
  'microservice-b': { name: 'microservice-b', namespace: 'a0005-o', pageDepth: 0 },
  'microservice-c': { name: 'microservice-c', namespace: 'a0005-i', pageDepth: 0 },
};

/** Hosts outside the cluster that every service tries; one is allowed for one service, the other for none. */
export const externalAddresses: readonly string[] = ['https://packages.microsoft.com', 'https://example.org'];

/** The other three, by the name that cluster DNS gives their Service; port 80 for all, so that a refusal is the policy's. */
export function peerAddresses(self: RoleName): readonly string[] {
  return roleNames.filter((name) => name !== self).map((name) => `http://${name}.${roles[name].namespace}`);
}

export function isRoleName(text: string): text is RoleName {
  return (roleNames as readonly string[]).includes(text);
}
