import type { BuildContext } from '../context.ts';
import type { Placement } from '../placement.ts';

type Ref = { readonly key: string; readonly name: string };

/** Names and keys of what jump-box images come from. */
export interface JumpBoxImageRefs {
  readonly placement: Placement;
  readonly gallery: Ref;
  readonly image: Ref;
  readonly template: Ref;
  readonly identity: Ref;
}

export function jumpBoxImageRefs({ spec, naming, tags }: BuildContext): JumpBoxImageRefs {
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
    template: { key: 'jump-box-image/template', name: `it-${naming.workload}-jump-box` },
    identity: { key: 'jump-box-image/identity', name: `id-${naming.workload}-image-builder` },
  };
}
