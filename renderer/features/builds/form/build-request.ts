import type { BuildSecret, Dockerfile, DockerfileChoice, NameSuggestion } from '../../../../contract/build.ts';
import type { Builder } from '../../../../contract/engine.ts';
import { originOf, proposedTags } from '../../../../contract/moved-names.ts';
import { withDefaultTag } from '../../../../contract/reference.ts';
import type { TaskRequest } from '../../../../contract/task.ts';
import { type BuildDraft, type SecretDraft, usualNames } from './build-draft.ts';

type BuildRequest = Extract<TaskRequest, { kind: 'build' }>;

/** What the form asks main for: only what was filled in, and only what the builder can do. */
export function buildRequest(
  folder: string,
  draft: BuildDraft,
  { dockerfile, suggestions }: { dockerfile: Dockerfile | undefined; suggestions: NameSuggestion[] },
  builder: Builder,
): BuildRequest {
  const { target, platform, noCache, pullBase, network } = draft;
  const args = changedArgs(draft, dockerfile);
  const cacheFrom = typed(draft.cacheFrom).map(withDefaultTag);
  const labels = Object.fromEntries(filledLabels(draft).map(({ name, value }) => [name.trim(), value]));
  const references = referencesOf(draft);
  const nameFrom = references[0] === undefined ? undefined : originOf(references[0], suggestions);
  const secrets = builder === 'buildkit' ? draft.secrets.flatMap(secretOf) : [];
  return {
    kind: 'build',
    folder,
    ...dockerfileChoice(draft.dockerfile, dockerfile),
    references,
    ...(nameFrom && { nameFrom, proposed: proposedTags(suggestions) }),
    ...(target && { target }),
    ...(Object.keys(args).length > 0 && { args }),
    ...(platform.trim() && { platform: platform.trim() }),
    ...(noCache && { noCache }),
    ...(pullBase && { pullBase }),
    ...(cacheFrom.length > 0 && { cacheFrom: [...new Set(cacheFrom)] }),
    ...(draft.inlineCache && builder === 'buildkit' && { inlineCache: true }),
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(network !== 'default' && { network }),
    ...(secrets.length > 0 && { secrets }),
    ...(draft.ssh && builder === 'buildkit' && { ssh: true }),
  };
}

/** Tells main which Dockerfile is meant: the window may not name a path outside the folder. */
export const dockerfileChoice = (path: string, dockerfile: Dockerfile | undefined): DockerfileChoice =>
  dockerfile?.grant ? { dockerfile: path.split(/[\\/]/).at(-1) ?? path, dockerfileFrom: dockerfile.grant } : { dockerfile: path };

function referencesOf({ names, also }: BuildDraft): string[] {
  const [first = '', ...others] = typed(names);
  const usual = usualNames(first).filter(({ kind }) => also.includes(kind));
  return [...new Set([first, ...usual.map(({ name }) => name), ...others].filter(Boolean).map(withDefaultTag))];
}

/** Arguments that differ from the Dockerfile’s defaults. */
export function changedArgs({ args }: Pick<BuildDraft, 'args'>, dockerfile: Dockerfile | undefined): Record<string, string> {
  const known = dockerfile?.args ?? [];
  const changed = known.filter((arg) => args[arg.name] !== undefined && args[arg.name] !== (arg.default ?? ''));
  return Object.fromEntries(changed.map(({ name }) => [name, args[name] ?? '']));
}

/** Arguments whose values were not kept and have not been filled in again; the Dockerfile must still have them. */
export function withheldArgs(draft: Pick<BuildDraft, 'args' | 'withheldArgs'>, dockerfile: Dockerfile | undefined): string[] {
  const given = changedArgs(draft, dockerfile);
  return (dockerfile?.args ?? [])
    .map(({ name }) => name)
    .filter((name) => draft.withheldArgs.includes(name) && !Object.hasOwn(given, name));
}

export const filledLabels = ({ labels }: Pick<BuildDraft, 'labels'>) => labels.filter(({ name, value }) => name.trim() || value.trim());

/** Whether a secret says where it comes from. */
export const isGiven = ({ from, file, variable }: SecretDraft): boolean => (from === 'file' ? file !== undefined : variable.trim() !== '');

function secretOf(secret: SecretDraft): BuildSecret[] {
  const id = secret.id.trim();
  if (!id || !isGiven(secret)) return [];
  if (secret.from === 'environment') return [{ id, source: { from: 'environment', variable: secret.variable.trim() } }];
  return secret.file ? [{ id, source: { from: 'file', file: secret.file.grant } }] : [];
}

export const typed = (lines: { text: string }[]): string[] => lines.map(({ text }) => text.trim()).filter(Boolean);
