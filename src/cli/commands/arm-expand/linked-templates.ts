import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DeploymentContext, type JsonDocument, readJson, type TemplateLink } from '../../../arm/index.ts';
import { Problem } from '../../../kernel/errors.ts';
import { fileSize, readText, realPath } from '../../../kernel/files.ts';

/** ARM's limit on a template, and so on what is read for one. Bytes. */
const maximumBytes = 4 * 1024 * 1024;

export interface LocalTemplates {
  readonly root: JsonDocument;
  readonly linked: NonNullable<DeploymentContext['linked']>;
}

/**
 * A template file with what it links to: files at or below its own folder, by `relativePath` or a `file:` address, and whatever
 * `given` maps a link to by address or template spec id. Nothing else of the disk is read: a path that leads out of the folder,
 * directly or through a symbolic link, is refused. `show` is how a file is named to the user. Throws `Problem`.
 */
export function localTemplates(
  file: string,
  given: ReadonlyMap<string, string>,
  show: (file: string) => string,
): LocalTemplates {
  const folder = path.dirname(file);
  const documents = new Map<string, JsonDocument>();
  const files = new WeakMap<JsonDocument, string>();
  const read = (one: string): JsonDocument => {
    const known = documents.get(one);
    if (known !== undefined) return known;
    const size = fileSize(one);
    if (size !== undefined && size > maximumBytes) throw tooLarge(show(one));
    const document = readJson(readText(one), show(one));
    documents.set(one, document);
    files.set(document, one);
    return document;
  };
  const root = read(file);
  const linked = (link: TemplateLink, from: JsonDocument): JsonDocument | undefined => {
    const mapped = given.get(link.uri ?? link.id ?? link.relativePath ?? '');
    if (mapped !== undefined) return read(mapped);
    const target = localPath(link, path.dirname(files.get(from) ?? file));
    return target === undefined ? undefined : read(within(folder, target, show));
  };
  return { root, linked };
}

/** The file that a link means, when it means one of this disk. */
function localPath(link: TemplateLink, folder: string): string | undefined {
  if (link.relativePath !== undefined) {
    const relative = link.relativePath;
    if (path.isAbsolute(relative) || /^[a-z]:|[\\\0]/i.test(relative)) throw outside(relative);
    return path.resolve(folder, relative);
  }
  if (link.uri === undefined || !/^file:/i.test(link.uri)) return undefined;
  try {
    return fileURLToPath(link.uri);
  } catch {
    throw outside(link.uri);
  }
}

/** The same file, once it is sure that it lies in the folder. */
function within(folder: string, file: string, show: (file: string) => string): string {
  const inside = (parent: string, child: string): boolean => {
    const relative = path.relative(parent, child);
    return relative !== '' && relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
  };
  if (!inside(folder, file)) throw outside(show(file));
  const [realFolder, realFile] = [realPath(folder), realPath(file)];
  if (realFolder !== undefined && realFile !== undefined && !inside(realFolder, realFile)) throw outside(show(file));
  return file;
}

function outside(what: string): Problem {
  return new Problem({
    code: 'TEMPLATE_LINK_OUTSIDE',
    kind: 'usage',
    message: `${what} is outside of the folder of the template.`,
    hint: 'Linked templates are read at or below the folder of the template that is expanded.',
  });
}

function tooLarge(what: string): Problem {
  return new Problem({
    code: 'TEMPLATE_TOO_LARGE',
    kind: 'usage',
    message: `${what} is larger than the 4 MB that a template may have.`,
  });
}
