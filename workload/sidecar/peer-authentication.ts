import { meshRootNamespace } from './authorization-policy.ts';
import { fieldsOf, type KubernetesObject, ManifestError, onlyFields, textOf } from './objects.ts';
import type { Pod } from './pods.ts';
import { type Selector, selectorOf } from './selector.ts';

/** STRICT: mutual TLS or nothing. PERMISSIVE: both. DISABLE: plain text. */
export type TlsMode = 'STRICT' | 'PERMISSIVE' | 'DISABLE';

/** One PeerAuthentication (security.istio.io/v1). */
export interface PeerAuthentication {
  readonly namespace: string;
  /** Undefined: the whole namespace, or the whole mesh in its root namespace. */
  readonly selects: Selector | undefined;
  /** Undefined: as the next wider one says. */
  readonly mode: TlsMode | undefined;
  readonly byPort: ReadonlyMap<number, TlsMode>;
}

/** @throws ManifestError */
export function peerAuthenticationsOf(objects: readonly KubernetesObject[]): readonly PeerAuthentication[] {
  return objects
    .filter((one) => one.kind === 'PeerAuthentication' && one.apiVersion.startsWith('security.istio.io/'))
    .map((object) => {
      const { place } = object;
      const spec = fieldsOf(object.body.spec ?? {}, place, 'spec');
      onlyFields(spec, ['selector', 'mtls', 'portLevelMtls'], place, 'spec');
      const byPort = new Map<number, TlsMode>();
      for (const [port, value] of Object.entries(fieldsOf(spec.portLevelMtls ?? {}, place, 'spec.portLevelMtls'))) {
        const mode = modeOf(value, place, `spec.portLevelMtls.${port}`);
        if (mode !== undefined) byPort.set(Number(port), mode);
      }
      if (byPort.size > 0 && spec.selector === undefined) {
        throw new ManifestError(place, 'spec.portLevelMtls needs a selector.');
      }
      return {
        namespace: object.namespace,
        selects: spec.selector === undefined ? undefined : selectorOf(spec.selector, place, 'spec.selector'),
        mode: spec.mtls === undefined ? undefined : modeOf(spec.mtls, place, 'spec.mtls'),
        byPort,
      };
    });
}

function modeOf(value: unknown, place: string, path: string): TlsMode | undefined {
  const mode = textOf(fieldsOf(value, place, path).mode, place, `${path}.mode`);
  if (mode === 'UNSET') return undefined;
  if (mode !== 'STRICT' && mode !== 'PERMISSIVE' && mode !== 'DISABLE') {
    throw new ManifestError(place, `${path}.mode ${mode} is not a mode.`);
  }
  return mode;
}

/** The mode for a port of a pod: its own policy, else its namespace's, else the mesh's, else PERMISSIVE as Istio has it. */
export function tlsModeOf(policies: readonly PeerAuthentication[], pod: Pod, port: number): TlsMode {
  const own = policies.find((one) => one.namespace === pod.namespace && one.selects?.(pod.labels) === true);
  const ofNamespace = policies.find((one) => one.namespace === pod.namespace && one.selects === undefined);
  const ofMesh = policies.find((one) => one.namespace === meshRootNamespace && one.selects === undefined);
  return own?.byPort.get(port) ?? own?.mode ?? ofNamespace?.mode ?? ofMesh?.mode ?? 'PERMISSIVE';
}
