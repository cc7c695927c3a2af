import { allowedImages } from '../policy/cluster-assignments.ts';
import type { AdmissionInput } from './input.ts';
import { type AdmissionRule, podRule, rule } from './rules.ts';

const everyContainer = (condition: string): string => `variables.containers.all(c, ${condition})`;
const hardened = 'pods-are-hardened-at-admission';
const apart = 'scopes-are-kept-apart-at-admission';

/** What pods must be, everywhere that is ours. */
export function podRules({ registry, ingress, agents, scopes, adminGroup }: AdmissionInput): readonly AdmissionRule[] {
  const workload = Object.keys(scopes);
  return [
    podRule({
      name: 'images-come-from-the-live-registry',
      decision: 'images-are-ours-at-admission',
      where: { kind: 'everywhere' },
      conditions: [
        {
          // The whole reference: a pattern without its ends would find ours inside somebody else's.
          expression: everyContainer(`c.image.matches('${allowedImages([registry]).replaceAll('\\', '\\\\')}')`),
          message: 'Images come from the live registry, by digest.',
        },
        {
          expression: '!has(variables.pod.ephemeralContainers) || variables.pod.ephemeralContainers.size() == 0',
          message: 'Nothing is put into a pod that runs.',
        },
      ],
    }),
    podRule({
      name: 'containers-have-limits',
      decision: hardened,
      where: { kind: 'everywhere' },
      conditions: [
        {
          expression: everyContainer(
            "has(c.resources) && has(c.resources.limits) && 'cpu' in c.resources.limits && 'memory' in c.resources.limits",
          ),
          message: 'Each container has a limit for processor and memory.',
        },
      ],
    }),
    podRule({
      name: 'containers-write-nothing-into-their-image',
      decision: hardened,
      where: { kind: 'everywhere' },
      conditions: [
        {
          expression: everyContainer(
            'has(c.securityContext) && has(c.securityContext.readOnlyRootFilesystem) && c.securityContext.readOnlyRootFilesystem',
          ),
          message: 'Each container has a read-only root file system.',
        },
      ],
    }),
    podRule({
      name: 'pods-mount-no-credentials',
      decision: hardened,
      where: { kind: 'everywhere', except: [ingress] },
      conditions: [
        {
          expression: 'has(variables.pod.automountServiceAccountToken) && !variables.pod.automountServiceAccountToken',
          message:
            'automountServiceAccountToken is false: who needs a token asks for it as a volume, with an audience.',
        },
      ],
    }),
    podRule({
      name: 'pods-share-nothing-with-their-node',
      decision: hardened,
      where: { kind: 'everywhere' },
      conditions: [
        {
          expression:
            '!(has(variables.pod.hostNetwork) && variables.pod.hostNetwork) && !(has(variables.pod.hostPID) && variables.pod.hostPID) && !(has(variables.pod.hostIPC) && variables.pod.hostIPC)',
          message: 'No pod is in its node’s network, processes or memory.',
        },
        {
          expression: everyContainer(
            '!(has(c.securityContext) && has(c.securityContext.privileged) && c.securityContext.privileged)',
          ),
          message: 'No container is privileged.',
        },
        {
          expression: everyContainer('!has(c.ports) || c.ports.all(p, !has(p.hostPort) || p.hostPort == 0)'),
          message: 'No container takes a port of its node.',
        },
      ],
    }),
    podRule({
      name: 'pods-have-the-scope-of-their-namespace',
      decision: apart,
      where: { kind: 'only', namespaces: [...workload, ingress, agents] },
      conditions: [
        {
          expression:
            "'pci-scope' in variables.labels && variables.labels['pci-scope'] == namespaceObject.metadata.labels['pci-scope']",
          message: 'Pods bear the pci-scope of their namespace.',
        },
      ],
    }),
    podRule({
      name: 'pods-run-in-the-pool-of-their-scope',
      decision: apart,
      where: { kind: 'only', namespaces: workload },
      conditions: [
        {
          expression:
            "has(variables.pod.nodeSelector) && 'pci-scope' in variables.pod.nodeSelector && variables.pod.nodeSelector['pci-scope'] == namespaceObject.metadata.labels['pci-scope']",
          message: 'Pods choose the pool of their namespace’s scope.',
        },
        {
          // Two are put in by the API server itself.
          expression:
            "!has(variables.pod.tolerations) || variables.pod.tolerations.all(t, has(t.key) && ((t.key == 'pci-scope' && has(t.value) && t.value == namespaceObject.metadata.labels['pci-scope']) || t.key.startsWith('node.kubernetes.io/')))",
          message: 'Pods tolerate no other pool’s taint.',
        },
        {
          expression:
            "request.operation != 'CREATE' || !has(variables.pod.nodeName) || variables.pod.nodeName == '' || request.userInfo.username.startsWith('system:node:')",
          message: 'The scheduler chooses the node.',
        },
      ],
    }),
    podRule({
      name: 'pods-keep-their-sidecar',
      decision: apart,
      where: { kind: 'only', namespaces: workload },
      conditions: [
        {
          expression:
            "!('sidecar.istio.io/inject' in variables.labels && variables.labels['sidecar.istio.io/inject'] == 'false') && !('sidecar.istio.io/inject' in variables.annotations && variables.annotations['sidecar.istio.io/inject'] == 'false')",
          message: 'Pods of the workload are in the mesh.',
        },
        {
          expression:
            "variables.annotations.all(key, !key.startsWith('traffic.sidecar.istio.io/exclude') && !key.startsWith('traffic.sidecar.istio.io/include'))",
          message: 'No traffic goes around the sidecar.',
        },
      ],
    }),
    podRule({
      name: 'agents-take-no-more-than-they-need',
      decision: 'agents-namespace-holds-agents-only',
      where: { kind: 'only', namespaces: [agents] },
      conditions: [
        {
          expression: everyContainer(`c.image.startsWith('${registry}/live/falcosecurity/falco')`),
          message: 'Only Falco and its forwarder run here.',
        },
        {
          expression:
            "!has(variables.pod.volumes) || variables.pod.volumes.all(v, !has(v.hostPath) || v.hostPath.path in ['/proc', '/etc', '/sys/kernel/tracing', '/run/containerd'])",
          message: 'Agents see four folders of the node, and no other.',
        },
        {
          expression: everyContainer(
            '!has(c.volumeMounts) || c.volumeMounts.all(m, !m.mountPath.startsWith("/host") || (has(m.readOnly) && m.readOnly))',
          ),
          message: 'Agents read the node’s folders and write nothing.',
        },
      ],
    }),
    {
      name: 'nobody-enters-containers-in-scope',
      decision: apart,
      on: [rule('', ['pods/exec', 'pods/attach', 'pods/portforward'], ['CONNECT'], ['v1'])],
      where: { kind: 'only', namespaces: workload.filter((name) => scopes[name] === 'in-scope') },
      conditions: [
        {
          expression: `'${adminGroup}' in request.userInfo.groups`,
          message: 'Only the cluster’s administrators enter a container in scope; the audit log shows who did.',
        },
      ],
    },
  ];
}
