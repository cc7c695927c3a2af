import { assignmentRule } from './assignment-rule.ts';

/** Azure's roles that manage everything, whole services, or rights. Source: Microsoft, "Azure built-in roles". */
const broadRoles: Readonly<Record<string, string>> = {
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635': 'Owner',
  '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9': 'User Access Administrator',
  'f58310d9-a9f6-439a-9e8d-f62e7b41a168': 'Role Based Access Control Administrator',
  'b24988ac-6180-42a0-ab88-20f7382dd24c': 'Contributor',
  '4d97b98b-1d4f-4787-a291-c67834d212e7': 'Network Contributor',
  'f25e0fa2-a7c8-4377-a976-54943a77a395': 'Key Vault Contributor',
  '00482a5a-887f-4fb3-b363-3b7fe8e74483': 'Key Vault Administrator',
};

export const noBroadRoleIsGiven = assignmentRule({
  id: 'no-broad-role-is-given',
  statement: 'No identity and no group has a role that manages whole services or other people’s rights',
  controls: ['7.2.1', '7.2.2', '7.2.5'],
  fault: ({ role, scope }) => {
    const name = broadRoles[role];
    return name === undefined ? undefined : `Somebody is ${name} at ${scope}.`;
  },
});
