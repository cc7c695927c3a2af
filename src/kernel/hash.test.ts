import { expect, test } from 'vitest';
import { sha256, uuidV5 } from './hash.ts';

test('SHA-256 of "abc" is the vector of FIPS 180-4', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('UUID version 5 of a DNS name is the one in the documentation of Python’s uuid module', () => {
  expect(uuidV5('python.org', '6ba7b810-9dad-11d1-80b4-00c04fd430c8')).toBe('886313e1-3b8a-5372-9b90-0c9aee199e5d');
});
