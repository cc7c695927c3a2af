/**
 * What the vault of a cluster holds besides keys, by name. The values never pass a template: the stage `certificates` puts them
 * into the vault's data plane.
 */
export const vaultSecrets = {
  /** Certificate with private key that browsers see at Application Gateway. */
  gatewayListener: 'gateway-listener',
  /** Certificate of the authority that signs the ingress's: public, what Application Gateway trusts behind it. */
  ingressAuthority: 'ingress-authority',
  /** Certificate with private key of the ingress. */
  ingressServer: 'ingress-server',
  /** The authority of the mesh, as its add-on wants it: root, intermediate with key, and the chain between. */
  meshRoot: 'mesh-root-cert',
  meshAuthority: 'mesh-ca-cert',
  meshAuthorityKey: 'mesh-ca-key',
  meshChain: 'mesh-cert-chain',
} as const;

export const meshSecrets = [
  vaultSecrets.meshRoot,
  vaultSecrets.meshAuthority,
  vaultSecrets.meshAuthorityKey,
  vaultSecrets.meshChain,
] as const;

/** The address of a secret without a version, so that its user follows renewals. Azure's public cloud. */
export function secretUri(vault: { readonly name: string }, secret: string): string {
  return `https://${vault.name}.vault.azure.net/secrets/${secret}`;
}

/** The certificate whose key signs releases: images and the cluster’s configuration. The key stays in the vault. */
export const signingCertificate = 'release-signing';

/** The authority above it: what clusters trust. */
export const signingAuthority = 'release-authority';
