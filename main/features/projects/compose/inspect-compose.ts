import { basename } from 'node:path';
import type { ComposeBuild, ComposeProject } from '../../../../contract/compose.ts';
import { FailureError } from '../../../foundation/failures/failure.ts';
import { type ComposeTexts, readComposeFiles, readOther } from './compose-files.ts';
import { describeBuilds } from './describe-build.ts';
import type { DescribedBuild } from './described-build.ts';
import { findNeeds } from './find-needs.ts';
import { MergeError } from './merge-models.ts';
import { type Ground, placeBuild } from './place-build.ts';
import { projectName } from './project-name.ts';
import { readEnv, UnreadableEnv } from './read-env.ts';
import { type ComposeModel, type ProjectParts, readModel } from './read-model.ts';
import { UnreadableYaml } from './read-yaml.ts';
import { type Lookup, SubstitutionError } from './substitute.ts';

/** The most builds that are shown, and the most characters that their arguments, labels and names may have together. */
const mostBuilds = 200;
const mostCharacters = 1024 * 1024;

/**
 * The images that a folder's Compose files say how to build; undefined if they say nothing of builds, or if there are none.
 * `given` are values for variables, which count more than those in `.env`, as those of a shell do for Compose; this
 * program's own environment is not what a shell has, and stays out of it. Rejects with a failure if the files can't be read.
 */
export async function inspectCompose(ground: Ground, given: Record<string, string> = {}): Promise<ComposeProject | undefined> {
  const texts = await readComposeFiles(ground.folder);
  if (!texts) return undefined;
  const model = await understandAll(texts, ground, given);
  const described = describeBuilds(model);
  if (described.length === 0) return undefined;
  if (described.length > mostBuilds || charactersOf(described) > mostCharacters) throw tooMuch;
  const placed: Awaited<ReturnType<typeof placeBuild>>[] = [];
  for (const one of described) placed.push(await placeBuild(one, ground));
  const needs = await findNeeds(placed);
  return {
    name: model.name,
    files: texts.files.map(({ name }) => name),
    hasEnv: texts.env !== undefined,
    includes: model.includes,
    builds: placed.map(({ places: _, ...build }, index): ComposeBuild => ({ ...build, needs: needs[index] ?? [] })),
  };
}

/** The most files that services may extend. */
const mostOthers = 20;

/** Understands a project with the files that its services extend, which may extend others. */
async function understandAll(texts: ComposeTexts, { folder, granted }: Ground, given: Record<string, string>): Promise<ComposeModel> {
  const others = new Map<string, string | null>();
  for (;;) {
    const model = understand({ ...texts, others }, basename(folder), given);
    const wanted = [...model.wanted].slice(0, mostOthers - others.size);
    if (wanted.length === 0) return model;
    for (const path of wanted) others.set(path, await readOther(folder, granted, path));
  }
}

/** How long all that would be shown is: aliases and `extends` can repeat a long text for ever. */
const charactersOf = (described: DescribedBuild[]): number =>
  described
    .flatMap(({ args, references, inputs: { labels = {}, cacheFrom = [] } }) => [
      ...args.flatMap(({ name, value = '' }) => [name, value]),
      ...Object.entries(labels).flat(),
      ...references,
      ...cacheFrom,
    ])
    .reduce((sum, { length }) => sum + length, 0);

/** What the texts of a project say. Throws a failure that names the file and the line. */
export function understand(
  { files, env, others = new Map() }: ComposeTexts,
  folder: string,
  given: Record<string, string> = {},
): ComposeModel {
  const outer: Lookup = (name) => (Object.hasOwn(given, name) ? given[name] : undefined);
  const own = readOwnEnv(env, outer);
  const lookup: Lookup = (name) => outer(name) ?? own.get(name);
  const project = lookup('COMPOSE_PROJECT_NAME');
  if (lookup('COMPOSE_FILE')) throw otherFiles;
  if (project && projectName(project) !== project) throw wrongName(project);
  return readAll({ files, others, lookup, folder });
}

function readOwnEnv(text: string | undefined, outer: Lookup): ReadonlyMap<string, string> {
  try {
    return text === undefined ? new Map() : readEnv(text, outer);
  } catch (error) {
    if (!(error instanceof UnreadableEnv)) throw error;
    throw notUnderstood(`Line ${error.line} of .env can’t be read`, error.message);
  }
}

function readAll(parts: ProjectParts): ComposeModel {
  try {
    return readModel(parts);
  } catch (error) {
    const names = parts.files.map(({ name }) => name).join(' and ');
    if (error instanceof UnreadableYaml) {
      const { file = names, line, message } = error;
      throw notUnderstood(line === undefined ? `${file} can’t be read` : `Line ${line} of ${file} can’t be read`, message);
    }
    if (error instanceof MergeError) throw notUnderstood(`Two parts of ${names} don’t fit together`, `They are called ${error.message}`);
    if (error instanceof SubstitutionError) throw notUnderstood(`The name in ${names} can’t be read`, 'A variable in it has no value');
    if (error instanceof RangeError) throw notUnderstood(`${names} can’t be read`, 'Too many things are inside each other');
    throw error;
  }
}

const notUnderstood = (title: string, detail: string): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title,
    detail: `${detail}.`,
    hint: 'Change the file, then choose the folder again.',
  });

const wrongName = (name: string): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: 'The project’s name in .env can’t be used',
    detail: `COMPOSE_PROJECT_NAME is “${name.slice(0, 60)}”. It can only have lowercase letters, digits, “-” and “_”, and starts with a letter or a digit.`,
    hint: 'Change that line of .env, then choose the folder again.',
  });

const otherFiles = new FailureError({
  kind: 'invalid-input',
  title: 'The file .env says that other Compose files count',
  detail: 'It sets COMPOSE_FILE. Layerdeck reads only the file that Compose looks for by itself, and the override file beside it.',
  hint: 'Take COMPOSE_FILE out of .env to build from the files that Compose finds, or build one of the folder’s Dockerfiles.',
});

const tooMuch = new FailureError({
  kind: 'invalid-input',
  title: 'The Compose file asks for too much',
  detail: `Layerdeck shows up to ${mostBuilds} builds of a project, with arguments and labels of up to a million characters together.`,
  hint: 'Build one of the folder’s Dockerfiles without the Compose file.',
});
