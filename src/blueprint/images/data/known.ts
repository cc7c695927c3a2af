/** An image that clusters run, with where it comes from. */
export interface KnownImage {
  /** In our registries, below `live/`. */
  readonly name: string;
  /** What is imported into quarantine; absent for what is built from this repository. */
  readonly source?: string;
  readonly tag: string;
  /** Of the image index, as far as somebody has looked it up. Never made up. */
  readonly digest?: string;
  /** Who says that the tag has this digest. */
  readonly seen?: string;
  readonly purpose: string;
}

/** Images by the word under which parts ask for them. */
export const knownImages = {
  chain: {
    name: 'a0005/chain',
    tag: '1.0.0',
    purpose: 'The sample workload: four services of one program.',
  },
  falco: {
    name: 'falcosecurity/falco',
    source: 'docker.io/falcosecurity/falco',
    tag: '0.45.0',
    purpose: 'Watches system calls on every node; its rules are in it.',
  },
} as const satisfies Readonly<Record<string, KnownImage>>;

export type ImageWord = keyof typeof knownImages;
