import { describe, expect, test } from 'vitest';
import { evaluated } from './test-evaluate.ts';

/** learn.microsoft.com, .NET, "Standard numeric format strings" and "Custom numeric format strings", invariant culture. */
const numbers: readonly (readonly [value: string, format: string, expected: string])[] = [
  ['1234', 'D', '1234'],
  ['-1234', 'D6', '-001234'],
  ['1234', 'd2', '1234'],
  ['1234', 'F', '1234.00'],
  ['1234', 'F1', '1234.0'],
  ["float('1234.567')", 'F', '1234.57'],
  ["float('-1234.56')", 'F4', '-1234.5600'],
  ["float('1234.567')", 'N', '1,234.57'],
  ['1234', 'N1', '1,234.0'],
  ["float('-1234.56')", 'N3', '-1,234.560'],
  ['999', 'N0', '999'],
  ['1000', 'N0', '1,000'],
  ['1234567', 'n0', '1,234,567'],
  ['1', 'P', '100.00 %'],
  ["float('-0.39678')", 'P1', '-39.7 %'],
  ['255', 'X', 'FF'],
  ['-1', 'x', 'ffffffffffffffff'],
  ['255', 'x4', '00ff'],
  ['-1', 'X4', 'FFFFFFFFFFFFFFFF'],
  ['42', 'B', '101010'],
  ['5', 'b8', '00000101'],
  ["float('1052.0329112756')", 'E', '1.052033E+003'],
  ["float('1052.0329112756')", 'e2', '1.05e+003'],
  ["float('-1052.0329112756')", 'E3', '-1.052E+003'],
  ["float('0.00012')", 'E1', '1.2E-004'],
  ['1234', 'C', '¤1,234.00'],
  ['-1234', 'C0', '(¤1,234)'],
  ['17', 'G', '17'],
  ["float('1.5')", 'R', '1.5'],
  ['1234', '00000', '01234'],
  ["float('0.45678')", '0.00', '0.46'],
  ["float('1234.5678')", '#####', '1235'],
  ["float('0.45678')", '#.##', '.46'],
  ['2147483647', '##,#', '2,147,483,647'],
  ['1234567890', '#,#', '1,234,567,890'],
  ['12', '#,##0', '12'],
  ['-12', '000', '-012'],
  ['5', '0.0#', '5.0'],
  ["float('5.25')", '0.0##', '5.25'],
  ['7', 'no 00', 'no 07'],
  ['7', '0 left', '7 left'],
  ['0', '#', ''],
  ['0', '#0', '0'],
];

test.each(numbers)('%s as %s', (value, format, expected) => {
  expect(evaluated(`[format('{0:${format}}', ${value})]`)).toBe(expected);
});

/** learn.microsoft.com, .NET, "Composite formatting". */
describe('composite formatting', () => {
  test.each([
    ["format('{0}', 'a')", 'a'],
    ["format('{1}{0}', 'a', 'b')", 'ba'],
    ["format('{0,4}|', 'ab')", '  ab|'],
    ["format('{0,-4}|', 'ab')", 'ab  |'],
    ["format('{0, 4 :D3}|', 7)", ' 007|'],
    ["format('{0,1}', 'abc')", 'abc'],
    ["format('{{0}}', 'a')", '{0}'],
    ["format('}}{0}{{', 'a')", '}a{'],
    ["format('{0 }', 'a')", 'a'],
    ["format('{0:ignored}', 'text')", 'text'],
    ["format('{0}', true())", 'True'],
    ["format('{0}', false())", 'False'],
    ["format('{0}|', null())", '|'],
    ["format('{0}', createObject('a', 'b'))", '{"a":"b"}'],
    ["format('', 'a')", ''],
    ["format('{0}', 9223372036854775807)", '9223372036854775807'],
    ["format('{0:N0}', 9223372036854775807)", '9,223,372,036,854,775,807'],
  ])('%s', (expression, expected) => {
    expect(evaluated(`[${expression}]`)).toBe(expected);
  });

  test.each([
    ["format('{', 1)", /not well-formed/],
    ["format('}', 1)", /not well-formed/],
    ["format('{0', 1)", /not well-formed/],
    ["format('{a}', 1)", /not well-formed/],
    ["format('{0{1}', 1, 2)", /not well-formed/],
    ["format('{-1}', 1)", /not well-formed/],
    ["format('{2}', 1, 2)", /refers to argument '2', and there are '2' of them/],
    ["format('{0:Z}', 1)", /number format 'Z' is not valid/],
    ["format('{0:D}', float('1.5'))", /number format 'D' takes integers only/],
    ["format('{0:X}', float('1.5'))", /number format 'X' takes integers only/],
    ["format('{0:b}', float('1.5'))", /number format 'b' takes integers only/],
    ["format('{0:0;0}', 1)", /number format '0;0' is not supported/],
    ["format('{0:0%}', 1)", /is not supported/],
  ])('%s is refused', (expression, message) => {
    expect(() => evaluated(`[${expression}]`)).toThrow(message);
  });
});

