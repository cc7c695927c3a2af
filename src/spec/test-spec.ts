import { type Problem, Problems } from '../kernel/errors.ts';
import { parseSpec } from './load.ts';
import type { Spec } from './spec.ts';

/** What every file must say; tests put it below their own lines, so that those count from 1. */
const required: Readonly<Record<string, string>> = {
  organization: 'organization: { name: contoso }',
  azure:
    'azure: { tenantId: 11111111-1111-4111-8111-111111111111, subscriptionId: 22222222-2222-4222-8222-222222222222, clusterAdminGroupId: 33333333-3333-4333-8333-333333333333 }',
  domains: 'domains: { public: bicycle.contoso.com, ingress: aks-ingress.contoso.com }',
};

/** The text with the required sections that it lacks added at its end. */
export function completed(text: string): string {
  const missing = Object.entries(required).filter(([key]) => !new RegExp(`^${key}:`, 'm').test(text));
  return [text.replace(/\n?$/, '\n'), ...missing.map(([, line]) => `${line}\n`)].join('');
}

export function specOf(text: string): Spec {
  return parseSpec(completed(text), 'landing-zone.yaml');
}

/** The problems of a text that must have some. */
export function problemsOf(text: string, complete = true): readonly Problem[] {
  try {
    parseSpec(complete ? completed(text) : text, 'landing-zone.yaml');
  } catch (error) {
    if (error instanceof Problems) return error.all;
    return [error as Problem];
  }
  return [];
}

/** `CODE line:column` of each problem, in order. */
export function summary(text: string, complete = true): readonly string[] {
  return problemsOf(text, complete).map(({ code, place }) => `${code} ${place?.line}:${place?.column}`);
}
