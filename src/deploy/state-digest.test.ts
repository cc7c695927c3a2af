import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { stateDigest } from './state-digest.ts';

const one = { id: '/subscriptions/s/resourceGroups/B', name: 'B', type: 'T', properties: { x: 1, a: [2, 1] } };
const two = { id: '/subscriptions/s/resourceGroups/a', name: 'a', type: 'T' };

test('it is SHA-256 over canonical JSON in id order, case apart: written out by hand here', () => {
  const text =
    '[{"id":"/subscriptions/s/resourceGroups/a","name":"a","type":"T"},' +
    '{"id":"/subscriptions/s/resourceGroups/B","name":"B","properties":{"a":[2,1],"x":1},"type":"T"}]';
  expect(stateDigest([one, two])).toBe(createHash('sha256').update(text).digest('hex'));
});

test('order of resources and of keys does not count, everything else does', () => {
  const { id, name, type } = one;
  const digest = stateDigest([one, two]);
  expect(stateDigest([two, { properties: { a: [2, 1], x: 1 }, type, name, id }])).toBe(digest);
  expect(stateDigest([two, { ...one, properties: { x: 1, a: [1, 2] } }])).not.toBe(digest);
  expect(stateDigest([two, { ...one, etag: 'W/"1"' }])).not.toBe(digest);
  expect(stateDigest([two])).not.toBe(digest);
});
