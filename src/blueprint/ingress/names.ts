/** The gateway that lets requests in, and its namespace: ours, so that its policies are ours too. */
export const ingressNamespace = 'ingress-gateway';
export const ingressGateway = 'internal';
/** Istio names what it makes for a gateway after the gateway and its class: Deployment, Service and service account. */
export const ingressWorkload = `${ingressGateway}-istio`;
export const ingressPods = { 'gateway.networking.k8s.io/gateway-name': ingressGateway } as const;
/** The secret that the gateway shows to clients, and the account under which it is fetched from the vault. */
export const ingressCertificate = 'ingress-certificate';
export const ingressAccount = 'ingress-certificate';
