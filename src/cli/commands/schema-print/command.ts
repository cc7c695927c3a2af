import { buildCommand } from '@stricli/core';
import type { Context } from '../../context.ts';

export const schemaPrintCommand = buildCommand<Record<never, never>, [], Context>({
  loader: async () => (await import('./impl.ts')).schemaPrint,
  parameters: {},
  docs: { brief: 'Print the JSON Schema of landing-zone.yaml' },
});
