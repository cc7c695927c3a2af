import type { Complaint } from '../complaint.ts';

/** Days that a Log Analytics table can be kept beyond two years. Source: Microsoft, Tables API, `properties.totalRetentionInDays`. */
const longRetentions = [1095, 1460, 1826, 2191, 2556, 2922, 3288, 3653, 4018, 4383];

export function logsRetention(days: number): Complaint | undefined {
  if (days < 365) {
    return {
      code: 'SPEC_RETENTION_TOO_SHORT',
      message: `Logs are kept for ${days} days; a year is the least.`,
      why: 'PCI DSS 10.5.1: audit log history is kept for at least 12 months.',
      hint: 'Set at least 365.',
    };
  }
  if (days > 730 && !longRetentions.includes(days)) {
    return {
      code: 'SPEC_RETENTION_NOT_OFFERED',
      message: `Log Analytics cannot keep logs for ${days} days.`,
      why: 'It takes any number up to 730, and beyond that certain whole years only.',
      hint: `Choose one of ${longRetentions.join(', ')}.`,
    };
  }
  return undefined;
}

export function interactiveRetention(days: number): Complaint | undefined {
  if (days < 90) {
    return {
      code: 'SPEC_RETENTION_TOO_SHORT',
      message: `Logs can be searched at once for ${days} days; three months is the least.`,
      why: 'PCI DSS 10.5.1: at least the most recent three months are immediately available for analysis.',
      hint: 'Set at least 90.',
    };
  }
  if (days > 730) {
    return {
      code: 'SPEC_RETENTION_NOT_OFFERED',
      message: `Log Analytics cannot keep logs searchable for ${days} days.`,
      why: 'A workspace keeps interactive logs for 730 days at most.',
      hint: 'Set at most 730; `logs` may be longer.',
    };
  }
  return undefined;
}
