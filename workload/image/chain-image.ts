import { billOfMaterials, type Material } from './bill-of-materials.ts';
import type { DebianPackage } from './debian-packages.ts';
import { type BuiltImage, writeImage } from './oci.ts';
import { nodePath, type Runtime } from './runtime-files.ts';
import type { Entry } from './tar.ts';

/** What the image is made from: bytes, so that small ones will do for a test. */
export interface ImageInputs {
  /** `repository:tag`. */
  readonly reference: string;
  /** Node and its libraries. */
  readonly runtime: Runtime;
  readonly nodeVersion: string;
  /** Packages that the runtime's files came from, by the file on the build machine. */
  readonly packages: ReadonlyMap<string, DebianPackage>;
  /** The program, one module. */
  readonly program: string;
  readonly programVersion: string;
  readonly gzip: boolean;
}

/** Nobody in particular: not root, and in no group of the node. */
export const user = { id: 10001, name: 'chain' } as const;
const programPath = '/app/chain.mjs';

/** Files that the C library and Node look for. No shell, no package manager, no other program. */
const systemFiles: Readonly<Record<string, string>> = {
  'etc/passwd': `root:x:0:0:root:/:/nonexistent\n${user.name}:x:${user.id}:${user.id}:${user.name}:/:/nonexistent\n`,
  'etc/group': `root:x:0:\n${user.name}:x:${user.id}:\n`,
  'etc/nsswitch.conf': 'hosts: files dns\npasswd: files\ngroup: files\n',
};

export interface ChainImage extends BuiltImage {
  /** The CycloneDX bill of materials, as attached. */
  readonly bill: string;
}

/**
 * The workload's image. Three layers, slowest to change first, so that a new version of the program moves some kilobytes. Nothing is
 * written at run time: it starts with a read-only root. Certificate authorities are those inside Node.
 */
export function chainImage(inputs: ImageInputs): ChainImage {
  const { runtime } = inputs;
  const program = Buffer.from(inputs.program, 'utf8');
  const bill = billOfMaterials({ name: inputs.reference.replace(/:[^:]*$/, ''), version: inputs.programVersion }, [
    ...runtime.files.map((file): Material => {
      const debian = inputs.packages.get(file.source);
      const isNode = file.path === nodePath;
      return {
        kind: isNode ? 'application' : 'library',
        name: isNode ? 'node' : (file.path.split('/').at(-1) ?? file.path),
        ...(isNode ? { version: inputs.nodeVersion } : {}),
        path: file.path,
        bytes: file.bytes,
        ...(debian === undefined || isNode ? {} : { debian }),
      };
    }),
    ...Object.entries(systemFiles).map(
      ([path, text]): Material => ({ kind: 'file', name: path, path: `/${path}`, bytes: Buffer.from(text) }),
    ),
    { kind: 'application', name: 'chain', version: inputs.programVersion, path: programPath, bytes: program },
  ]);
  const inImage = (path: string, bytes: Buffer, mode: number): Entry => ({ path: path.slice(1), bytes, mode });
  const image = writeImage({
    reference: inputs.reference,
    architecture: runtime.architecture,
    gzip: inputs.gzip,
    layers: [
      {
        createdBy: 'Node and the libraries that it is linked with',
        entries: runtime.files.map((file) => inImage(file.path, file.bytes, 0o755)),
      },
      {
        createdBy: 'User and name service configuration',
        entries: Object.entries(systemFiles).map(([path, text]) => inImage(`/${path}`, Buffer.from(text), 0o644)),
      },
      { createdBy: 'The program', entries: [inImage(programPath, program, 0o644)] },
    ],
    run: {
      user: `${user.id}:${user.id}`,
      // No code from text, no way to an object's prototype by name; the heap stays below the pod's limit of 200 MiB.
      entrypoint: [
        nodePath,
        '--disallow-code-generation-from-strings',
        '--disable-proto=delete',
        '--max-old-space-size=96',
        programPath,
      ],
      environment: ['PATH=/nodejs/bin', 'NODE_ENV=production'],
      ports: ['8080/tcp', '8081/tcp'],
      labels: {
        'org.opencontainers.image.title': 'chain',
        'org.opencontainers.image.description': 'Four services that call each other, to see which calls pass',
        'org.opencontainers.image.version': inputs.programVersion,
        'org.opencontainers.image.licenses': 'MIT',
      },
    },
    attached: { mediaType: 'application/vnd.cyclonedx+json', bytes: Buffer.from(bill) },
  });
  return { ...image, bill };
}
