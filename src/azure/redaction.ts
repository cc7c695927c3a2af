import type { AccessToken, TokenCredential } from '@azure/core-auth';

/** What has to stay out of every message. It learns secrets as they go by, and masks them in whatever a service or library says. */
export interface Redaction {
  learn(secret: string): void;
  /** The text without any learned secret, bearer token, JWT or SAS signature. */
  mask(text: string): string;
  /** The same for every string inside a JSON value. */
  maskJson(value: unknown): unknown;
}

const masked = '[redacted]';
/** Shorter values are words like `on` or `1`: masking them would make nonsense of every message and protect nothing. */
const shortest = 4;
const shapes: readonly RegExp[] = [
  /(?<=\bBearer\s+)[\w.~+/=-]{8,}/gi,
  /\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g,
  /(?<=[?&;]sig=)[^&\s"']+/gi,
];
const secretNames = /passw|secret|token|credential|connectionstring|sharedkey|accesskey|privatekey|apikey|accountkey/i;

export function createRedaction(): Redaction {
  const known = new Set<string>();
  const mask = (text: string): string => {
    // The longest first: a secret may hold another one.
    let result = text;
    for (const secret of [...known].sort((a, b) => b.length - a.length)) result = result.replaceAll(secret, masked);
    return shapes.reduce((rest, shape) => rest.replace(shape, masked), result);
  };
  const maskJson = (value: unknown): unknown => {
    if (typeof value === 'string') return mask(value);
    if (Array.isArray(value)) return value.map(maskJson);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [mask(key), maskJson(member)]));
  };
  return {
    learn: (secret) => {
      if (secret.length < shortest) return;
      for (const form of formsOf(secret)) known.add(form);
    },
    mask,
    maskJson,
  };
}

/** A secret as it stands, and as it stands inside JSON, a URL and a form. */
function formsOf(secret: string): readonly string[] {
  const wellFormed = secret.replace(/\p{Surrogate}/gu, '\ufffd');
  const form = new URLSearchParams({ '': wellFormed }).toString().slice(1);
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(wellFormed), form];
}

/** The strings of a body that stand below a name like `password` or `clientSecret`. */
export function secretsIn(value: unknown, isSecret = false): readonly string[] {
  if (typeof value === 'string') return isSecret ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => secretsIn(item, isSecret));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => secretsIn(member, isSecret || secretNames.test(name)));
}

/** The same credential; each token that it gives is learned. */
export function observedCredential(credential: TokenCredential, redaction: Redaction): TokenCredential {
  return {
    getToken: async (scopes, options): Promise<AccessToken | null> => {
      const token = await credential.getToken(scopes, options);
      if (token !== null) redaction.learn(token.token);
      return token;
    },
  };
}
