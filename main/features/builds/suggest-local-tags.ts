import type { Failure } from '../../../contract/failure.ts';
import { isWithoutTag, parseReference, referenceProblem, repositoryKey } from '../../../contract/reference.ts';
import { basesOf } from '../../foundation/dockerfile/bases-of.ts';
import type { Instruction } from '../../foundation/dockerfile/read-instructions.ts';
import { noSuchStage } from '../../foundation/failures/wordings/context-wordings.ts';
import type { FailurePlace } from './failure-in-dockerfile.ts';

/** Names of the engine's images, the newest image first. */
type ImageNames = readonly string[];

/** Kinds of failure that a base image may cause. */
const aboutImages = new Set<Failure['kind']>(['registry-unreachable', 'registry-refused', 'sign-in', 'not-found']);

/** Whether a missing base image may be the cause, so that it is worth asking the engine which images it has. */
export const mayMissBase = ({ kind }: Failure): boolean => aboutImages.has(kind);

/** Adds the tags that the engine has of a repository, if a base named without a tag could not be pulled. */
export function suggestLocalTags(failure: Failure, place: FailurePlace, names: ImageNames): Failure {
  const at = mayMissBase(failure) ? missingBase(failure.cause ?? '', place, names) : undefined;
  if (!at?.from) return failure;
  const [first, ...others] = tagsOf(at.from, names);
  if (first === undefined) return describeAsStage(failure, at);
  const shown = [first, ...others.slice(0, 2), ...(others.length > 2 ? ['others'] : [])];
  const line = `line ${at.line} of ${place.path === 'Dockerfile' ? 'the Dockerfile' : place.path}`;
  return {
    ...failure,
    detail: `${failure.detail} ${at.from} without a tag means ${at.from}:latest, which is not on this engine.`,
    hint: `You have ${joinWords(shown)}. ${describeEdit(at, first, line)}${failure.hint ? ` To use the registry’s image instead: ${failure.hint.charAt(0).toLowerCase()}${failure.hint.slice(1)}` : ''}`,
  };
}

/** One plain word after COPY --from more likely means a stage than an image; the registry's answer is mentioned too. */
function describeAsStage(failure: Failure, { keyword, from = '' }: Instruction): Failure {
  if (keyword !== 'COPY' || /[./:@]/.test(from)) return failure;
  const told = noSuchStage(from);
  return { ...told, detail: `${told.detail} ${failure.title}.`, ...(failure.cause && { cause: failure.cause }) };
}

/** The instruction that names the missing base; undefined if several could be meant, or if the engine has its `latest`. */
function missingBase(cause: string, { instructions, failed }: FailurePlace, names: ImageNames): Instruction | undefined {
  const bases = new Set(basesOf(instructions));
  const here = new Set(names.map(keyOf));
  const missing = instructions.filter(({ from }) => from && bases.has(from) && !here.has(keyOf(from)));
  const named = missing.filter(({ from = '' }) => mentions(cause, from));
  const all = failed ? missing.filter((one) => one === failed) : named.length > 0 ? named : missing;
  const [first] = all;
  return first && all.every(({ from }) => from === first.from) && isWithoutTag(first.from) ? first : undefined;
}

/** Whether an engine's message is about a repository: `…/v2/library/app/manifests/latest`, `pull access denied for app,`. */
function mentions(cause: string, from: string): boolean {
  if (referenceProblem(from) !== undefined) return false;
  const { repository } = parseReference(from);
  const short = repository.replace(/^library\//, '');
  return [`/${short}/manifests/`, ` ${short},`, ` ${short}:`, `/${short}:`, `/${short},`].some((part) => cause.includes(part));
}

/** The names the engine has in the repository of a base. */
function tagsOf(from: string, names: ImageNames): string[] {
  const wanted = repositoryKey(parseReference(from));
  return names.filter((name) => referenceProblem(name) === undefined && repositoryKey(parseReference(name)) === wanted);
}

function keyOf(text: string): string {
  if (referenceProblem(text) !== undefined) return text;
  const reference = parseReference(text);
  return `${repositoryKey(reference)}${reference.digest ? `@${reference.digest}` : `:${reference.tag ?? 'latest'}`}`;
}

/** What to write in place of the name, or which argument to give if the name comes from one. */
function describeEdit({ keyword, text, from }: Instruction, name: string, line: string): string {
  if (keyword !== 'FROM') return `Write --from=${name} instead of --from=${from} on ${line}.`;
  const words = text.split(' ');
  const place = words.findIndex((word, at) => at > 0 && !word.startsWith('--'));
  const argument = /^\$(?:(\w+)|\{(\w+)(?::?-[^}]*)?\})$/.exec(words[place] ?? '');
  if (argument) return `Give the build argument ${argument[1] ?? argument[2]}, which ${line} uses, the value ${name}.`;
  return `Write ${words.with(place, name).join(' ')} on ${line}.`;
}

function joinWords(words: string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
