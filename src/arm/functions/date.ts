import { ExpressionFailure } from '../arm-failures.ts';
import { type CallSite, define, type FunctionDefinition, integerArg, invalid, textArg } from './definition.ts';
import { formatDate, inRange, parseDate, parseDuration } from './dotnet-date.ts';
import { integer } from './numeric.ts';

/** What `dateTimeAdd` and `dateTimeFromEpoch` write (Bicep date functions: `2024-01-01T00:00:00Z`). */
const isoFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
const compactFormat = "yyyyMMdd'T'HHmmss'Z'";

function dateArg(args: readonly unknown[], at: number, site: CallSite): number {
  const text = textArg(args, at, site);
  const moment = parseDate(text.trim());
  if (moment === undefined) throw invalid(site, `'${text.slice(0, 60)}' is not a date and time in ISO 8601.`);
  return moment;
}

function formatted(moment: number, format: string, site: CallSite): string {
  if (!inRange(moment)) throw invalid(site, 'the result is outside of the years 1 to 9999.');
  const text = format.length > 200 ? undefined : formatDate(moment, format);
  if (text === undefined) throw invalid(site, `'${format.slice(0, 60)}' is not a format of date and time.`);
  return text;
}

function dateTimeAdd(args: readonly unknown[], site: CallSite): string {
  const text = textArg(args, 1, site);
  const duration = parseDuration(text.trim());
  if (duration === undefined) throw invalid(site, `'${text.slice(0, 60)}' is not a duration in ISO 8601.`);
  return formatted(dateArg(args, 0, site) + duration, args.length > 2 ? textArg(args, 2, site) : isoFormat, site);
}

function onlyInDefaults(site: CallSite): void {
  if (site.environment.nowAllowed !== true)
    throw new ExpressionFailure(
      `The template function '${site.name}' is not expected at this location. It may only be used in the default value of a parameter. Please see https://aka.ms/arm-functions for usage details.`,
    );
}

export const dateFunctions: readonly FunctionDefinition[] = [
  define('dateTimeAdd', 2, 3, dateTimeAdd),
  define('dateTimeFromEpoch', 1, 1, (args, site) =>
    formatted(Number(integerArg(args, 0, site)) * 1_000, isoFormat, site),
  ),
  define('dateTimeToEpoch', 1, 1, (args, site) => integer(BigInt(Math.floor(dateArg(args, 0, site) / 1_000)), site)),
  define('newGuid', 0, 0, (_, site) => {
    onlyInDefaults(site);
    return site.environment.frame.context.newGuid();
  }),
  define('utcNow', 0, 1, (args, site) => {
    onlyInDefaults(site);
    const format = args.length > 0 ? textArg(args, 0, site) : compactFormat;
    return formatted(site.environment.frame.context.now.getTime(), format, site);
  }),
];
