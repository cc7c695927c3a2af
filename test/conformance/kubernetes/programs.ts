/** Where scripts/conformance.mjs has put a program: it says so in an environment variable, and a test does not look elsewhere. */
export function program(name: string): string {
  const variable = `CONFORMANCE_${name.replaceAll('-', '_').toUpperCase()}`;
  const file = process.env[variable];
  if (file === undefined || file === '')
    throw new Error(`${variable} is not set: run npm run conformance, not vitest alone.`);
  return file;
}
