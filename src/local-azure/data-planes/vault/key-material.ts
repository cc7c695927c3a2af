import {
  constants,
  createECDH,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  privateEncrypt,
} from 'node:crypto';
import { ArmError } from '../../../arm/arm-error.ts';
import type { StoredKey } from './vault-objects.ts';

const curves: Readonly<Record<string, { readonly name: string; readonly order: bigint; readonly bytes: number }>> = {
  'P-256': {
    name: 'prime256v1',
    order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
    bytes: 32,
  },
  'P-384': {
    name: 'secp384r1',
    order: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
    bytes: 48,
  },
};

const refuse = (message: string): ArmError => new ArmError(400, { code: 'BadParameter', message });

/** Makes a key as a vault does (REST reference, Create Key). Types: RSA and EC, each also as `-HSM`; curves P-256 and P-384. */
export function makeKey(
  kty: string,
  curve: string,
  bits: number,
  operations: readonly string[],
  exportable: boolean,
): StoredKey {
  const family = kty.replace(/-HSM$/, '');
  if (family === 'EC' && curves[curve] === undefined) throw refuse(`The curve '${curve}' is not P-256 or P-384.`);
  if (family === 'RSA' && ![2048, 3072, 4096].includes(bits)) {
    throw refuse(`An RSA key cannot have ${bits} bits: 2048, 3072 or 4096.`);
  }
  if (family !== 'EC' && family !== 'RSA') throw refuse(`The key type '${kty}' is not RSA, RSA-HSM, EC or EC-HSM.`);
  const { privateKey } =
    family === 'EC'
      ? generateKeyPairSync('ec', { namedCurve: curve })
      : generateKeyPairSync('rsa', { modulusLength: bits });
  const standard = ['sign', 'verify', ...(family === 'RSA' ? ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'] : [])];
  return {
    kty,
    pem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    operations: operations.length === 0 ? standard : operations,
    exportable,
  };
}

/** The public half as a JSON Web Key, with the names of Key Vault. */
export function publicJwk(key: StoredKey): Readonly<Record<string, unknown>> {
  const { kty: _, ...numbers } = publicKeyOf(key).export({ format: 'jwk' });
  return { kty: key.kty, key_ops: key.operations, ...numbers };
}

export function publicKeyOf(key: StoredKey): KeyObject {
  return createPublicKey(key.pem);
}

/** The header of an RSA signature by hash (RFC 8017 section 9.2, notes). */
const digestHeaders: Readonly<Record<string, string>> = {
  RS256: '3031300d060960864801650304020105000420',
  RS384: '3041300d060960864801650304020205000430',
  RS512: '3051300d060960864801650304020305000440',
};
const digestBytes: Readonly<Record<string, number>> = { RS256: 32, RS384: 48, RS512: 64, ES256: 32, ES384: 48 };

/** Signs a digest (REST reference, Sign). RSA by PKCS #1 1.5; ECDSA gives `r` and `s`, one after the other. */
export function signDigest(key: StoredKey, algorithm: string, digest: Buffer): Buffer {
  if (digest.length !== digestBytes[algorithm]) {
    throw refuse(
      digestBytes[algorithm] === undefined
        ? `Local Azure signs with ${Object.keys(digestBytes).join(', ')}, not with '${algorithm}'.`
        : `A digest for ${algorithm} has ${digestBytes[algorithm]} bytes, not ${digest.length}.`,
    );
  }
  const { crv, d } = createPrivateKey(key.pem).export({ format: 'jwk' });
  const header = digestHeaders[algorithm];
  if (key.kty.startsWith('RSA') !== (header !== undefined) || (algorithm === 'ES256') !== (crv === 'P-256')) {
    throw refuse(`A key of type ${key.kty}${crv === undefined ? '' : ` on ${crv}`} does not sign with ${algorithm}.`);
  }
  if (header !== undefined) {
    const content = Buffer.concat([Buffer.from(header, 'hex'), digest]);
    return privateEncrypt({ key: key.pem, padding: constants.RSA_PKCS1_PADDING }, content);
  }
  return ecdsa(curves[crv ?? ''] as (typeof curves)[string], Buffer.from(d ?? '', 'base64url'), digest);
}

/** FIPS 186-5 section 6.4.1; Node signs messages only, and a vault is given their digest. */
function ecdsa(curve: (typeof curves)[string], secret: Buffer, digest: Buffer): Buffer {
  const { order, bytes } = curve as { order: bigint; bytes: number; name: string };
  const number = (data: Buffer): bigint => BigInt(`0x${data.toString('hex')}`);
  for (;;) {
    const once = createECDH((curve as { name: string }).name);
    once.generateKeys();
    const k = number(once.getPrivateKey());
    const r = number(once.getPublicKey().subarray(1, 1 + bytes)) % order;
    const s = (inverse(k, order) * (number(digest) + r * number(secret))) % order;
    if (r === 0n || s === 0n) continue;
    const field = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(bytes * 2, '0'), 'hex');
    return Buffer.concat([field(r), field(s)]);
  }
}

/** By the extended algorithm of Euclid. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n];
  while (a !== 0n) {
    const quotient = b / a;
    [a, b, x, y] = [b - quotient * a, a, y - quotient * x, x];
  }
  return ((y % modulus) + modulus) % modulus;
}
