import { assignmentRule } from './assignment-rule.ts';

/** Key Vault Secrets User, Crypto User, Crypto Service Encryption User, Certificate User. */
const dataRoles: readonly string[] = [
  '4633458b-17de-408a-b874-0445c86b69e6',
  '12338af0-0e69-4776-bea7-57ae8d297424',
  'e147488a-f6f5-4113-8e2d-b22465e65bf6',
  'db79e9a7-68ee-4b58-9aeb-b90e7c24fcba',
];

export const vaultRightsAreForSingleThings = assignmentRule({
  id: 'vault-rights-are-for-single-things',
  statement: 'Rights to use what is in a vault are for one secret or key',
  controls: ['7.2.1', '7.2.5', '3.6.1'],
  about: ({ role, principalType }) => dataRoles.includes(role) && principalType === 'serviceprincipal',
  fault: ({ scope }) =>
    /\/vaults\/[^/]+\/(secrets|keys|certificates)\/[^/]+$/.test(scope)
      ? undefined
      : `An identity may use everything in the vaults of ${scope}.`,
});
