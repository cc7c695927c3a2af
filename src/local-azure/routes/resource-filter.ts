import type { ArmResource } from '../../model/resource.ts';
import { invalidFilter } from '../service-errors.ts';

type Test = (resource: ArmResource) => boolean;

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/**
 * `$filter` of resource lists: comparisons (`eq`, `ne`) of resourceType, name, location, resourceGroup, tagName, tagValue,
 * and `substringof('x', name)`, joined with `and`. Throws `InvalidFilterInQueryString` for anything else.
 */
export function resourceFilter(filter: string | undefined): Test {
  if (filter === undefined || filter.trim() === '') return () => true;
  const terms = filter.trim().split(/\s+and\s+/i);
  let tagName: string | undefined;
  const tests = terms.map((term): Test => {
    const within = /^substringof\(\s*'((?:[^']|'')*)'\s*,\s*(name|resourceType)\s*\)$/i.exec(term.trim());
    if (within !== null) {
      const needle = unquote(within[1] as string).toLowerCase();
      return (resource) =>
        fieldOf(resource, within[2] as string)
          .toLowerCase()
          .includes(needle);
    }
    const match = /^([a-z]+)\s+(eq|ne)\s+'((?:[^']|'')*)'$/i.exec(term.trim());
    if (match === null) throw invalidFilter(filter);
    const [, field = '', operator = '', quoted = ''] = match;
    const value = unquote(quoted);
    const wants = operator.toLowerCase() === 'eq';
    switch (field.toLowerCase()) {
      case 'tagname':
        tagName = value;
        return (resource) => Object.keys(resource.tags ?? {}).some((key) => same(key, value)) === wants;
      case 'tagvalue':
        return (resource) => hasTagValue(resource, tagName, value) === wants;
      case 'resourcetype':
      case 'name':
      case 'location':
      case 'resourcegroup':
        return (resource) => same(fieldOf(resource, field), value) === wants;
      default:
        throw invalidFilter(filter);
    }
  });
  return (resource) => tests.every((test) => test(resource));
}

function fieldOf(resource: ArmResource, field: string): string {
  switch (field.toLowerCase()) {
    case 'resourcetype':
      return resource.type;
    case 'name':
      return resource.name;
    case 'location':
      return resource.location ?? '';
    default:
      return /\/resourceGroups\/([^/]+)/i.exec(resource.id)?.[1] ?? '';
  }
}

/** With a `tagName` before it, `tagValue` is of that tag. */
function hasTagValue(resource: ArmResource, tagName: string | undefined, value: string): boolean {
  return Object.entries(resource.tags ?? {}).some(
    ([key, tag]) => (tagName === undefined || same(key, tagName)) && tag === value,
  );
}

const unquote = (text: string): string => text.replaceAll("''", "'");