/** learn.microsoft.com, .NET, "Standard date and time format strings" and "Custom date and time format strings", invariant culture. */
const moment = '2009-06-15T13:45:30.6170000Z';
const dates: readonly (readonly [format: string, expected: string])[] = [
  ['d', '06/15/2009'],
  ['D', 'Monday, 15 June 2009'],
  ['f', 'Monday, 15 June 2009 13:45'],
  ['F', 'Monday, 15 June 2009 13:45:30'],
  ['g', '06/15/2009 13:45'],
  ['G', '06/15/2009 13:45:30'],
  ['M', 'June 15'],
  ['m', 'June 15'],
  ['O', '2009-06-15T13:45:30.6170000Z'],
  ['o', '2009-06-15T13:45:30.6170000Z'],
  ['R', 'Mon, 15 Jun 2009 13:45:30 GMT'],
  ['r', 'Mon, 15 Jun 2009 13:45:30 GMT'],
  ['s', '2009-06-15T13:45:30'],
  ['t', '13:45'],
  ['T', '13:45:30'],
  ['u', '2009-06-15 13:45:30Z'],
  ['U', 'Monday, 15 June 2009 13:45:30'],
  ['Y', '2009 June'],
  ['y', '2009 June'],
  ['%d', '15'],
  ['dd', '15'],
  ['ddd', 'Mon'],
  ['dddd', 'Monday'],
  ['%f', '6'],
  ['ff', '61'],
  ['fff', '617'],
  ['ffffff', '617000'],
  ['%F', '6'],
  ['FFF', '617'],
  ['FFFF', '617'],
  ['%h', '1'],
  ['hh', '01'],
  ['%H', '13'],
  ['HH', '13'],
  ['%m', '45'],
  ['%M', '6'],
  ['MM', '06'],
  ['MMM', 'Jun'],
  ['MMMM', 'June'],
  ['%s', '30'],
  ['ss', '30'],
  ['%t', 'P'],
  ['tt', 'PM'],
  ['%y', '9'],
  ['yy', '09'],
  ['yyy', '2009'],
  ['yyyy', '2009'],
  ['yyyyy', '02009'],
  ['%z', '+0'],
  ['zz', '+00'],
  ['zzz', '+00:00'],
  ['%K', 'Z'],
  ['gg', 'A.D.'],
  ["h 'o''clock'", '1 oclock'],
  ['yyyy"y"MM', '2009y06'],
  ['\\d d', 'd 15'],
  ['HH:mm/ss', '13:45/30'],
  ['yyyy-MM-ddTHH:mm', '2009-06-15T13:45'],
];

test.each(dates)('a date as %s', (format, expected) => {
  expect(
    evaluated("[dateTimeAdd(parameters('at'), 'PT0S', parameters('f'))]", { parameters: { at: moment, f: format } }),
  ).toBe(expected);
});

/** ISO 8601, and the forms that .NET's DateTime.Parse takes in the invariant culture. Seconds since 1970. */
describe('dates are read', () => {
  test.each([
    ['2020-04-07', 1586217600],
    ['2020-04-07T14:53', 1586271180],
    ['2020-04-07 14:53:14Z', 1586271194],
    ['2020-04-07T14:53:14z', 1586271194],
    ['2020-04-07T14:53:14.9999999Z', 1586271194],
    ['2020-04-07T16:53:14+02:00', 1586271194],
    ['2020-04-07T12:23:14-0230', 1586271194],
    ['20200407T145314Z', 1586271194],
    ['20200407T145314', 1586271194],
    ['4/7/2020 2:53:14 PM', 1586271194],
    ['04/07/2020 14:53:14', 1586271194],
    ['4/7/2020 12:00 AM', 1586217600],
    ['4/7/2020 12:00 pm', 1586260800],
    ['4/7/2020', 1586217600],
    ['1969-12-31T23:59:59Z', -1],
    ['1969-12-31T23:59:59.5Z', -1],
    ['0001-01-01T00:00:00Z', -62135596800],
    ['9999-12-31T23:59:59Z', 253402300799],
    ['2020-02-29', 1582934400],
    [' 2020-04-07 ', 1586217600],
  ])('%s', (text, seconds) => {
    expect(evaluated("[dateTimeToEpoch(parameters('t'))]", { parameters: { t: text } })).toBe(seconds);
  });

  test.each([
    '2019-02-29',
    '2020-13-01',
    '2020-00-10',
    '2020-01-32',
    '2020-01-01T24:00:00',
    '2020-01-01T00:60:00',
    '2020-01-01T00:00:60',
    '2020-1-1',
    'x2020-01-01',
    '2020-01-01x',
    '13/1/2020',
    '4/7/20',
    '0000-01-01',
    '',
  ])('%s is no date', (text) => {
    expect(() => evaluated("[dateTimeToEpoch(parameters('t'))]", { parameters: { t: text } })).toThrow(
      /is not a date and time in ISO 8601/,
    );
  });
});

