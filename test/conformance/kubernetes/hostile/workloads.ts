import type { KubernetesObject } from '../api-client.ts';
import { changedBy, podOf, set, type Tree, treeObject, without } from '../objects-of-tree.ts';
import type { Change, Hostile } from './hostile.ts';

const pod = 'spec.template.spec';
const container = `${pod}.containers.0`;
const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const images = 'images-come-from-the-live-registry';
const scope = 'pods-have-the-scope-of-their-namespace';
const pool = 'pods-run-in-the-pool-of-their-scope';
const sidecar = 'pods-keep-their-sidecar';
const node = 'pods-share-nothing-with-their-node';
const sidecarAnnotation =
  (key: string, value: string): Change =>
  (object) => {
    const { annotations } = (object as unknown as { spec: { template: { metadata: { annotations?: object } } } }).spec
      .template.metadata;
    return set('spec.template.metadata.annotations', { ...annotations, [key]: value })(object);
  };
const otherPool = { key: 'pci-scope', operator: 'Equal', value: 'out-of-scope', effect: 'NoSchedule' };

/** References that a careless pattern takes for ours: it is the live registry's login server, and what comes after it. */
function foreignImages(ours: string): readonly (readonly [what: string, image: string])[] {
  const [registry = '', ...rest] = ours.split('/');
  const path = rest.join('/');
  return [
    ['an image of a public registry', `docker.io/library/nginx@${digest}`],
    ['an image without a registry', `nginx@${digest}`],
    ["an image of another's registry that has our registry's name in its path", `evil.example/${ours}`],
    ["an image of a registry whose name begins with our registry's", `${registry}.evil.example/${path}`],
    ["an image of a registry whose name ends with our registry's", `evil-${registry}/${path}`],
    ['an image of a registry that a dot in a pattern takes for ours', `${registry.replace('.', 'x')}/${path}`],
    ['an image with our registry on its second line', `evil.example/x@${digest}\n${ours}`],
    ["an image with our registry as somebody's password", `evil.example:${registry}@evil.example/${path}`],
    ['an image by tag', ours.replace(/@.*/, '')],
    ['the latest image', ours.replace(/:[^:]*@.*/, ':latest')],
    ['an image with half a digest', ours.slice(0, -32)],
    ['an image with something behind its digest', `${ours}0`],
    ['an image above our registry', `${registry}/../x@${digest}`],
  ];
}

/** What makes pods and must not: one Deployment of the tree, each time with one thing wrong. */
export function againstWorkloadRules(tree: Tree): readonly Hostile[] {
  const mended = treeObject(tree, 'Deployment', 'web-frontend');
  const ours = (mended as unknown as { spec: { template: { spec: { containers: readonly [{ image: string }] } } } })
    .spec.template.spec.containers[0].image;
  const row = (what: string, refusedBy: readonly string[], ...changes: readonly Change[]): Hostile => ({
    what: `a Deployment with ${what}`,
    hostile: changedBy(mended, ...changes),
    mended,
    refusedBy,
  });
  return [
    ...foreignImages(ours).map(([what, image]) => row(what, [images], set(`${container}.image`, image))),
    row(
      'a foreign image that runs first',
      [images],
      set(`${pod}.initContainers`, [first(mended, 'evil.example/first')]),
    ),
    row('no limits', ['containers-have-limits'], without(`${container}.resources.limits`)),
    row('a limit for processor alone', ['containers-have-limits'], without(`${container}.resources.limits.memory`)),
    row(
      'a root that can be written',
      ['containers-write-nothing-into-their-image'],
      set(`${container}.securityContext.readOnlyRootFilesystem`, false),
    ),
    row('a token of its account', ['pods-mount-no-credentials'], set(`${pod}.automountServiceAccountToken`, true)),
    row('no word about tokens', ['pods-mount-no-credentials'], without(`${pod}.automountServiceAccountToken`)),
    row("its node's network", [node], set(`${pod}.hostNetwork`, true), without(`${container}.ports`)),
    row("its node's processes", [node], set(`${pod}.hostPID`, true)),
    row('a port of its node', [node], set(`${container}.ports.0.hostPort`, 8080)),
    row(
      'a privileged container',
      [node],
      set(`${container}.securityContext.privileged`, true),
      without(`${container}.securityContext.allowPrivilegeEscalation`),
    ),
    row('the label of another scope', [scope], set('spec.template.metadata.labels.pci-scope', 'out-of-scope')),
    row('no scope', [scope], without('spec.template.metadata.labels.pci-scope')),
    row("another scope's pool", [pool], set(`${pod}.nodeSelector.pci-scope`, 'out-of-scope')),
    row('no pool', [pool], without(`${pod}.nodeSelector.pci-scope`)),
    row("a toleration of another pool's taint", [pool], set(`${pod}.tolerations`, [otherPool])),
    row('a toleration of everything', [pool], set(`${pod}.tolerations`, [{ operator: 'Exists' }])),
    row(
      "a toleration of the system pool's taint",
      [pool],
      set(`${pod}.tolerations`, [{ key: 'CriticalAddonsOnly', operator: 'Exists' }]),
    ),
    row(
      'no sidecar, by label',
      [sidecar],
      set('spec.template.metadata.labels', { ...labelsOf(mended), 'sidecar.istio.io/inject': 'false' }),
    ),
    row('no sidecar, by annotation', [sidecar], sidecarAnnotation('sidecar.istio.io/inject', 'false')),
    row(
      'a way around its sidecar',
      [sidecar],
      sidecarAnnotation('traffic.sidecar.istio.io/excludeOutboundPorts', '443'),
    ),
  ];
}

