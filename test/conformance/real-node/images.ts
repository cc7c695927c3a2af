import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bundle } from '../../../workload/bundle.ts';
import { chainImage } from '../../../workload/image/chain-image.ts';
import { packagesOf } from '../../../workload/image/debian-packages.ts';
import { type BuiltImage, writeImage } from '../../../workload/image/oci.ts';
import { runtimeFiles } from '../../../workload/image/runtime-files.ts';
import { program } from '../kubernetes/programs.ts';

/** The workload's image, as `workload/image/build-image.ts` builds it. */
export async function workloadImage(): Promise<BuiltImage> {
  const runtime = runtimeFiles(process.execPath);
  return chainImage({
    reference: 'a0005/chain:conformance',
    runtime,
    nodeVersion: process.version.slice(1),
    packages: packagesOf(runtime.files.map((file) => file.source)),
    program: await bundle('service'),
    programVersion: '0.0.0',
    gzip: false,
  });
}

/** What holds a pod's network open while its containers come and go: a program that sleeps. */
export function sandboxImage(): BuiltImage {
  const busybox = readFileSync(path.join(program('node-software'), 'bin/busybox'));
  return writeImage({
    reference: 'pause:conformance',
    architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
    layers: [{ createdBy: 'busybox', entries: [{ path: 'busybox', bytes: busybox, mode: 0o755 }] }],
    run: {
      user: '65535:65535',
      entrypoint: ['/busybox', 'sleep', '2147483647'],
      environment: ['PATH=/'],
      ports: [],
      labels: {},
    },
    attached: { mediaType: 'text/plain', bytes: Buffer.from('busybox-static, of Debian') },
    gzip: false,
  });
}
