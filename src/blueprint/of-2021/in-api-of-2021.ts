import type { Resource, Value } from '../../model/resource.ts';
import type { Claim, PartDraft } from '../draft.ts';
import { versionsOf2021 } from './versions.ts';

/** The type whose version counts: an extension's own, not that of what it hangs on. */
function ownType(type: string): string {
  const at = type.lastIndexOf('/providers/');
  return at < 0 ? type : (extensionTypes[type.slice(at + '/providers/'.length)] ?? type);
}

const extensionTypes: Readonly<Record<string, string>> = {
  roleAssignments: 'Microsoft.Authorization/roleAssignments',
  diagnosticSettings: 'Microsoft.Insights/diagnosticSettings',
  dataCollectionRuleAssociations: 'Microsoft.Insights/dataCollectionRuleAssociations',
};

/**
 * A part in the APIs of 2021: each resource in the version of its type, without the settings that this version does not know and
 * without claims upon those. Throws RangeError for a type of which no version is written down.
 */
export function inApiOf2021(part: PartDraft): PartDraft {
  const gone = new Set<string>();
  const resources = part.resources.map((resource): Resource => {
    const version = versionsOf2021[ownType(resource.type)];
    if (version === undefined)
      throw new RangeError(`${resource.key}: no version of 2021 is known for ${resource.type}`);
    let result: Resource = { ...resource, apiVersion: version.apiVersion };
    for (const path of version.without ?? []) {
      gone.add(`${resource.key}#${path}`);
      result = withoutPath(result as unknown as Value, path.split('.')) as unknown as Resource;
    }
    return result;
  });
  return { ...part, resources, claims: part.claims.filter(({ target }: Claim) => !gone.has(target)) };
}

function withoutPath(value: Value | undefined, [step, ...rest]: readonly string[]): Value | undefined {
  if (typeof value !== 'object' || value === null || step === undefined) return value;
  if (Array.isArray(value)) return value.map((one) => withoutPath(one as Value, [step, ...rest]) as Value);
  const members = value as Readonly<Record<string, Value | undefined>>;
  if (!(step in members)) return value;
  const { [step]: inner, ...others } = members;
  return rest.length === 0 ? others : { ...members, [step]: withoutPath(inner, rest) };
}
