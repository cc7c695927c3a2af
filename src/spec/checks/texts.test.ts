import { describe, expect, test } from 'vitest';
import type { TextRule } from '../complaint.ts';
import { problemsOf, specOf, summary } from '../test-spec.ts';
import { date } from './date.ts';
import { emailAddress } from './email-address.ts';
import { fourDigits } from './four-digits.ts';
import { guid } from './guid.ts';
import { egressHost, hostName } from './host-name.ts';
import { clusterName, organizationName, organizationNameLimit, ruleName } from './name.ts';
import { region } from './region.ts';
import { noReservedWord } from './reserved-word.ts';
import { tagName, tagValue } from './tag.ts';

const label63 = 'a'.repeat(63);

interface Table {
  readonly rule: TextRule;
  readonly good: readonly string[];
  readonly bad: Readonly<Record<string, readonly string[]>>;
}

const tables: Readonly<Record<string, Table>> = {
  // RFC 4122, section 3: the text form.
  guid: {
    rule: guid,
    good: ['f81d4fae-7dec-11d0-a765-00a0c91e6bf6', 'F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6'],
    bad: {
      SPEC_GUID_INVALID: [
        '',
        'f81d4fae7dec11d0a76500a0c91e6bf6',
        '{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}',
        'g81d4fae-7dec-11d0-a765-00a0c91e6bf6',
        'contoso.onmicrosoft.com',
      ],
      SPEC_GUID_EMPTY: ['00000000-0000-0000-0000-000000000000'],
    },
  },
  // RFC 1123, section 2.1, and RFC 1035, section 2.3.4: 63 octets a label, 255 a name, which leaves 253 characters.
  'host name': {
    rule: hostName,
    good: [
      'a.example',
      'bicycle.contoso.com',
      '3com.example',
      'xn--bcher-kva.example',
      `${label63}.example`,
      'a-b.example.com',
    ],
    bad: {
      SPEC_HOST_NAME_INVALID: [
        '',
        'localhost',
        'Bicycle.contoso.com',
        '-a.example',
        'a-.example',
        'a..example',
        '.a.example',
        'a.example.',
        'a_b.example',
        `${label63}a.example`,
        `${`${label63}.`.repeat(4)}com`,
        '10.0.0.1',
        'https://a.example',
        'a.example/path',
        'a.example:443',
        '*.example.com',
        'bücher.example',
      ],
    },
  },
  // Microsoft, "Azure Firewall FAQ": wildcards in target FQDNs only on the left.
  'egress host': {
    rule: egressHost,
    good: ['api.example.com', '*.example.com', '*.a.example.com'],
    bad: {
      SPEC_EGRESS_TOO_WIDE: ['*', '*.com', '*.'],
      SPEC_EGRESS_WILDCARD: ['api.*.com', '*api.example.com', 'api.example.*', '*.*.example.com', '**'],
      SPEC_HOST_NAME_INVALID: ['', 'example', '*.-a.com', '10.0.0.1', 'API.example.com'],
    },
  },
  'e-mail address': {
    rule: emailAddress,
    good: ['security@contoso.com', 'first.last+alerts@mail.contoso.co.uk', "o'neil@contoso.com"],
    bad: {
      SPEC_EMAIL_INVALID: [
        '',
        'security',
        '@contoso.com',
        'a@contoso',
        'a b@contoso.com',
        'a@b@contoso.com',
        'Security <a@contoso.com>',
        'a@contoso.com,b@contoso.com',
        '+49 30 1234',
      ],
    },
  },
  // ISO 8601; 2028 is a leap year, 2027 and 2100 are not.
  date: {
    rule: date,
    good: ['2027-06-30', '2028-02-29', '2030-12-31'],
    bad: {
      SPEC_DATE_INVALID: [
        '',
        '2027-02-29',
        '2100-02-29',
        '2027-13-01',
        '2027-00-10',
        '2027-04-31',
        '2027-6-30',
        '30.06.2027',
        '2027-06-30T00:00:00Z',
        'tomorrow',
      ],
    },
  },
  // Microsoft, "Resolve errors for reserved resource names".
  'reserved word': {
    rule: noReservedWord,
    good: ['contoso', 'azures', 'myaccess', 'prelogin', 'window', 'officer'],
    bad: {
      SPEC_NAME_RESERVED: [
        'azure',
        'Azure',
        'access',
        'xbox',
        'office365',
        'microsoft',
        'mymicrosoft1',
        'windows',
        'thewindowsco',
        'login',
        'loginco',
      ],
    },
  },
  // Microsoft, "Naming rules and restrictions": storage accounts 3-24 letters and digits, key vaults 3-24, no two hyphens in a row.
  'organization name': {
    rule: organizationName,
    good: ['ab', 'contoso', 'con-toso', 'c2', 'a'.repeat(organizationNameLimit)],
    bad: {
      SPEC_NAME_INVALID: [
        '',
        'a',
        '1ab',
        'Contoso',
        'con_toso',
        'con--toso',
        '-contoso',
        'contoso-',
        'con toso',
        'con.toso',
      ],
      SPEC_NAME_TOO_LONG: ['a'.repeat(organizationNameLimit + 1)],
    },
  },
  'cluster name': {
    rule: clusterName,
    good: ['01', 'blue', 'a', '12345678'],
    bad: { SPEC_NAME_INVALID: ['', 'A', 'a-b', 'a b'], SPEC_NAME_TOO_LONG: ['123456789'] },
  },
  'rule name': {
    rule: ruleName,
    good: ['ab', 'payment-provider', `a${'b'.repeat(49)}`],
    bad: { SPEC_NAME_INVALID: ['', 'a', '1a', 'a--b', 'a-', 'A', `a${'b'.repeat(50)}`] },
  },
  'number of four digits': {
    rule: fourDigits,
    good: ['0001', '9999'],
    bad: { SPEC_NUMBER_INVALID: ['', '1', '00001', 'abcd', '00 1'] },
  },
  // Microsoft, "List of Azure regions".
  region: {
    rule: region,
    good: ['eastus2', 'westeurope', 'uksouth', 'southeastasia', 'swedencentral'],
    bad: {
      SPEC_REGION_UNKNOWN: ['', 'East US 2', 'eastus22', 'us-east-1', 'usgovvirginia'],
      SPEC_REGION_WITHOUT_ZONES: ['westus', 'ukwest', 'northcentralus', 'canadaeast'],
    },
  },
  // Microsoft, "Use tags to organize your Azure resources", limitations; DNS zones and storage accounts have the narrowest.
  'tag name': {
    rule: tagName,
    good: ['data-classification', 'CostCentre', 'a.b_c', 'x'.repeat(128)],
    bad: {
      SPEC_TAG_NAME_INVALID: [
        '',
        'a b',
        'a<b',
        'a>b',
        'a%b',
        'a&b',
        'a\\b',
        'a?b',
        'a/b',
        '1a',
        'ä',
        'x'.repeat(129),
        'azure-owner',
        'microsoftTag',
        'WindowsTag',
      ],
    },
  },
  'tag value': {
    rule: tagValue,
    good: ['', 'x'.repeat(256), 'a b/c?'],
    bad: { SPEC_TAG_VALUE_TOO_LONG: ['x'.repeat(257)] },
  },
};

