import type { IRuleWithOperations } from 'kubernetes-models/admissionregistration.k8s.io/v1/RuleWithOperations';

/** A condition in CEL that an object must meet, and what its author is told. */
export interface Condition {
  readonly expression: string;
  readonly message: string;
}

/** Which namespaces a rule looks at; what AKS owns is never looked at. */
export type Where =
  | { readonly kind: 'everywhere'; readonly except?: readonly string[] }
  | { readonly kind: 'only'; readonly namespaces: readonly string[] }
  /** What belongs to no namespace. */
  | { readonly kind: 'cluster' };

/** A rule of admission: what it looks at, where, and what must hold. */
export interface AdmissionRule {
  /** A sentence, as the refusal shows it: `pods-have-limits`. */
  readonly name: string;
  readonly decision: string;
  readonly on: readonly IRuleWithOperations[];
  readonly where: Where;
  /** Conditions under which the rule looks at a request at all. */
  readonly when?: readonly { readonly name: string; readonly expression: string }[];
  readonly variables?: readonly { readonly name: string; readonly expression: string }[];
  readonly conditions: readonly Condition[];
}

const rule = (
  apiGroup: string,
  resources: readonly string[],
  operations: IRuleWithOperations['operations'] = ['CREATE', 'UPDATE'],
  apiVersions: readonly string[] = ['*'],
): IRuleWithOperations => ({
  apiGroups: [apiGroup],
  apiVersions: [...apiVersions],
  operations: operations ?? [],
  resources: [...resources],
});

/** Whatever makes pods: refused where it is written, not only where its pods would be made. */
const podMakers: readonly IRuleWithOperations[] = [
  rule('', ['pods', 'pods/ephemeralcontainers'], ['CREATE', 'UPDATE'], ['v1']),
  rule('', ['replicationcontrollers'], ['CREATE', 'UPDATE'], ['v1']),
  rule('apps', ['deployments', 'daemonsets', 'statefulsets', 'replicasets'], ['CREATE', 'UPDATE'], ['v1']),
  rule('batch', ['jobs', 'cronjobs'], ['CREATE', 'UPDATE'], ['v1']),
];

const podVariables = [
  {
    name: 'template',
    expression:
      "object.kind == 'Pod' ? object : object.kind == 'CronJob' ? object.spec.jobTemplate.spec.template : object.spec.template",
  },
  { name: 'pod', expression: 'variables.template.spec' },
  {
    name: 'containers',
    expression: 'variables.pod.containers + (has(variables.pod.initContainers) ? variables.pod.initContainers : [])',
  },
  {
    name: 'labels',
    expression: 'has(variables.template.metadata.labels) ? variables.template.metadata.labels : {}',
  },
  {
    name: 'annotations',
    expression: 'has(variables.template.metadata.annotations) ? variables.template.metadata.annotations : {}',
  },
] as const;

/** A rule about pods, wherever their template stands. */
function podRule(given: Omit<AdmissionRule, 'on' | 'variables'>): AdmissionRule {
  return { ...given, on: podMakers, variables: podVariables };
}

export { podRule, rule };
