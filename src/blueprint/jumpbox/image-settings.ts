import { canonicalJson, type Json } from '../../kernel/canonical-json.ts';
import { sha256 } from '../../kernel/hash.ts';
import type { BuildContext } from '../context.ts';
import { customizations, validations } from './customize.ts';

/** Publisher's images of the second generation, the size of machines that are built and run from them, and the least version of their agent. */
export const images = {
  'ubuntu-24.04': {
    source: { offer: 'ubuntu-24_04-lts', sku: 'server' },
    size: 'Standard_D2ds_v5',
    ours: 'ubuntu-24-04',
    agent: '1.33',
  },
  'ubuntu-18.04': {
    source: { offer: 'UbuntuServer', sku: '18_04-lts-gen2' },
    size: 'Standard_D2ds_v4',
    ours: 'ubuntu-18-04',
    agent: '1.5',
  },
} as const;

/** What an image is built from and where it goes: what another image would be built from is another template. */
export function imageSettings({ spec }: BuildContext) {
  const regions = [...new Set([spec.imageSpoke.region, ...spec.clusters.map(({ region }) => region)])];
  const release = spec.components.jumpBoxImage;
  return {
    source: { type: 'PlatformImage', publisher: 'Canonical', ...images[release].source, version: 'latest' },
    machine: { vmSize: images[release].size, osDiskSizeGB: 32 },
    customize: customizations(release),
    validate: { continueDistributeOnFailure: false, sourceValidationOnly: false, inVMValidations: validations },
    targetRegions: regions.map((name) => ({ name, replicaCount: 1, storageAccountType: 'Standard_ZRS' })),
    buildTimeoutInMinutes: 60,
  } as const;
}

/** Eight hex digits, the same for the same content. */
export function imageDigest(context: BuildContext): string {
  return sha256(canonicalJson(imageSettings(context) as unknown as Json)).slice(0, 8);
}
