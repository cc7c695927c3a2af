import { verify, X509Certificate } from 'node:crypto';
import { listOf, membersOf, textOf } from '../../providers/members.ts';

const payloadType = 'application/vnd.cncf.notary.payload.v1+json';
const scheme = 'io.cncf.notary.signingScheme';
const hashes: Readonly<Record<string, string>> = { ES256: 'sha256', ES384: 'sha384', ES512: 'sha512' };

/**
 * Why a JWS envelope is no signature of an artifact by somebody whom an authority has certified; undefined where it is one (Notary Project,
 * signature envelope JWS, and trust store, level strict).
 * @param digest of the artifact @param authority PEM of what is trusted
 */
export function faultOfSignature(
  envelope: Uint8Array,
  digest: string,
  authority: string,
  now: Date,
): string | undefined {
  const jws = parsed(Buffer.from(envelope).toString('utf8'));
  const [content, header, signature] = [textOf(jws.payload), textOf(jws.protected), textOf(jws.signature)];
  if (content === undefined || header === undefined || signature === undefined)
    return 'the signature is no JWS envelope';
  const head = parsed(Buffer.from(header, 'base64url').toString('utf8'));
  const hash = hashes[textOf(head.alg) ?? ''];
  if (hash === undefined || head.cty !== payloadType || head[scheme] !== 'notary.x509') {
    return 'the signature is not one of the Notary Project with ECDSA';
  }
  const unknown = listOf(head.crit).find((name) => name !== scheme);
  if (unknown !== undefined) return `the signature asks for ${String(unknown)}, which is not understood`;
  const chain = certificates(listOf(membersOf(jws.header).x5c));
  const fault = chain === undefined ? 'its certificates cannot be read' : faultOfChain(chain, authority, now);
  if (fault !== undefined) return fault;
  const key = {
    key: (chain as readonly X509Certificate[])[0]?.publicKey as X509Certificate['publicKey'],
    dsaEncoding: 'ieee-p1363' as const,
  };
  if (!verify(hash, Buffer.from(`${header}.${content}`), key, Buffer.from(signature, 'base64url'))) {
    return 'the signature does not fit what it signs';
  }
  const target = membersOf(parsed(Buffer.from(content, 'base64url').toString('utf8')).targetArtifact);
  return target.digest === digest ? undefined : `the signature is of ${String(target.digest)}`;
}

function faultOfChain(chain: readonly X509Certificate[], authority: string, now: Date): string | undefined {
  const trusted = certificates([authority])?.[0];
  const root = chain.at(-1);
  if (trusted === undefined || root === undefined || root.fingerprint256 !== trusted.fingerprint256) {
    return 'it was signed under an authority that is not trusted';
  }
  for (const [i, certificate] of chain.entries()) {
    const above = chain[i + 1] ?? certificate;
    if (!certificate.verify(above.publicKey) || (i > 0 && !certificate.ca)) return 'its certificates are no chain';
    if (Date.parse(certificate.validFrom) > now.getTime() || Date.parse(certificate.validTo) <= now.getTime()) {
      return `the certificate ${certificate.subject.replaceAll('\n', ', ')} is not valid now`;
    }
  }
  const [own] = chain;
  if (own?.ca === true) return 'an authority signed by itself';
  const uses = own?.keyUsage ?? [];
  // Code signing (RFC 5280 section 4.2.1.12), or no word about uses.
  return uses.length === 0 || uses.includes('1.3.6.1.5.5.7.3.3') ? undefined : 'its certificate is not for signing';
}

function certificates(items: readonly unknown[]): readonly X509Certificate[] | undefined {
  try {
    return items.map((item) => {
      const text = String(item);
      return new X509Certificate(text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64'));
    });
  } catch {
    return undefined;
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return membersOf(JSON.parse(text));
  } catch {
    return {};
  }
}
