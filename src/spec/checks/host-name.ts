import type { TextRule } from '../complaint.ts';

/** RFC 1123 labels, at least two, in lower case, at most 253 characters in all; the last one is no number, so that no address passes. */
const pattern = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** The same as a JSON Schema pattern. */
export const hostNamePattern = pattern.source;

/** A full host name in lower case. */
export const hostName: TextRule = (text) =>
  pattern.test(text)
    ? undefined
    : {
        code: 'SPEC_HOST_NAME_INVALID',
        message: `${JSON.stringify(text)} is not a full host name in lower case.`,
        hint: /:\/\/|\//.test(text)
          ? 'Leave out the scheme and the path: www.example.com.'
          : 'Letters, digits and hyphens in at least two labels: www.example.com.',
      };

/** A destination that the firewall can match: a host name, or `*.` before a name of at least two labels. */
export const egressHost: TextRule = (text) => {
  if (text === '*' || /^\*\.[^.]*$/.test(text)) {
    return {
      code: 'SPEC_EGRESS_TOO_WIDE',
      message: `${JSON.stringify(text)} would let traffic leave to anywhere.`,
      why: 'PCI DSS 1.3.2 asks that outbound traffic is limited to what is necessary.',
      hint: 'Name the hosts, or a domain: *.example.com.',
    };
  }
  if (text.includes('*') && !/^\*\.[^*]+$/.test(text)) {
    return {
      code: 'SPEC_EGRESS_WILDCARD',
      message: `${JSON.stringify(text)} has a wildcard where Azure Firewall takes none.`,
      hint: 'A wildcard stands alone at the very left: *.example.com.',
    };
  }
  return hostName(text.replace(/^\*\./, ''));
};
