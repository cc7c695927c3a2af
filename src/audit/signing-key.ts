import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';

/** A new Ed25519 private key, PEM (PKCS #8). */
export function makeSigningKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}

/** The public half of a private key, PEM (SPKI): what `openssl pkeyutl -verify -pubin` takes. */
export function publicKeyOf(privateKey: string): string {
  return createPublicKey(createPrivateKey(privateKey)).export({ format: 'pem', type: 'spki' }).toString();
}

/** Ed25519 over the UTF-8 of a text, base64. */
export function signText(text: string, key: KeyObject): string {
  return sign(null, Buffer.from(text), key).toString('base64');
}

export function isSignedBy(key: KeyObject, text: string, signature: unknown): boolean {
  if (typeof signature !== 'string') return false;
  const bytes = Buffer.from(signature, 'base64');
  // Base64 has several spellings of the same bytes; only one is what was written.
  return bytes.toString('base64') === signature && verify(null, Buffer.from(text), key, bytes);
}
