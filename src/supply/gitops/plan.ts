import { parse } from 'yaml';
import { z } from 'zod';
import { messageOf, Problem } from '../../kernel/errors.ts';

const cluster = z.strictObject({
  cluster: z.string(),
  /** The folder of the tree, relative to what synth has written. */
  tree: z.string().regex(/^gitops\/[A-Za-z0-9-]+$/),
  registry: z.string().regex(/^[a-z0-9]+\.azurecr\.[a-z.]+$/),
  repository: z.string().regex(/^[a-z0-9][a-z0-9/_.-]*$/),
  tag: z.string().regex(/^[\w][\w.-]{0,127}$/),
  /** The configuration of Flux that takes it. */
  configuration: z.string().startsWith('/subscriptions/'),
  /** Whose key signs it; absent where somebody else does. */
  signer: z.strictObject({ vault: z.string(), certificate: z.string(), authority: z.string() }).optional(),
});
const plan = z.strictObject({ clusters: z.array(cluster) });

export type ConfigurationPlan = z.infer<typeof cluster>;

/** `gitops.yaml`: which tree each cluster follows, and whose signature it asks for. Throws `GITOPS_PLAN_MALFORMED`. */
export function readGitopsPlan(text: string, file: string): readonly ConfigurationPlan[] {
  const wrong = (message: string): Problem =>
    new Problem({ code: 'GITOPS_PLAN_MALFORMED', kind: 'usage', message, place: { file, line: 1, column: 1 } });
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw wrong(`${file} is no YAML: ${messageOf(error)}`);
  }
  const read = plan.safeParse(value);
  if (read.success) return read.data.clusters;
  const [first] = read.error.issues;
  throw wrong(`${file}: ${first?.path.join('.') ?? ''}: ${first?.message ?? 'malformed'}.`);
}
