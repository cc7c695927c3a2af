import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ControlPlane } from '../kubernetes/control-plane.ts';
import { freePorts, startProgram, until } from '../kubernetes/process.ts';
import { program } from '../kubernetes/programs.ts';

export interface Registry {
  /** `http://127.0.0.1:port` */
  readonly address: string;
  /** Pushes every manifest of an OCI image layout (a tar archive) into a repository. */
  push(repository: string, archive: Buffer, tag: string): Promise<void>;
}

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly annotations?: Readonly<Record<string, string>>;
}
interface Manifest {
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

/** Debian's docker-registry (CNCF Distribution 2.8), on loopback. */
export async function startRegistry(plane: ControlPlane): Promise<Registry> {
  const folder = path.join(plane.folder, 'registry');
  mkdirSync(folder, { recursive: true });
  const [port = 0] = await freePorts(1);
  const config = path.join(folder, 'config.yml');
  writeFileSync(
    config,
    JSON.stringify({
      version: 0.1,
      log: { level: 'warn' },
      storage: { filesystem: { rootdirectory: path.join(folder, 'data') } },
      http: { addr: `127.0.0.1:${port}` },
    }),
  );
  const server = startProgram(path.join(program('node-software'), 'usr/bin/docker-registry'), ['serve', config], {
    cwd: folder,
  });
  plane.adopt(server);
  const address = `http://127.0.0.1:${port}`;
  await until('registry', async () => ((await fetch(`${address}/v2/`)).ok ? true : undefined), { of: server });
  return { address, push: (repository, archive, tag) => push(`${address}/v2/${repository}`, archive, tag) };
}

/** The OCI Distribution Specification's push: blobs first, then the manifest that names them, by tag and so by digest. */
async function push(repository: string, archive: Buffer, tag: string): Promise<void> {
  const folder = mkdtempSync(path.join('/tmp', 'layout-'));
  try {
    const unpacked = spawnSync('tar', ['-x', '-C', folder], { input: archive });
    if (unpacked.status !== 0) throw new Error(`tar: ${unpacked.stderr}`);
    const blob = (digest: string): Buffer => readFileSync(path.join(folder, 'blobs', ...digest.split(':')));
    const index = JSON.parse(readFileSync(path.join(folder, 'index.json'), 'utf8')) as {
      manifests: readonly Descriptor[];
    };
    const image = index.manifests.find(({ annotations }) => annotations !== undefined) ?? index.manifests[0];
    if (image === undefined) throw new Error('The layout has no image.');
    const bytes = blob(image.digest);
    const manifest = JSON.parse(bytes.toString('utf8')) as Manifest;
    for (const { digest } of [manifest.config, ...manifest.layers]) await pushBlob(repository, digest, blob(digest));
    await must(
      await fetch(`${repository}/manifests/${tag}`, {
        method: 'PUT',
        headers: { 'content-type': image.mediaType },
        body: new Uint8Array(bytes),
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function pushBlob(repository: string, digest: string, bytes: Buffer): Promise<void> {
  const begun = await must(await fetch(`${repository}/blobs/uploads/`, { method: 'POST' }));
  const upload = new URL(begun.headers.get('location') ?? '', repository);
  upload.searchParams.set('digest', digest);
  const headers = { 'content-type': 'application/octet-stream' };
  await must(await fetch(upload, { method: 'PUT', headers, body: new Uint8Array(bytes) }));
}

async function must(response: Response): Promise<Response> {
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${await response.text()}`);
  return response;
}
