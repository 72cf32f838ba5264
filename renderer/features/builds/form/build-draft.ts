import type { BuildFolder, BuildInputs, Dockerfile } from '../../../../contract/build.ts';
import { type MovedNames, movedNames } from '../../../../contract/moved-names.ts';
import { parseReference, repositoryOf, type UsualTags, usualTags } from '../../../../contract/reference.ts';
import { isName } from '../../../desk/describe-reference.ts';

export type Line = { key: number; text: string };
export type LabelDraft = { key: number; name: string; value: string };
export type TagKind = keyof UsualTags;

export type SecretDraft = {
  key: number;
  id: string;
  /** A RUN of the Dockerfile asks for it: its id is given. */
  isAsked: boolean;
  from: 'file' | 'environment';
  file?: { grant: string; name: string };
  /** The last build read it from a file, which has to be chosen again. */
  isFileLost?: boolean;
  variable: string;
};

/** What the build form holds while it is filled in. */
export type BuildDraft = {
  /** Path of one of the folder's Dockerfiles, or of one outside the folder. */
  dockerfile: string;
  names: Line[];
  /** Which of the usual tags beside the first name's are wanted as well. */
  also: TagKind[];
  /** Empty for the last stage. */
  target: string;
  /** By name; only what differs from the Dockerfile's default is sent. */
  args: Record<string, string>;
  /** Arguments whose values were not kept from the last build. */
  withheldArgs: string[];
  /** Empty for the engine's own. */
  platform: string;
  noCache: boolean;
  pullBase: boolean;
  cacheFrom: Line[];
  inlineCache: boolean;
  labels: LabelDraft[];
  network: NonNullable<BuildInputs['network']>;
  secrets: SecretDraft[];
  /** Steps may use the keys of this computer's SSH agent. */
  ssh: boolean;
};

/** A form to begin with: from the inputs of an earlier build, or from what the folder proposes. */
export function firstDraft(inside: BuildFolder, inputs?: BuildInputs, withheldArgs: string[] = []): BuildDraft {
  const proposed = inside.suggestions[0]?.reference;
  const { references = proposed ? [proposed] : [], ...given }: Partial<BuildInputs> = inputs ?? {};
  const draft: BuildDraft = {
    ...namesOf(movedFrom(inside, inputs)?.references ?? references),
    dockerfile: '',
    target: '',
    args: {},
    withheldArgs: [],
    platform: given.platform ?? '',
    noCache: given.noCache ?? false,
    pullBase: given.pullBase ?? false,
    cacheFrom: (given.cacheFrom ?? []).map((text, key) => ({ key, text })),
    inlineCache: given.inlineCache ?? false,
    labels: Object.entries(given.labels ?? {}).map(([name, value], key) => ({ key, name, value })),
    network: given.network ?? 'default',
    secrets: (given.secrets ?? []).map(secretOf),
    ssh: false,
  };
  const asked = inside.dockerfiles.find((one) => (inside.chosen ? one.path === inside.chosen : isMeant(one, given)));
  const filled = withDockerfile(draft, inside, (asked ?? inside.dockerfiles[0])?.path ?? '');
  // stages, arguments and permissions of another Dockerfile mean nothing here
  if (asked && !isMeant(asked, given)) return filled;
  const { target = '', args = {}, ssh = false } = given;
  return { ...filled, target, args: { ...filled.args, ...args }, withheldArgs, ssh };
}

/** The names of an earlier build, if the version that they were taken from has changed since. */
export const movedFrom = ({ suggestions }: BuildFolder, inputs?: BuildInputs): MovedNames | undefined =>
  inputs && movedNames(inputs, suggestions);

const isMeant = ({ path, grant }: Dockerfile, { dockerfile, dockerfileFrom }: Partial<BuildInputs>): boolean =>
  dockerfileFrom === undefined ? path === dockerfile : grant === dockerfileFrom;

/** Turns the usual tags beside the first name's into ticks again. */
function namesOf(references: string[]): Pick<BuildDraft, 'names' | 'also'> {
  const [first = '', ...others] = references;
  const usual = usualNames(first);
  const also = usual.filter(({ name }) => others.includes(name));
  const rest = others.filter((name) => !also.some((one) => one.name === name));
  return { names: [first, ...rest].map((text, key) => ({ key, text })), also: also.map(({ kind }) => kind) };
}

/** `app:1.4`, `app:1` and `app:latest` for `app:1.4.2`. */
export function usualNames(text: string): { kind: TagKind; name: string; tag: string }[] {
  if (!isName(text)) return [];
  const reference = parseReference(text.trim());
  const tags = Object.entries(usualTags(reference.tag)) as [TagKind, string][];
  return tags.map(([kind, tag]) => ({ kind, name: `${repositoryOf(reference)}:${tag}`, tag }));
}

const secretOf = ({ id, source }: NonNullable<BuildInputs['secrets']>[number], key: number): SecretDraft =>
  source.from === 'environment'
    ? { key, id, isAsked: false, from: 'environment', variable: source.variable }
    : { key, id, isAsked: false, from: 'file', isFileLost: true, variable: '' };

/** Another Dockerfile has other stages and arguments, asks for other secrets, and was not trusted with keys. */
export function withDockerfile(draft: BuildDraft, inside: BuildFolder, path: string): BuildDraft {
  const { args = [], secrets = [] } = inside.dockerfiles.find((dockerfile) => dockerfile.path === path) ?? {};
  const own = draft.secrets.filter(({ id, isAsked }) => !isAsked && !secrets.includes(id));
  const asked = secrets.map((id) => ({ ...(draft.secrets.find((one) => one.id === id) ?? newSecret(id)), isAsked: true }));
  return {
    ...draft,
    dockerfile: path,
    target: '',
    ssh: false,
    args: Object.fromEntries(args.map((arg) => [arg.name, arg.default ?? ''])),
    withheldArgs: [],
    secrets: [...asked, ...own].map((secret, key) => ({ ...secret, key })),
  };
}

export const newSecret = (id = '', key = 0): SecretDraft => ({ key, id, isAsked: false, from: 'file', variable: '' });

/** A key that no row of the list has. */
export const nextKey = (rows: readonly { key: number }[]): number => Math.max(-1, ...rows.map(({ key }) => key)) + 1;

/** The list with one row changed in part. */
export const withRow = <T extends { key: number }>(rows: T[], key: number, part: Partial<T>): T[] =>
  rows.map((row) => (row.key === key ? { ...row, ...part } : row));
