export const roleNames = [
  'identity-admin',
  'governance',
  'network',
  'operations',
  'security',
  'image-release',
  'application-team',
] as const;

/** Who runs a stage. */
export type RoleName = (typeof roleNames)[number];
