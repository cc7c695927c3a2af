import { type FeatureLife, type FeatureName, featureLives } from './feature-lives.ts';

/** The day that it is, as an ISO date: the start of what `--as-of` decides. */
export const dayOf = ({ asOf }: { readonly asOf: Date }): string => asOf.toISOString().slice(0, 10);

/** Whether a feature can be newly used on the day. */
export function isOffered(feature: FeatureName, context: { readonly asOf: Date }): boolean {
  const { from, until }: FeatureLife = featureLives[feature];
  const day = dayOf(context);
  return (from === undefined || from <= day) && (until === undefined || day <= until);
}

/** The last day of a feature, for messages. Throws RangeError for one that has none. */
export function lastDayOf(feature: FeatureName): string {
  const { until }: FeatureLife = featureLives[feature];
  if (until === undefined) throw new RangeError(`${feature} has no last day`);
  return until;
}
