import { Problem } from '../kernel/errors.ts';
import type { Place } from '../kernel/place.ts';
import { ArmError } from './arm-error.ts';
import { atLine, ExpressionFailure, violation } from './arm-failures.ts';
import type { DeploymentContext, TemplateLink } from './contract.ts';
import type { GivenParameters } from './given-parameters.ts';
import type { JsonDocument } from './json-document.ts';
import { isJsonObject, type JsonObject, jsonType, member } from './json-value.ts';
import { maximumLinkDepth } from './limits.ts';
import { readParameterFile } from './parameter-file.ts';
import type { TemplateSource } from './violations.ts';

const linkMembers = ['uri', 'id', 'relativePath', 'contentVersion'] as const;

/** The `templateLink` or `parametersLink` of a nested deployment; undefined when it has none. Throws `ExpressionFailure`. */
export function readLink(properties: JsonObject, name: 'templateLink' | 'parametersLink'): TemplateLink | undefined {
  const given = member(properties, name);
  if (given === undefined || given === null) return undefined;
  if (!isJsonObject(given))
    throw new ExpressionFailure(`The '${name}' of a deployment has to be an 'Object'. Actual '${jsonType(given)}'`);
  const link: { -readonly [key in keyof TemplateLink]: string } = {};
  for (const key of linkMembers) {
    const value = member(given, key);
    if (value === undefined || value === null) continue;
    if (typeof value !== 'string')
      throw new ExpressionFailure(
        `The '${key}' of a '${name}' has to be of type 'String'. Actual '${jsonType(value)}'`,
      );
    link[key] = value;
  }
  const ways = [link.uri, link.id, link.relativePath].filter((way) => way !== undefined).length;
  if (ways !== 1) throw new ExpressionFailure(`A '${name}' has to have one of 'uri', 'id' and 'relativePath'`);
  return link;
}

/** What a link calls the content that it leads to. */
function addressOf(link: TemplateLink): string {
  return link.uri ?? link.id ?? link.relativePath ?? '';
}

/** The content of a link. Throws `ArmError` (`InvalidContentLink`, or `InvalidTemplate` when its version is another one). */
export function linkedDocument(
  link: TemplateLink,
  context: DeploymentContext,
  source: TemplateSource,
  place: Place | undefined,
): JsonDocument {
  const document = asContent(link, place, () => context.linked?.(link, source.document));
  if (document === undefined) throw noContent(link, place, 'Put the template inline, or give its content.');
  const version = isJsonObject(document.value) ? member(document.value, 'contentVersion') : undefined;
  if (link.contentVersion !== undefined && version !== link.contentVersion)
    throw new ArmError(400, {
      code: 'InvalidTemplate',
      message: `Deployment template validation failed: 'The content version '${String(version)}' of '${addressOf(link)}' is not the version '${link.contentVersion}' that its link asks for.'.`,
      additionalInfo: [violation(place)],
    });
  return document;
}

/** What goes wrong while content is read is told in ARM's envelope. */
function asContent<Result>(link: TemplateLink, place: Place | undefined, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof Problem) throw noContent(link, place, error.message);
    throw error;
  }
}

function noContent(link: TemplateLink, place: Place | undefined, why: string): ArmError {
  return new ArmError(400, {
    code: 'InvalidContentLink',
    message: `Unable to download deployment content from '${addressOf(link)}'. ${why}`,
    additionalInfo: [violation(place)],
  });
}

export function tooManyLinks(link: TemplateLink): ExpressionFailure {
  return new ExpressionFailure(
    `The template '${addressOf(link)}' is reached through more than '${maximumLinkDepth}' links: it may link to itself`,
    undefined,
    true,
  );
}

const prefix = "The linked template '";

/** What is wrong inside a linked template, told at the outermost link with the name of the innermost file. */
export function linkedTemplateInvalid(document: JsonDocument, error: ArmError, place: Place | undefined): ArmError {
  const told = error.body.message.startsWith(prefix);
  return new ArmError(error.status, {
    code: error.body.code,
    message: told
      ? error.body.message
      : `${prefix}${document.file}'${atLine(place)} is not valid: ${error.body.message}`,
    details: error.body.details ?? [error.body],
    additionalInfo: [violation(place)],
  });
}

/** The parameters that a nested deployment is given: inline, or as a linked parameter file. */
export function nestedParameters(
  properties: JsonObject,
  context: DeploymentContext,
  source: TemplateSource,
): GivenParameters {
  const inline = member(properties, 'parameters');
  const link = readLink(properties, 'parametersLink');
  if (link === undefined) return isJsonObject(inline) ? (inline as GivenParameters) : {};
  if (inline !== undefined && inline !== null)
    throw new ExpressionFailure("A deployment has either 'parameters' or a 'parametersLink', not both");
  const document = linkedDocument(link, context, source, undefined);
  return asContent(link, undefined, () => readParameterFile(document));
}
