import { isSeq, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { Problem, throwIfAny } from '../kernel/errors.ts';
import type { Place } from '../kernel/place.ts';
import { roleNames } from '../model/role.ts';
import { stageNames } from '../model/stage.ts';
import { type TaskEntry, taskKinds } from '../model/task.ts';
import type { DeploymentFolder } from './read.ts';

/** A task with its plan, as it has been read. */
export interface ReadTask {
  readonly entry: TaskEntry;
  /** The text of the plan. */
  readonly plan: string;
  readonly place: Place;
}

const entry = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]{1,64}$/),
  stage: z.enum(stageNames),
  role: z.enum(roleNames),
  runsFrom: z.literal('inside'),
  kind: z.enum(taskKinds),
  plan: z.string(),
  after: z.string().optional(),
});

/**
 * Reads `tasks.yaml`: the steps that are no ARM deployments, in order. Throws all `Problem`s at once, each with its line: `TASKS_MALFORMED`,
 * `TASKS_FILE_MISSING`.
 */
export function readTasks(folder: DeploymentFolder): readonly ReadTask[] {
  const lines = new LineCounter();
  const document = parseDocument(folder.text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file: folder.file, line, column: col };
  };
  const malformed = (message: string, offset: number): Problem =>
    new Problem({ code: 'TASKS_MALFORMED', kind: 'usage', message, place: placeAt(offset) });
  throwIfAny(document.errors.map(({ message, pos }) => malformed(message, pos[0])));
  if (!isSeq(document.contents)) {
    if (document.contents === null) return [];
    throw malformed('There is no list of tasks.', 0);
  }
  const problems: Problem[] = [];
  const tasks = document.contents.items.flatMap((item, index): readonly ReadTask[] => {
    const offset = (item as { readonly range?: readonly number[] }).range?.[0] ?? 0;
    const read = entry.safeParse(document.toJS()[index]);
    if (!read.success) {
      const [first] = read.error.issues;
      problems.push(malformed(`Task ${index + 1}: ${first?.path.join('.') ?? ''}: ${first?.message ?? ''}.`, offset));
      return [];
    }
    const plan = folder.read(read.data.plan);
    if (plan === undefined) {
      const message = `There is no file ${read.data.plan}, the plan of task ${read.data.name}.`;
      problems.push(new Problem({ code: 'TASKS_FILE_MISSING', kind: 'usage', message, place: placeAt(offset) }));
      return [];
    }
    const { after, ...rest } = read.data;
    return [{ entry: { ...rest, ...(after === undefined ? {} : { after }) }, plan, place: placeAt(offset) }];
  });
  throwIfAny(problems);
  return tasks;
}
