import { isDeepStrictEqual } from 'node:util';
import { isMap } from './manifests.ts';

/** One operation of a JSON patch (RFC 6902). */
export interface JsonOperation {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

/** A JSON patch put onto a value. Throws a `RangeError` that says which operation does not fit. */
export function jsonPatch(value: unknown, operations: readonly JsonOperation[]): unknown {
  return operations.reduce<unknown>((at, operation) => {
    const { op, path } = operation;
    switch (op) {
      case 'add':
      case 'replace':
        return put(at, pointer(path), operation.value, op);
      case 'remove':
        return take(at, pointer(path));
      case 'test':
        if (isDeepStrictEqual(read(at, pointer(path)), operation.value)) return at;
        throw new RangeError(`test of ${path} fails`);
      case 'copy':
      case 'move': {
        const from = pointer(operation.from ?? '');
        const moved = read(at, from);
        return put(op === 'move' ? take(at, from) : at, pointer(path), moved, 'add');
      }
      default:
        throw new RangeError(`${op} is no operation of a JSON patch`);
    }
  }, value);
}

/** The steps of a JSON pointer (RFC 6901). */
function pointer(text: string): readonly string[] {
  if (text === '') return [];
  if (!text.startsWith('/')) throw new RangeError(`${text} is no JSON pointer`);
  return text
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function index(list: readonly unknown[], step: string, path: readonly string[]): number {
  const at = /^(0|[1-9]\d*)$/.test(step) ? Number(step) : Number.NaN;
  if (!(at < list.length)) throw new RangeError(`/${path.join('/')} leads nowhere`);
  return at;
}

function read(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, step) => {
    if (Array.isArray(at)) return at[index(at, step, path)];
    if (isMap(at) && Object.hasOwn(at, step)) return at[step];
    throw new RangeError(`/${path.join('/')} leads nowhere`);
  }, value);
}

/** A copy with the member or item at a path changed by `change`, which is given the holder and the last step. */
function changed(
  value: unknown,
  path: readonly string[],
  whole: readonly string[],
  change: (holder: unknown, step: string) => unknown,
): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (rest.length === 0) return change(value, step);
  if (Array.isArray(value)) {
    const at = index(value, step, whole);
    return value.map((item, i) => (i === at ? changed(item, rest, whole, change) : item));
  }
  if (!isMap(value) || !Object.hasOwn(value, step)) throw new RangeError(`/${whole.join('/')} leads nowhere`);
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, key === step ? changed(one, rest, whole, change) : one]),
  );
}

function put(value: unknown, path: readonly string[], added: unknown, op: 'add' | 'replace'): unknown {
  if (path.length === 0) return added;
  return changed(value, path, path, (holder, step) => {
    if (Array.isArray(holder)) {
      if (op === 'add' && step === '-') return [...holder, added];
      const at = op === 'add' && step === String(holder.length) ? holder.length : index(holder, step, path);
      return holder.toSpliced(at, op === 'add' ? 0 : 1, added);
    }
    if (!isMap(holder) || (op === 'replace' && !Object.hasOwn(holder, step)))
      throw new RangeError(`/${path.join('/')} leads nowhere`);
    const rest = Object.entries(holder).filter(([key]) => key !== step);
    return Object.fromEntries([...rest, [step, added]]);
  });
}

function take(value: unknown, path: readonly string[]): unknown {
  return changed(value, path, path, (holder, step) => {
    if (Array.isArray(holder)) return holder.toSpliced(index(holder, step, path), 1);
    if (!isMap(holder) || !Object.hasOwn(holder, step)) throw new RangeError(`/${path.join('/')} leads nowhere`);
    return Object.fromEntries(Object.entries(holder).filter(([key]) => key !== step));
  });
}
