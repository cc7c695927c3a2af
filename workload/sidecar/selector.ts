import {
  type Fields,
  fieldsOf,
  type Labels,
  labelsOf,
  listOf,
  ManifestError,
  onlyFields,
  textOf,
  textsOf,
} from './objects.ts';

/** A label selector (Kubernetes `LabelSelector`): does it choose an object with these labels? */
export type Selector = (labels: Labels) => boolean;

/**
 * `matchLabels` and `matchExpressions`, all of which must hold; an empty selector chooses everything. As in "Labels and Selectors"
 * of the Kubernetes documentation: In needs the key; NotIn and DoesNotExist also hold where the key is absent.
 * @throws ManifestError
 */
export function selectorOf(value: unknown, place: string, path: string): Selector {
  const fields = fieldsOf(value ?? {}, place, path);
  onlyFields(fields, ['matchLabels', 'matchExpressions'], place, path);
  const equal = Object.entries(labelsOf(fields.matchLabels, place, `${path}.matchLabels`));
  const expressions = listOf(fields.matchExpressions ?? [], place, `${path}.matchExpressions`).map((one, index) =>
    expressionOf(
      fieldsOf(one, place, `${path}.matchExpressions[${index}]`),
      place,
      `${path}.matchExpressions[${index}]`,
    ),
  );
  return (labels) =>
    equal.every(([key, wanted]) => has(labels, key) && labels[key] === wanted) &&
    expressions.every((holds) => holds(labels));
}

const has = (labels: Labels, key: string): boolean => Object.hasOwn(labels, key);

function expressionOf(fields: Fields, place: string, path: string): Selector {
  onlyFields(fields, ['key', 'operator', 'values'], place, path);
  const key = textOf(fields.key, place, `${path}.key`);
  const operator = textOf(fields.operator, place, `${path}.operator`);
  const values = (): readonly string[] => {
    const list = textsOf(fields.values, place, `${path}.values`);
    if (list.length === 0) throw new ManifestError(place, `${path}.values must not be empty with ${operator}.`);
    return list;
  };
  switch (operator) {
    case 'In': {
      const wanted = values();
      return (labels) => has(labels, key) && wanted.includes(labels[key] as string);
    }
    case 'NotIn': {
      const unwanted = values();
      return (labels) => !has(labels, key) || !unwanted.includes(labels[key] as string);
    }
    case 'Exists':
      return (labels) => has(labels, key);
    case 'DoesNotExist':
      return (labels) => !has(labels, key);
    default:
      throw new ManifestError(place, `${path}.operator ${operator} is not a selector operator.`);
  }
}
