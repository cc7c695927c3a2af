import { sha256 } from '../../kernel/hash.ts';

/**
 * A public key to which nobody holds the private half: its 32 bytes are the digest of a sentence, and from a digest no private key can
 * be worked out. Azure makes no Linux machine without a key or a password; this one lets nobody in.
 */
export function nobodysKey(): string {
  const type = Buffer.from('ssh-ed25519');
  const point = Buffer.from(sha256('nobody holds the private half of this key'), 'hex');
  const field = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  return `${type.toString()} ${Buffer.concat([field(type), field(point)]).toString('base64')}`;
}
