import { parseAddress } from '../../kernel/address.ts';
import type { TextRule } from '../complaint.ts';

/** One IPv4 address in four decimal parts. */
export const address: TextRule = (text) =>
  parseAddress(text)?.family === 4 && !/(^|\.)0\d/.test(text)
    ? undefined
    : {
        code: 'SPEC_ADDRESS_INVALID',
        message: `${JSON.stringify(text)} is not an IPv4 address.`,
        hint: 'Write it as four decimal parts, e.g. 10.240.4.4.',
      };
