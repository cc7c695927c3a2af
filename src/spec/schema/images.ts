import * as z from 'zod';
import { list, text, words } from './field.ts';

const digestPattern = '^sha256:[0-9a-f]{64}$';

export const images = list(
  z.strictObject({
    name: words({ description: 'Name of the image, as `images.yaml` lists it.', examples: ['a0005/chain'] }, 200),
    digest: text(
      {
        description: 'Digest of the image or of its index, for all platforms.',
        examples: [`sha256:${'0123456789abcdef'.repeat(4)}`],
        pattern: digestPattern,
      },
      (value) =>
        new RegExp(digestPattern).test(value)
          ? undefined
          : {
              code: 'SPEC_DIGEST_INVALID',
              message: 'This is no digest of an image.',
              hint: 'Write sha256: and 64 hexadecimal digits in lower case, as `docker buildx imagetools inspect` prints it.',
            },
    ),
  }),
  {
    description:
      'Digests of images that clusters run, where they are to be others than those that this version knows, or where it knows none.',
  },
  { maxItems: 200 },
).default([]);
