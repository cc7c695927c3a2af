import { fromRemarks, type Rule } from './rule.ts';

export const noObjectStandsTwice: Rule = {
  id: 'no-object-stands-twice',
  statement: 'No Kubernetes object is described twice',
  controls: ['pci-dss-4.0.1:1.2.8'],
  level: 'warning',
  check(_state, _model, remarks) {
    return fromRemarks(this, remarks, 'twice');
  },
  looksAt: (model) => model.cluster?.objects ?? 0,
};
