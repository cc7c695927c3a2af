import type { KubernetesObject } from './api-client.ts';

/**
 * Constraints as Azure Policy's add-on makes them of an assignment: the name of the assignment, its parameters, its excluded namespaces. The
 * templates are the tests' own reading of what each built-in policy says it refuses; Azure's are Microsoft's.
 */
export interface Assigned {
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

interface Policy {
  /** Kind of the constraint. */
  readonly kind: string;
  readonly on: readonly { readonly apiGroups: readonly string[]; readonly kinds: readonly string[] }[];
  readonly rego: string;
}

const pods = [{ apiGroups: [''], kinds: ['Pod'] }];
const services = [{ apiGroups: [''], kinds: ['Service'] }];
const containers = `
containers[one] { one := input.review.object.spec.containers[_] }
containers[one] { one := input.review.object.spec.initContainers[_] }
containers[one] { one := input.review.object.spec.ephemeralContainers[_] }`;

/** By the name of the assignment. */
const policies: Readonly<Record<string, Policy>> = {
  'images-from-the-live-registry': {
    kind: 'AssignedImages',
    on: pods,
    rego: `${containers}
violation[{"msg": msg}] {
  one := containers[_]
  not regex.match(input.parameters.allowedContainerImagesRegex, one.image)
  msg := sprintf("the image %v is not allowed", [one.image])
}`,
  },
  'pods-write-no-root-file-system': {
    kind: 'AssignedReadOnlyRoot',
    on: pods,
    rego: `${containers}
violation[{"msg": msg}] {
  one := containers[_]
  not one.securityContext.readOnlyRootFilesystem == true
  msg := sprintf("container %v may write into its image", [one.name])
}`,
  },
  'pods-have-limits': {
    kind: 'AssignedLimits',
    on: pods,
    rego: `${containers}
violation[{"msg": msg}] {
  one := containers[_]
  wanted := {"cpu", "memory"}[_]
  not one.resources.limits[wanted]
  msg := sprintf("container %v has no limit of %v", [one.name, wanted])
}`,
  },
  'pods-have-a-scope': {
    kind: 'AssignedLabels',
    on: pods,
    rego: `
violation[{"msg": msg}] {
  wanted := input.parameters.labelsList[_]
  not input.review.object.metadata.labels[wanted]
  msg := sprintf("the label %v is missing", [wanted])
}`,
  },
  'pods-mount-no-credentials': {
    kind: 'AssignedNoAutomount',
    on: pods,
    rego: `
violation[{"msg": msg}] {
  not input.review.object.spec.automountServiceAccountToken == false
  msg := "the pod mounts a token of the API server"
}`,
  },
  'load-balancers-are-internal': {
    kind: 'AssignedInternalLoadBalancers',
    on: services,
    rego: `
violation[{"msg": msg}] {
  input.review.object.spec.type == "LoadBalancer"
  not input.review.object.metadata.annotations["service.beta.kubernetes.io/azure-load-balancer-internal"] == "true"
  msg := "the load balancer is not internal"
}`,
  },
  'services-have-no-external-addresses': {
    kind: 'AssignedExternalAddresses',
    on: services,
    rego: `
violation[{"msg": msg}] {
  address := input.review.object.spec.externalIPs[_]
  msg := sprintf("the external address %v is not allowed", [address])
}`,
  },
  'services-listen-on-known-ports': {
    kind: 'AssignedServicePorts',
    on: services,
    rego: `
violation[{"msg": msg}] {
  port := input.review.object.spec.ports[_].port
  known := {text | text := input.parameters.allowedServicePortsList[_]}
  not known[sprintf("%v", [port])]
  msg := sprintf("port %v is not a known one", [port])
}`,
  },
  'ingress-takes-https-only': {
    kind: 'AssignedHttpsIngress',
    on: [{ apiGroups: ['networking.k8s.io'], kinds: ['Ingress'] }],
    rego: `
violation[{"msg": msg}] {
  not input.review.object.spec.tls
  msg := "the ingress has no TLS"
}`,
  },
};

export const modelled = Object.keys(policies);

/** The template and the constraint of an assignment. */
export function constraintsOf({ name, parameters }: Assigned): readonly [KubernetesObject, KubernetesObject] {
  const policy = policies[name];
  if (policy === undefined) throw new Error(`${name} has no template here.`);
  const { effect: _, excludedNamespaces = [], ...rest } = parameters;
  const template: KubernetesObject = {
    apiVersion: 'templates.gatekeeper.sh/v1',
    kind: 'ConstraintTemplate',
    metadata: { name: policy.kind.toLowerCase() },
    spec: {
      crd: {
        spec: {
          names: { kind: policy.kind },
          validation: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      },
      targets: [
        { target: 'admission.k8s.gatekeeper.sh', rego: `package ${policy.kind.toLowerCase()}\n${policy.rego}\n` },
      ],
    },
  };
  const constraint: KubernetesObject = {
    apiVersion: 'constraints.gatekeeper.sh/v1beta1',
    kind: policy.kind,
    metadata: { name },
    spec: { enforcementAction: 'deny', match: { kinds: policy.on, excludedNamespaces }, parameters: rest },
  };
  return [template, constraint];
}
