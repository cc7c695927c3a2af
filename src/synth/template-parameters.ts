import type { Resource } from '../model/resource.ts';

/** The values of a template that its users may want to give: where most of its resources are, and the tags that all share. */
export interface TemplateParameters {
  readonly location?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export type ParameterName = keyof TemplateParameters;

/** ARM type and description of each parameter, in the order in which templates declare them. */
export const declarations: Readonly<Record<ParameterName, { readonly type: string; readonly description: string }>> = {
  location: { type: 'string', description: 'Region of the resources that do not name their own.' },
  tags: { type: 'object', description: 'Tags that every resource of this template gets.' },
};

/** `location`: the region of most resources, the first such in blueprint order. `tags`: what all tagged resources share. */
export function parametersOf(resources: readonly Resource[]): TemplateParameters {
  const location = mostFrequent(
    resources.flatMap(({ location }) => (location === undefined || location === 'global' ? [] : [location])),
  );
  const tags = shared(resources.flatMap((resource) => (resource.tags === undefined ? [] : [resource.tags])));
  return {
    ...(location === undefined ? {} : { location }),
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
  };
}

function mostFrequent(texts: readonly string[]): string | undefined {
  const count = new Map<string, number>();
  for (const text of texts) count.set(text, (count.get(text) ?? 0) + 1);
  let best: string | undefined;
  for (const [text, times] of count) if (best === undefined || times > (count.get(best) ?? 0)) best = text;
  return best;
}

function shared(all: readonly Readonly<Record<string, string>>[]): Readonly<Record<string, string>> {
  const [first, ...others] = all;
  if (first === undefined) return {};
  const entries = Object.entries(first).filter(([key, value]) => others.every((tags) => tags[key] === value));
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
