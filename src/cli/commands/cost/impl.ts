import { type BillLine, type CostReport, costReport } from '../../../answers/cost/report.ts';
import type { Context } from '../../context.ts';
import { exitCodes } from '../../exit-code.ts';
import { designLandingZone } from '../../landing-zone.ts';
import { type OutputFormat, printOutcome } from '../../render/outcome.ts';
import type { Style } from '../../render/style.ts';
import { renderTable } from '../../render/table.ts';

export interface CostFlags {
  readonly spec?: string;
  readonly region?: string;
  readonly output?: OutputFormat;
}

export async function cost(this: Context, flags: CostFlags): Promise<void> {
  const { blueprint, spec } = designLandingZone(this, flags.spec);
  const report = costReport(blueprint, flags.region);
  const { lines: _, ...body } = report;
  await printOutcome(this, flags.output, {
    verb: 'cost',
    body: { ...body, budgetPerMonth: spec.budget.monthly },
    rows: report.items.map(({ resource, meter, quantity, unit, unitPrice, perDay, perMonth }) =>
      [resource, meter, quantity, unit, unitPrice, perDay ?? '', perMonth ?? ''].map(String),
    ),
    exit: exitCodes.done,
    text: (style) => costText(report, spec.budget.monthly, style),
  });
}

const money = (amount: number | undefined): string => (amount === undefined ? '' : amount.toFixed(2));

function costText(
  { lines, perDay, perMonth, assumptions, comparison }: CostReport,
  budget: number,
  style: Style,
): string {
  const row = ({ label, quantity, unit, unitPrice, mark, ...line }: BillLine): readonly string[] => [
    label,
    String(quantity),
    unitPrice === 'not priced' ? 'not priced' : `${unitPrice} / ${unit}`,
    mark,
    money(line.perDay),
    money(line.perMonth),
  ];
  const counted = lines.filter(({ quantity }) => quantity !== 'by use');
  const byUse = lines.filter(({ quantity }) => quantity === 'by use');
  const columns = [
    { title: 'At idle' },
    { title: 'Quantity', align: 'right' as const },
    { title: 'USD', align: 'right' as const },
    { title: 'Price is' },
    { title: 'A day', align: 'right' as const },
    { title: 'A month', align: 'right' as const },
  ];
  return [
    renderTable(columns, [...counted.map(row), ['Sum', '', '', '', money(perDay), money(perMonth)]], style),
    '',
    renderTable(
      [{ title: 'By use, not in the sum' }, { title: 'USD', align: 'right' }],
      byUse.map(row).map(([label = '', , price = '']) => [label, price]),
      style,
    ),
    '',
    ...assumptions.map((one) => `- ${one}`),
    '',
    `The spec’s budget is ${budget} a month.`,
    `For comparison: ${comparison.name} says about ${comparison.statedPerDay} a day of itself; with the prices above its resources come to ${money(comparison.perDay)}.`,
  ].join('\n');
}
