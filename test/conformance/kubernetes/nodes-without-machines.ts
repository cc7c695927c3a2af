import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { KubernetesObject } from './api-client.ts';
import type { ControlPlane } from './control-plane.ts';
import { freePorts, type Running, until } from './process.ts';
import { program } from './programs.ts';

/** kwok's own stages: a node reports itself ready and renews its lease, a pod that is bound runs. Chaos stages are left out. */
const stages = ['node/fast', 'node/heartbeat-with-lease', 'pod/fast'];

/** Registers nodes that have no machine behind them; kwok plays their kubelets, everything else about them is real. */
export async function addNodes(plane: ControlPlane, nodes: readonly KubernetesObject[]): Promise<Running> {
  const config = path.join(plane.folder, 'kwok-stages.yaml');
  const texts = stages.flatMap((stage) => {
    const folder = path.join(program('kwok-stages'), 'stage', stage);
    return readdirSync(folder)
      .filter((file) => file.endsWith('.yaml') && file !== 'kustomization.yaml')
      .map((file) => readFileSync(path.join(folder, file), 'utf8'));
  });
  writeFileSync(config, texts.join('\n---\n'));
  const kubeconfig = await plane.kubeconfig({ commonName: 'kwok', organization: 'system:masters' });
  const [port = 0] = await freePorts(1);
  const kwok = plane.start('kwok', [
    ...['--config', config, '--kubeconfig', kubeconfig],
    '--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake',
    '--cidr=10.244.0.0/16',
    '--node-lease-duration-seconds=40',
    `--server-address=127.0.0.1:${port}`,
  ]);
  for (const node of nodes) {
    const made = await plane.api.send('POST', '/api/v1/nodes', node);
    if (made.status !== 201) throw new Error(`${node.metadata.name}: ${made.body.message}`);
  }
  await until(
    `${nodes.length} ready nodes`,
    async () => {
      const { items = [] } = (await plane.api.get('/api/v1/nodes')).body;
      return items.filter(isReady).length >= nodes.length ? true : undefined;
    },
    { seconds: 120, of: kwok },
  );
  return kwok;
}

/** The condition Ready, as nodes and pods report it. */
export function isReady({ status }: KubernetesObject): boolean {
  const { conditions = [] } = (status ?? {}) as { conditions?: readonly { type: string; status: string }[] };
  return conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True');
}
