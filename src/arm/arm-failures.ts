import type { Place } from '../kernel/place.ts';
import { ArmError, type ArmErrorBody } from './arm-error.ts';

/**
 * A failure of evaluation, before it is known which resource, variable or output it belongs to. `message` is ARM's sentence without
 * the part around it ("Deployment template validation failed: …"); `offset` is where in the expression.
 */
export class ExpressionFailure extends Error {
  override readonly name = 'ExpressionFailure';
  readonly offset: number | undefined;
  /** True when no other branch may hide it: the template as a whole is too large or too deep. */
  readonly fatal: boolean;

  constructor(message: string, offset?: number, fatal = false) {
    super(message);
    this.offset = offset;
    this.fatal = fatal;
  }
}

/** The text and position of an expression that does not parse. */
export function expressionError(text: string, what: string, offset: number): ExpressionFailure {
  const shown = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  return new ExpressionFailure(`Unable to parse language expression '${shown}': ${what} Position '${offset}'.`, offset);
}

/** `InvalidTemplate` as ARM sends it: 400, the sentence wrapped, the position in `additionalInfo`. */
export function invalidTemplate(message: string, place?: Place, more: readonly ArmErrorBody[] = []): ArmError {
  return new ArmError(400, invalidTemplateBody(message, place, more));
}

export function invalidTemplateBody(message: string, place?: Place, more: readonly ArmErrorBody[] = []): ArmErrorBody {
  return {
    code: 'InvalidTemplate',
    message: `Deployment template validation failed: '${message}'.`,
    ...(more.length === 0 ? {} : { details: more }),
    additionalInfo: [violation(place)],
  };
}

/** The template cannot even be read as one. */
export function templateParseError(message: string, place?: Place): ArmError {
  return new ArmError(400, {
    code: 'InvalidTemplate',
    message: `Deployment template parse failed: '${message}'.`,
    additionalInfo: [violation(place)],
  });
}

/** A position as ARM reports it; zeros where it is not known, as ARM does. */
export function violation(place: Place | undefined): { readonly type: string; readonly info: unknown } {
  return {
    type: 'TemplateViolation',
    info: { lineNumber: place?.line ?? 0, linePosition: place?.column ?? 0, path: place?.path ?? '' },
  };
}

/** `at line '3' and column '5'`, or nothing when the place is not known. */
export function atLine(place: Place | undefined): string {
  return place === undefined ? '' : ` at line '${place.line}' and column '${place.column}'`;
}
