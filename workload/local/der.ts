/** The few ASN.1 DER values that an X.509 certificate is made of (ITU-T X.690). Each function gives the bytes of one value. */
export type Der = Buffer;

export function value(tag: number, ...contents: readonly Uint8Array[]): Der {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

export const sequence = (...parts: readonly Der[]): Der => value(0x30, ...parts);
export const set = (...parts: readonly Der[]): Der => value(0x31, ...parts);
export const octets = (bytes: Uint8Array): Der => value(0x04, bytes);
export const bits = (bytes: Uint8Array, unused = 0): Der => value(0x03, Buffer.from([unused]), bytes);
export const utf8 = (text: string): Der => value(0x0c, Buffer.from(text, 'utf8'));
export const truth = (is: boolean): Der => value(0x01, Buffer.from([is ? 0xff : 0]));
/** `[n]` that wraps a value. */
export const tagged = (tag: number, ...parts: readonly Der[]): Der => value(0xa0 | tag, ...parts);
/** `[n]` in place of a primitive value's own tag. */
export const implicit = (tag: number, bytes: Uint8Array): Der => value(0x80 | tag, bytes);

/** A non-negative integer from big-endian bytes. */
export function integer(bytes: Uint8Array): Der {
  const isHigh = ((bytes[0] ?? 0) & 0x80) !== 0;
  return value(0x02, isHigh ? Buffer.from([0]) : Buffer.alloc(0), bytes);
}

/** An object identifier in dotted form. */
export function identifier(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const groups = [part & 0x7f];
    for (let left = part >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return value(0x06, Buffer.from(bytes));
}

/** UTCTime until 2049, GeneralizedTime after (RFC 5280 section 4.1.2.5). */
export function time(date: Date): Der {
  const digits = date.toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return date.getUTCFullYear() < 2050
    ? value(0x17, Buffer.from(digits.slice(2), 'ascii'))
    : value(0x18, Buffer.from(digits, 'ascii'));
}
