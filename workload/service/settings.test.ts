import { describe, expect, test } from 'vitest';
import { readSettings, SettingsError } from './settings.ts';

const frontend = { WORKLOAD_ROLE: 'web-frontend' };

describe('settings', () => {
  test('a role is enough: its peers are the other three on port 80, its page four calls deep', () => {
    const settings = readSettings([], frontend);
    expect(settings.peers.map((peer) => peer.href)).toEqual([
      'http://microservice-a.a0005-o/',
      'http://microservice-b.a0005-o/',
      'http://microservice-c.a0005-i/',
    ]);
    expect([settings.pageDepth, settings.port, settings.managementPort]).toEqual([4, 8080, 8081]);
    expect(readSettings([], { WORKLOAD_ROLE: 'microservice-b' }).pageDepth).toBe(0);
  });

  test('a flag comes before the environment', () => {
    expect(readSettings(['--port', '9000'], { ...frontend, WORKLOAD_PORT: '9001' }).port).toBe(9000);
  });

  test('an empty list means none', () => {
    expect(readSettings([], { ...frontend, WORKLOAD_EXTERNALS: '', WORKLOAD_PEERS: 'http://x:81' })).toMatchObject({
      externals: [],
      peers: [new URL('http://x:81')],
    });
  });

  test.each([
    [{}, 'WORKLOAD_ROLE is not set'],
    [{ WORKLOAD_ROLE: 'constructor' }, 'must be one of web-frontend'],
    [{ ...frontend, WORKLOAD_PROT: '1' }, 'WORKLOAD_PROT is not a setting'],
    [{ ...frontend, WORKLOAD_PORT: '0x50' }, 'WORKLOAD_PORT is "0x50"'],
    [{ ...frontend, WORKLOAD_PORT: '65536' }, 'from 0 to 65535'],
    [{ ...frontend, WORKLOAD_PAGE_DEPTH: '5' }, 'from 0 to 4'],
    [{ ...frontend, WORKLOAD_PEERS: 'ftp://x' }, 'WORKLOAD_PEERS holds an address'],
    [{ ...frontend, WORKLOAD_PEERS: 'http://x/path' }, 'WORKLOAD_PEERS holds an address'],
    [{ ...frontend, WORKLOAD_OUTBOUND_PROXY: 'https://x' }, 'WORKLOAD_OUTBOUND_PROXY holds'],
  ])('%j is refused by name', (environment, message) => {
    expect(() => readSettings([], environment)).toThrow(message);
  });

  test('an unknown flag is refused with the flags that there are', () => {
    expect(() => readSettings(['--prot', '1'], frontend)).toThrow(/--prot.*Flags: --role/);
  });

  test('a password in an address is refused and not repeated', () => {
    const secret = { ...frontend, WORKLOAD_PEERS: 'http://user:secret@x' };
    expect(() => readSettings([], secret)).toThrow(SettingsError);
    expect(() => readSettings([], secret)).not.toThrow(/secret/);
  });
});
