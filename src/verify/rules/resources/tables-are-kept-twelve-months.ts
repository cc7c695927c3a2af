import { resourceRule, setting } from './resource-rule.ts';

export const tablesAreKeptTwelveMonths = resourceRule({
  id: 'tables-are-kept-twelve-months',
  statement: 'Tables of logs are kept for twelve months, three of them searchable',
  controls: ['10.5.1'],
  type: 'Microsoft.OperationalInsights/workspaces/tables',
  faults: (table) => {
    const [searchable, total] = ['retentionInDays', 'totalRetentionInDays'].map((name) =>
      Number(setting(table, `properties.${name}`)),
    );
    return [
      Number(searchable) >= 90 ? undefined : `is searchable for ${searchable} days`,
      Number(total) >= 365 ? undefined : `is kept for ${total} days`,
    ];
  },
});
