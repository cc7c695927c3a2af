import type { ArmErrorBody } from '../../arm/arm-error.ts';
import { ArmError } from '../../arm/arm-error.ts';
import { missingApiVersion } from '../service-errors.ts';
import type { Principal } from './tokens.ts';

/** A request to ARM, taken apart. */
export interface ArmCall {
  readonly method: string;
  readonly url: URL;
  /** Decoded, without empty ones. */
  readonly segments: readonly string[];
  readonly apiVersion: string;
  readonly headers: Headers;
  /** The body as text; '' when there is none. */
  readonly text: string;
  readonly principal: Principal;
  readonly listener: 'outside' | 'inside';
  readonly correlationId: string;
}

/** An answer before it becomes HTTP. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  /** Content as it is, in place of a JSON body; its type stands in the headers. */
  readonly bytes?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

export const ok = (body: unknown, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status: 200,
  body,
  headers,
});

export const noContent: Reply = { status: 204 };

export function errorReply(status: number, body: ArmErrorBody): Reply {
  const headers: Record<string, string> = {};
  if (body.code !== '') headers['x-ms-failure-cause'] = 'gateway';
  if (status === 429) headers['retry-after'] = '1';
  return { status, body: { error: body }, headers };
}

const versionPattern = /^\d{4}-\d{2}-\d{2}(-[a-z0-9.]+)?$/i;

/** The `api-version` of a request. Throws `MissingApiVersionParameter`, `InvalidApiVersionParameter`. */
export function readApiVersion(url: URL): string {
  const version = queryParameter(url, 'api-version');
  if (version === undefined || version === '') throw missingApiVersion();
  if (!versionPattern.test(version)) {
    throw new ArmError(400, {
      code: 'InvalidApiVersionParameter',
      message: `The api-version '${version}' is invalid. An api-version reads 'yyyy-MM-dd' or 'yyyy-MM-dd-preview'.`,
    });
  }
  return version;
}

/** A query parameter by name without regard to case. */
export function queryParameter(url: URL, name: string): string | undefined {
  for (const [key, value] of url.searchParams) if (key.toLowerCase() === name.toLowerCase()) return value;
  return undefined;
}

/**
 * The decoded segments of a path; undefined when it is not well formed. Empty ones are dropped, as the service does: `az resource`
 * writes `providers/NAMESPACE//TYPE`.
 */
export function pathSegments(url: URL): readonly string[] | undefined {
  try {
    const parts = url.pathname.split('/').filter((part) => part !== '');
    const decoded = parts.map(decodeURIComponent);
    return decoded.some((part) => /[/\p{Cc}]/u.test(part)) ? undefined : decoded;
  } catch {
    return undefined;
  }
}
