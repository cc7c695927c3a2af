/** Shapes of Flux's API as far as they are used here. Source: fluxcd kustomize-controller, api/v1. */
export interface FluxKustomization {
  readonly apiVersion: 'kustomize.toolkit.fluxcd.io/v1';
  readonly kind: 'Kustomization';
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly interval: string;
    readonly retryInterval: string;
    readonly timeout: string;
    readonly path: string;
    readonly prune: boolean;
    readonly wait: boolean;
    readonly force: boolean;
    readonly serviceAccountName: string;
    readonly sourceRef: { readonly kind: 'OCIRepository' | 'GitRepository'; readonly name: string };
    readonly dependsOn?: readonly { readonly name: string }[];
    readonly postBuild?: { readonly substitute: Readonly<Record<string, string>> };
  };
}
