import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ControlPlane } from '../kubernetes/control-plane.ts';
import { freePorts } from '../kubernetes/process.ts';

/** kube-proxy, which makes Services' addresses lead to pods; by nftables. The nodes share one network, so one does for both. */
export async function startServiceProxy(plane: ControlPlane, node: string): Promise<void> {
  const kubeconfig = await plane.kubeconfig({ commonName: 'system:kube-proxy' });
  const [health = 0, metrics = 0] = await freePorts(2);
  const config = path.join(plane.folder, 'kube-proxy.json');
  writeFileSync(
    config,
    JSON.stringify({
      apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
      kind: 'KubeProxyConfiguration',
      mode: 'nftables',
      hostnameOverride: node,
      clientConnection: { kubeconfig },
      healthzBindAddress: `127.0.0.1:${health}`,
      metricsBindAddress: `127.0.0.1:${metrics}`,
      // Its sysctls are not this namespace's to set.
      conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
    }),
  );
  plane.start('kube-proxy', [`--config=${config}`]);
}
