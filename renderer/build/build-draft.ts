import type { BuildFolder, Dockerfile } from '../../contract/build.ts';
import { withDefaultTag } from '../../contract/reference.ts';
import type { TaskRequest } from '../../contract/task.ts';
import { isName } from '../connection/describe-reference.ts';

/** What the build form holds while one fills it in. */
export type BuildDraft = {
  dockerfile: string;
  names: { key: number; text: string }[];
  /** Empty for the last stage. */
  target: string;
  /** By name; only what differs from the Dockerfile's default is sent. */
  args: Record<string, string>;
  noCache: boolean;
  pullBase: boolean;
};

export function firstDraft(inside: BuildFolder): BuildDraft {
  const names = [{ key: 0, text: inside.suggestions[0]?.reference ?? '' }];
  const draft: BuildDraft = { dockerfile: '', names, target: '', args: {}, noCache: false, pullBase: false };
  return withDockerfile(draft, inside, inside.dockerfiles[0]?.path ?? '');
}

/** Another Dockerfile has other stages and arguments. */
export function withDockerfile(draft: BuildDraft, inside: BuildFolder, path: string): BuildDraft {
  const args = inside.dockerfiles.find((dockerfile) => dockerfile.path === path)?.args ?? [];
  return { ...draft, dockerfile: path, target: '', args: Object.fromEntries(args.map((arg) => [arg.name, arg.default ?? ''])) };
}

/** Whether something is missing yet; empty further names do not count. */
export function formProblem({ names, dockerfile }: BuildDraft): boolean {
  const typed = names.filter(({ text }) => text.trim() !== '');
  return dockerfile === '' || typed.length === 0 || !typed.every(({ text }) => isName(text) && !text.includes('@'));
}

export function buildRequest(folder: string, draft: BuildDraft, dockerfile: Dockerfile | undefined): TaskRequest {
  const defaults = new Map(dockerfile?.args.map((arg) => [arg.name, arg.default ?? '']));
  const args = Object.fromEntries(Object.entries(draft.args).filter(([name, value]) => value !== (defaults.get(name) ?? '')));
  const references = draft.names
    .map(({ text }) => text.trim())
    .filter(Boolean)
    .map(withDefaultTag);
  return {
    kind: 'build',
    folder,
    dockerfile: draft.dockerfile,
    references: [...new Set(references)],
    ...(draft.target && { target: draft.target }),
    ...(Object.keys(args).length > 0 && { args }),
    ...(draft.noCache && { noCache: true }),
    ...(draft.pullBase && { pullBase: true }),
  };
}
