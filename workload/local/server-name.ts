/** Longest ClientHello that is waited for: one TLS record. */
export const longestHello = 5 + 16_384;

/**
 * The server name that a TLS client asks for, from the first bytes that it sends (RFC 8446 section 4.1.2, RFC 6066 section 3).
 * `more`: not all of it is there yet. `none`: not a ClientHello, or one without a name.
 */
export function serverName(bytes: Buffer): { readonly name: string } | 'more' | 'none' {
  if (bytes.length < 5) return 'more';
  if (bytes[0] !== 0x16) return 'none';
  const end = 5 + bytes.readUInt16BE(3);
  if (end > longestHello) return 'none';
  if (bytes.length < end) return 'more';
  try {
    return nameIn(bytes.subarray(5, end));
  } catch (error) {
    // A length that points past the end.
    if (error instanceof RangeError) return 'none';
    throw error;
  }
}

function nameIn(hello: Buffer): { readonly name: string } | 'none' {
  if (hello.readUInt8(0) !== 1) return 'none';
  // Type and length, version, random.
  let at = 4 + 2 + 32;
  at += 1 + hello.readUInt8(at);
  at += 2 + hello.readUInt16BE(at);
  at += 1 + hello.readUInt8(at);
  const end = at + 2 + hello.readUInt16BE(at);
  at += 2;
  while (at + 4 <= end) {
    const type = hello.readUInt16BE(at);
    const length = hello.readUInt16BE(at + 2);
    if (type === 0) {
      // List length, entry type (0: host name), name length, name.
      if (hello.readUInt8(at + 6) !== 0) return 'none';
      const nameLength = hello.readUInt16BE(at + 7);
      if (nameLength === 0 || at + 9 + nameLength > end) return 'none';
      return { name: hello.toString('ascii', at + 9, at + 9 + nameLength).toLowerCase() };
    }
    at += 4 + length;
  }
  return 'none';
}
