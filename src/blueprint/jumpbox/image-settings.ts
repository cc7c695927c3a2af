import { canonicalJson, type Json } from '../../kernel/canonical-json.ts';
import { sha256 } from '../../kernel/hash.ts';
import type { BuildContext } from '../context.ts';
import { customizations, validations } from './customize.ts';

/** What an image is built from and where it goes: what another image would be built from is another template. */
export function imageSettings({ spec }: BuildContext) {
  const regions = [...new Set([spec.imageSpoke.region, ...spec.clusters.map(({ region }) => region)])];
  return {
    source: {
      type: 'PlatformImage',
      publisher: 'Canonical',
      offer: 'ubuntu-24_04-lts',
      sku: 'server',
      version: 'latest',
    },
    machine: { vmSize: 'Standard_D2ds_v5', osDiskSizeGB: 32 },
    customize: customizations,
    validate: { continueDistributeOnFailure: false, sourceValidationOnly: false, inVMValidations: validations },
    targetRegions: regions.map((name) => ({ name, replicaCount: 1, storageAccountType: 'Standard_ZRS' })),
    buildTimeoutInMinutes: 60,
  } as const;
}

/** Eight hex digits, the same for the same content. */
export function imageDigest(context: BuildContext): string {
  return sha256(canonicalJson(imageSettings(context) as unknown as Json)).slice(0, 8);
}
