import { isInteger, type JsonObject, member } from '../json-value.ts';
import {
  type CallSite,
  define,
  type FunctionDefinition,
  invalid,
  objectArg,
  textArg,
  wrongType,
} from './definition.ts';

function uri(args: readonly unknown[], site: CallSite): string {
  const [base, relative] = [textArg(args, 0, site), textArg(args, 1, site)];
  try {
    return new URL(relative, base).toString();
  } catch {
    throw invalid(
      site,
      `'${base.slice(0, 100)}' is not an absolute URI, or '${relative.slice(0, 100)}' no relative one.`,
    );
  }
}

/** Scheme, authority, path and query of RFC 3986, appendix B. */
const absoluteUri = /^([a-z][a-z\d+.-]*):\/\/(?:[^/?#@]*@)?(\[[^\]/?#]*\]|[^/?#:]*)(?::(\d{1,5}))?([^?#]*)(\?[^#]*)?/i;

/**
 * `parseUri(uri)`: `{scheme, host, port, path, query}` (the type that Azure/bicep declares for it). As in .NET's `System.Uri`, `query`
 * has its `?`, and a port that is not written is the scheme's own.
 */
function parseUri(args: readonly unknown[], site: CallSite): JsonObject {
  const text = textArg(args, 0, site);
  const match = absoluteUri.exec(text);
  const [, scheme = '', host = '', port, path = '', query = ''] = match ?? [];
  if (match === null || host === '' || Number(port ?? 0) > 65_535)
    throw invalid(site, `'${text.slice(0, 100)}' is not an absolute URI.`);
  const known = port === undefined ? defaultPorts.get(scheme.toLowerCase()) : Number(port);
  return {
    scheme: scheme.toLowerCase(),
    host: host.toLowerCase(),
    ...(known === undefined ? {} : { port: known }),
    path: path === '' ? '/' : path,
    query,
  };
}

const defaultPorts: ReadonlyMap<string, number> = new Map([
  ['http', 80],
  ['https', 443],
  ['ftp', 21],
]);

/** `buildUri({scheme, host, port?, path?, query?})`: the URI of these parts; a port that is the scheme's own is left out. */
function buildUri(args: readonly unknown[], site: CallSite): string {
  const parts = objectArg(args, 0, site);
  const text = (name: string): string => {
    const value = member(parts, name) ?? '';
    if (typeof value !== 'string') throw wrongType(site, 0, `an object with a string '${name}'`, value);
    return value;
  };
  const [scheme, host] = [text('scheme'), text('host')];
  if (!/^[a-z][a-z\d+.-]*$/i.test(scheme) || host === '') throw invalid(site, "'scheme' and 'host' are needed.");
  const port = member(parts, 'port') ?? undefined;
  if (port !== undefined && (!isInteger(port) || port < 0 || port > 65_535))
    throw invalid(site, `the port '${String(port)}' has to be between '0' and '65535'.`);
  const shownPort = port === undefined || Number(port) === defaultPorts.get(scheme.toLowerCase()) ? '' : `:${port}`;
  const [path, query] = [text('path'), text('query')];
  return [
    `${scheme}://${host}${shownPort}`,
    path.startsWith('/') ? path : `/${path}`,
    query === '' || query.startsWith('?') ? query : `?${query}`,
  ].join('');
}

export const uriFunctions: readonly FunctionDefinition[] = [
  define('buildUri', 1, 1, buildUri),
  define('parseUri', 1, 1, parseUri),
  define('uri', 2, 2, uri),
];
