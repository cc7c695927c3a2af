import type { AdmissionInput } from './input.ts';
import { type AdmissionRule, rule } from './rules.ts';

const inside = 'edges-stay-inside-at-admission';
const internal = 'service.beta.kubernetes.io/azure-load-balancer-internal';

/** Services, ingresses and gateways: what could open a way in. */
export function edgeRules({ ingress, host }: AdmissionInput): readonly AdmissionRule[] {
  const services = [rule('', ['services'], ['CREATE', 'UPDATE'], ['v1'])];
  return [
    {
      name: 'load-balancers-are-internal',
      decision: inside,
      on: services,
      where: { kind: 'everywhere' },
      when: [{ name: 'is-a-load-balancer', expression: "has(object.spec.type) && object.spec.type == 'LoadBalancer'" }],
      conditions: [
        {
          expression: `has(object.metadata.annotations) && '${internal}' in object.metadata.annotations && object.metadata.annotations['${internal}'] == 'true'`,
          message: `A load balancer bears ${internal}: "true".`,
        },
        {
          expression: `object.metadata.namespace == '${ingress}'`,
          message: 'The ingress alone has a load balancer.',
        },
      ],
    },
    {
      name: 'services-stay-inside',
      decision: inside,
      on: services,
      where: { kind: 'everywhere' },
      conditions: [
        {
          expression: "!has(object.spec.type) || !(object.spec.type in ['NodePort', 'ExternalName'])",
          message: 'Services have no ports on nodes, and are no names of something outside.',
        },
        {
          expression: '!has(object.spec.externalIPs) || object.spec.externalIPs.size() == 0',
          message: 'Services have no external addresses.',
        },
      ],
    },
    {
      name: 'ingresses-take-https-only',
      decision: inside,
      on: [rule('networking.k8s.io', ['ingresses'], ['CREATE', 'UPDATE'], ['v1'])],
      where: { kind: 'everywhere' },
      conditions: [
        {
          expression: 'has(object.spec.tls) && object.spec.tls.size() > 0',
          message: 'An ingress has TLS.',
        },
        {
          expression:
            "has(object.metadata.annotations) && 'kubernetes.io/ingress.allow-http' in object.metadata.annotations && object.metadata.annotations['kubernetes.io/ingress.allow-http'] == 'false'",
          message: 'An ingress bears kubernetes.io/ingress.allow-http: "false".',
        },
        {
          expression: "object.metadata.annotations.all(key, !key.endsWith('-snippet'))",
          message: 'An ingress brings no configuration of the proxy’s own language.',
        },
      ],
    },
    {
      name: 'gateways-are-internal-and-encrypted',
      decision: inside,
      on: [rule('gateway.networking.k8s.io', ['gateways'])],
      where: { kind: 'everywhere' },
      conditions: [
        {
          expression: `object.metadata.namespace == '${ingress}'`,
          message: 'The ingress’s namespace alone has a gateway.',
        },
        {
          expression: `has(object.spec.infrastructure) && has(object.spec.infrastructure.annotations) && '${internal}' in object.spec.infrastructure.annotations && object.spec.infrastructure.annotations['${internal}'] == 'true'`,
          message: `A gateway gives its load balancer ${internal}: "true".`,
        },
        {
          expression: "object.spec.listeners.all(l, l.protocol == 'HTTPS')",
          message: 'A gateway speaks HTTPS only.',
        },
      ],
    },
    {
      name: 'routes-answer-to-our-name',
      decision: inside,
      on: [rule('gateway.networking.k8s.io', ['httproutes'])],
      where: { kind: 'everywhere' },
      conditions: [
        {
          expression: `has(object.spec.hostnames) && object.spec.hostnames.all(name, name == '${host}')`,
          message: `A route answers to ${host} alone.`,
        },
      ],
    },
  ];
}