/** What a namespace's quota and ranges refuse, and what only a pod itself can be. */
export function againstQuotas(tree: Tree): readonly Hostile[] {
  const deployment = treeObject(tree, 'Deployment', 'web-frontend');
  const good = podOf(tree, 'web-frontend');
  const namespace = deployment.metadata.namespace ?? '';
  const { template } = (deployment as unknown as { spec: { template: object } }).spec;
  const once = changedBy(deployment, set('spec.template.spec.restartPolicy', 'OnFailure'));
  const onceTemplate = (once as unknown as { spec: { template: object } }).spec.template;
  const at = (apiVersion: string, kind: string, spec: unknown): KubernetesObject => ({
    apiVersion,
    kind,
    metadata: { name: 'another', namespace },
    spec,
  });
  const tooMany = (what: string, resource: string, hostile: KubernetesObject): Hostile => ({
    what,
    hostile,
    mended: deployment,
    refusedBy: ['exceeded quota: quota', resource],
  });
  const matchLabels = { 'app.kubernetes.io/name': 'web-frontend' };
  return [
    {
      what: 'a pod that asks for more than any container may',
      hostile: set('spec.containers.0.resources.limits.cpu', '64')(good),
      mended: good,
      refusedBy: ['maximum cpu usage per Container is 2'],
    },
    {
      what: 'a pod that chooses its node',
      hostile: set('spec.nodeName', 'aks-npsystem-12345678-vmss000000')(good),
      mended: good,
      refusedBy: [pool, 'The scheduler chooses the node.'],
    },
    tooMany(
      'a claim of storage, where card data could come to rest',
      'persistentvolumeclaims=1',
      at('v1', 'PersistentVolumeClaim', {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Gi' } },
      }),
    ),
    tooMany('a Job', 'count/jobs.batch=1', at('batch/v1', 'Job', { template: onceTemplate })),
    tooMany(
      'a CronJob',
      'count/cronjobs.batch=1',
      at('batch/v1', 'CronJob', { schedule: '0 0 * * *', jobTemplate: { spec: { template: onceTemplate } } }),
    ),
    tooMany(
      'a StatefulSet',
      'count/statefulsets.apps=1',
      at('apps/v1', 'StatefulSet', { serviceName: 'web-frontend', selector: { matchLabels }, template }),
    ),
    tooMany(
      'a DaemonSet',
      'count/daemonsets.apps=1',
      at('apps/v1', 'DaemonSet', { selector: { matchLabels }, template }),
    ),
    tooMany(
      'a Deployment that nobody has asked room for',
      'count/deployments.apps=1',
      set('metadata.name', 'another')(deployment),
    ),
  ];
}

function first(deployment: KubernetesObject, image: string): unknown {
  const { containers } = (deployment as unknown as { spec: { template: { spec: { containers: readonly [object] } } } })
    .spec.template.spec;
  return {
    ...containers[0],
    name: 'first',
    image,
    readinessProbe: undefined,
    livenessProbe: undefined,
    startupProbe: undefined,
  };
}

function labelsOf(deployment: KubernetesObject): object {
  return (deployment as unknown as { spec: { template: { metadata: { labels: object } } } }).spec.template.metadata
    .labels;
}
