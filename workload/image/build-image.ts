import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from '../bundle.ts';
import { chainImage } from './chain-image.ts';
import { packagesOf } from './debian-packages.ts';
import { runtimeFiles } from './runtime-files.ts';

/**
 * Builds the workload's image with Node alone.
 *   tsx workload/image/build-image.ts [--out DIR] [--reference NAME:TAG] [--node FILE --node-version V] [--gzip]
 * Writes `chain.oci.tar` (an OCI image layout; `skopeo copy oci-archive:chain.oci.tar docker://…` takes it as it is) and
 * `chain.cdx.json`. Layers are not compressed unless asked: bytes out of a compressor depend on its version.
 */
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'out/image' },
    reference: { type: 'string' },
    node: { type: 'string', default: process.execPath },
    'node-version': { type: 'string', default: process.version },
    gzip: { type: 'boolean', default: false },
  },
});
const packageFile = path.join(import.meta.dirname, '..', '..', 'package.json');
const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };

const started = performance.now();
const runtime = runtimeFiles(values.node);
const image = chainImage({
  reference: values.reference ?? `a0005/chain:${version}`,
  runtime,
  nodeVersion: values['node-version'].replace(/^v/, ''),
  packages: packagesOf(runtime.files.map((file) => file.source)),
  program: await bundle('service'),
  programVersion: version,
  gzip: values.gzip,
});
mkdirSync(values.out, { recursive: true });
writeFileSync(path.join(values.out, 'chain.oci.tar'), image.archive);
writeFileSync(path.join(values.out, 'chain.cdx.json'), image.bill);
const mebibytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
process.stdout.write(
  [
    `image   ${image.digest}`,
    ...image.layers.map((layer) => `layer   ${layer.digest} ${mebibytes(layer.size)}`),
    `size    ${mebibytes(image.archive.length)}, ${runtime.files.length} runtime files, ${runtime.architecture}`,
    `written ${path.join(values.out, 'chain.oci.tar')}, chain.cdx.json in ${Math.round(performance.now() - started)} ms`,
    '',
  ].join('\n'),
);
