import { Problem } from '../kernel/errors.ts';
import { type JsonDocument, jsonDocument, lineStarts, type Offsets, positionOf } from './json-document.ts';
import { type JsonObject, setMember } from './json-value.ts';

/** Deeper than any template nests, and shallow enough for every walker of the value to recurse. */
export const maximumJsonDepth = 256;

export interface ReadJsonOptions {
  /** Whole numbers beyond 2^53 as bigint. @default they are refused: a number would not hold them exactly. */
  readonly bigIntegers?: boolean;
}

/**
 * Reads JSON as leniently as Azure Resource Manager: line and block comments, trailing commas, raw newlines in strings, unquoted
 * keys, single quotes. Throws a `Problem` with line and column: `ARM_JSON_SYNTAX`, `ARM_JSON_DEPTH`, `ARM_JSON_DUPLICATE_KEY`,
 * `ARM_JSON_NUMBER`. The same key twice in one object is refused, because one of the two values would be lost unseen.
 */
export function readJson(text: string, file: string, options: ReadJsonOptions = {}): JsonDocument {
  return new Reader(text, file, options).document();
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

const wordPattern = /[A-Za-z_$][\w$-]*/y;
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** One pass over one text; its identity is the position. */
class Reader {
  readonly #text: string;
  readonly #file: string;
  readonly #options: ReadJsonOptions;
  readonly #offsets: Offsets = new WeakMap();
  #at: number;

  constructor(text: string, file: string, options: ReadJsonOptions) {
    this.#text = text;
    this.#file = file;
    this.#options = options;
    this.#at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  document(): JsonDocument {
    this.#blanks();
    if (this.#at >= this.#text.length) this.#fail('ARM_JSON_SYNTAX', 'There is no JSON value in the text.', 0);
    const root = this.#at;
    const value = this.#value(0);
    this.#blanks();
    if (this.#at < this.#text.length)
      this.#fail('ARM_JSON_SYNTAX', `There is ${this.#seen()} after the end of the JSON value.`);
    return jsonDocument(this.#text, this.#file, value, root, this.#offsets);
  }

  #value(depth: number): unknown {
    const first = this.#text.charCodeAt(this.#at);
    switch (first) {
      case 0x7b:
        return this.#object(depth + 1);
      case 0x5b:
        return this.#array(depth + 1);
      case 0x22:
      case 0x27:
        return this.#string(first);
      default:
        return first === 0x2d || (first >= 0x30 && first <= 0x39) ? this.#number() : this.#word();
    }
  }

  #object(depth: number): JsonObject {
    this.#checkDepth(depth);
    const start = this.#at++;
    const object: JsonObject = {};
    const offsets = new Map<string, number>();
    const keys = new Map<string, number>();
    for (;;) {
      this.#blanks();
      if (this.#take('}')) break;
      const keyAt = this.#at;
      const key = this.#key(start);
      const before = keys.get(key);
      if (before !== undefined) this.#duplicate(key, before, keyAt);
      keys.set(key, keyAt);
      this.#blanks();
      if (!this.#take(':'))
        this.#fail('ARM_JSON_SYNTAX', `There is ${this.#seen()} where ":" has to follow "${clip(key)}".`);
      this.#blanks();
      offsets.set(key, this.#at);
      setMember(object, key, this.#value(depth));
      this.#blanks();
      if (this.#take(',')) continue;
      if (this.#take('}')) break;
      this.#fail('ARM_JSON_SYNTAX', `There is ${this.#seen()} where "," or "}" has to follow${this.#opened(start)}.`);
    }
    this.#offsets.set(object, offsets);
    return object;
  }

  #array(depth: number): unknown[] {
    this.#checkDepth(depth);
    const start = this.#at++;
    const array: unknown[] = [];
    const offsets = new Map<number, number>();
    for (;;) {
      this.#blanks();
      if (this.#take(']')) break;
      offsets.set(array.length, this.#at);
      array.push(this.#value(depth));
      this.#blanks();
      if (this.#take(',')) continue;
      if (this.#take(']')) break;
      this.#fail('ARM_JSON_SYNTAX', `There is ${this.#seen()} where "," or "]" has to follow${this.#opened(start)}.`);
    }
    this.#offsets.set(array, offsets);
    return array;
  }

  #key(start: number): string {
    const first = this.#text.charCodeAt(this.#at);
    if (first === 0x22 || first === 0x27) return this.#string(first);
    wordPattern.lastIndex = this.#at;
    const word = wordPattern.exec(this.#text)?.[0];
    if (word === undefined)
      this.#fail('ARM_JSON_SYNTAX', `There is ${this.#seen()} where a key has to stand${this.#opened(start)}.`);
    this.#at += word.length;
    return word;
  }

  #string(quote: number): string {
    const start = this.#at++;
    const text = this.#text;
    let from = this.#at;
    let result = '';
    for (;;) {
      const code = text.charCodeAt(this.#at);
      if (Number.isNaN(code)) this.#fail('ARM_JSON_SYNTAX', 'The string is not closed.', start);
      if (code === quote) break;
      if (code === 0x5c) {
        result += text.slice(from, this.#at) + this.#escape();
        from = this.#at;
      } else this.#at++;
    }
    result += text.slice(from, this.#at++);
    return result;
  }

  #escape(): string {
    const at = this.#at;
    const letter = this.#text[at + 1] ?? '';
    if (letter === 'u') {
      const digits = this.#text.slice(at + 2, at + 6);
      if (!/^[\da-fA-F]{4}$/.test(digits))
        this.#fail('ARM_JSON_SYNTAX', '"\\u" has to be followed by four hex digits.');
      this.#at += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const meaning = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
    if (meaning === undefined) this.#fail('ARM_JSON_SYNTAX', `"\\${letter}" is not an escape of JSON.`);
    this.#at += 2;
    return meaning;
  }

  #number(): number | bigint {
    const start = this.#at;
    numberPattern.lastIndex = start;
    const digits = numberPattern.exec(this.#text)?.[0];
    const next = digits === undefined ? '' : (this.#text[start + digits.length] ?? '');
    if (digits === undefined || /[\w.+-]/.test(next)) this.#fail('ARM_JSON_NUMBER', 'This is not a number of JSON.');
    this.#at += digits.length;
    const value = Number(digits);
    if (Number.isSafeInteger(value) || (/[.eE]/.test(digits) && Number.isFinite(value))) return value;
    if (!/[.eE]/.test(digits) && digits.length <= 22) {
      const whole = BigInt(digits);
      if (this.#options.bigIntegers === true && BigInt.asIntN(64, whole) === whole) return whole;
      // Written again, it is the same text: nothing is lost.
      if (BigInt(value) === whole || String(value) === digits) return value;
    }
    this.#fail('ARM_JSON_NUMBER', `The number ${clip(digits)} cannot be held exactly.`, start);
  }

  #word(): unknown {
    wordPattern.lastIndex = this.#at;
    const word = wordPattern.exec(this.#text)?.[0];
    if (word !== 'true' && word !== 'false' && word !== 'null')
      this.#fail('ARM_JSON_SYNTAX', `There is ${this.#seen()} where a value has to stand.`);
    this.#at += word.length;
    return word === 'null' ? null : word === 'true';
  }

  /** Skips white space and comments. */
  #blanks(): void {
    const text = this.#text;
    for (;;) {
      const code = text.charCodeAt(this.#at);
      if (code === 0x20 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0xfeff) this.#at++;
      else if (code === 0x2f && text[this.#at + 1] === '/') {
        while (this.#at < text.length && text[this.#at] !== '\n' && text[this.#at] !== '\r') this.#at++;
      } else if (code === 0x2f && text[this.#at + 1] === '*') {
        const end = text.indexOf('*/', this.#at + 2);
        if (end === -1) this.#fail('ARM_JSON_SYNTAX', 'The comment is not closed.');
        this.#at = end + 2;
      } else return;
    }
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #seen(): string {
    const code = this.#text.codePointAt(this.#at);
    return code === undefined ? 'the end of the text' : JSON.stringify(String.fromCodePoint(code));
  }

  #opened(start: number): string {
    const { line, column } = positionOf(lineStarts(this.#text), start);
    return ` in the "${this.#text[start]}" of line ${line}, column ${column}`;
  }

  #checkDepth(depth: number): void {
    if (depth > maximumJsonDepth)
      this.#fail('ARM_JSON_DEPTH', `Objects and arrays are nested more than ${maximumJsonDepth} deep.`);
  }

  #duplicate(key: string, first: number, second: number): never {
    const starts = lineStarts(this.#text);
    throw new Problem({
      code: 'ARM_JSON_DUPLICATE_KEY',
      message: `The key "${clip(key)}" stands twice in one object.`,
      place: { file: this.#file, ...positionOf(starts, second) },
      related: [{ file: this.#file, ...positionOf(starts, first) }],
      hint: 'Remove one of the two.',
    });
  }

  #fail(code: string, message: string, at = this.#at): never {
    throw new Problem({ code, message, place: { file: this.#file, ...positionOf(lineStarts(this.#text), at) } });
  }
}

const clip = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
