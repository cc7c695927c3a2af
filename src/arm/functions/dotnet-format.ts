import { isInteger } from '../json-value.ts';
import { type CallSite, invalid } from './definition.ts';
import { toText } from './to-text.ts';

const itemPattern = /^(\d{1,6})\s*(?:,\s*(-?\d{1,7})\s*)?(?::(.*))?$/s;

/** .NET composite formatting: `{index[,alignment][:format]}`, with `{{` and `}}` for braces. */
export function formatComposite(pattern: string, values: readonly unknown[], site: CallSite): string {
  let result = '';
  let at = 0;
  while (at < pattern.length) {
    const character = pattern[at] as string;
    if ((character === '{' || character === '}') && pattern[at + 1] === character) {
      result += character;
      at += 2;
    } else if (character === '{') {
      const end = closing(pattern, at + 1);
      if (end === -1) throw malformed(site);
      result += formatItem(pattern.slice(at + 1, end), values, site);
      at = end + 1;
    } else if (character === '}') throw malformed(site);
    else {
      result += character;
      at++;
    }
    site.environment.meter.spend(1);
    site.environment.meter.fits(result.length);
  }
  return result;
}

/** The brace that ends an item; a doubled one belongs to its format. */
function closing(pattern: string, from: number): number {
  for (let at = from; at < pattern.length; at++) {
    if (pattern[at] === '{') return -1;
    if (pattern[at] === '}') return at;
  }
  return -1;
}

function malformed(site: CallSite): Error {
  return invalid(
    site,
    'the format string is not well-formed: braces have to come in pairs around a number, or doubled.',
  );
}

function formatItem(item: string, values: readonly unknown[], site: CallSite): string {
  const match = itemPattern.exec(item);
  if (match === null) throw malformed(site);
  const position = Number(match[1]);
  if (position >= values.length)
    throw invalid(
      site,
      `the format string refers to argument '${position}', and there are '${values.length}' of them.`,
    );
  const text = formatValue(values[position], match[3] ?? '', site);
  const width = Number(match[2] ?? 0);
  site.environment.meter.make(Math.max(text.length, Math.abs(width)));
  return width < 0 ? text.padEnd(-width) : text.padStart(width);
}

function formatValue(value: unknown, format: string, site: CallSite): string {
  if (format === '' || (typeof value !== 'number' && typeof value !== 'bigint'))
    return toText(value, site.environment.meter);
  const standard = /^([A-Za-z])(\d{0,3})$/.exec(format);
  if (standard === null) return customNumber(value, format, site);
  return standardNumber(value, standard[1] as string, standard[2] === '' ? undefined : Number(standard[2]), site);
}

/** Standard numeric formats in the invariant culture. */
function standardNumber(value: number | bigint, letter: string, precision: number | undefined, site: CallSite): string {
  const negative = value < 0;
  const sign = negative ? '-' : '';
  switch (letter.toUpperCase()) {
    case 'D':
      return (
        sign +
        String(whole(value, letter, site))
          .replace('-', '')
          .padStart(precision ?? 0, '0')
      );
    case 'X': {
      const bits = BigInt.asUintN(
        value < 0 || BigInt(whole(value, letter, site)) > 0xffff_ffffn ? 64 : 32,
        BigInt(whole(value, letter, site)),
      );
      const digits = bits.toString(16).padStart(precision ?? 0, '0');
      return letter === 'X' ? digits.toUpperCase() : digits;
    }
    case 'B':
      return BigInt.asUintN(64, BigInt(whole(value, letter, site)))
        .toString(2)
        .padStart(precision ?? 0, '0');
    case 'N':
      return sign + grouped(fixed(value, precision ?? 2));
    case 'F':
      return sign + fixed(value, precision ?? 2);
    case 'C':
      return negative ? `(¤${grouped(fixed(value, precision ?? 2))})` : `¤${grouped(fixed(value, precision ?? 2))}`;
    case 'P':
      return `${sign}${grouped(fixed(isInteger(value) ? BigInt(value) * 100n : Number(value) * 100, precision ?? 2))} %`;
    case 'E': {
      const [mantissa = '', exponent = '+0'] = Number(value)
        .toExponential(precision ?? 6)
        .split('e');
      return `${mantissa}${letter}${exponent[0]}${exponent.slice(1).padStart(3, '0')}`;
    }
    case 'G':
    case 'R':
      return String(value);
    default:
      throw invalid(site, `the number format '${letter}' is not valid.`);
  }
}

function whole(value: number | bigint, letter: string, site: CallSite): number | bigint {
  if (!isInteger(value)) throw invalid(site, `the number format '${letter}' takes integers only.`);
  return value;
}

/** Digits without sign, with so many decimals. */
function fixed(value: number | bigint, decimals: number): string {
  if (isInteger(value)) {
    const digits = String(value).replace('-', '');
    return decimals === 0 ? digits : `${digits}.${'0'.repeat(decimals)}`;
  }
  return Math.abs(value).toFixed(Math.min(100, decimals));
}

function grouped(digits: string): string {
  const [integer = '', fraction] = digits.split('.');
  const withCommas = integer.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? withCommas : `${withCommas}.${fraction}`;
}

/** Custom formats made of `0`, `#`, `,` and `.`, with text around them; other signs of that language are refused. */
function customNumber(value: number | bigint, format: string, site: CallSite): string {
  const parts = /^([^0#.,;%‰'"\\]*)([0#,]*)(?:\.([0#]*))?([^0#.,;%‰'"\\]*)$/.exec(format);
  if (parts === null || format.length > 100)
    throw invalid(site, `the number format '${format.slice(0, 60)}' is not supported.`);
  const [, before = '', integerPart = '', fractionPart = '', after = ''] = parts;
  const required = integerPart.replaceAll(',', '');
  const firstZero = required.indexOf('0');
  const minimumDigits = firstZero === -1 ? 0 : required.length - firstZero;
  const [integerDigits = '', fractionDigits = ''] = fixed(value, fractionPart.length).split('.');
  const trimmed = integerDigits === '0' && minimumDigits === 0 ? '' : integerDigits.padStart(minimumDigits, '0');
  const minimumFraction = fractionPart.lastIndexOf('0') + 1;
  let fraction = fractionDigits;
  while (fraction.length > minimumFraction && fraction.endsWith('0')) fraction = fraction.slice(0, -1);
  const integer = /[0#],+[0#]/.test(integerPart) ? grouped(trimmed) : trimmed;
  return `${value < 0 ? '-' : ''}${before}${integer}${fraction === '' ? '' : `.${fraction}`}${after}`;
}
