/** The way to a value of the file: keys and list positions from the top. */
export type Path = readonly (string | number)[];

/** `clusters[0].network.addressSpace`; keys that are no plain words in brackets and quotes. */
export function formatPath(path: Path): string {
  return path
    .map((step, i) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[A-Za-z_][\w-]*$/.test(step)) return `[${JSON.stringify(step)}]`;
      return i === 0 ? step : `.${step}`;
    })
    .join('');
}
