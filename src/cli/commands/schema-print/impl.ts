import { specJsonSchema } from '../../../spec/json-schema.ts';
import type { Context } from '../../context.ts';

export async function schemaPrint(this: Context): Promise<void> {
  this.process.stdout.write(`${JSON.stringify(specJsonSchema(), undefined, 2)}\n`);
}
