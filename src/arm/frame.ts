import { atLine, ExpressionFailure } from './arm-failures.ts';
import type { DeploymentContext, DeploymentValue } from './contract.ts';
import type { Environment, ReferenceLookup, TemplateFrame, UserFunction } from './environment.ts';
import { copyItems, evaluateText, evaluateTree } from './evaluate-tree.ts';
import { type GivenParameters, vaultSecret } from './given-parameters.ts';
import type { JsonPath } from './json-document.ts';
import { isJsonObject, type JsonObject, jsonType, keyOf, member, setMember } from './json-value.ts';
import type { Meter } from './meter.ts';
import { checkType, isSecure, resolveDefinition, typeOf, type ValueType } from './parameter-types.ts';
import type { Named, TemplateModel } from './template-model.ts';
import { AlreadyReported, type Violations } from './violations.ts';

type Slot = { readonly state: 'working' | 'failed' } | { readonly state: 'done'; readonly value: unknown };

/** One template with its parameters, ready to be asked. Its identity is what has been worked out so far. */
export class Frame implements TemplateFrame {
  readonly context: DeploymentContext;
  readonly meter: Meter;
  readonly model: TemplateModel;
  /** Names in lower case that some expression asked for. */
  readonly usedParameters = new Set<string>();
  readonly usedVariables = new Set<string>();
  readonly #given: GivenParameters;
  readonly #violations: Violations;
  readonly #parameters = new Map<string, Slot>();
  readonly #variables = new Map<string, Slot>();
  readonly #functions = new Map<string, UserFunction>();
  #lookup: ((nameOrId: string) => ReferenceLookup) | undefined;

  constructor(
    model: TemplateModel,
    context: DeploymentContext,
    given: GivenParameters,
    meter: Meter,
    violations: Violations,
  ) {
    this.model = model;
    this.context = context;
    this.meter = meter;
    this.#given = given;
    this.#violations = violations;
  }

  /** Resources become known after names are: until then, nothing is found. */
  setLookup(lookup: (nameOrId: string) => ReferenceLookup): void {
    this.#lookup = lookup;
  }

  lookup(nameOrId: string): ReferenceLookup {
    return this.#lookup?.(nameOrId) ?? { kind: 'none' };
  }

  environment(rest: Partial<Environment> = {}): Environment {
    return { frame: this, meter: this.meter, runtimeAllowed: false, ...rest };
  }

  deployment(): { readonly [key: string]: unknown } {
    const { deploymentName, location, templateLink } = this.context;
    return {
      name: deploymentName,
      ...(location === undefined ? {} : { location }),
      properties: {
        ...(templateLink === undefined ? {} : { templateLink }),
        template: this.model.value,
        parameters: this.#publicParameters(),
        mode: 'Incremental',
        provisioningState: 'Accepted',
      },
    };
  }

