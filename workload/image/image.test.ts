import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { chainImage, type ImageInputs } from './chain-image.ts';
import { packagesOf } from './debian-packages.ts';
import { readElf } from './elf.ts';
import { LayoutError, readLayout } from './read-layout.ts';
import { runtimeFiles } from './runtime-files.ts';
import { type Entry, readTar, TarError, writeTar } from './tar.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'image-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Small inputs in place of Node and its libraries. */
const inputs: ImageInputs = {
  reference: 'a0005/chain:1.2.3',
  runtime: {
    architecture: 'amd64',
    files: [
      { path: '/nodejs/bin/node', bytes: Buffer.from('node'), source: '/usr/bin/node' },
      {
        path: '/lib/x86_64-linux-gnu/libc.so.6',
        bytes: Buffer.from('libc'),
        source: '/usr/lib/x86_64-linux-gnu/libc.so.6',
      },
    ],
  },
  nodeVersion: '20.19.0',
  packages: new Map([
    ['/usr/lib/x86_64-linux-gnu/libc.so.6', { name: 'libc6', version: '2.36-9+deb12u10', architecture: 'amd64' }],
  ]),
  program: 'console.log(1);\n',
  programVersion: '1.2.3',
  gzip: false,
};

describe.each([
  ['plain layers', false],
  ['compressed layers', true],
])('the image with %s', (_name, gzip) => {
  const image = chainImage({ ...inputs, gzip });

  test('built twice, it is the same to the byte; with another program, another digest and the same runtime layer', () => {
    const again = chainImage({
      ...inputs,
      gzip,
      runtime: { ...inputs.runtime, files: [...inputs.runtime.files].reverse() },
    });
    expect(again.digest).toBe(image.digest);
    expect(again.archive.equals(image.archive)).toBe(true);
    const other = chainImage({ ...inputs, gzip, program: 'console.log(2);\n' });
    expect(other.digest).not.toBe(image.digest);
    expect(other.layers.map((layer) => layer.digest).slice(0, 2)).toEqual(
      image.layers.map((layer) => layer.digest).slice(0, 2),
    );
  });

  test('is an OCI image layout that holds what was put in', () => {
    const read = readLayout(image.archive);
    expect(read.files.get('nodejs/bin/node')).toMatchObject({ mode: 0o755, bytes: Buffer.from('node') });
    expect(read.files.get('app/chain.mjs')).toMatchObject({ mode: 0o644, bytes: Buffer.from('console.log(1);\n') });
    expect([...read.files.keys()].filter((name) => /(^|\/)(sh|bash|busybox|apt|dpkg)$/.test(name))).toEqual([]);
  });

  test('starts as a user that is not root, by number, so that "runAsNonRoot" can see it', () => {
    const { config } = readLayout(image.archive);
    // "Image Configuration", properties of `config`: names and forms are the specification's.
    expect(config).toMatchObject({
      architecture: 'amd64',
      os: 'linux',
      created: '1970-01-01T00:00:00Z',
      config: {
        User: '10001:10001',
        ExposedPorts: { '8080/tcp': {}, '8081/tcp': {} },
        StopSignal: 'SIGTERM',
        WorkingDir: '/',
      },
      rootfs: { type: 'layers' },
    });
    expect((config.config as { Entrypoint: string[] }).Entrypoint[0]).toBe('/nodejs/bin/node');
  });

  test('the bill of materials refers to it and names every file with its digest', () => {
    const read = readLayout(image.archive);
    const [attached] = read.attached;
    expect(attached?.type).toBe('application/vnd.cyclonedx+json');
    expect(attached?.bytes.toString()).toBe(image.bill);
    const bill = JSON.parse(image.bill) as {
      bomFormat: string;
      specVersion: string;
      serialNumber: string;
      version: number;
      components: {
        type: string;
        name: string;
        version?: string;
        purl?: string;
        'bom-ref': string;
        hashes: { alg: string; content: string }[];
      }[];
      dependencies: { ref: string; dependsOn: string[] }[];
    };
    // CycloneDX 1.6 JSON reference: required fields, the form of the serial number, closed lists of types and algorithms.
    expect([bill.bomFormat, bill.specVersion, bill.version]).toEqual(['CycloneDX', '1.6', 1]);
    expect(bill.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
    const files = [...read.files.values()].filter((entry) => entry.bytes !== undefined);
    expect(bill.components.map((one) => one['bom-ref']).sort()).toEqual(files.map((entry) => `/${entry.path}`).sort());
    for (const component of bill.components) {
      const bytes = read.files.get(component['bom-ref'].slice(1))?.bytes ?? '';
      expect(component.hashes).toEqual([{ alg: 'SHA-256', content: createHash('sha256').update(bytes).digest('hex') }]);
      expect(['application', 'library', 'file']).toContain(component.type);
    }
    // https://github.com/package-url/purl-spec: type deb, version percent-encoded.
    expect(bill.components.find((one) => one.name === 'libc.so.6')?.purl).toBe(
      'pkg:deb/debian/libc6@2.36-9%2Bdeb12u10?arch=amd64',
    );
    expect(bill.dependencies[0]?.dependsOn).toHaveLength(bill.components.length);
  });
});

describe('a layout that breaks the specification is found out', () => {
  const entries = readTar(chainImage(inputs).archive);
  const change = (name: RegExp, edit: (entry: Entry) => Entry | undefined): Buffer =>
    writeTar(entries.flatMap((entry) => (name.test(entry.path) ? (edit(entry) ?? []) : entry)));
  const text =
    (edit: (text: string) => string) =>
    (entry: Entry): Entry => ({ ...entry, bytes: Buffer.from(edit(Buffer.from(entry.bytes ?? '').toString())) });

  test.each<[string, Buffer, string]>([
    ['without oci-layout', change(/^oci-layout$/, () => undefined), 'oci-layout is missing'],
    [
      'of another version',
      change(
        /^oci-layout$/,
        text(() => '{"imageLayoutVersion":"2"}'),
      ),
      'imageLayoutVersion',
    ],
    ['without index', change(/^index\.json$/, () => undefined), 'index.json is missing'],
    [
      'a blob that was changed',
      change(/^blobs\/sha256\/.*/, (entry) =>
        entry.bytes === undefined ? entry : { ...entry, bytes: Buffer.from('x') },
      ),
      'does not have the digest of its name',
    ],
    [
      'an index that points at nothing',
      change(
        /^index\.json$/,
        text((json) => json.replace(/sha256:[0-9a-f]{64}/, `sha256:${'0'.repeat(64)}`)),
      ),
      'is missing',
    ],
    [
      'a wrong size',
      change(
        /^index\.json$/,
        text((json) => json.replace(/"size":\d+/, '"size":1')),
      ),
      'size 1',
    ],
    [
      'a wrong type',
      change(
        /^index\.json$/,
        text((json) => json.replace('manifest.v1+json', 'manifest.v9+json')),
      ),
      'mediaType',
    ],
  ])('%s', (_name, archive, message) => {
    expect(() => readLayout(archive)).toThrow(LayoutError);
    expect(() => readLayout(archive)).toThrow(message);
  });
});

describe('archives', () => {
  const entries: readonly Entry[] = [
    { path: 'b/ü.txt', bytes: Buffer.from('text'), mode: 0o644 },
    { path: 'a', bytes: Buffer.alloc(512, 1), mode: 0o755 },
    { path: `${'long/'.repeat(30)}name`, bytes: Buffer.alloc(0), mode: 0o600 },
  ];

  test('come back as they went in, folders added', () => {
    const read = readTar(writeTar(entries));
    expect(
      read.filter((entry) => entry.bytes !== undefined).map((entry) => [entry.path, entry.mode, entry.bytes?.length]),
    ).toEqual([
      ['a', 0o755, 512],
      ['b/ü.txt', 0o644, 4],
      [`${'long/'.repeat(30)}name`, 0o600, 0],
    ]);
    expect(read.filter((entry) => entry.bytes === undefined)).toHaveLength(31);
  });

  test.skipIf(spawnSync('tar', ['--version']).status !== 0)('are what tar understands', () => {
    const file = path.join(folder, 'x.tar');
    writeFileSync(file, writeTar(entries));
    const listed = spawnSync('tar', ['--numeric-owner', '-tvf', file], {
      encoding: 'utf8',
      env: { ...process.env, TZ: 'UTC', LC_ALL: 'C.UTF-8' },
    });
    expect([listed.status, listed.stderr]).toEqual([0, '']);
    expect(listed.stdout).toMatch(/^-rwxr-xr-x 0\/0 +512 1970-01-01 00:00 a$/m);
  });

  test.each([
    ['../x', 'leads out'],
    ['/x', 'leads out'],
    ['x'.repeat(101), 'too long'],
  ])('%s is refused', (name, message) => {
    expect(() => writeTar([{ path: name, mode: 0o644, bytes: Buffer.alloc(0) }])).toThrow(message);
  });

  test('damage and a cut are found', () => {
    const archive = writeTar(entries);
    const damaged = Buffer.from(archive);
    damaged[0] = 0x7a;
    expect(() => readTar(damaged)).toThrow(TarError);
    expect(() => readTar(archive.subarray(0, 600))).toThrow(TarError);
  });
});

describe('what the Node of this machine needs', () => {
  const isLinux = process.platform === 'linux';

  test.runIf(isLinux && spawnSync('ldd', ['--version']).status === 0)(
    'is what ldd says, and nothing that ldd does not say but the resolver',
    () => {
      // ldd asks the loader itself: another way to the same answer.
      const { stdout } = spawnSync('ldd', [process.execPath], { encoding: 'utf8' });
      const asked = [...stdout.matchAll(/^\s+(?:(\S+) => )?(\/\S+)/gm)].map((match) =>
        path.basename(match[1] ?? match[2] ?? ''),
      );
      const found = runtimeFiles(process.execPath).files.map((file) => path.basename(file.path));
      const extra = ['node', 'libnss_dns.so.2', 'libnss_files.so.2', 'libresolv.so.2'];
      expect(found.filter((name) => !extra.includes(name)).sort()).toEqual(asked.sort());
    },
  );

  test('a file that is no program is refused', () => {
    expect(() => readElf(Buffer.from('#!/bin/sh\n'.repeat(10)))).toThrow('not an ELF file');
    const cut = Buffer.alloc(64);
    cut.write('\x7fELF\x02\x01', 0, 'latin1');
    cut.writeUInt16LE(62, 18);
    cut.writeBigUInt64LE(4_000n, 32);
    cut.writeUInt16LE(56, 54);
    cut.writeUInt16LE(9, 56);
    expect(() => readElf(cut)).toThrow('cut short');
  });

  test("packages are read from dpkg's database, with and without a merged /usr", () => {
    mkdirSync(path.join(folder, 'dpkg', 'info'), { recursive: true });
    writeFileSync(
      path.join(folder, 'dpkg', 'status'),
      'Package: libc6\nArchitecture: amd64\nVersion: 2.36-9\nDescription: x\n\nPackage: other\nVersion: 1\nArchitecture: all\n',
    );
    writeFileSync(path.join(folder, 'dpkg', 'info', 'libc6:amd64.list'), '/.\n/lib/x86_64-linux-gnu/libc.so.6\n');
    writeFileSync(path.join(folder, 'dpkg', 'info', 'other.list'), '/usr/share/x\n');
    expect([...packagesOf(['/usr/lib/x86_64-linux-gnu/libc.so.6', '/opt/node'], path.join(folder, 'dpkg'))]).toEqual([
      ['/usr/lib/x86_64-linux-gnu/libc.so.6', { name: 'libc6', version: '2.36-9', architecture: 'amd64' }],
    ]);
    expect(packagesOf(['/x'], path.join(folder, 'nowhere')).size).toBe(0);
  });
});

test('compressed layers say nothing of when or where they were made', () => {
  const image = chainImage({ ...inputs, gzip: true });
  const blobs = readTar(image.archive).filter((entry) => entry.bytes?.[0] === 0x1f && entry.bytes[1] === 0x8b);
  expect(blobs).toHaveLength(3);
  for (const { bytes } of blobs) {
    // RFC 1952 section 2.3: bytes 4 to 7 are the time, byte 9 the system.
    expect([...(bytes?.subarray(4, 8) ?? []), bytes?.[9]]).toEqual([0, 0, 0, 0, 255]);
    expect(gunzipSync(bytes ?? '').length % 512).toBe(0);
  }
});
