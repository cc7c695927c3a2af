import type { IValidatingAdmissionPolicy } from 'kubernetes-models/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy';
import type { IValidatingAdmissionPolicyBinding } from 'kubernetes-models/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding';
import type { KubernetesObject } from '../../model/kubernetes-object.ts';
import type { BuildContext } from '../context.ts';
import { type Built, joined, type PartDraft } from '../draft.ts';
import { ingressHost } from '../gateway/build.ts';
import { ingressNamespace } from '../ingress/names.ts';
import { type ClusterContext, clusterContexts } from '../kubernetes/cluster-context.ts';
import { object, placed } from '../kubernetes/object.ts';
import { platformNamespaces } from '../policy/cluster-assignments.ts';
import { agentsNamespace } from '../security-agents/names.ts';
import { workloadNamespace } from '../workload/services.ts';
import { admissionDecisions } from './decisions.ts';
import { edgeRules } from './edge-rules.ts';
import type { AdmissionInput } from './input.ts';
import { podRules } from './pod-rules.ts';
import type { AdmissionRule, Where } from './rules.ts';
import { wallRules } from './wall-rules.ts';

/** What each API server refuses by itself, whether the policy add-on runs or not. */
export function buildAdmission(context: BuildContext): PartDraft {
  const own = context.spec.components.admission === 'validating-admission-policies';
  return {
    name: 'admission',
    ...joined(...(own ? clusterContexts(context).map(admission) : [])),
    decisions: admissionDecisions,
    intents: [],
  };
}

function admission({ context, cluster, folder, refs }: ClusterContext): Built {
  const { spec } = context;
  const input: AdmissionInput = {
    registry: `${refs.registries.live.name}.azurecr.io`,
    host: ingressHost(context, cluster),
    ingress: ingressNamespace,
    agents: agentsNamespace,
    scopes: Object.fromEntries(
      (['in-scope', 'out-of-scope'] as const).map((pool) => [workloadNamespace(spec, pool), pool]),
    ),
    adminGroup: spec.azure.clusterAdminGroupId,
    mesh: spec.components.mesh,
  };
  const rules = [...podRules(input), ...edgeRules(input), ...wallRules(input)];
  return joined(...rules.map((one) => placed(folder, 'admission', [one.decision], policy(one), binding(one))));
}

function policy({ name, on, when = [], variables = [], conditions }: AdmissionRule): KubernetesObject {
  return object<IValidatingAdmissionPolicy>({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: { resourceRules: [...on] },
      ...(when.length === 0 ? {} : { matchConditions: when.map((one) => ({ ...one })) }),
      ...(variables.length === 0 ? {} : { variables: variables.map((one) => ({ ...one })) }),
      validations: conditions.map(({ expression, message }) => ({ expression, message: `${name}: ${message}` })),
    },
  });
}

function binding({ name, where }: AdmissionRule): KubernetesObject {
  const namespaces = selector(where);
  return object<IValidatingAdmissionPolicyBinding>({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name },
    spec: {
      policyName: name,
      validationActions: ['Deny', 'Audit'],
      ...(namespaces === undefined ? {} : { matchResources: { namespaceSelector: namespaces } }),
    },
  });
}

/** Namespaces by the label that the API server writes. What belongs to no namespace is looked at in any case. */
function selector(where: Where) {
  const byName = (operator: 'In' | 'NotIn', values: readonly string[]) => ({
    matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator, values: [...values] }],
  });
  if (where.kind === 'cluster') return undefined;
  if (where.kind === 'only') return byName('In', where.namespaces);
  return byName('NotIn', [...ownedByOthers, ...(where.except ?? [])]);
}

/** Kubernetes' own and those of AKS and its add-ons. */
const ownedByOthers: readonly string[] = ['kube-public', 'kube-node-lease', ...platformNamespaces];
