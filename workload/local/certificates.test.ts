import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import * as tls from 'node:tls';
import { describe, expect, test } from 'vitest';
import { makeAuthority } from './certificates.ts';
import { longestHello, serverName } from './server-name.ts';

const now = new Date();
const authority = makeAuthority('Test', now);
const identity = 'spiffe://cluster.local/ns/a0005-i/sa/web-frontend';

/** The referee is OpenSSL, through Node. */
describe('certificates', () => {
  test('an authority signs, and signs for itself', () => {
    const certificate = new X509Certificate(authority.certificate);
    expect([certificate.ca, certificate.subject, certificate.verify(certificate.publicKey)]).toEqual([
      true,
      'CN=Test',
      true,
    ]);
  });

  test('an identity is the only name, for both ends of TLS, and for a day at most', () => {
    const { certificate, key } = authority.issue({ uri: identity });
    const read = new X509Certificate(certificate);
    const issuer = new X509Certificate(authority.certificate);
    expect([read.subjectAltName, read.subject, read.ca]).toEqual([`URI:${identity}`, undefined, false]);
    expect(read.checkIssued(issuer)).toBe(true);
    expect(read.verify(issuer.publicKey)).toBe(true);
    expect(read.checkPrivateKey(createPrivateKey(key))).toBe(true);
    // Extended key usages: server and client authentication (RFC 5280 section 4.2.1.12).
    expect(read.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
    expect(Date.parse(read.validTo) - now.getTime()).toBeLessThanOrEqual(24 * 60 * 60 * 1000);
  });

  test('no two have a serial number in common, and none is negative or longer than 20 bytes', () => {
    const numbers = Array.from(
      { length: 50 },
      () => new X509Certificate(authority.issue({ dns: 'x' }).certificate).serialNumber,
    );
    expect(new Set(numbers).size).toBe(50);
    expect(numbers.filter((one) => !/^[4-7][0-9A-F]{31}$/.test(one))).toEqual([]);
  });

  test.each([
    ['of this authority', authority, true],
    ['of another authority of the same name', makeAuthority('Test', now), false],
  ])('a server takes a client with a certificate %s: %s', async (_name, of, taken) => {
    const server = tls.createServer({
      ...pair(authority.issue({ uri: identity })),
      ca: authority.certificate,
      requestCert: true,
      minVersion: 'TLSv1.3',
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const met = new Promise<boolean>((resolve) => {
      server.on('secureConnection', (socket) => resolve(socket.authorized));
      server.on('tlsClientError', () => resolve(false));
    });
    const client = tls.connect({
      port: (server.address() as AddressInfo).port,
      host: '127.0.0.1',
      ca: authority.certificate,
      ...pair(of.issue({ uri: identity })),
      checkServerIdentity: (_host, certificate) =>
        certificate.subjectaltname === `URI:${identity}` ? undefined : new Error('somebody else'),
    });
    client.on('error', () => undefined);
    expect(await met).toBe(taken);
    client.destroy();
    server.close();
  });
});

const pair = ({ certificate, key }: { certificate: string; key: string }) => ({ cert: certificate, key });

describe('the server name that a TLS client asks for', () => {
  /** What Node, that is OpenSSL, really sends. */
  async function hello(options: tls.ConnectionOptions): Promise<Buffer> {
    const { Duplex } = await import('node:stream');
    return new Promise((resolve) => {
      const wire = new Duplex({
        read: () => undefined,
        write: (chunk: Buffer, _encoding, done) => {
          resolve(Buffer.from(chunk));
          done();
        },
      });
      tls.connect({ socket: wire, ...options }).on('error', () => undefined);
    });
  }

  test('is read from a real ClientHello, in TLS 1.2 and 1.3, in any case', async () => {
    expect(serverName(await hello({ servername: 'packages.microsoft.com' }))).toEqual({
      name: 'packages.microsoft.com',
    });
    expect(
      serverName(await hello({ servername: 'Example.ORG', maxVersion: 'TLSv1.2', ALPNProtocols: ['h2'] })),
    ).toEqual({ name: 'example.org' });
  });

  test('none is none', async () => {
    expect(serverName(await hello({}))).toBe('none');
    expect(serverName(Buffer.from('GET / HTTP/1.1\r\n\r\n'))).toBe('none');
  });

  test('a part of it waits for more; damage is no name and no crash', async () => {
    const whole = await hello({ servername: 'example.org' });
    for (let length = 0; length < whole.length; length += 1) expect(serverName(whole.subarray(0, length))).toBe('more');
    for (let at = 5; at < whole.length; at += 1) {
      for (const byte of [0x00, 0xff]) {
        const damaged = Buffer.from(whole);
        damaged[at] = byte;
        const answer = serverName(damaged);
        expect(answer === 'none' || typeof answer === 'object').toBe(true);
      }
    }
    const endless = Buffer.from([0x16, 3, 1, 0xff, 0xff]);
    expect([serverName(endless), longestHello]).toEqual(['none', 16_389]);
  });
});
