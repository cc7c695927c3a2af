/** Shapes of the Gateway API as far as they are used here. Source: sigs.k8s.io/gateway-api, apis/v1. */
export interface Gateway {
  readonly apiVersion: 'gateway.networking.k8s.io/v1';
  readonly kind: 'Gateway';
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly gatewayClassName: string;
    readonly addresses: readonly { readonly type: 'IPAddress'; readonly value: string }[];
    readonly infrastructure: {
      readonly labels: Readonly<Record<string, string>>;
      readonly annotations: Readonly<Record<string, string>>;
      readonly parametersRef: { readonly group: ''; readonly kind: 'ConfigMap'; readonly name: string };
    };
    readonly listeners: readonly {
      readonly name: string;
      readonly port: number;
      readonly protocol: 'HTTPS';
      readonly hostname: string;
      readonly tls: { readonly mode: 'Terminate'; readonly certificateRefs: readonly { readonly name: string }[] };
      readonly allowedRoutes: {
        readonly namespaces: {
          readonly from: 'Selector';
          readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
        };
      };
    }[];
  };
}

export interface HttpRoute {
  readonly apiVersion: 'gateway.networking.k8s.io/v1';
  readonly kind: 'HTTPRoute';
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly parentRefs: readonly { readonly name: string; readonly namespace: string }[];
    readonly hostnames: readonly string[];
    readonly rules: readonly {
      readonly matches: readonly {
        readonly path: { readonly type: 'Exact' | 'PathPrefix'; readonly value: string };
        readonly method: 'GET';
      }[];
      readonly backendRefs: readonly { readonly name: string; readonly port: number }[];
    }[];
  };
}
