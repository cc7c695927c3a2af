import { type OriginalRow, rowsOf } from '../row.ts';

const network = rowsOf('firewall rule', 'allow-ntp');
const global = rowsOf('firewall rule', 'AKS-Global-Requirements');
const flux = rowsOf('firewall rule', 'Flux-Requirements');
const builder = rowsOf('firewall rule', 'AKSImageBuilder-Requirements');
const jumpBox = rowsOf('firewall rule', 'aks-jumpbox');

const cluster = (...rules: readonly string[]) => rules.map((rule) => `hub-rules-01/firewall-rules#${rule}`);
const images = (...rules: readonly string[]) => rules.map((rule) => `hub/eastus2/firewall-rules-images#${rule}`);

/** In 2021 rules stand in the firewall itself, which each cluster’s deployment writes again with its own. */
const inFirewall = (...rules: readonly string[]) => ({
  in2021: rules.map((rule) => `hub-rules-01/firewall#${rule}`),
});

const privateMonitoring = 'No name of Azure Monitor is let out: agents reach it at private endpoints.';

/** Every rule of the original's firewall. */
export const firewallRuleRows: readonly OriginalRow[] = [
  network(
    'ntp',
    'UDP 123 to ntp.ubuntu.com for image builds and jump boxes',
    [...images('time-image-builds'), ...cluster('time-jump-boxes')],
    undefined,
    inFirewall('time-image-builds', 'time-jump-boxes'),
  ),
  global(
    'runtime',
    'tag AzureKubernetesService for all node pools',
    cluster('aks-nodes'),
    undefined,
    inFirewall('aks-nodes'),
  ),
  global(
    'azure-monitor-addon',
    'three names of Azure Monitor',
    'decision:monitoring-by-private-name',
    privateMonitoring,
  ),
  global(
    'azure-policy-addon',
    'two names of Azure Policy',
    cluster('policy-add-on'),
    undefined,
    inFirewall('policy-add-on'),
  ),
  flux(
    'flux-to-github',
    'github.com and api.github.com for all node pools',
    'decision:configuration-from-our-registry',
    'The configuration comes from our own registry: no cluster reaches a git host. In 2021 the system pool does, where Flux runs.',
    inFirewall('flux-source'),
  ),
  builder(
    'to-azuremanagement',
    'Azure Resource Manager',
    images('image-builder-service'),
    undefined,
    inFirewall('image-builder-service'),
  ),
  builder(
    'to-blobstorage',
    'every blob account',
    images('image-builder-service'),
    'For the builder’s containers; the machine that is built does not reach it. In 2021 both share a subnet.',
    inFirewall('image-builder-service'),
  ),
  builder('apt-get', 'four mirrors, HTTP and HTTPS', images('packages'), undefined, inFirewall('packages')),
  builder(
    'install-azcli',
    'aka.ms and two blob accounts',
    images('packages'),
    'The Azure CLI comes as a package.',
    inFirewall('packages'),
  ),
  builder(
    'install-k8scli',
    'GitHub and storage.googleapis.com',
    images('tools'),
    'From dl.k8s.io, by digest.',
    inFirewall('tools'),
  ),
  builder('install-helm', 'GitHub and get.helm.sh', images('tools'), 'By digest.', inFirewall('tools')),
  builder(
    'install-flux',
    'GitHub and fluxcd.io',
    images('tools'),
    'By digest; no script from fluxcd.io is run.',
    inFirewall('tools'),
  ),
  builder(
    'install-open-service-mesh',
    'GitHub',
    'decision:mesh-in-two-steps',
    'Open Service Mesh is archived; Istio needs no tool of its own here. In 2021 the mesh is an add-on, which people ask through kubectl.',
    { in2021: ['decision:mesh-is-open-service-mesh'] },
  ),
  builder('install-terraform', 'releases.hashicorp.com', [], 'Terraform is not used, so it is not installed.'),
  jumpBox('az-login', 'login.microsoftonline.com', cluster('operators'), undefined, inFirewall('operators')),
  jumpBox('az-management-api', 'management.azure.com', cluster('operators'), undefined, inFirewall('operators')),
  jumpBox(
    'az-cli-extensions',
    'aka.ms and two blob accounts',
    'decision:image-from-pinned-tools',
    'Extensions are in the image, not fetched by people.',
  ),
  jumpBox(
    'github',
    'github.com, *.github.io, raw.githubusercontent.com',
    'decision:operators-reach-azure',
    'A jump box that reaches GitHub can carry data out to anybody’s repository.',
  ),
  jumpBox(
    'azure-monitor-addon',
    'four names of Azure Monitor',
    'decision:monitoring-by-private-name',
    privateMonitoring,
  ),
];
