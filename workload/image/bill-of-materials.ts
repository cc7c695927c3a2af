import { createHash } from 'node:crypto';
import type { DebianPackage } from './debian-packages.ts';

/** One thing in the image. */
export interface Material {
  readonly kind: 'application' | 'library' | 'file';
  readonly name: string;
  readonly version?: string;
  /** Where it lies in the image. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly debian?: DebianPackage;
}

/**
 * A CycloneDX 1.6 bill of materials (ECMA-424): every file of the image with its digest, and the package that it came from. No time and
 * a serial number derived from the contents: same image, same bill.
 */
export function billOfMaterials(
  image: { readonly name: string; readonly version: string },
  materials: readonly Material[],
): string {
  const components = [...materials]
    .sort((left, right) => (left.path < right.path ? -1 : 1))
    .map((one) => ({
      type: one.kind,
      'bom-ref': one.path,
      name: one.name,
      ...(one.debian !== undefined
        ? { version: one.debian.version, purl: debianPurl(one.debian) }
        : one.version === undefined
          ? {}
          : { version: one.version }),
      hashes: [{ alg: 'SHA-256', content: sha256(one.bytes) }],
      properties: [{ name: 'aks-regulated:image:path', value: one.path }],
    }));
  const subject = { type: 'container', 'bom-ref': 'image', name: image.name, version: image.version };
  const bill = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: serialOf(JSON.stringify([subject, components])),
    version: 1,
    metadata: { component: subject },
    components,
    dependencies: [{ ref: 'image', dependsOn: components.map((one) => one['bom-ref']) }],
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}

/** https://github.com/package-url/purl-spec, type `deb`: `+` and `:` of a version are escaped. */
function debianPurl({ name, version, architecture }: DebianPackage): string {
  return `pkg:deb/debian/${encodeURIComponent(name)}@${encodeURIComponent(version)}?arch=${architecture}`;
}

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** A UUID of the form of RFC 9562 version 8 (own derivation), from a digest. */
function serialOf(text: string): string {
  const hex = sha256(text);
  const variant = ((Number.parseInt(hex[16] as string, 16) & 0x3) | 0x8).toString(16);
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