/** ISO 8601 durations; "Bicep date functions": a year is 365 days, a month 30. */
describe('durations are added', () => {
  test.each([
    ['P1Y', '2020-12-31T00:00:00Z'],
    ['P1M', '2020-01-31T00:00:00Z'],
    ['P1W', '2020-01-08T00:00:00Z'],
    ['P1D', '2020-01-02T00:00:00Z'],
    ['PT1H', '2020-01-01T01:00:00Z'],
    ['PT1M', '2020-01-01T00:01:00Z'],
    ['PT1S', '2020-01-01T00:00:01Z'],
    ['P1DT1H1M1S', '2020-01-02T01:01:01Z'],
    ['-P1D', '2019-12-31T00:00:00Z'],
    ['-PT1S', '2019-12-31T23:59:59Z'],
    ['P1Y1M1W1DT1H1M1S', '2021-02-07T01:01:01Z'],
    [' P1D ', '2020-01-02T00:00:00Z'],
  ])('%s', (duration, expected) => {
    expect(evaluated(`[dateTimeAdd('2020-01-01', '${duration}')]`)).toBe(expected);
  });

  test('parts of a second', () => {
    expect(evaluated("[dateTimeAdd('2020-01-01', 'PT0.25S', 'fff')]")).toBe('250');
    expect(evaluated("[dateTimeAdd('2020-01-01', 'PT0.0019S', 'fff')]")).toBe('001');
  });

  test.each(['P', 'PT', 'P1DT', '1D', 'P1H', 'PT1D', 'P1.5D', 'xP1D', 'P1Dx', 'P-1D'])('%s is none', (duration) => {
    expect(() => evaluated(`[dateTimeAdd('2020-01-01', '${duration}')]`)).toThrow(/is not a duration in ISO 8601/);
  });

  test.each([
    ["dateTimeAdd('9999-12-31T23:59:59Z', 'PT1S')", /outside of the years 1 to 9999/],
    ["dateTimeAdd('0001-01-01', '-PT1S')", /outside of the years 1 to 9999/],
    ["dateTimeAdd('2020-01-01', 'P1D', 'q')", /'q' is not a format of date and time/],
    ['dateTimeFromEpoch(253402300800)', /outside of the years/],
  ])('%s is refused', (expression, message) => {
    expect(() => evaluated(`[${expression}]`)).toThrow(message);
  });
});

