import type { TextRule } from '../complaint.ts';

/** The id of a resource of a type, e.g. `Microsoft.Network/virtualNetworks`. */
export function resourceId(type: string): TextRule {
  const form = `/subscriptions/ID/resourceGroups/GROUP/providers/${type}/NAME`;
  const pattern = new RegExp(
    `^/subscriptions/[0-9a-f-]{36}/resourceGroups/[\\w.()-]+/providers/${type}/[\\w.-]+$`,
    'i',
  );
  return (text) =>
    pattern.test(text)
      ? undefined
      : {
          code: 'SPEC_RESOURCE_ID_INVALID',
          message: `${JSON.stringify(text)} is not the id of a resource of type ${type}.`,
          hint: `It has the form ${form}. \`az resource show --query id\` prints it.`,
        };
}
