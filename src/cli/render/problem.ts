import { type Problem, Problems } from '../../kernel/errors.ts';
import { formatPlace } from '../../kernel/place.ts';
import type { ProcessLike } from '../context.ts';
import type { Style } from './style.ts';

/** A failure as a person reads it: what, where, why it matters, what to do. */
export function renderProblem(problem: Problem, style: Style, environment: ProcessLike['env']): string {
  const all = problem instanceof Problems ? problem.all : [problem];
  return all.map((one) => renderOne(one, style) + annotation(one, environment)).join('\n');
}

function renderOne(problem: Problem, style: Style): string {
  const lines = [`${style(['bold', 'red'], 'error')} ${style('dim', problem.code)} ${problem.message}`];
  if (problem.place !== undefined) {
    const path = problem.place.path === undefined ? '' : ` (${problem.place.path})`;
    lines.push(`  at   ${style('cyan', formatPlace(problem.place))}${path}`);
  }
  for (const place of problem.related) {
    const path = place.path === undefined ? '' : ` (${place.path})`;
    lines.push(`  and  ${style('cyan', formatPlace(place))}${path}`);
  }
  if (problem.why !== undefined) lines.push(`  why  ${problem.why}`);
  if (problem.hint !== undefined) lines.push(`  do   ${problem.hint}`);
  return lines.join('\n');
}

/** GitHub and Azure DevOps show errors beside the line when they are printed in their own form too. */
function annotation(problem: Problem, environment: ProcessLike['env']): string {
  const { place } = problem;
  const text = problem.message.replaceAll('\r', ' ').replaceAll('\n', ' ');
  if (environment.GITHUB_ACTIONS === 'true') {
    const at = place === undefined ? '' : ` file=${place.file},line=${place.line},col=${place.column}`;
    return `\n::error${at},title=${problem.code}::${text}`.replace('error,', 'error ');
  }
  if (environment.TF_BUILD !== undefined) {
    const at =
      place === undefined ? '' : `;sourcepath=${place.file};linenumber=${place.line};columnnumber=${place.column}`;
    return `\n##vso[task.logissue type=error${at};code=${problem.code}]${text}`;
  }
  return '';
}
