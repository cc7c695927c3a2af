import type { LogAlert } from './log-alerts.ts';
import type { SavedSearch } from './searches.ts';

/** The page that shows an assessor what is recorded and found, as Azure stores it: a text. */
export function workbookText(searches: readonly SavedSearch[], alerts: readonly LogAlert[]): string {
  const heading = (json: string) => ({ type: 1, content: { json }, name: `text-${json.slice(0, 20)}` });
  const table = (name: string, title: string, query: string) => ({
    type: 3,
    content: {
      version: 'KqlItem/1.0',
      query: `${query}\n| take 100`,
      size: 1,
      title,
      timeContextFromParameter: 'time',
      queryType: 0,
      resourceType: 'microsoft.operationalinsights/workspaces',
    },
    name,
  });
  return JSON.stringify({
    version: 'Notebook/1.0',
    items: [
      heading('# The record of the cardholder data environment'),
      {
        type: 9,
        content: {
          version: 'KqlParameterItem/1.0',
          parameters: [
            {
              id: 'time',
              version: 'KqlParameterItem/1.0',
              name: 'time',
              type: 4,
              isRequired: true,
              value: { durationMs: 86400000 },
              typeSettings: {
                selectableValues: [{ durationMs: 86400000 }, { durationMs: 604800000 }],
                allowCustom: true,
              },
            },
          ],
        },
        name: 'parameters',
      },
      heading('## What assessors ask'),
      ...searches.map(({ name, title, query }) => table(name, title, query)),
      heading('## What alerts would find'),
      ...alerts.map(({ name, title, query }) => table(name, title, query)),
    ],
    fallbackResourceIds: [],
  });
}
