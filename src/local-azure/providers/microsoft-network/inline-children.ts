import type { ArmResource } from '../../../model/resource.ts';
import type { ProviderContext } from '../contract.ts';
import { listOf, type Members, membersOf, referenceOf, textOf } from '../members.ts';
import { checkName } from './network-checks.ts';
import { duplicateChild, invalidName } from './network-errors.ts';

/** One child of an inline list, as sent. */
export interface InlineChild {
  readonly id: string;
  readonly name: string;
  readonly properties: Members;
}

/**
 * The items of an inline list as children. An id that is there already keeps its casing.
 * @param segment the type segment of the children, `subnets`
 */
export function inlineChildren(
  parentId: string,
  segment: string,
  items: readonly unknown[],
  context: ProviderContext,
): readonly InlineChild[] {
  const seen = new Set<string>();
  return items.map((item) => {
    const { name: given, properties } = membersOf(item);
    const name = textOf(given);
    if (name === undefined) throw invalidName('');
    if (seen.has(name.toLowerCase())) throw duplicateChild(parentId, name);
    seen.add(name.toLowerCase());
    const written = `${parentId}/${segment}/${name}`;
    checkName(written);
    const id = context.view.get(written)?.id ?? written;
    return { id, name, properties: membersOf(properties) };
  });
}

/** The children that are there and not in the list: a PUT of the parent takes them away. */
export function dropped(
  parentId: string,
  segment: string,
  kept: readonly InlineChild[],
  context: ProviderContext,
): readonly ArmResource[] {
  const ids = new Set(kept.map(({ id }) => id.toLowerCase()));
  return context.view.children(parentId, segment).filter(({ id }) => !ids.has(id.toLowerCase()));
}

/** What the parent keeps of an inline list: the ids in the order in which they were given. */
export function orderOf(children: readonly InlineChild[]): readonly { readonly id: string }[] {
  return children.map(({ id }) => ({ id }));
}

/** Children in the order that their parent keeps, as Azure returns them; those that were made by themselves after them, by id. */
export function inGivenOrder(children: readonly ArmResource[], order: unknown): readonly ArmResource[] {
  const ids = listOf(order).map((item) => String(referenceOf(item)).toLowerCase());
  const places = new Map(ids.map((id, i) => [id, i] as const));
  const place = ({ id }: ArmResource): number => places.get(id.toLowerCase()) ?? ids.length;
  return [...children].sort((a, b) => place(a) - place(b));
}
