import { goModuleFiles, goProgram } from './go.mjs';

/**
 * What AKS would install beside Kubernetes itself, and the schemas of the objects that it brings. The versions are those that the Go
 * module proxy has and Go 1.26 builds: newer controllers of Flux ask for Go 1.27, and what is between does not resolve.
 */
const flux = { kustomize: 'v1.9.6', source: 'v1.7.3' };
const gatekeeperVersion = 'v3.23.1';
const gatekeeperModule = 'github.com/open-policy-agent/gatekeeper/v3';

export const kustomizeController = goProgram({
  name: 'kustomize-controller',
  module: 'github.com/fluxcd/kustomize-controller',
  version: flux.kustomize,
  package: 'github.com/fluxcd/kustomize-controller',
  // It has no flag for its version: the folder's name has it.
  asks: ['--help'],
  says: '--no-remote-bases',
});

export const sourceController = goProgram({
  name: 'source-controller',
  module: 'github.com/fluxcd/source-controller',
  version: flux.source,
  package: 'github.com/fluxcd/source-controller',
  // Two of its dependencies have no record in the checksum database; the authors' own sums stand in.
  sums: true,
  asks: ['--help'],
  says: '--storage-adv-addr',
});

export const gatekeeper = goProgram({
  name: 'gatekeeper',
  module: gatekeeperModule,
  version: gatekeeperVersion,
  package: gatekeeperModule,
  flags: [`-X ${gatekeeperModule}/pkg/version.Version=${gatekeeperVersion}`],
  asks: ['--help'],
  says: '-disable-cert-rotation',
});

export const gatekeeperDefinitions = goModuleFiles(gatekeeperModule, gatekeeperVersion, ['charts/gatekeeper/crds']);
export const kustomizeDefinitions = goModuleFiles('github.com/fluxcd/kustomize-controller', flux.kustomize, [
  'config/crd/bases',
]);
export const sourceDefinitions = goModuleFiles('github.com/fluxcd/source-controller', flux.source, [
  'config/crd/bases',
]);
/** Istio 1.30, as revision asm-1-30 of AKS's add-on brings it. */
export const istioDefinitions = goModuleFiles('istio.io/api', 'v1.30.8', [
  'kubernetes/customresourcedefinitions.gen.yaml',
]);
export const gatewayDefinitions = goModuleFiles('sigs.k8s.io/gateway-api', 'v1.5.1', ['config/crd/standard']);
