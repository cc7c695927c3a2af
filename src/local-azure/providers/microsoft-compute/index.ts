import type { ResourceTypeProvider } from '../contract.ts';
import { diskEncryptionSets } from './disk-encryption-sets.ts';
import { galleries } from './galleries.ts';
import { galleryImages } from './galleries-images.ts';
import { galleryImageVersions } from './galleries-images-versions.ts';
import { images } from './images.ts';
import { scaleSets } from './virtual-machine-scale-sets.ts';
import { scaleSetExtensions } from './virtual-machine-scale-sets-extensions.ts';

export const computeProviders: readonly ResourceTypeProvider[] = [
  diskEncryptionSets,
  galleries,
  galleryImageVersions,
  galleryImages,
  images,
  scaleSetExtensions,
  scaleSets,
];
