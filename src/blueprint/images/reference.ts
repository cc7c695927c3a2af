import { releasedImages } from '../identity/readers.ts';
import type { ClusterContext } from '../kubernetes/cluster-context.ts';
import { type ImageWord, type KnownImage, knownImages } from './data/known.ts';

/** An image as pods name it. */
export interface ImageReference {
  readonly image: KnownImage;
  readonly digest?: string;
  /** `registry/live/name@sha256:…`, or with the tag where nobody has looked up the digest. */
  readonly reference: string;
}

/**
 * Where an image lies in the live registry of a cluster. The digest is the spec's, else the one that is known; without one the tag
 * stands in its place, which admission refuses: what runs has been looked at, by digest.
 */
export function imageOf({ context, refs }: ClusterContext, word: ImageWord): ImageReference {
  const image: KnownImage = knownImages[word];
  const digest = context.spec.images.find(({ name }) => name === image.name)?.digest ?? image.digest;
  const repository = `${refs.registries.live.name}.azurecr.io/${releasedImages}${image.name}`;
  return digest === undefined
    ? { image, reference: `${repository}:${image.tag}` }
    : { image, digest, reference: `${repository}:${image.tag}@${digest}` };
}
