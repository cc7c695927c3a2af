/** What a dynamically linked program needs to start (System V ABI, ELF-64, little-endian). */
export interface Linked {
  readonly architecture: 'amd64' | 'arm64';
  /** The dynamic loader's path; undefined for a library. */
  readonly interpreter: string | undefined;
  /** Names of libraries, as `DT_NEEDED` gives them. */
  readonly needed: readonly string[];
}

/** A file that is not a program of the kind that goes into the image. */
export class ElfError extends Error {
  override readonly name = 'ElfError';
}

const machines: ReadonlyMap<number, Linked['architecture']> = new Map([
  [62, 'amd64'],
  [183, 'arm64'],
]);
const segment = { load: 1, dynamic: 2, interpreter: 3 } as const;
const entry = { needed: 1n, stringTable: 5n } as const;

interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: bigint;
  readonly size: number;
}

/** Reads headers and the dynamic section. @throws ElfError */
export function readElf(bytes: Buffer): Linked {
  if (bytes.length < 64 || bytes.readUInt32BE(0) !== 0x7f454c46) throw new ElfError('This is not an ELF file.');
  if (bytes[4] !== 2 || bytes[5] !== 1) throw new ElfError('Only 64-bit little-endian programs.');
  const architecture = machines.get(bytes.readUInt16LE(18));
  if (architecture === undefined) throw new ElfError('Only x86-64 and AArch64.');
  try {
    const segments = segmentsOf(bytes);
    const loader = segments.find((one) => one.type === segment.interpreter);
    return {
      architecture,
      interpreter: loader === undefined ? undefined : textAt(bytes, loader.offset),
      needed: neededOf(bytes, segments),
    };
  } catch (error) {
    if (error instanceof RangeError) throw new ElfError('The file is cut short.');
    throw error;
  }
}

function segmentsOf(bytes: Buffer): readonly Segment[] {
  const start = Number(bytes.readBigUInt64LE(32));
  const size = bytes.readUInt16LE(54);
  return Array.from({ length: bytes.readUInt16LE(56) }, (_, index) => {
    const at = start + index * size;
    return {
      type: bytes.readUInt32LE(at),
      offset: Number(bytes.readBigUInt64LE(at + 8)),
      address: bytes.readBigUInt64LE(at + 16),
      size: Number(bytes.readBigUInt64LE(at + 32)),
    };
  });
}

function neededOf(bytes: Buffer, segments: readonly Segment[]): readonly string[] {
  const dynamic = segments.find((one) => one.type === segment.dynamic);
  if (dynamic === undefined) return [];
  const entries = Array.from({ length: Math.floor(dynamic.size / 16) }, (_, index) => ({
    tag: bytes.readBigInt64LE(dynamic.offset + index * 16),
    value: bytes.readBigUInt64LE(dynamic.offset + index * 16 + 8),
  }));
  const table = entries.find((one) => one.tag === entry.stringTable);
  if (table === undefined) return [];
  const home = segments.find(
    (one) => one.type === segment.load && table.value >= one.address && table.value < one.address + BigInt(one.size),
  );
  if (home === undefined) throw new ElfError('The string table is in no segment.');
  const strings = home.offset + Number(table.value - home.address);
  return entries.filter((one) => one.tag === entry.needed).map((one) => textAt(bytes, strings + Number(one.value)));
}

function textAt(bytes: Buffer, at: number): string {
  const end = bytes.indexOf(0, at);
  if (end < 0 || at >= bytes.length) throw new ElfError('The file is cut short.');
  return bytes.toString('utf8', at, end);
}
