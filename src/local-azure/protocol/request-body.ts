import { readJson } from '../../arm/index.ts';
import { messageOf } from '../../kernel/errors.ts';
import { invalidContent } from '../service-errors.ts';

/**
 * The body of a request as a JSON object. Read as leniently as the service does: `az` sends comments, unquoted keys and raw
 * newlines in strings. Throws `InvalidRequestContent` with the position.
 */
export function readObject(text: string): Readonly<Record<string, unknown>> {
  if (text.trim() === '') {
    throw invalidContent(
      "The request content was invalid and could not be deserialized: 'A JSON object was expected, the body is empty.'.",
    );
  }
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidContent(
      "The request content was invalid and could not be deserialized: 'A JSON object was expected.'.",
    );
  }
  return value as Record<string, unknown>;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return readJson(text, 'request').value;
    } catch (error) {
      throw invalidContent(`The request content was invalid and could not be deserialized: '${messageOf(error)}'.`);
    }
  }
}
