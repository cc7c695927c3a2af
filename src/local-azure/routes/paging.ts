import { ArmError } from '../../arm/arm-error.ts';
import { type ArmCall, ok, queryParameter, type Reply } from '../protocol/call.ts';

const largestPage = 1_000;

/** `{value, nextLink}` of a list, by `$top` and `$skiptoken`. A page has at most 1,000 items. @param keyOf a text that orders the items */
export function page<T>(call: ArmCall, items: readonly T[], keyOf: (item: T) => string): Reply {
  const top = readTop(call.url);
  const token = queryParameter(call.url, '$skiptoken');
  const after = token === undefined ? undefined : Buffer.from(token, 'base64url').toString('utf8');
  const rest = after === undefined ? items : items.filter((item) => keyOf(item) > after);
  const size = Math.min(top ?? largestPage, largestPage);
  const value = rest.slice(0, size);
  const last = value.at(-1);
  if (rest.length <= size || last === undefined) return ok({ value });
  const next = new URL(call.url);
  for (const key of [...next.searchParams.keys()])
    if (key.toLowerCase() === '$skiptoken') next.searchParams.delete(key);
  next.searchParams.set('$skiptoken', Buffer.from(keyOf(last)).toString('base64url'));
  return ok({ value, nextLink: next.href });
}

function readTop(url: URL): number | undefined {
  const text = queryParameter(url, '$top');
  if (text === undefined) return undefined;
  const top = Number(text);
  if (Number.isInteger(top) && top > 0) return top;
  throw new ArmError(400, {
    code: 'InvalidTopInQueryString',
    message: `The $top '${text}' specified in the query string is not a positive whole number.`,
  });
}
