import { randomBytes } from 'node:crypto';

/** W3C Trace Context, https://www.w3.org/TR/trace-context/#traceparent-header: version 00, trace id, parent id, flags. */
export interface Trace {
  readonly id: string;
  readonly flags: string;
}

const pattern = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** The caller's trace, or a new one where there is none or a broken one. */
export function traceOf(header: string | undefined): Trace {
  const match = header === undefined ? null : pattern.exec(header);
  const [, id, parent, flags] = match ?? [];
  const isValid = id !== undefined && !/^0+$/.test(id) && !/^0+$/.test(parent ?? '');
  return isValid ? { id, flags: flags ?? '00' } : { id: randomBytes(16).toString('hex'), flags: '00' };
}

/** The header for a call that belongs to the trace. */
export const traceHeader = (trace: Trace): string => `00-${trace.id}-${randomBytes(8).toString('hex')}-${trace.flags}`;