/** "Numeric functions", int and float: .NET's Int64.Parse and Double.Parse. */
describe('numbers are read', () => {
  test.each([
    ["int('-4')", -4],
    ["int('+4')", 4],
    ["int(' 4 ')", 4],
    ["int(float('7.9'))", 7],
    ["int(float('-7.9'))", -7],
    ["string(int('9223372036854775807'))", '9223372036854775807'],
    ['string(int(9223372036854775807))', '9223372036854775807'],
    ["float('1e3')", 1000],
    ["float('1.5E-1')", 0.15],
    ["float('.5')", 0.5],
    ["float('5.')", 5],
    ["float(' +5 ')", 5],
    ["float('12.25')", 12.25],
    ['float(9007199254740993)', 9007199254740992],
    ["float('.55')", 0.55],
    ["float('1e10')", 1e10],
    ["bool('TRUE')", true],
    ["bool(' false ')", false],
    ["bool('1')", true],
    ["bool('0')", false],
    ['bool(-3)', true],
    ['bool(true())', true],
    ['bool(false())', false],
  ])('%s', (expression, expected) => {
    expect(evaluated(`[${expression}]`)).toBe(expected);
  });

  test.each([
    ["int('4x')", /value '4x' cannot be converted to an integer/],
    ["int('x4')", /cannot be converted to an integer/],
    ["int('4.5')", /cannot be converted to an integer/],
    ["int('')", /cannot be converted to an integer/],
    ["int('9223372036854775808')", /does not fit into a 64-bit integer/],
    ["int('-9223372036854775809')", /does not fit into a 64-bit integer/],
    ["float('x')", /value 'x' cannot be converted to a number/],
    ["float('1e')", /cannot be converted to a number/],
    ["float('1x')", /cannot be converted to a number/],
    ["float('1e999')", /cannot be converted to a number/],
    ["float('.')", /cannot be converted to a number/],
    ["float('0x10')", /value '0x10' cannot be converted to a number/],
    [`int('${'x'.repeat(99)}')`, new RegExp(`value '${'x'.repeat(60)}' cannot`)],
    [`float('${'x'.repeat(99)}')`, new RegExp(`value '${'x'.repeat(60)}' cannot`)],
    [`bool('${'x'.repeat(99)}')`, new RegExp(`value '${'x'.repeat(60)}' cannot`)],
    ["bool('yes')", /value 'yes' cannot be converted to a boolean/],
    ["bool('')", /cannot be converted to a boolean/],
    ['sub(-9223372036854775807, 2)', /64-bit/],
    ['mul(9223372036854775807, 2)', /64-bit/],
  ])('%s is refused', (expression, message) => {
    expect(() => evaluated(`[${expression}]`)).toThrow(message);
  });
});

/** "Resource functions": resourceId and its relatives in every scope. */
describe('ids in every scope', () => {
  const sub = '11111111-2222-3333-4444-555555555555';
  const inSubscription = { scope: { kind: 'subscription', subscriptionId: sub } } as const;
  const inTenant = { scope: { kind: 'tenant' } } as const;
  const inManagementGroup = { scope: { kind: 'managementGroup', managementGroup: 'mg' } } as const;
  test.each([
    ["resourceId('A.B/c', 'x')", inSubscription, `/subscriptions/${sub}/providers/A.B/c/x`],
    ["resourceId('g', 'A.B/c', 'x')", inSubscription, `/subscriptions/${sub}/resourceGroups/g/providers/A.B/c/x`],
    [`resourceId('${sub}', 'A.B/c', 'x')`, inSubscription, `/subscriptions/${sub}/providers/A.B/c/x`],
    ["resourceId('s', 'g', 'A.B/c', 'x')", inSubscription, '/subscriptions/s/resourceGroups/g/providers/A.B/c/x'],
    ["resourceId('A.B/c', 'x')", inTenant, '/providers/A.B/c/x'],
    ["resourceId('A.B/c', 'x')", inManagementGroup, '/providers/A.B/c/x'],
    [`resourceId('${sub}', 'A.B/c', 'x')`, inManagementGroup, `/subscriptions/${sub}/providers/A.B/c/x`],
    ["resourceId('/A.B/c/', 'x')", inTenant, '/providers/A.B/c/x'],
    ["subscriptionResourceId('s', 'A.B/c', 'x')", inTenant, '/subscriptions/s/providers/A.B/c/x'],
    ["extensionResourceId('/subscriptions/s/', 'A.B/c', 'x')", inTenant, '/subscriptions/s/providers/A.B/c/x'],
  ])('%s', (expression, given, expected) => {
    expect(evaluated(`[${expression}]`, given)).toBe(expected);
  });

  test.each([
    ["subscriptionResourceId('A.B/c', 'x')", inTenant, /not in a subscription/],
    ["managementGroupResourceId('A.B/c', 'x')", inTenant, /not in a management group/],
    ["resourceId('g', 'A.B/c', 'x')", inTenant, /'g' is not the id of a subscription/],
    ["resourceId('a', 'b', 'c', 'A.B/c', 'x')", inSubscription, /one of the first 3 arguments/],
    ["resourceId('a', 'b')", inSubscription, /one of the first 3 arguments/],
    ["resourceId('A.B/c/d', 'x')", inTenant, /requires '2' resource name argument\(s\), and '1' were provided/],
    ["tenantResourceId('x', 'A.B/c', 'x')", inTenant, /one of the first 1 arguments/],
  ])('%s is refused', (expression, given, message) => {
    expect(() => evaluated(`[${expression}]`, given)).toThrow(message);
  });
});
