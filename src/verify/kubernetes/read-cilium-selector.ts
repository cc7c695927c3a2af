import type { NamespaceTerm, PodTerm, Requirement } from '../../reachability/index.ts';
import { readSelector } from './read-selector.ts';

const nameLabel = 'kubernetes.io/metadata.name';
const namespaceKey = 'io.kubernetes.pod.namespace';
const namespaceLabels = 'io.cilium.k8s.namespace.labels.';

/**
 * What a Cilium endpoint selector selects. Its keys carry where a label comes from (`k8s:`, `any:`), and the namespace and its labels are
 * labels too. Undefined when it is none; `unclear` where its documentation and its versions differ.
 */
export function readEndpointSelector(
  value: unknown,
  home: string | undefined,
): { readonly term: PodTerm; readonly unclear: boolean } | undefined {
  const selector = readSelector(value);
  if (selector === undefined) return undefined;
  const pods: Requirement[] = [];
  const namespaces: Requirement[] = [];
  let unclear = false;
  for (const requirement of selector) {
    const key = requirement.key.replace(/^(k8s|any)[:.]/, '');
    if (key === namespaceKey) namespaces.push({ ...requirement, key: nameLabel });
    else if (key.startsWith(namespaceLabels)) {
      namespaces.push({ ...requirement, key: key.slice(namespaceLabels.length) });
      // Namespace labels are for cluster-wide policies: in others they are ignored, by the documentation.
      if (home !== undefined) unclear = true;
    } else if (/^(reserved|cidr|fqdn|io\.cilium\.k8s\.policy\.cluster)/.test(key)) unclear = true;
    else pods.push({ ...requirement, key });
  }
  // A selector that does not speak of namespaces means the policy's own.
  const term: NamespaceTerm =
    namespaces.length === 0 && home !== undefined
      ? { kind: 'named', name: home }
      : { kind: 'selected', selector: namespaces };
  return { term: { namespaces: term, pods }, unclear };
}
