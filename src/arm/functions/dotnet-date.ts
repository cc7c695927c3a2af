/** A moment as milliseconds since 1970 (UTC). .NET's dates reach from year 1 to year 9999. */
const firstMoment = Date.UTC(2000, 0, 1) - 63_082_281_600_000;
const lastMoment = 253_402_300_799_999;

const isoPattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const compactPattern = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(Z)?$/i;
const usPattern = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*(AM|PM))?)?$/i;

export function inRange(moment: number): boolean {
  return Number.isFinite(moment) && moment >= firstMoment && moment <= lastMoment;
}

/** Reads ISO 8601 (extended and compact), .NET's sortable forms, and `M/d/yyyy h:mm:ss tt`. A time without zone is UTC. Undefined when it is none. */
export function parseDate(text: string): number | undefined {
  const iso = isoPattern.exec(text) ?? compactForm(text);
  const parts = iso === null ? usParts(text) : isoParts(iso);
  if (parts === undefined) return undefined;
  const [year, month, day, hour, minute, second, millisecond, offset] = parts;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, millisecond);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59)
    return undefined;
  const moment = date.getTime() - offset * 60_000;
  return inRange(moment) ? moment : undefined;
}

type Parts = readonly [number, number, number, number, number, number, number, number];

function compactForm(text: string): RegExpExecArray | null {
  const match = compactPattern.exec(text);
  if (match !== null) match.splice(7, 1, undefined as unknown as string, match[7] as string);
  return match;
}

function isoParts(match: RegExpExecArray): Parts {
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = match;
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3));
  return [
    Number(year),
    Number(month),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    milliseconds,
    offsetOf(zone),
  ];
}

function usParts(text: string): Parts | undefined {
  const match = usPattern.exec(text);
  if (match === null) return undefined;
  const [, month, day, year, hour = '0', minute = '0', second = '0', half] = match;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
  return [Number(year), Number(month), Number(day), hours, Number(minute), Number(second), 0, 0];
}

/** Minutes east of UTC. */
function offsetOf(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}

const durationPattern =
  /^(-)?P(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,7})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,10})(?:\.(\d{1,7}))?S)?)?$/;

/** An ISO 8601 duration in milliseconds; a year is 365 days and a month 30, as Azure has it. Undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  const match = durationPattern.exec(text);
  if (match === null || /[PT]$/.test(text)) return undefined;
  const [, minus, ...parts] = match;
  const [years, months, weeks, days, hours, minutes, seconds, fraction] = parts.map((part) => Number(part ?? 0));
  const n = (value: number | undefined): number => value ?? 0;
  const dayCount = n(years) * 365 + n(months) * 30 + n(weeks) * 7 + n(days);
  const secondCount = dayCount * 86_400 + n(hours) * 3_600 + n(minutes) * 60 + n(seconds);
  const milliseconds = parts[7] === undefined ? 0 : Math.trunc(n(fraction) * 10 ** (3 - parts[7].length));
  const total = secondCount * 1_000 + milliseconds;
  return minus === undefined ? total : -total;
}

const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** .NET's standard formats in the invariant culture, as custom ones. */
const standardFormats: Readonly<Record<string, string>> = {
  d: 'MM/dd/yyyy',
  D: 'dddd, dd MMMM yyyy',
  f: 'dddd, dd MMMM yyyy HH:mm',
  F: 'dddd, dd MMMM yyyy HH:mm:ss',
  g: 'MM/dd/yyyy HH:mm',
  G: 'MM/dd/yyyy HH:mm:ss',
  M: 'MMMM dd',
  m: 'MMMM dd',
  o: "yyyy-MM-dd'T'HH:mm:ss.fffffffK",
  O: "yyyy-MM-dd'T'HH:mm:ss.fffffffK",
  R: "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
  r: "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
  s: "yyyy-MM-dd'T'HH:mm:ss",
  t: 'HH:mm',
  T: 'HH:mm:ss',
  u: "yyyy-MM-dd HH:mm:ss'Z'",
  U: 'dddd, dd MMMM yyyy HH:mm:ss',
  Y: 'yyyy MMMM',
  y: 'yyyy MMMM',
};

const customPattern = /'[^']*'|"[^"]*"|\\.|%|(y+|M+|d+|H+|h+|m+|s+|f+|F+|t+|z+|K|g+|:|\/)|[\s\S]/g;

/** Formats a moment with a standard or custom .NET format in the invariant culture. Undefined when the format is none. */
export function formatDate(moment: number, format: string): string | undefined {
  if (format.length === 1) {
    const custom = standardFormats[format];
    return custom === undefined ? undefined : formatDate(moment, custom);
  }
  const date = new Date(moment);
  return format.replace(customPattern, (text: string, specifier: string | undefined) => {
    if (specifier === undefined) {
      if (text === '%') return '';
      if (text.startsWith('\\')) return text.slice(1);
      return text.length > 1 && /^['"]/.test(text) ? text.slice(1, -1) : text;
    }
    return field(date, specifier);
  });
}

function field(date: Date, specifier: string): string {
  const width = specifier.length;
  const pad = (value: number): string => String(value).padStart(Math.min(width, 2), '0');
  switch (specifier[0]) {
    case 'y':
      return width <= 2
        ? String(date.getUTCFullYear() % 100).padStart(width, '0')
        : String(date.getUTCFullYear()).padStart(width, '0');
    case 'M':
      return width <= 2 ? pad(date.getUTCMonth() + 1) : named(monthNames[date.getUTCMonth()], width);
    case 'd':
      return width <= 2 ? pad(date.getUTCDate()) : named(dayNames[date.getUTCDay()], width);
    case 'H':
      return pad(date.getUTCHours());
    case 'h':
      return pad(date.getUTCHours() % 12 || 12);
    case 'm':
      return pad(date.getUTCMinutes());
    case 's':
      return pad(date.getUTCSeconds());
    case 'f':
      return String(date.getUTCMilliseconds()).padStart(3, '0').padEnd(7, '0').slice(0, width);
    case 'F':
      return String(date.getUTCMilliseconds()).padStart(3, '0').slice(0, width).replace(/0+$/, '');
    case 't':
      return (date.getUTCHours() < 12 ? 'AM' : 'PM').slice(0, width);
    case 'z':
      return width === 1 ? '+0' : width === 2 ? '+00' : '+00:00';
    case 'K':
      return 'Z';
    case 'g':
      return 'A.D.';
    default:
      return specifier;
  }
}

const named = (name: string | undefined, width: number): string =>
  width === 3 ? (name ?? '').slice(0, 3) : (name ?? '');
