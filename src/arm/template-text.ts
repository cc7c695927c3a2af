/** What a string of a template is: an expression in brackets, or text, in which `[[` at the start stands for `[`. */
export type TemplateText =
  | { readonly kind: 'expression'; readonly text: string }
  | { readonly kind: 'literal'; readonly text: string };

/**
 * A string is an expression when it begins with `[` and ends with `]`; with `[[` it is text with one `[` less. A string that only
 * begins with a bracket is text as it stands.
 */
export function templateText(text: string): TemplateText {
  if (!text.startsWith('[') || !text.endsWith(']')) return { kind: 'literal', text };
  return text.startsWith('[[') ? { kind: 'literal', text: text.slice(1) } : { kind: 'expression', text };
}

export function isExpression(text: string): boolean {
  return text.startsWith('[') && !text.startsWith('[[') && text.endsWith(']');
}

/** Writes a text so that a template reads it back as that text. */
export function escapeTemplateText(text: string): string {
  return text.startsWith('[') && text.endsWith(']') ? `[${text}` : text;
}
