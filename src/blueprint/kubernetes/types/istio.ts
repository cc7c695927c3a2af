/** Shapes of Istio's API as far as they are used here. Source: istio.io/api, security/v1, networking/v1. */
interface Head<Group extends string, Kind extends string> {
  readonly apiVersion: Group;
  readonly kind: Kind;
  readonly metadata: { readonly name: string; readonly namespace: string };
}

interface Selector {
  readonly matchLabels: Readonly<Record<string, string>>;
}

export interface PeerAuthentication extends Head<'security.istio.io/v1', 'PeerAuthentication'> {
  readonly spec: { readonly selector?: Selector; readonly mtls: { readonly mode: 'STRICT' } };
}

export interface AuthorizationPolicy extends Head<'security.istio.io/v1', 'AuthorizationPolicy'> {
  readonly spec: {
    readonly selector?: Selector;
    readonly action?: 'ALLOW' | 'DENY';
    readonly rules?: readonly {
      readonly from?: readonly { readonly source: { readonly principals: readonly string[] } }[];
      readonly to?: readonly {
        readonly operation: {
          readonly hosts?: readonly string[];
          readonly methods?: readonly string[];
          readonly ports?: readonly string[];
          readonly paths?: readonly string[];
        };
      }[];
    }[];
  };
}

export interface ServiceEntry extends Head<'networking.istio.io/v1', 'ServiceEntry'> {
  readonly spec: {
    readonly hosts: readonly string[];
    readonly ports: readonly { readonly name: string; readonly number: number; readonly protocol: 'TLS' | 'HTTP' }[];
    readonly location: 'MESH_EXTERNAL';
    readonly resolution: 'DNS' | 'NONE';
    readonly exportTo: readonly string[];
  };
}
