import { ingressHost } from '../../../workload/local/deployment.ts';
import { callsOnPage, type Measured } from '../../../workload/local/measure.ts';
import { readCallTree } from '../../../workload/service/call-tree.ts';
import { type RoleName, roleNames, roles } from '../../../workload/service/roles.ts';
import type { ControlPlane } from '../kubernetes/control-plane.ts';
import { applicationPort, gatewayPort } from './meshed.ts';
import { ingressPod } from './workload.ts';

/** Runs a JavaScript module inside a container: the image has nothing else. */
async function inside(
  plane: ControlPlane,
  namespace: string,
  name: string,
  container: string,
  script: string,
): Promise<string> {
  const node = ['/nodejs/bin/node', '--input-type=module', '--eval', script];
  const done = await plane.kubectl(['exec', '-n', namespace, `deploy/${name}`, '-c', container, '--', ...node]);
  if (done.status !== 0) throw new Error(`${namespace}/${name}: ${done.errors}`);
  return done.output;
}

/** The 20 rows: each service is asked, from inside its own pod, to call everybody once. */
export async function measureRows(plane: ControlPlane): Promise<readonly Measured[]> {
  const rows: Measured[] = [];
  for (const caller of roleNames) {
    const script = `const r = await fetch('http://127.0.0.1:${applicationPort}/URLCaller/depth/1'); process.stdout.write(await r.text());`;
    const tree = readCallTree(await inside(plane, roles[caller].namespace, caller, 'chain', script), 1);
    for (const call of [...tree.externalDependencies, ...tree.selfCalled]) {
      const { hostname } = new URL(call.uri);
      const [service = ''] = hostname.split('.', 1);
      const target = (roleNames as readonly string[]).includes(service)
        ? (service as RoleName)
        : (hostname as Measured['target']);
      rows.push({ caller, target, success: call.success, status: call.statusCode });
    }
  }
  return rows;
}

/** One load of the page, through the ingress's listener as Application Gateway asks for it. */
export async function loadPage(
  plane: ControlPlane,
): Promise<{ readonly status: number; readonly calls: readonly Measured[] }> {
  const script = `import https from 'node:https';
    const request = https.get({ host: '127.0.0.1', port: ${gatewayPort}, path: '/', servername: '${ingressHost}',
      headers: { host: '${ingressHost}' }, rejectUnauthorized: false }, (response) => {
      let text = ''; response.setEncoding('utf8').on('data', (part) => { text += part; })
        .on('end', () => process.stdout.write(JSON.stringify({ status: response.statusCode, text })));
    }); request.on('error', (error) => { throw error; });`;
  const answer = JSON.parse(await inside(plane, ingressPod.namespace, ingressPod.name, 'sidecar', script)) as {
    readonly status: number;
    readonly text: string;
  };
  return { status: answer.status, calls: callsOnPage(answer.text) };
}
