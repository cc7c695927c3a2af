import { Buffer } from 'node:buffer';
import { type CallSite, define, type FunctionDefinition, invalid, textArg } from './definition.ts';
import { parseJson } from './object.ts';

function encode(text: string, site: CallSite): string {
  site.environment.meter.make(text.length * 2);
  return Buffer.from(text, 'utf8').toString('base64');
}

function decode(text: string, site: CallSite): string {
  if (!/^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(text.replace(/\s/g, '')))
    throw invalid(site, 'the text is not valid base64.');
  return Buffer.from(text, 'base64').toString('utf8');
}

/** `data:[type][;charset=…][;base64],…` */
function fromDataUri(text: string, site: CallSite): string {
  const match = /^data:([^,]{0,1000}),(.*)$/is.exec(text);
  if (match === null) throw invalid(site, 'the text is not a data URI.');
  const [, head = '', data = ''] = match;
  return /;\s*base64\s*$/i.test(head) ? decode(data, site) : unescapeUri(data, site);
}

/** Percent-encodes everything but unreserved characters (RFC 3986), as .NET's Uri.EscapeDataString. */
function escapeUri(text: string, site: CallSite): string {
  site.environment.meter.make(text.length * 9);
  return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8')).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function unescapeUri(text: string, site: CallSite): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid(site, 'the text is not percent-encoded UTF-8.');
  }
}

export const encodingFunctions: readonly FunctionDefinition[] = [
  define('base64', 1, 1, (args, site) => encode(textArg(args, 0, site), site)),
  define('base64ToJson', 1, 1, (args, site) => parseJson(decode(textArg(args, 0, site), site), site)),
  define('base64ToString', 1, 1, (args, site) => decode(textArg(args, 0, site), site)),
  define(
    'dataUri',
    1,
    1,
    (args, site) => `data:text/plain;charset=utf-8;base64,${encode(textArg(args, 0, site), site)}`,
  ),
  define('dataUriToString', 1, 1, (args, site) => fromDataUri(textArg(args, 0, site), site)),
  define('uriComponent', 1, 1, (args, site) => escapeUri(textArg(args, 0, site), site)),
  define('uriComponentToString', 1, 1, (args, site) => unescapeUri(textArg(args, 0, site), site)),
];
