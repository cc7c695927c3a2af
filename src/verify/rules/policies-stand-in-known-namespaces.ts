import { fromRemarks, type Rule } from './rule.ts';

export const policiesStandInKnownNamespaces: Rule = {
  id: 'policies-stand-in-known-namespaces',
  statement: 'Every policy is for a namespace that exists',
  controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.2.7'],
  level: 'warning',
  check(_state, _model, remarks) {
    return fromRemarks(this, remarks, 'namespace');
  },
  looksAt: (model) => model.cluster?.policies.length ?? 0,
};
