/**
 * Where each numbered statement of the network semantics comes from. K: kubernetes/website, network-policies.md. A: k8s.io/api v0.34.1,
 * networking/v1/types.go. C: kubernetes-sigs/network-policy-api, apis/v1alpha2. F: its NPEP-133. N: azure-docs, network-security-groups-overview.md. H:
 * network-security-group-how-it-works.md. R: virtual-networks-udr-overview.md. P: disable-private-endpoint-network-policy.md. E:
 * private-endpoint-overview.md. W: Azure Firewall, rule-processing and policy-rule-sets. S: firewall/snat-private-range.md. G:
 * application-gateway/configuration-infrastructure.md. V: virtual-network-peering-overview.md and the SDK's VirtualNetworkPeering.
 */
const sources: Readonly<Record<string, readonly number[]>> = {
  K: [1, 2, 3, 17, 19, 21, 22, 24],
  A: [5, 6, 7, 8, 9, 10, 12, 13, 14],
  'A, K': [4, 16, 18],
  'K, and cilium/cilium Documentation/security/policy/layer3.rst for Cilium': [11],
  'C, by its validation of named ports': [15],
  'kubernetes/website concepts/overview/working-with-objects/labels.md': [20],
  'K leaves the order open; cilium/cilium Documentation/network/kubernetes/kubeproxy-free.rst for Cilium': [23],
  'what np-guard does, run': [27],
  'kubectl kustomize v5.5.0 and kustomize-controller api v1': [28],
  C: [30, 32, 33, 34, 35, 36, 37, 39],
  'C, and apis/v1alpha1/adminnetworkpolicy_types.go': [31],
  'C, F': [38],
  'pkg.go.dev, cilium pkg/fqdn': [40],
  'cilium/cilium Documentation/security/policy/layer3.rst, "DNS based"': [41],
  'cilium/cilium Documentation/security/policy/intro.rst and language.rst, "Deny Policies"': [42],
  N: [43, 44, 47, 48, 49, 50, 53, 54, 55],
  H: [45, 46],
  'azure-docs virtual-network/application-security-groups.md': [51],
  'azure-docs virtual-network/service-tags-overview.md, VirtualNetwork': [52],
  G: [56],
  'azure-docs bastion/bastion-nsg.md, firewall/firewall-faq.yml, vpn-gateway/vpn-gateway-about-vpn-gateway-settings.md':
    [57],
  P: [58, 86, 87],
  R: [59, 60, 61, 62, 63, 64, 65, 66],
  V: [67, 69, 70, 71],
  'V, and azure-docs virtual-network/virtual-network-manage-peering.md': [68],
  'azure-docs firewall/integrate-lb.md, "Asymmetric routing"': [72],
  W: [73, 74, 75, 76, 77, 78, 79],
  'azure-docs firewall/fqdn-filtering-network-rules.md': [80],
  S: [81, 82],
  'azure-docs firewall/policy-rule-sets.md and premium-features.md': [83],
  'azure-docs firewall/ip-groups.md and forced-tunneling.md': [84],
  'P, R, E': [85],
  'E, and azure-docs private-link/private-endpoint-dns.md': [88, 90],
  'azure-docs application-gateway/application-gateway-key-vault-common-errors.md; private-endpoint-dns.md, "Azure Firewall"':
    [89],
  'azure-docs key-vault/general/network-security.md': [91],
  'azure-aks-docs concepts-network-azure-cni-overlay.md': [92],
  'azure-aks-docs api-server-vnet-integration.md and outbound-rules-control-egress.md': [94],
  'from the others': [95],
};

/**
 * Statements for which no document settles what happens. They are assumptions: a report on a state that meets one says so in these words.
 */
export const assumed: ReadonlyMap<number, RegExp> = new Map([
  [25, /ended|come or go/],
  [26, /externalTrafficPolicy Cluster/],
  [29, /Blocks of IPv6 addresses/],
  [93, /whether that of the frontend’s own subnet is asked is not documented/],
]);

export const sourceOf: ReadonlyMap<number, string> = new Map(
  Object.entries(sources).flatMap(([source, numbers]) => numbers.map((number) => [number, source] as const)),
);
