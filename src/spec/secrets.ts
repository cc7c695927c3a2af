import type { Complaint } from './complaint.ts';

const secretWords = new Set(
  'password passwd pwd passphrase secret secrets token tokens credential credentials apikey pfx sas'.split(' '),
);

/** `clientSecret`, `client-secret` and `client_secret` are the same words. */
const wordsOf = (key: string): readonly string[] =>
  key
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);

const complaint: Omit<Complaint, 'message'> = {
  code: 'SPEC_SECRET',
  why: 'The file is kept in version control, copied into reports and shown to assessors.',
  hint: 'Remove it, and change the secret if the file was ever shared. Secrets come from the environment, a file or a vault.',
};

/** A key by whose name a secret would be kept. A trailing `key` counts too, but for tags, where it means other things. */
export function secretKey(key: string, isTag: boolean): Complaint | undefined {
  const words = wordsOf(key);
  const isSecret = words.some((word) => secretWords.has(word)) || (!isTag && words.at(-1) === 'key');
  return isSecret
    ? {
        ...complaint,
        message: `The key ${JSON.stringify(key)} looks like a secret, and secrets never go into this file.`,
      }
    : undefined;
}

/** A value that is a secret by its form. It is not repeated. */
export function secretValue(text: string): Complaint | undefined {
  return /-----BEGIN [A-Z ]*PRIVATE KEY-----|\b(AccountKey|SharedAccessKey)=|[?&]sig=[\w%]{16,}/.test(text)
    ? {
        ...complaint,
        message: 'This value looks like a private key or an access key, and secrets never go into this file.',
      }
    : undefined;
}
