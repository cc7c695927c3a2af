import { readFileSync } from 'node:fs';
import type { Log } from '../service/log.ts';
import { type Cluster, findPod, readCluster } from './cluster.ts';
import type { Pod } from './pods.ts';
import { type Endpoints, readEndpoints, type SidecarSettings } from './settings.ts';

/** What a sidecar knows now. Replaced as a whole by a reload, so that no request sees half of two states. */
export interface Knowledge {
  readonly cluster: Cluster;
  readonly self: Pod;
  readonly endpoints: Endpoints;
}

export interface Sidecar {
  readonly settings: SidecarSettings;
  readonly log: Log;
  readonly identity: { readonly cert: string; readonly key: string; readonly ca: string };
  known(): Knowledge;
  /** Reads manifests and endpoints again. On an error the old state stays. @throws ManifestError */
  reload(): void;
}

/** @throws ManifestError */
export function makeSidecar(settings: SidecarSettings, log: Log): Sidecar {
  const read = (): Knowledge => {
    const cluster = readCluster(settings.manifests);
    const self = findPod(cluster, settings.pod.namespace, settings.pod.name);
    return { cluster, self, endpoints: readEndpoints(settings.endpoints) };
  };
  let knowledge = read();
  const text = (file: string): string => readFileSync(file, 'utf8');
  return {
    settings,
    log,
    identity: {
      cert: text(settings.identity.certificate),
      key: text(settings.identity.key),
      ca: text(settings.identity.authority),
    },
    known: () => knowledge,
    reload() {
      knowledge = read();
    },
  };
}

/** The name of a pod in endpoints and log lines. */
export const keyOf = (pod: Pick<Pod, 'namespace' | 'name'>): string => `${pod.namespace}/${pod.name}`;
