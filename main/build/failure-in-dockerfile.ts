import { posix } from 'node:path';
import type { Failure } from '../../contract/failure.ts';
import { outsideFolder } from '../engine/wordings/context-wordings.ts';
import type { Instruction } from './explain/read-instructions.ts';

export type FailurePlace = {
  /** The Dockerfile's path. */
  path: string;
  instructions: Instruction[];
  /** What the step that failed comes from, where it is certain. */
  failed: Instruction | undefined;
};

/** The failure of a build with what its Dockerfile tells: whether the builder is only too old for a line, and which line it is. */
export function failureInDockerfile(failure: Failure, { path, instructions, failed }: FailurePlace): Failure {
  if (failure.kind === 'engine-lost' || failure.kind === 'no-space') return failure;
  const cause = failure.cause ?? '';
  const refused = refusedLine(cause);
  if (refused) {
    const feature = featureAt(refused, instructions);
    if (feature) return { ...builderTooOld(feature), cause };
    return withSentence(failure, path === 'Dockerfile' ? '' : `The file is ${path}.`);
  }
  const at = failed ?? remoteAdd(cause, instructions);
  return at ? withSentence(explained(failure, at), `This is about ${linesOf(at)} of ${path}.`) : failure;
}

/** Other words where the instruction shows that the builder's own mislead. */
function explained(failure: Failure, at: Instruction): Failure {
  if (failure.kind !== 'dockerfile') return failure;
  const cause = failure.cause ?? '';
  // a classic builder of today knows here-documents of RUN only
  if (/no source files were specified/.test(cause) && isDocument(at))
    return { ...builderTooOld({ words: 'here-documents (<<)', line: at.line }), cause };
  const outside = at.sources.find(leadsOut);
  return outside ? { ...outsideFolder(outside), cause } : failure;
}

/** BuildKit names no step where an ADD gets nothing from its address; which ADD it is shows where there is only one with it. */
function remoteAdd(cause: string, instructions: Instruction[]): Instruction | undefined {
  const address = /(?:load cache key: (?:Get|Head) "?|invalid response status|digest mismatch|invalid checksum digest)([^\s"]*)/.exec(
    cause,
  )?.[1];
  if (address === undefined) return undefined;
  const remote = instructions.filter((one) => one.keyword === 'ADD' && one.isRemote && one.expanded.includes(address));
  return remote.length === 1 ? remote[0] : undefined;
}

const withSentence = (failure: Failure, sentence: string): Failure =>
  sentence === '' ? failure : { ...failure, detail: `${failure.detail} ${sentence}` };

const linesOf = ({ line, lastLine }: Instruction): string => (line === lastLine ? `line ${line}` : `lines ${line} to ${lastLine}`);

// BuildKit looks for ../x as if it were x
const leadsOut = (source: string): boolean => /^\/?\.\.(?:\/|$)/.test(posix.normalize(`./${source}`));

type RefusedLine = { line: number; flag?: string; isUnknownWord: boolean };

function refusedLine(cause: string): RefusedLine | undefined {
  const [, line, what = ''] = /dockerfile parse error (?:on )?line (\d+): (.*)/i.exec(cause) ?? [];
  if (line === undefined) return undefined;
  const flag = /^unknown flag: (?:--)?([\w-]+)/i.exec(what)?.[1];
  return { line: Number(line), ...(flag && { flag }), isUnknownWord: /^unknown instruction:/i.test(what) };
}

type Feature = { words: string; line: number };

/** What in a line a newer builder knows; undefined where no builder does, as it is a mistake. */
function featureAt({ line, flag, isUnknownWord }: RefusedLine, instructions: Instruction[]): Feature | undefined {
  const at = instructions.find((one) => one.line <= line && line <= one.lastLine);
  if (!at) return undefined;
  if (flag) return flagsOf.get(at.keyword)?.includes(flag) ? { words: `${at.keyword} --${flag}`, line: at.line } : undefined;
  // a builder that knows none takes the lines of a here-document for instructions
  return isUnknownWord && line > at.line && isDocument(at) ? { words: 'here-documents (<<)', line: at.line } : undefined;
}

const isDocument = ({ text }: Instruction): boolean => /<<-?["']?\w/.test(text.split('\n')[0] ?? '');

/** Options that instructions have had since the first builders. */
const flagsOf = new Map([
  ['FROM', ['platform']],
  ['RUN', ['mount', 'network', 'security', 'device']],
  ['COPY', ['chown', 'chmod', 'link', 'parents', 'exclude']],
  ['ADD', ['chown', 'chmod', 'link', 'exclude', 'checksum', 'keep-git-dir', 'unpack']],
  ['HEALTHCHECK', ['start-interval']],
]);

const builderTooOld = ({ words, line }: Feature): Failure => ({
  kind: 'dockerfile',
  title: `This builder is too old for ${words} in line ${line}`,
  detail: 'The engine takes it for a mistake, but newer builders know it.',
  hint: 'Update the engine. Or let BuildKit get a newer reader of Dockerfiles: put “# syntax=docker/dockerfile:1” into the first line. The classic builder gets none.',
});
