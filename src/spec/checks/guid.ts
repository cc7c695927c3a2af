import type { TextRule } from '../complaint.ts';

/** The ids of tenants, subscriptions and groups are GUIDs; all zeros stands for "none" in many tools and is refused as a left-over. */
export const guid: TextRule = (text) => {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) {
    return {
      code: 'SPEC_GUID_INVALID',
      message: `${JSON.stringify(text)} is not a GUID.`,
      hint: 'It has 32 hexadecimal digits in five groups: xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx. `az account show` prints tenant and subscription.',
    };
  }
  if (/^[0-]+$/.test(text)) {
    return {
      code: 'SPEC_GUID_EMPTY',
      message: 'A GUID of zeros is a placeholder.',
      why: 'A grant to the empty id reaches nobody, and a deployment to it fails late.',
      hint: 'Put in the id of your own directory; for local Azure any other GUID will do.',
    };
  }
  return undefined;
};
