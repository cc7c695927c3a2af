import { type Requirement, requireAll, type Selector } from '../../reachability/index.ts';
import { fields, items, text, texts } from '../arm-view.ts';
import { stringMap } from './object-view.ts';

const operators = new Set(['In', 'NotIn', 'Exists', 'DoesNotExist']);

/** A label selector; undefined when the API server would refuse it. Empty selects everything. */
export function readSelector(value: unknown): Selector | undefined {
  const { matchLabels, matchExpressions } = fields(value);
  const requirements: Requirement[] = equalities(matchLabels);
  for (const item of items(matchExpressions)) {
    const one = fields(item);
    const key = text(one.key);
    const operator = text(one.operator);
    const values = texts(one.values);
    if (key === undefined || operator === undefined || !operators.has(operator)) return undefined;
    const valued = operator === 'In' || operator === 'NotIn';
    if (valued !== values.length > 0) return undefined;
    requirements.push({ key, operator: operator as Requirement['operator'], values });
  }
  return requirements.length === 0 ? requireAll : requirements;
}

/** A plain map of labels that must be equal, as Services and mesh policies select. */
export function equalities(value: unknown): Requirement[] {
  return Object.entries(stringMap(value)).map(([key, one]) => ({ key, operator: 'In', values: [one] }));
}
