import { describe, expect, test } from 'vitest';
import { formatDate, parseDate, parseDuration } from './dotnet-date.ts';

/** learn.microsoft.com, .NET, "Custom date and time format strings", invariant culture; the calendar of 2023 (1 January is a Sunday). */
describe('names', () => {
  test.each([
    [1, 'January'],
    [2, 'February'],
    [3, 'March'],
    [4, 'April'],
    [5, 'May'],
    [6, 'June'],
    [7, 'July'],
    [8, 'August'],
    [9, 'September'],
    [10, 'October'],
    [11, 'November'],
    [12, 'December'],
  ])('of month %s', (month, name) => {
    const moment = Date.UTC(2023, month - 1, 15);
    expect(formatDate(moment, 'MMMM')).toBe(name);
    expect(formatDate(moment, 'MMM d')).toBe(`${name.slice(0, 3)} 15`);
  });

  test.each([
    [1, 'Sunday'],
    [2, 'Monday'],
    [3, 'Tuesday'],
    [4, 'Wednesday'],
    [5, 'Thursday'],
    [6, 'Friday'],
    [7, 'Saturday'],
  ])('of %s January 2023', (day, name) => {
    expect(formatDate(Date.UTC(2023, 0, day), 'dddd')).toBe(name);
    expect(formatDate(Date.UTC(2023, 0, day), 'ddd')).toBe(name.slice(0, 3));
  });

  test.each([
    [0, '12 AM', 'A'],
    [11, '11 AM', 'A'],
    [12, '12 PM', 'P'],
    [23, '11 PM', 'P'],
  ])('of hour %s', (hour, text, letter) => {
    expect(formatDate(Date.UTC(2023, 0, 1, hour), 'h tt')).toBe(text);
    expect(formatDate(Date.UTC(2023, 0, 1, hour), '%t')).toBe(letter);
  });
});

describe('fractions and literals', () => {
  const moment = Date.UTC(2023, 4, 6, 7, 8, 9, 120);
  test.each([
    ['fff', '120'],
    ['fffffff', '1200000'],
    ['%f', '1'],
    ['FFF', '12'],
    ['FF', '12'],
    ['s.FFF', '9.12'],
    ["'at' HH", 'at 07'],
    ['"at" HH', 'at 07'],
    ['\\d d', 'd 6'],
    ["HH'", "07'"],
    ["d''M", '65'],
    ['d-M', '6-5'],
    ['zzz', '+00:00'],
    ['%z', '+0'],
    ['zz', '+00'],
    ['yyyyK', '2023Z'],
    ['%y', '23'],
    ['yy', '23'],
    ['yyy', '2023'],
    ['yyyyy', '02023'],
  ])('%s', (format, text) => {
    expect(formatDate(moment, format)).toBe(text);
  });

  test('no fraction leaves nothing where none is wanted', () => {
    expect(formatDate(Date.UTC(2023, 0, 1), 'FFF!')).toBe('!');
    expect(formatDate(Date.UTC(2023, 0, 1, 0, 0, 0, 100), 'FFF')).toBe('1');
    expect(formatDate(Date.UTC(2023, 0, 1, 0, 0, 0, 101), 'FFF')).toBe('101');
  });
});

describe('dates are read', () => {
  test.each([
    ['2023-05-06', Date.UTC(2023, 4, 6)],
    ['2023-05-06T07:08', Date.UTC(2023, 4, 6, 7, 8)],
    ['2023-05-06 07:08:09Z', Date.UTC(2023, 4, 6, 7, 8, 9)],
    ['2023-05-06T07:08:09.1Z', Date.UTC(2023, 4, 6, 7, 8, 9, 100)],
    ['2023-05-06T07:08:09.1239999Z', Date.UTC(2023, 4, 6, 7, 8, 9, 123)],
    ['2023-05-06T07:08:09+02:30', Date.UTC(2023, 4, 6, 4, 38, 9)],
    ['2023-05-06T07:08:09-0100', Date.UTC(2023, 4, 6, 8, 8, 9)],
    ['20230506T070809Z', Date.UTC(2023, 4, 6, 7, 8, 9)],
    ['20230506T070809', Date.UTC(2023, 4, 6, 7, 8, 9)],
    ['5/6/2023', Date.UTC(2023, 4, 6)],
    ['05/06/2023 7:08', Date.UTC(2023, 4, 6, 7, 8)],
    ['5/6/2023   7:08:09 PM', Date.UTC(2023, 4, 6, 19, 8, 9)],
    ['5/6/2023 12:08:09  am', Date.UTC(2023, 4, 6, 0, 8, 9)],
    ['5/6/2023 12:08 PM', Date.UTC(2023, 4, 6, 12, 8)],
    ['9999-12-31T23:59:59.999Z', 253_402_300_799_999],
    ['0001-01-01T00:00:00Z', -62_135_596_800_000],
  ])('%s', (text, moment) => {
    expect(parseDate(text)).toBe(moment);
  });

  test.each([
    'x2023-05-06',
    '2023-05-06x',
    'x20230506T070809Z',
    '20230506T070809Zx',
    'x5/6/2023',
    '5/6/2023x',
    '5/6/2023 7:08:09 PMx',
    '2023-02-29',
    '2023-13-01',
    '2023-04-31',
    '2023-05-06T24:00:00Z',
    '2023-05-06T23:60:00Z',
    '2023-05-06T23:59:60Z',
    '9999-12-31T23:59:59-01:00',
    '0001-01-01T00:00:00+01:00',
    '',
  ])('%s is none', (text) => {
    expect(parseDate(text)).toBeUndefined();
  });
});

/** ISO 8601; a year is 365 days and a month 30, as "Date functions", dateTimeAdd, tabulates. */
describe('durations', () => {
  const day = 86_400_000;
  test.each([
    ['P12Y', 12 * 365 * day],
    ['P12M', 360 * day],
    ['P12W', 84 * day],
    ['P123D', 123 * day],
    ['PT48H', 2 * day],
    ['PT120M', 7_200_000],
    ['PT120S', 120_000],
    ['PT1.5S', 1_500],
    ['PT0.0019S', 1],
    ['-P1DT12H', -1.5 * day],
    ['P1Y1M1W1DT1H1M1S', (365 + 30 + 7 + 1) * day + 3_661_000],
  ])('%s', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  test.each(['P', 'PT', 'P1DT', 'P1', '1D', 'xP1D', 'P1Dx', 'P1H', 'P1D1Y'])('%s is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});