  /** What was given, without secrets: an output may show `deployment()`. */
  #publicParameters(): JsonObject {
    return Object.fromEntries(Object.entries(this.#given).filter(([name]) => !this.isSecureParameter(name)));
  }

  parameter(name: string): unknown {
    const key = name.toLowerCase();
    this.usedParameters.add(key);
    const definition = this.model.parameters.get(key);
    if (definition === undefined)
      throw new ExpressionFailure(
        `The template parameter '${name}' is not found. Please see https://aka.ms/arm-syntax-parameters for usage details.`,
      );
    return this.#once(this.#parameters, key, 'parameter', definition, () => this.#parameterValue(definition));
  }

  variable(name: string): unknown {
    const key = name.toLowerCase();
    this.usedVariables.add(key);
    const definition = this.model.variables.get(key);
    if (definition !== undefined)
      return this.#once(this.#variables, key, 'variable', definition, () =>
        this.meter.deeper(() => evaluateTree(definition.value, this.environment(), definition.path)),
      );
    const copies = this.model.variableCopies;
    const at = copies?.loops.findIndex((loop) => String(member(loop, 'name')).toLowerCase() === key) ?? -1;
    if (copies === undefined || at === -1)
      throw new ExpressionFailure(
        `The template variable '${name}' is not found. Please see https://aka.ms/arm-syntax-variables for usage details.`,
      );
    const loop = copies.loops[at] as JsonObject;
    const path = [...copies.path, at];
    return this.#once(this.#variables, key, 'variable', { name, value: loop, path }, () =>
      this.meter.deeper(() => copyItems(loop, name, false, this.environment(), path)),
    );
  }

  get functionsMayNest(): boolean {
    return this.model.modern;
  }

  userFunction(namespace: string, name: string): UserFunction | undefined {
    const key = `${namespace}.${name}`.toLowerCase();
    const known = this.#functions.get(key);
    if (known !== undefined) return known;
    const found = this.model.functions.get(key);
    if (found === undefined || !isJsonObject(found.value)) return undefined;
    const made = this.#makeFunction(found, found.value);
    this.#functions.set(key, made);
    return made;
  }

  /** Works out every parameter and variable, and reports what is wrong with them. */
  checkAll(): void {
    const supported = [...this.model.parameters.values()].map((one) => one.name);
    const unknown = Object.keys(this.#given).filter((name) => !this.model.parameters.has(name.toLowerCase()));
    if (unknown.length > 0)
      this.#violations.add(
        `The template parameters '${unknown.join(', ')}' in the parameters file are not valid; they are not present in the original template and can therefore not be provided at deployment time. The only supported parameters for this template are '${supported.join(', ')}'. Please see https://aka.ms/arm-pass-parameter-values for usage details.`,
        ['parameters'],
      );
    const used = new Set(this.usedParameters);
    for (const one of this.model.parameters.values())
      this.#violations.attempt(
        one.path,
        (inner) => inner,
        () => this.parameter(one.name),
      );
    this.usedParameters.clear();
    for (const name of used) this.usedParameters.add(name);
    const loops = this.model.variableCopies?.loops.map((loop) => member(loop, 'name')) ?? [];
    const names = [...[...this.model.variables.values()].map((one) => one.name), ...loops];
    for (const [i, name] of names.entries()) {
      if (typeof name !== 'string')
        this.#violations.add("The 'copy' of variables has to have a 'name' of type 'String'.", [
          ...(this.model.variableCopies?.path ?? []),
          i,
        ]);
      else
        this.#violations.attempt(
          [],
          (inner) => inner,
          () => this.variable(name),
        );
    }
    this.usedVariables.clear();
  }

  /** As a deployment record shows them: without the values of secure types. */
  recordedParameters(): Readonly<Record<string, DeploymentValue>> {
    const result: Record<string, DeploymentValue> = {};
    for (const [key, one] of this.model.parameters) {
      const slot = this.#parameters.get(key);
      const type = this.#typeOf(one);
      if (slot?.state === 'done' && type !== undefined)
        setMember(result, one.name, isSecure(type) ? { type } : { type, value: slot.value });
    }
    return result;
  }

  #typeOf(one: Named): ValueType | undefined {
    const definition = isJsonObject(one.value) ? resolveDefinition(one.value, this.typeScope) : undefined;
    return definition === undefined ? undefined : typeOf(definition);
  }

  get typeScope(): { readonly definitions: JsonObject; readonly meter: Meter } {
    return { definitions: this.model.definitions, meter: this.meter };
  }

  /** Whether a parameter holds a secret. */
  isSecureParameter(name: string): boolean {
    const one = this.model.parameters.get(name.toLowerCase());
    const type = one === undefined ? undefined : this.#typeOf(one);
    return type !== undefined && isSecure(type);
  }

  #parameterValue(one: Named): unknown {
    const place = atLine(this.#violations.place(one.path));
    if (!isJsonObject(one.value))
      throw new ExpressionFailure(
        `The template parameter '${one.name}'${place} is not valid: expected 'Object'. Actual '${jsonType(one.value)}'.`,
      );
    const definition = resolveDefinition(one.value, this.typeScope);
    if (definition === undefined || typeOf(definition) === undefined)
      throw new ExpressionFailure(
        `The template parameter '${one.name}'${place} is not valid: its type '${String(member(one.value, 'type') ?? member(one.value, '$ref'))}' is not one of 'String, SecureString, Int, Bool, Object, SecureObject, Array'. Please see https://aka.ms/arm-syntax-parameters for usage details.`,
      );
    const { value, fromDefault } = this.#chosen(one, definition, place);
    const wrong = checkType(value, definition, this.typeScope);
    if (wrong !== undefined) {
      const where = wrong.path.length === 0 ? '' : ` (at '${wrong.path.join('.')}')`;
      const subject = fromDefault ? 'The default value' : 'The provided value';
      throw new ExpressionFailure(
        wrong.message.startsWith('Template parameter JToken')
          ? wrong.message
          : `${subject} for the template parameter '${one.name}'${place} is not valid${where}. ${wrong.message}`,
      );
    }
    return value;
  }

  #chosen(
    one: Named,
    definition: JsonObject,
    place: string,
  ): { readonly value: unknown; readonly fromDefault: boolean } {
    const givenKey = keyOf(this.#given, one.name);
    const given: unknown = givenKey === undefined ? undefined : this.#given[givenKey];
    if (given !== undefined && !isJsonObject(given))
      throw new ExpressionFailure(
        `The provided value for the template parameter '${one.name}'${place} is not valid: expected an object with 'value' or 'reference'. Actual '${jsonType(given)}'.`,
      );
    if (given?.reference !== undefined) return { value: vaultSecret(given.reference), fromDefault: false };
    const expression = given === undefined ? undefined : member(given, 'expression');
    if (typeof expression === 'string')
      return { value: evaluateText(expression, this.environment()), fromDefault: false };
    const value = given?.value;
    if (value !== undefined && value !== null) return { value, fromDefault: false };
    const defaultKey = keyOf(definition, 'defaultValue');
    if (defaultKey !== undefined) {
      const environment = this.environment({ nowAllowed: true });
      const path: JsonPath = [...one.path, defaultKey];
      return {
        value: this.meter.deeper(() => evaluateTree(definition[defaultKey], environment, path)),
        fromDefault: true,
      };
    }
    if (member(definition, 'nullable') === true) return { value: null, fromDefault: false };
    throw new ExpressionFailure(
      `The value for the template parameter '${one.name}'${place} is not provided. Please see https://aka.ms/arm-create-parameter-file for usage details.`,
    );
  }

  #once(slots: Map<string, Slot>, key: string, what: string, one: Named, work: () => unknown): unknown {
    const slot = slots.get(key);
    if (slot?.state === 'done') return slot.value;
    if (slot?.state === 'failed') throw new AlreadyReported();
    if (slot?.state === 'working')
      throw new ExpressionFailure(
        `The template ${what} '${one.name}' is not valid: it refers to itself. Please see https://aka.ms/arm-syntax-${what}s for usage details.`,
      );
    slots.set(key, { state: 'working' });
    const describe = (inner: string): string =>
      what === 'variable'
        ? `The template variable '${one.name}' is not valid: ${inner}. Please see https://aka.ms/arm-functions for usage details.`
        : `${inner}.`;
    let found = false;
    const value = this.#violations.attempt(one.path, describe, () => {
      const result = work();
      found = true;
      return result;
    });
    slots.set(key, found ? { state: 'done', value } : { state: 'failed' });
    if (!found) throw new AlreadyReported();
    return value;
  }

  #makeFunction(one: Named, value: JsonObject): UserFunction {
    const list = member(value, 'parameters');
    const parameters = Array.isArray(list)
      ? list.map((parameter: unknown) => (isJsonObject(parameter) ? String(member(parameter, 'name')) : ''))
      : [];
    const output = member(value, 'output');
    const result = isJsonObject(output) ? member(output, 'value') : undefined;
    return {
      parameters,
      invoke: (args, meter) =>
        meter.deeper(() =>
          evaluateTree(
            result,
            this.environment({
              functionArguments: new Map(parameters.map((name, i) => [name.toLowerCase(), args[i]])),
            }),
            one.path,
          ),
        ),
    };
  }
}
