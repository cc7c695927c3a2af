import { expect, test } from 'vitest';
import { examples, ids } from '../../fixtures/every-type.ts';
import type { ResourceRecord } from '../../resources/resource-table.ts';
import { builtWorld } from '../test-world.ts';
import { imageTemplates } from './image-templates.ts';

test('a template whose PUT was cut off goes with its staging group and the version that it built, and can be made again', () => {
  const example = examples.find(({ id }) => id.includes('/imageTemplates/')) as (typeof examples)[number];
  const world = builtWorld();
  const everything = () =>
    (world.context.view.ofType('Microsoft.Compute/galleries/images/versions') ?? []).map(({ id }) => id);
  const before = everything();
  const template = world.get(example.id) as ResourceRecord['resource'];
  const gone = imageTemplates.abandon?.(template, world.context) ?? [];
  expect(gone).toEqual([
    example.id,
    template.properties?.exactStagingResourceGroup,
    `${ids.gallery}/images/jump-box/versions/1.0.0`,
  ]);
  for (const id of gone) world.delete(id);
  expect(everything().length).toBe(before.length - 1);
  expect(world.put(example.id, example.body, example.apiVersion)).toEqual(template);
  expect(everything().sort()).toEqual(before.sort());
});
