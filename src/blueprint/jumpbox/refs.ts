import type { BuildContext } from '../context.ts';
import type { Placement } from '../placement.ts';
import { imageDigest } from './image-settings.ts';

type Ref = { readonly key: string; readonly name: string };

/** Names and keys of what jump-box images come from. */
export interface JumpBoxImageRefs {
  readonly placement: Placement;
  readonly gallery: Ref;
  readonly image: Ref;
  readonly template: Ref;
  /** Where the image builder puts what a build needs while it runs. */
  readonly stagingGroup: string;
  readonly identity: Ref;
}

/**
 * What Azure takes once only bears the digest of what is in it: other content is another template, with a group of its own to build
 * in, and the same content is the one that is there.
 */
export function jumpBoxImageRefs(context: BuildContext): JumpBoxImageRefs {
  const { spec, naming, tags } = context;
  const digest = imageDigest(context);
  // Galleries take letters, digits, dots and underscores.
  const gallery = `gal_${naming.workload}_jump_boxes`;
  return {
    placement: {
      stage: 'jump-box-image',
      deployment: 'jump-box-image',
      group: naming.jumpBoxImageGroup,
      region: spec.imageSpoke.region,
      tags,
    },
    gallery: { key: 'jump-box-image/gallery', name: gallery },
    image: { key: 'jump-box-image/image', name: `${gallery}/jump-box` },
    template: { key: 'jump-box-image/template', name: `it-${naming.workload}-jump-box-${digest}` },
    stagingGroup: naming.imageStagingGroup(digest),
    identity: { key: 'jump-box-image/identity', name: `id-${naming.workload}-image-builder` },
  };
}