describe.each(Object.entries(tables))('%s', (_, { rule, good, bad }) => {
  test.each(good.map((text) => [text]))('%j is fine', (text) => {
    expect(rule(text)).toBeUndefined();
  });

  const cases = Object.entries(bad).flatMap(([code, texts]) => texts.map((text) => [text, code] as const));
  test.each(cases)('%j: %s', (text, code) => {
    expect(rule(text)?.code).toBe(code);
  });
});

const allowance = (more: string) =>
  `egress:\n  - {name: aa, from: system, reason: r, owner: o, expires: 2030-01-01, ${more}}\n`;

const refused: readonly (readonly [name: string, text: string, ...problems: string[]])[] = [
  ['an organization named azure', 'organization:\n  name: azure\n', 'SPEC_NAME_RESERVED 2:9'],
  ['a cluster named windows', 'clusters:\n  - name: windows\n', 'SPEC_NAME_RESERVED 2:11'],
  ['a year less a day of logs', 'retention:\n  logs: 364\n', 'SPEC_RETENTION_TOO_SHORT 2:9'],
  ['89 days to search', 'retention:\n  interactive: 89\n', 'SPEC_RETENTION_TOO_SHORT 2:16'],
  ['a retention that Log Analytics has not', 'retention:\n  logs: 800\n', 'SPEC_RETENTION_NOT_OFFERED 2:9'],
  ['three years to search', 'retention: {logs: 1095, interactive: 1095}\n', 'SPEC_RETENTION_NOT_OFFERED 1:38'],
  ['more to search than is kept', 'retention:\n  interactive: 400\n', 'SPEC_RETENTION_ORDER 2:16'],
  [
    'sixteen tags',
    `tags: {${Array.from({ length: 16 }, (_, i) => `t${i}: x`).join(', ')}}\n`,
    'SPEC_TAGS_TOO_MANY 1:1',
  ],
  ['tags that differ in case', 'tags: {owner: a, Owner: b}\n', 'SPEC_TAGS_SAME_NAME 1:1'],
  ['a tag with a space', 'tags:\n  a: x\n  b c: y\n', 'SPEC_TAG_NAME_INVALID 3:3'],
  ['a telephone number', 'contacts:\n  security:\n    - "+49 30 1234"\n', 'SPEC_EMAIL_INVALID 3:7'],
  ['an allowance to anywhere', allowance('to: [a.example.com, "*"]'), 'SPEC_EGRESS_TOO_WIDE 2:92'],
  ['an allowance to nothing', allowance('to: []'), 'SPEC_LIST_TOO_SHORT 2:72'],
  ['port 0', allowance('to: [a.example.com], port: 0'), 'SPEC_PORT_INVALID 2:99'],
  ['a port that the firewall has not', allowance('to: [a.example.com], port: 64001'), 'SPEC_PORT_INVALID 2:99'],
  [
    'a protocol that is not matched by name',
    allowance('to: [a.example.com], protocol: tcp'),
    'SPEC_UNKNOWN_VALUE 2:103',
  ],
  ['a cluster that is not there', allowance('to: [a.example.com], cluster: "02"'), 'SPEC_CLUSTER_UNKNOWN 2:102'],
  [
    'the public name in the private domain',
    'domains:\n  public: www.pay.contoso.com\n  ingress: pay.contoso.com\n',
    'SPEC_DOMAINS_NESTED 3:12',
  ],
  [
    'a component with two scopes',
    'cardholderData:\n  components:\n    - {name: a, scope: in-scope, because: b}\n    - {name: a, scope: connected-to, because: b}\n',
    'SPEC_NAME_TWICE 4:14',
  ],
];

describe('a spec with', () => {
  test.each(refused)('%s is refused', (_, text, ...problems) => {
    expect(summary(text)).toEqual(problems);
  });

  test('what the standard asks for says so', () => {
    expect(problemsOf('retention: {logs: 364}')[0]?.why).toMatch(/PCI DSS 10\.5\.1/);
    expect(problemsOf('retention: {interactive: 89}')[0]?.why).toMatch(/PCI DSS 10\.5\.1/);
  });

  // Microsoft, Tables API: totalRetentionInDays is between 4 and 730, or one of certain whole years.
  test.each([365, 366, 730, 1095, 2556, 4383])('%i days of logs is fine', (logs) => {
    expect(specOf(`retention: {logs: ${logs}}`).retention.logs).toBe(logs);
  });
});
