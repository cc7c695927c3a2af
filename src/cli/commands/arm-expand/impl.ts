import {
  ArmError,
  expandOffline,
  offlineContext,
  parseScope,
  readJson,
  readParameterFile,
} from '../../../arm/index.ts';
import { Problem } from '../../../kernel/errors.ts';
import { readText } from '../../../kernel/files.ts';
import type { Place } from '../../../kernel/place.ts';
import type { Context } from '../../context.ts';
import { exitCodes } from '../../exit-code.ts';
import { absolute, shown } from '../../global-flags.ts';
import { type OutputFormat, printOutcome } from '../../render/outcome.ts';
import { renderTable } from '../../render/table.ts';
import { localTemplates } from './linked-templates.ts';

export interface ArmExpandFlags {
  readonly parameters?: string;
  readonly scope?: string;
  readonly link?: readonly string[];
  readonly output?: OutputFormat;
}

export async function armExpand(this: Context, flags: ArmExpandFlags, given: string): Promise<void> {
  const file = absolute(this, given);
  const show = (one: string): string => shown(this, one);
  const { root: template, linked } = localTemplates(file, linksOf(this, flags.link ?? []), show);
  const parameterFile = flags.parameters === undefined ? undefined : absolute(this, flags.parameters);
  const parameters =
    parameterFile === undefined ? {} : readParameterFile(readJson(readText(parameterFile), shown(this, parameterFile)));
  const expanded = explained(shown(this, file), () =>
    expandOffline({
      template,
      parameters,
      context: offlineContext({ ...contextOf(flags.scope, this.clock.now()), linked }),
    }),
  );
  const rows = expanded.resources.map((one) => [one.type, one.name, one.condition ? '' : 'condition is false', one.id]);
  await printOutcome(this, flags.output, {
    verb: 'arm-expand',
    body: { ...expanded },
    rows,
    exit: exitCodes.done,
    text: (style) =>
      [
        renderTable(
          [{ title: 'Type' }, { title: 'Name' }, { title: '' }],
          rows.map((row) => row.slice(0, 3)),
          style,
        ),
        '',
        `${expanded.resources.length} resources, ${Object.keys(expanded.outputs).length} outputs`,
        ...(expanded.unresolved.length === 0
          ? []
          : ['', style('bold', 'Only a cloud can answer'), ...expanded.unresolved.map((one) => `  ${one.expression}`)]),
        ...expanded.warnings.map((one) => `${style('yellow', 'warning')} ${one.code} ${one.message}`),
      ].join('\n'),
  });
}

/** `--link ADDRESS=FILE`: files by the address or template spec id that they stand for. */
function linksOf(context: Context, links: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    links.map((text) => {
      const at = text.lastIndexOf('=');
      if (at > 0 && at < text.length - 1) return [text.slice(0, at), absolute(context, text.slice(at + 1))] as const;
      throw new Problem({
        code: 'LINK_MALFORMED',
        kind: 'usage',
        message: `"${text}" does not say which file a link means.`,
        hint: 'Write --link https://example.org/nested.json=nested.json, or --link TEMPLATE_SPEC_ID=spec.json.',
      });
    }),
  );
}

function contextOf(scope: string | undefined, now: Date) {
  if (scope === undefined) return { now };
  const parsed = parseScope(scope);
  if (parsed === undefined) {
    throw new Problem({
      code: 'SCOPE_MALFORMED',
      kind: 'usage',
      message: `"${scope}" is not the id of a scope.`,
      hint: 'Write /subscriptions/ID or /subscriptions/ID/resourceGroups/NAME.',
    });
  }
  return { now, scope: parsed };
}

/** ARM's refusal as a problem in the user's template, with the line that ARM names. */
function explained<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ArmError)) throw error;
    throw new Problem({
      code: 'ARM_TEMPLATE_INVALID',
      kind: 'usage',
      message: `${error.body.code}: ${error.body.message}`,
      place: placeOf(error, file),
      hint: 'Azure would refuse the template with the same words.',
      cause: error,
    });
  }
}

function placeOf(error: ArmError, file: string): Place | undefined {
  const info = error.body.additionalInfo?.find((one) => one.type === 'TemplateViolation')?.info as
    | { readonly lineNumber?: unknown; readonly linePosition?: unknown }
    | undefined;
  return typeof info?.lineNumber === 'number' && info.lineNumber > 0
    ? { file, line: info.lineNumber, column: typeof info.linePosition === 'number' ? info.linePosition : 1 }
    : undefined;
}
