import { ExpressionFailure } from '../arm-failures.ts';
import { isInteger } from '../json-value.ts';
import {
  arrayArg,
  type CallSite,
  countArg,
  define,
  type FunctionDefinition,
  invalid,
  many,
  textArg,
  wrongType,
} from './definition.ts';
import { formatComposite } from './dotnet-format.ts';
import { toText } from './to-text.ts';

function made(text: string, site: CallSite): string {
  site.environment.meter.make(text.length);
  return text;
}

function format(args: readonly unknown[], site: CallSite): string {
  const pattern = textArg(args, 0, site);
  return made(formatComposite(pattern, args.slice(1), site), site);
}

function join(args: readonly unknown[], site: CallSite): string {
  const delimiter = textArg(args, 1, site);
  const { meter } = site.environment;
  let size = 0;
  const texts = arrayArg(args, 0, site).map((item) => {
    const text = toText(item, meter);
    size += text.length + delimiter.length;
    meter.fits(size);
    meter.spend(1);
    return text;
  });
  return texts.join(delimiter);
}

function padLeft(args: readonly unknown[], site: CallSite): string {
  const value = args[0];
  if (typeof value !== 'string' && !isInteger(value)) throw wrongType(site, 0, 'a string or an integer', value);
  const width = countArg(args, 1, site);
  const filler = args.length > 2 ? textArg(args, 2, site) : ' ';
  if (filler.length !== 1) throw invalid(site, 'the padding has to be a single character.');
  if (width < 0) throw invalid(site, `the length '${width}' is negative.`);
  site.environment.meter.make(width);
  return String(value).padStart(width, filler);
}

function replace(args: readonly unknown[], site: CallSite): string {
  const [text, old, fresh] = [textArg(args, 0, site), textArg(args, 1, site), textArg(args, 2, site)];
  if (old === '') throw invalid(site, 'the string to be replaced is empty.');
  const parts = text.split(old);
  site.environment.meter.make(text.length + (parts.length - 1) * fresh.length);
  return parts.join(fresh);
}

function split(args: readonly unknown[], site: CallSite): string[] {
  const text = textArg(args, 0, site);
  const given = args[1];
  const delimiters = Array.isArray(given) ? given.map((_, i) => textArg(given, i, site)) : [textArg(args, 1, site)];
  const useful = delimiters.filter((delimiter) => delimiter !== '');
  site.environment.meter.make(text.length * Math.max(1, useful.length));
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; ) {
    const found = useful.find((delimiter) => text.startsWith(delimiter, at));
    if (found === undefined) at++;
    else {
      parts.push(text.slice(from, at));
      at += found.length;
      from = at;
    }
  }
  return [...parts, text.slice(from)];
}

function substring(args: readonly unknown[], site: CallSite): string {
  const text = textArg(args, 0, site);
  const start = countArg(args, 1, site);
  const length = args.length > 2 ? countArg(args, 2, site) : text.length - start;
  if (start < 0 || length < 0 || start + length > text.length)
    throw new ExpressionFailure(
      `Unable to evaluate template language function '${site.name}': The index and length parameters must refer to a location within the string. The index parameter: '${start}', the length parameter: '${length}', the length of the string parameter: '${text.length}'. Please see https://aka.ms/arm-functions for usage details.`,
    );
  return text.slice(start, start + length);
}

const affix = (name: string, test: (text: string, part: string) => boolean): FunctionDefinition =>
  define(name, 2, 2, (args, site) => test(textArg(args, 0, site).toLowerCase(), textArg(args, 1, site).toLowerCase()));

export const textFunctions: readonly FunctionDefinition[] = [
  affix('endsWith', (text, part) => text.endsWith(part)),
  define('format', 1, many, format),
  define('join', 2, 2, join),
  define('padLeft', 2, 3, padLeft),
  define('replace', 3, 3, replace),
  define('split', 2, 2, split),
  affix('startsWith', (text, part) => text.startsWith(part)),
  define('string', 1, 1, ([value], site) => toText(value, site.environment.meter)),
  define('substring', 2, 3, substring),
  define('toLower', 1, 1, (args, site) => textArg(args, 0, site).toLowerCase()),
  define('toUpper', 1, 1, (args, site) => made(textArg(args, 0, site).toUpperCase(), site)),
  define('trim', 1, 1, (args, site) => textArg(args, 0, site).trim()),
];
