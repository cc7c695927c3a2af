/** Roles that Azure brings, by the id that they have in every tenant. Source: Microsoft, "Azure built-in roles". */
export const builtInRoles = {
  'azure kubernetes service contributor': 'ed7f3fbd-7b88-4dd4-9017-9adb7ce333f8',
  'azure kubernetes service policy add-on deployment': '18ed5180-3e48-46fd-8541-4ea054d57064',
  'acr pull': '7f951dda-4ed3-4680-a7ca-43fe172d538d',
  contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
  'log analytics contributor': '92aaf0da-9dab-42b6-94a3-d43ce8d16293',
  'container registry repository reader': 'b93aa761-3e63-49ed-ac28-beffa264f7ac',
  'key vault crypto service encryption user': 'e147488a-f6f5-4113-8e2d-b22465e65bf6',
  'key vault crypto user': '12338af0-0e69-4776-bea7-57ae8d297424',
  'key vault secrets user': '4633458b-17de-408a-b874-0445c86b69e6',
  'kubernetes service cluster user': '4abbcc35-e782-43d8-92c5-2d3f1bd2253f',
  'kubernetes service rbac cluster admin': 'b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b',
  'managed identity operator': 'f1a07417-d97a-45cb-824c-7a7467783830',
  'monitoring contributor': '749f88d5-cbae-40b8-bcfc-e573ddc772fa',
  'monitoring metrics publisher': '3913510d-42f4-4e42-8a64-420c390055eb',
  'network contributor': '4d97b98b-1d4f-4787-a291-c67834d212e7',
  'private dns zone contributor': 'b12aa53e-6015-4669-85d0-8515ebb3ae7f',
  reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  'security admin': 'fb1c8493-542b-48eb-b624-b4c8fea62acd',
  'storage blob data contributor': 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
  'virtual machine administrator login': '1c0163c0-47e6-4577-8991-ea5c82e286e4',
} as const;

export type BuiltInRole = keyof typeof builtInRoles;

/** Built-in roles stand at the tenant; Azure takes that id from every scope. */
export function builtInRoleId(role: BuiltInRole): string {
  return `/providers/Microsoft.Authorization/roleDefinitions/${builtInRoles[role]}`;
}
