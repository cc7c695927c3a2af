import { apiVersionEnds } from './data/api-version-ends.ts';

/** The end of an api-version that its provider has announced, when `now` is not before it. */
export interface EndedApiVersion {
  /** `2024-06-20` */
  readonly end: string;
  readonly source: string;
}

/** Whether requests with this api-version of a type may fail by now, and who says so. */
export function endedApiVersion(type: string, apiVersion: string, now: Date): EndedApiVersion | undefined {
  const namespace = type.slice(0, Math.max(0, type.indexOf('/'))).toLowerCase();
  const version = apiVersion.toLowerCase();
  const today = now.toISOString().slice(0, 10);
  for (const ends of apiVersionEnds) {
    if (ends.namespace !== namespace) continue;
    const { before } = ends;
    const end = ends.versions[version] ?? (before !== undefined && version < before.version ? before.end : undefined);
    if (end !== undefined && end <= today) return { end, source: ends.source };
  }
  return undefined;
}
