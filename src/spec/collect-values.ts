import { type Document, isAlias, isMap, isPair, isScalar, isSeq, type Node } from 'yaml';
import { type Problem, throwIfAny } from '../kernel/errors.ts';
import type { Place } from '../kernel/place.ts';
import type { Complaint } from './complaint.ts';
import { formatPath, type Path } from './path.ts';
import { secretKey, secretValue } from './secrets.ts';
import { type Source, startOf } from './source.ts';
import { depthLimit, tooDeep, usageProblem } from './usage-problem.ts';

/** Values in all, aliases counted each time they are used: what stops a file of nested aliases from growing without end. */
const valueLimit = 20_000;
const aliasLimit = 100;

/** Plain data of a YAML document, with the place of every key and value; aliases are followed, within limits. */
export function collectValues(document: Document.Parsed, file: string, placeAt: (offset: number) => Place): Source {
  const values = new Map<string, Place>();
  const keys = new Map<string, Place>();
  const plainTexts = new Map<string, string>();
  const problems: Problem[] = [];
  const fatal: Problem[] = [];
  let count = 0;
  let aliases = 0;

  const startOfNode = (node: Node): Place => placeAt(node.range?.[0] ?? 0);
  const complain = (complaint: Complaint | undefined, place: Place): void => {
    if (complaint !== undefined) {
      const { code, message, why, hint } = complaint;
      problems.push(usageProblem(code, message, place, { ...(why && { why }), ...(hint && { hint }) }));
    }
  };

  const visit = (node: Node | null, path: Path, at: Place): unknown => {
    if (++count > valueLimit) {
      throw usageProblem(
        'SPEC_TOO_MANY_VALUES',
        `The file holds more than ${valueLimit} values once its aliases are followed.`,
        at,
        {
          hint: 'Write the values out instead of nesting aliases.',
        },
      );
    }
    if (path.length > depthLimit) throw tooDeep(at);
    const key = formatPath(path);
    if (path.length > 0) values.set(key, { ...at, path: key });
    if (node === null) return null;
    if (isAlias(node)) {
      if (++aliases > aliasLimit) {
        throw usageProblem('SPEC_TOO_MANY_ALIASES', `The file uses more than ${aliasLimit} aliases.`, at, {
          hint: 'Write the values out.',
        });
      }
      const target = node.resolve(document);
      if (target === undefined) {
        fatal.push(
          usageProblem('SPEC_YAML_ALIAS', `There is no anchor &${node.source} before this alias.`, at, {
            hint: 'Write the value out; a text that starts with * stands in quotes.',
          }),
        );
        return null;
      }
      return visit(target, path, at);
    }
    if (node.tag !== undefined && !/^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq)$/.test(node.tag)) {
      fatal.push(
        usageProblem('SPEC_YAML_TAG', `The tag ${node.tag} is not allowed here.`, startOfNode(node), {
          why: 'Tags make a reader build other things than plain data.',
          hint: 'Remove it.',
        }),
      );
    }
    if (isScalar(node)) {
      if (typeof node.value === 'string') complain(secretValue(node.value), at);
      else if (typeof node.source === 'string') plainTexts.set(key, node.source);
      return node.value;
    }
    if (isSeq(node)) {
      return node.items.map((item, i) => {
        const child = isPair(item) ? null : (item as Node | null);
        return visit(child, [...path, i], child === null ? at : startOfNode(child));
      });
    }
    if (isMap(node)) {
      const map: Record<string, unknown> = Object.create(null);
      for (const pair of node.items) {
        const keyNode = pair.key as Node | null;
        const place = keyNode === null ? at : startOfNode(keyNode);
        if (!isScalar(keyNode) || typeof keyNode.value !== 'string' || keyNode.value === '__proto__') {
          fatal.push(
            usageProblem('SPEC_YAML_KEY', 'This key is not a plain name.', place, {
              hint: 'Keys are names; put numbers in quotes.',
            }),
          );
          continue;
        }
        const childPath = [...path, keyNode.value];
        const childKey = formatPath(childPath);
        const first = keys.get(childKey);
        if (Object.hasOwn(map, keyNode.value)) {
          fatal.push(
            usageProblem(
              'SPEC_DUPLICATE_KEY',
              `The key ${JSON.stringify(keyNode.value)} is given twice.`,
              { ...place, path: childKey },
              {
                why: 'One of the two values would be lost without a word.',
                hint: 'Remove one of them.',
                related: first === undefined ? [] : [first],
              },
            ),
          );
          continue;
        }
        keys.set(childKey, { ...place, path: childKey });
        complain(secretKey(keyNode.value, path[0] === 'tags'), { ...place, path: childKey });
        const child = pair.value as Node | null;
        const standsAlone = isScalar(child) && child.value !== null;
        map[keyNode.value] = visit(child, childPath, standsAlone || isAlias(child) ? startOfNode(child) : place);
      }
      return map;
    }
    throw new Error('a YAML node of an unknown kind');
  };

  const value = visit(document.contents, [], startOf(file));
  throwIfAny([...fatal, ...(fatal.length > 0 ? problems : [])]);
  if (value === null) {
    throw usageProblem('SPEC_EMPTY', 'The file is empty.', startOf(file), {
      hint: '`aks-regulated init` writes one to start from.',
    });
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw usageProblem(
      'SPEC_NOT_A_MAP',
      `At the top there must be keys such as \`organization:\`, but here is ${Array.isArray(value) ? 'a list' : 'a single value'}.`,
      document.contents === null ? startOf(file) : startOfNode(document.contents),
      { hint: '`aks-regulated init` writes a file to start from.' },
    );
  }
  return { file, value, values, keys, plainTexts, problems };
}
