import { parseArgs } from 'node:util';
import { externalAddresses, isRoleName, peerAddresses, type RoleName, roleNames, roles } from './roles.ts';

/** Everything that configures the program. Times are milliseconds. */
export interface Settings {
  readonly role: RoleName;
  /** Depth of the page's calls; 0: this role has no page. */
  readonly pageDepth: number;
  readonly address: string;
  readonly port: number;
  readonly managementAddress: string;
  readonly managementPort: number;
  readonly peers: readonly URL[];
  readonly externals: readonly URL[];
  /** The sidecar's outbound listener; without one, calls go straight out. */
  readonly outboundProxy: URL | undefined;
  /** Time that one level of the tree adds to a call's deadline (see deadlines.ts). */
  readonly hopMs: number;
  /** Requests answered at once; the next one gets 503. */
  readonly maxInFlight: number;
  /** Time between "not ready" and the end of listening, so that endpoints are withdrawn first. */
  readonly drainMs: number;
  /** Longest wait for requests under way at shutdown. */
  readonly shutdownMs: number;
}

/** A setting that cannot be used. The message names it and says what it takes. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** Each setting is a flag (`--page-depth 4`) or an environment variable (`WORKLOAD_PAGE_DEPTH=4`); the flag wins. */
const names = [
  'role',
  'page-depth',
  'address',
  'port',
  'management-address',
  'management-port',
  'peers',
  'externals',
  'outbound-proxy',
  'hop-ms',
  'max-in-flight',
  'drain-ms',
  'shutdown-ms',
] as const;
type Name = (typeof names)[number];

/** The deepest tree that is answered: 5^n calls hang below a request of depth n. */
export const deepest = 4;

const variableOf = (name: Name): string => `WORKLOAD_${name.toUpperCase().replaceAll('-', '_')}`;

/**
 * Reads flags and environment.
 * @throws SettingsError for an unknown flag or `WORKLOAD_` variable, a missing role, and any value out of range.
 */
export function readSettings(args: readonly string[], environment: Readonly<NodeJS.ProcessEnv>): Settings {
  const flags = readFlags(args);
  const known = new Set(names.map(variableOf));
  for (const variable of Object.keys(environment)) {
    if (variable.startsWith('WORKLOAD_') && !known.has(variable)) {
      throw new SettingsError(`${variable} is not a setting. Settings: ${[...known].join(', ')}.`);
    }
  }
  const given = (name: Name): string | undefined => flags[name] ?? environment[variableOf(name)];
  const whole = (name: Name, fallback: number, from: number, to: number): number =>
    wholeNumber(variableOf(name), given(name), fallback, from, to);

  const role = given('role');
  if (role === undefined || !isRoleName(role)) {
    throw new SettingsError(`WORKLOAD_ROLE is ${describe(role)}; it must be one of ${roleNames.join(', ')}.`);
  }
  const proxy = given('outbound-proxy');
  return {
    role,
    pageDepth: whole('page-depth', roles[role].pageDepth, 0, deepest),
    address: given('address') ?? '0.0.0.0',
    port: whole('port', 8080, 0, 65_535),
    managementAddress: given('management-address') ?? '0.0.0.0',
    managementPort: whole('management-port', 8081, 0, 65_535),
    peers: addresses('peers', given('peers'), peerAddresses(role), ['http:', 'https:']),
    externals: addresses('externals', given('externals'), externalAddresses, ['https:', 'http:']),
    outboundProxy: proxy === undefined ? undefined : address('outbound-proxy', proxy, ['http:']),
    hopMs: whole('hop-ms', 2_000, 50, 10_000),
    maxInFlight: whole('max-in-flight', 64, 1, 10_000),
    drainMs: whole('drain-ms', 3_000, 0, 60_000),
    shutdownMs: whole('shutdown-ms', 15_000, 0, 120_000),
  };
}

function readFlags(args: readonly string[]): Partial<Record<Name, string>> {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
    }).values as Partial<Record<Name, string>>;
  } catch (error) {
    throw new SettingsError(`${(error as Error).message} Flags: ${names.map((name) => `--${name}`).join(', ')}.`);
  }
}

function wholeNumber(name: string, text: string | undefined, fallback: number, from: number, to: number): number {
  if (text === undefined) return fallback;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= from && value <= to)) {
    throw new SettingsError(`${name} is ${describe(text)}; it must be a whole number from ${from} to ${to}.`);
  }
  return value;
}

/** Comma-separated addresses; an empty text means none. */
function addresses(
  name: Name,
  text: string | undefined,
  fallback: readonly string[],
  protocols: readonly string[],
): URL[] {
  const list = text === undefined ? fallback : text.split(',').map((one) => one.trim());
  return list.filter((one) => one !== '').map((one) => address(name, one, protocols));
}

function address(name: Name, text: string, protocols: readonly string[]): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (url === undefined || !isPlain || url.pathname !== '/' || !protocols.includes(url.protocol)) {
    // The value is not repeated: it may carry a password.
    throw new SettingsError(
      `${variableOf(name)} holds an address that is not of the form ${protocols.map((one) => `${one}//host[:port]`).join(' or ')}.`,
    );
  }
  return url;
}

const describe = (value: string | undefined): string => (value === undefined ? 'not set' : JSON.stringify(value));
