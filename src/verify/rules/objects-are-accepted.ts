import { fromRemarks, type Rule } from './rule.ts';

export const objectsAreAccepted: Rule = {
  id: 'objects-are-accepted',
  statement: 'The API server accepts every policy of the cluster',
  controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.2.8'],
  level: 'error',
  check(_state, _model, remarks) {
    return fromRemarks(this, remarks, 'refused');
  },
  looksAt: (model) => model.cluster?.policies.length ?? 0,
};
