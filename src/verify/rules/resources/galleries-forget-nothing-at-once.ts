import { resourceRule, wants } from './resource-rule.ts';

export const galleriesForgetNothingAtOnce = resourceRule({
  id: 'galleries-forget-nothing-at-once',
  statement: 'Image versions that are deleted can be brought back',
  controls: ['2.2.1', '6.5.1'],
  type: 'Microsoft.Compute/galleries',
  faults: (gallery) => [wants(gallery, 'properties.softDeletePolicy.isSoftDeleteEnabled', true)],
});
