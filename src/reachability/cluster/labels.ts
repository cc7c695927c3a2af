/** Labels of a pod or namespace. */
export type Labels = { readonly [key: string]: string };

/** `open`: the state does not tell. */
export type Truth = 'yes' | 'no' | 'open';

export interface Requirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  /** For `In` and `NotIn`. */
  readonly values: readonly string[];
}

/** Requirements that must all hold; none at all matches everything. `matchLabels` are requirements with `In` and one value. */
export type Selector = readonly Requirement[];

/** Matches everything. */
export const requireAll: Selector = [];

/**
 * Whether labels satisfy a selector. `NotIn` and `DoesNotExist` hold where the key is absent (labels.md of the Kubernetes documentation:
 * "all resources with no labels with the key"). Where not all labels are known, what an absent key decides is open.
 */
export function matchSelector(selector: Selector, labels: Labels, complete = true): Truth {
  let truth: Truth = 'yes';
  for (const { key, operator, values } of selector) {
    const value = labels[key];
    if (value === undefined && !complete) {
      truth = 'open';
      continue;
    }
    const holds =
      operator === 'Exists'
        ? value !== undefined
        : operator === 'DoesNotExist'
          ? value === undefined
          : operator === 'In'
            ? value !== undefined && values.includes(value)
            : value === undefined || !values.includes(value);
    if (!holds) return 'no';
  }
  return truth;
}

export function and(a: Truth, b: Truth): Truth {
  if (a === 'no' || b === 'no') return 'no';
  return a === 'open' || b === 'open' ? 'open' : 'yes';
}
