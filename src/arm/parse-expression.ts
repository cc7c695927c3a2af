import { expressionError } from './arm-failures.ts';
import type { CallExpression, Expression } from './expression.ts';
import {
  maximumExpressionDepth,
  maximumExpressionLength,
  maximumIdentifierLength,
  maximumLiteralLength,
} from './limits.ts';

/**
 * Parses a template expression with its brackets: `[concat('a', parameters('b'))]`. Throws `ExpressionFailure` with the
 * position in the text.
 */
export function parseExpression(text: string): Expression {
  if (text.length > maximumExpressionLength)
    throw expressionError(
      text.slice(0, 64),
      `The template language expression exceeds the limit of '${maximumExpressionLength}' characters: it has '${text.length}'.`,
      0,
    );
  return new Parser(text).whole();
}

const identifierPattern = /[A-Za-z_$][\w$]*/y;
const integerPattern = /[+-]?\d+/y;
const blankPattern = /\s*/y;

/** One pass over one text; its identity is the position. */
class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Expression {
    this.#expect('[');
    const expression = this.#expression(1);
    this.#expect(']');
    this.#blanks();
    if (this.#at < this.#text.length) this.#fail(`expected token 'EndOfData' and actual '${this.#seen()}'`);
    return expression;
  }

  #expression(depth: number): Expression {
    if (depth > maximumExpressionDepth) this.#fail(`expected at most '${maximumExpressionDepth}' levels of nesting`);
    let expression = this.#primary(depth);
    for (;;) {
      this.#blanks();
      if (this.#take('.')) {
        this.#blanks();
        const name = this.#identifier();
        expression = { kind: 'property', target: expression, name, start: expression.start, end: this.#at };
      } else if (this.#take('[')) {
        const index = this.#expression(depth + 1);
        this.#expect(']');
        expression = { kind: 'index', target: expression, index, start: expression.start, end: this.#at };
      } else return expression;
    }
  }

  #primary(depth: number): Expression {
    this.#blanks();
    const start = this.#at;
    if (this.#text[start] === "'") return { kind: 'string', value: this.#string(), start, end: this.#at };
    integerPattern.lastIndex = start;
    const digits = integerPattern.exec(this.#text)?.[0];
    return digits === undefined ? this.#call(start, depth) : this.#integer(digits, start);
  }

  #call(start: number, depth: number): CallExpression {
    let name = this.#identifier();
    let namespace: string | undefined;
    this.#blanks();
    if (this.#take('.')) {
      this.#blanks();
      namespace = name;
      name = this.#identifier();
    }
    this.#expect('(');
    const args: Expression[] = [];
    this.#blanks();
    if (!this.#take(')')) {
      do args.push(this.#expression(depth + 1));
      while (this.#take(','));
      this.#expect(')');
    }
    return { kind: 'call', ...(namespace === undefined ? {} : { namespace }), name, args, start, end: this.#at };
  }

  #integer(digits: string, start: number): Expression {
    this.#at += digits.length;
    const whole = digits.length > 20 ? undefined : BigInt(digits);
    if (whole === undefined || BigInt.asIntN(64, whole) !== whole)
      this.#fail(`expected a 64-bit integer and actual '${digits.slice(0, 40)}'`, start);
    const value = Number(whole);
    return { kind: 'integer', value: Number.isSafeInteger(value) ? value : whole, start, end: this.#at };
  }

  #string(): string {
    const start = this.#at;
    let value = '';
    let from = start + 1;
    for (;;) {
      const quote = this.#text.indexOf("'", from);
      if (quote === -1) this.#fail(`the string that begins at position '${start}' is not closed`, start);
      value += this.#text.slice(from, quote);
      this.#at = quote + 1;
      if (this.#text[quote + 1] !== "'") break;
      value += "'";
      from = quote + 2;
    }
    if (value.length > maximumLiteralLength)
      this.#fail(`expected a literal of at most '${maximumLiteralLength}' characters`, start);
    return value;
  }

  #identifier(): string {
    identifierPattern.lastIndex = this.#at;
    const name = identifierPattern.exec(this.#text)?.[0];
    if (name === undefined) this.#fail(`expected token 'Identifier' and actual '${this.#seen()}'`);
    if (name.length > maximumIdentifierLength)
      this.#fail(`expected an identifier of at most '${maximumIdentifierLength}' characters`);
    this.#at += name.length;
    return name;
  }

  #blanks(): void {
    blankPattern.lastIndex = this.#at;
    this.#at += blankPattern.exec(this.#text)?.[0].length ?? 0;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #expect(character: string): void {
    this.#blanks();
    if (!this.#take(character)) this.#fail(`expected token '${character}' and actual '${this.#seen()}'`);
  }

  #seen(): string {
    const code = this.#text.codePointAt(this.#at);
    return code === undefined ? 'EndOfData' : String.fromCodePoint(code);
  }

  #fail(what: string, at = this.#at): never {
    throw expressionError(this.#text, `${what}.`, at);
  }
}
