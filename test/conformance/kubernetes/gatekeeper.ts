import { mkdirSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import path from 'node:path';
import type { ControlPlane } from './control-plane.ts';
import { freePorts, type Running, until } from './process.ts';

/** Where AKS's Azure Policy add-on runs it, and what it does not judge (Azure Policy for Kubernetes, "excluded namespaces"). */
const home = 'gatekeeper-system';
const exempt = ['kube-system', home, 'aks-command'];
const operations = ['webhook', 'audit', 'status', 'generate', 'mutation-status'];
const auditSeconds = 5;

/**
 * Gatekeeper beside the API server, as its admission webhook. Its own definitions have to be there. It fails closed: what it cannot
 * judge is refused, so that a test never takes silence for consent.
 */
export async function startGatekeeper(plane: ControlPlane): Promise<Running> {
  const folder = path.join(plane.folder, 'gatekeeper');
  // Without this folder its audit fails, and says so in its log alone.
  const auditCache = path.join(folder, 'audit-cache');
  mkdirSync(auditCache, { recursive: true });
  const serving = await plane.authority.issue({ commonName: 'gatekeeper', names: ['127.0.0.1'] });
  writeFileSync(path.join(folder, 'tls.crt'), serving.certificate);
  writeFileSync(path.join(folder, 'tls.key'), serving.key, { mode: 0o600 });
  writeFileSync(path.join(folder, 'ca.crt'), plane.authority.certificate);
  const [port = 0, health = 0] = await freePorts(2);
  const kubeconfig = await plane.kubeconfig({ commonName: 'gatekeeper', organization: 'system:masters' });
  await plane.api.send('POST', '/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: home, labels: { 'admission.gatekeeper.sh/ignore': 'no-self-managing' } },
  });
  const gatekeeper = plane.start(
    'gatekeeper',
    [
      `--kubeconfig=${kubeconfig}`,
      ...operations.map((operation) => `--operation=${operation}`),
      ...exempt.map((namespace) => `--exempt-namespace=${namespace}`),
      ...['--disable-cert-rotation', `--cert-dir=${folder}`, '--host=127.0.0.1', `--port=${port}`],
      `--health-addr=127.0.0.1:${health}`,
      ...[`--api-cache-dir=${auditCache}`, `--audit-interval=${auditSeconds}`],
      // Without a pod of its own it keeps its status under a made-up one.
      '--debug-use-fake-pod',
      '--log-denies',
    ],
    { POD_NAMESPACE: home, POD_NAME: 'gatekeeper' },
  );
  await until(
    'Gatekeeper to answer',
    async () => ((await answers(port, plane.authority.certificate)) ? true : undefined),
    {
      seconds: 120,
      of: gatekeeper,
    },
  );
  const configured = await plane.api.send(
    'POST',
    '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations',
    webhookConfiguration(port, plane.authority.certificate),
  );
  if (configured.status !== 201) throw new Error(`Gatekeeper's webhook: ${configured.body.message}`);
  return gatekeeper;
}

function webhookConfiguration(port: number, authority: string) {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'gatekeeper-validating-webhook-configuration' },
    webhooks: [
      {
        name: 'validation.gatekeeper.sh',
        admissionReviewVersions: ['v1'],
        clientConfig: {
          url: `https://127.0.0.1:${port}/v1/admit`,
          caBundle: Buffer.from(authority).toString('base64'),
        },
        failurePolicy: 'Fail',
        sideEffects: 'None',
        timeoutSeconds: 10,
        matchPolicy: 'Exact',
        namespaceSelector: {
          matchExpressions: [
            { key: 'admission.gatekeeper.sh/ignore', operator: 'DoesNotExist' },
            { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: exempt },
          ],
        },
        rules: [
          {
            apiGroups: ['*'],
            apiVersions: ['*'],
            operations: ['CREATE', 'UPDATE'],
            resources: ['*', 'pods/ephemeralcontainers'],
          },
        ],
      },
    ],
  };
}

/** Whether its webhook listens and shows the certificate that it was given; what it says does not matter here. */
function answers(port: number, authority: string): Promise<boolean> {
  return new Promise((resolve) => {
    const agent = new Agent({ ca: authority });
    const call = request({ host: '127.0.0.1', port, path: '/v1/admit', agent, timeout: 5_000 }, (response) => {
      response.resume();
      resolve(true);
    });
    call.on('timeout', () => call.destroy());
    call.on('error', () => resolve(false));
    call.end();
  });
}
