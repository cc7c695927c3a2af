const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that is safe to put into a page. Made only by `html` and by joining what `html` made. */
export interface Html {
  readonly markup: string;
}

type Part = string | number | Html | readonly Html[];

/** Every text that goes into the template is escaped, in content and in quoted attributes alike; only `Html` goes in as it is. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let markup = strings[0] ?? '';
  parts.forEach((part, index) => {
    markup += render(part) + (strings[index + 1] ?? '');
  });
  return { markup };
}

function render(part: Part): string {
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return part.replaceAll(/[&<>"']/g, (character) => entities[character] as string);
  if ('markup' in part) return part.markup;
  return part.map((one) => one.markup).join('');
}
