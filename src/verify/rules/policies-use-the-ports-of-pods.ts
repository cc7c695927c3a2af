import {
  type ClusterModel,
  matchSelector,
  type Policy,
  type Service,
  type Workload,
} from '../../reachability/index.ts';
import { policyRules } from './policy-rules.ts';
import { type Rule, violation } from './rule.ts';

/** Policies see the pod's port, after a service has translated its own (statement 23). */
export const policiesUseThePortsOfPods: Rule = {
  id: 'policies-use-the-ports-of-pods',
  statement: 'Policies name the ports of pods, not those of the services before them',
  controls: ['pci-dss-4.0.1:1.2.5'],
  level: 'warning',
  check(_state, model) {
    const { cluster } = model;
    if (cluster === undefined) return [];
    return policyRules(model).flatMap(({ policy, rule, direction }) => {
      if (direction !== 'ingress') return [];
      const behind = servicesOf(cluster, policy);
      return (rule.ports ?? []).flatMap((term) => {
        if (term.kind !== 'numbers' || term.from !== term.to) return [];
        const meant = behind.find(
          ({ service, workload }) =>
            service.kind !== 'headless' &&
            service.ports.some((port) => port.port === term.from && port.target !== term.from) &&
            !workload.ports.some((port) => port.port === term.from),
        );
        if (meant === undefined) return [];
        const { service } = meant;
        const target = service.ports.find((port) => port.port === term.from)?.target;
        return [
          violation(
            this,
            policy.id,
            `${policy.id} ${rule.name} allows port ${term.from}, which is the port of service ${service.namespace}/${service.name}: its pods listen on ${target}, and that is what policies see.`,
          ),
        ];
      });
    });
  },
  looksAt: (model) => policyRules(model).filter(({ direction }) => direction === 'ingress').length,
};

/** Services before the pods that a policy selects. */
function servicesOf(
  cluster: ClusterModel,
  { subject }: Policy,
): readonly { readonly service: Service; readonly workload: Workload }[] {
  const { namespaces } = subject;
  if (namespaces.kind !== 'named') return [];
  return cluster.services
    .filter((service) => service.namespace === namespaces.name)
    .flatMap((service) =>
      cluster.workloads
        .filter(
          (one) =>
            one.namespace === namespaces.name &&
            service.selector !== undefined &&
            matchSelector(service.selector, one.labels) === 'yes' &&
            matchSelector(subject.pods, one.labels) !== 'no',
        )
        .map((workload) => ({ service, workload })),
    );
}
