import type { Complaint, TextRule } from '../complaint.ts';

/**
 * Source: Microsoft, "Use tags to organize your Azure resources", limitations. A landing zone has private DNS zones (15 tags; names
 * without spaces, parentheses or special characters, not starting with a digit) and storage accounts (names of 128 characters), and
 * every resource gets the same tags: so the narrowest limits hold rather than the general 50 and 512.
 */
export const tagLimit = 15;
const nameLimit = 128;
const valueLimit = 256;
const reservedStarts = ['microsoft', 'azure', 'windows'];

export const tagName: TextRule = (text) => {
  if (text.length > nameLimit) {
    return {
      code: 'SPEC_TAG_NAME_INVALID',
      atKey: true,
      message: `A tag's name has ${text.length} characters; ${nameLimit} are allowed.`,
      why: 'Storage accounts take no longer ones.',
      hint: 'Shorten it.',
    };
  }
  if (!/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(text)) {
    return {
      code: 'SPEC_TAG_NAME_INVALID',
      atKey: true,
      message: `${JSON.stringify(text)} cannot be the name of a tag on every resource.`,
      why: 'No Azure resource takes <, >, %, &, \\, ? or / in it, and DNS zones take neither spaces nor a digit at the start.',
      hint: 'Letters, digits, underscores, dots and hyphens, starting with a letter: data-classification.',
    };
  }
  if (reservedStarts.some((start) => text.toLowerCase().startsWith(start))) {
    return {
      code: 'SPEC_TAG_NAME_INVALID',
      atKey: true,
      message: `${JSON.stringify(text)} starts with a word that Azure keeps for its own tags.`,
      hint: `Names may not start with ${reservedStarts.join(', ')}.`,
    };
  }
  return undefined;
};

export const tagValue: TextRule = (text) =>
  text.length <= valueLimit
    ? undefined
    : {
        code: 'SPEC_TAG_VALUE_TOO_LONG',
        message: `A tag's value has ${text.length} characters; ${valueLimit} are allowed.`,
        hint: 'Shorten it, or put the text where the tag can point to.',
      };

/** Names differ in more than case, and there are not too many. */
export function tagCount(tags: Readonly<Record<string, string>>): Complaint | undefined {
  const names = Object.keys(tags);
  if (names.length > tagLimit) {
    return {
      code: 'SPEC_TAGS_TOO_MANY',
      message: `There are ${names.length} tags; ${tagLimit} are allowed.`,
      why: 'Azure DNS takes 15 tags a zone, and every resource gets the same ones.',
      hint: 'Put several facts into one tag.',
    };
  }
  const seen = new Map<string, string>();
  for (const name of names) {
    const other = seen.get(name.toLowerCase());
    if (other !== undefined) {
      return {
        code: 'SPEC_TAGS_SAME_NAME',
        message: `The tags ${other} and ${name} differ in case only.`,
        why: 'Azure compares the names of tags without regard to case.',
        hint: 'Remove one of them.',
      };
    }
    seen.set(name.toLowerCase(), name);
  }
  return undefined;
}
