import type { PeerCertificate, TLSSocket } from 'node:tls';
import { identityOf, type Pod } from './pods.ts';

const spiffe = /^URI:(spiffe:\/\/[a-z0-9.-]+\/ns\/[a-z0-9-]+\/sa\/[a-z0-9.-]+)$/;

/** The one SPIFFE identity of a certificate; undefined where there is none, or more than that one name. */
function identityIn(subjectAltName: string | undefined): string | undefined {
  return spiffe.exec(subjectAltName ?? '')?.[1];
}

/** Who is at the other end: only after the handshake has checked the certificate against the mesh's authority. */
export function peerIdentity(socket: TLSSocket): string | undefined {
  return socket.authorized ? identityIn(socket.getPeerX509Certificate()?.subjectAltName) : undefined;
}

/** For `checkServerIdentity`: the server must hold the identity of the pod that is meant, whatever its address. */
export function mustBe(pod: Pod): (host: string, certificate: PeerCertificate) => Error | undefined {
  return (_host, certificate) => {
    const found = identityIn(certificate.subjectaltname);
    return found === identityOf(pod) ? undefined : new Error(`expected ${identityOf(pod)}, found ${found ?? 'nobody'}`);
  };
}
