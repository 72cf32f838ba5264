import { posix } from 'node:path';
import type { Failure } from '../../../contract/failure.ts';
import type { Instruction } from '../../foundation/dockerfile/read-instructions.ts';
import { notInFolder, outsideFolder } from '../../foundation/failures/wordings/context-wordings.ts';
import { noImageName } from '../../foundation/failures/wordings/syntax-wordings.ts';

export type FailurePlace = {
  /** The Dockerfile's path. */
  path: string;
  instructions: Instruction[];
  /** The instruction of the failed step, if it is certain. */
  failed: Instruction | undefined;
};

/** Adds to a build's failure what the Dockerfile shows: which line it is about, and whether the builder is merely too old for it. */
export function failureInDockerfile(failure: Failure, { path, instructions, failed }: FailurePlace): Failure {
  if (failure.kind === 'engine-lost' || failure.kind === 'no-space') return failure;
  const cause = failure.cause ?? '';
  const refused = refusedLine(cause);
  if (refused) {
    const feature = featureAt(refused, instructions);
    if (feature) return { ...builderTooOld(feature), cause };
    return withSentence(failure, path === 'Dockerfile' ? '' : `The file is ${path}.`);
  }
  const feature = featureForPodman(cause, instructions, failed);
  if (feature) return { ...builderTooOld(feature), cause };
  const at = failed ?? findRemoteAdd(cause, instructions);
  return at ? withSentence(explainFailure(failure, at), `This is about ${linesOf(at)} of ${path}.`) : failure;
}

/** Chooses other words if the instruction shows that the builder's own are misleading. */
function explainFailure(failure: Failure, at: Instruction): Failure {
  const cause = failure.cause ?? '';
  // names from the form were checked earlier
  if (failure.kind === 'name-invalid' && at.from) return { ...noImageName(at.from), cause };
  if (failure.kind !== 'dockerfile') return failure;
  // today's classic builder supports here-documents only for RUN
  if (/no source files were specified/.test(cause) && isDocument(at))
    return { ...builderTooOld({ words: 'here-documents (<<)', line: at.line }), cause };
  const outside = at.sources.find(leadsOut);
  if (outside) return { ...outsideFolder(outside), cause };
  return isMissing(failure) ? { ...describeMissing(failure, at), cause } : failure;
}

const isMissing = ({ detail }: Failure): boolean => detail === notInFolder('').detail;

/** Names what the line names: BuildKit names only the first missing part of a path, the classic builder a part of an address. */
function describeMissing(failure: Failure, { sources, isRemote, line }: Instruction): Failure {
  if (isRemote && sources.length === 0) return builderTooOld({ words: 'an ADD from a Git repository', line });
  const [only = ''] = sources;
  return sources.length === 1 && !/[*?[\\]/.test(only) ? notInFolder(only) : failure;
}

/** Finds the ADD whose address gave nothing: BuildKit names no step then. Undefined unless only one ADD has that address. */
function findRemoteAdd(cause: string, instructions: Instruction[]): Instruction | undefined {
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

// BuildKit looks for ../x as if it were written x
const leadsOut = (source: string): boolean => /^\/?\.\.(?:\/|$)/.test(posix.normalize(`./${source}`));

type RefusedLine = { line: number; flag?: string; isUnknownWord: boolean };

function refusedLine(cause: string): RefusedLine | undefined {
  const [, line, what = ''] = /dockerfile parse error (?:on )?line (\d+): (.*)/i.exec(cause) ?? [];
  if (line === undefined) return undefined;
  const flag = /^unknown flag: (?:--)?([\w-]+)/i.exec(what)?.[1];
  return { line: Number(line), ...(flag && { flag }), isUnknownWord: /^unknown instruction:/i.test(what) };
}

type Feature = { words: string; line: number };

/** What in a line only newer builders know; undefined if it is a mistake that no builder accepts. */
function featureAt({ line, flag, isUnknownWord }: RefusedLine, instructions: Instruction[]): Feature | undefined {
  const at = instructions.find((one) => one.line <= line && line <= one.lastLine);
  if (!at) return undefined;
  if (flag) return flagsOf.get(at.keyword)?.includes(flag) ? { words: `${at.keyword} --${flag}`, line: at.line } : undefined;
  // a builder without here-documents takes their lines for instructions
  return isUnknownWord && line > at.line && isDocument(at) ? { words: 'here-documents (<<)', line: at.line } : undefined;
}

/** The same for an older Podman, which names no line and takes the lines of a here-document for instructions. */
function featureForPodman(cause: string, instructions: Instruction[], failed: Instruction | undefined): Feature | undefined {
  const [unknown, word = ''] = /Build error: Unknown instruction:? *"?(\w*)/i.exec(cause) ?? [];
  // a word that stands where an instruction does is a mistake, whatever else the file has
  const isMistake = instructions.some(({ keyword }) => keyword === word.toUpperCase());
  const document = unknown && !isMistake ? instructions.find(isDocument) : undefined;
  if (document) return { words: 'here-documents (<<)', line: document.line };
  const [, supported] = /: [A-Z]+ only supports the (--.*) flags?$/.exec(cause) ?? [];
  if (!failed || supported === undefined) return undefined;
  const newer = flagsOf.get(failed.keyword)?.find((flag) => failed.text.includes(`--${flag}`) && !supported.includes(`--${flag}`));
  return newer === undefined ? undefined : { words: `${failed.keyword} --${newer}`, line: failed.line };
}

const isDocument = ({ text }: Instruction): boolean => /<<-?["']?\w/.test(text.split('\n')[0] ?? '');

/** Options that instructions have gained since the first builders. */
const flagsOf = new Map([
  ['FROM', ['platform']],
  ['RUN', ['mount', 'network', 'security', 'device']],
  ['COPY', ['chown', 'chmod', 'link', 'parents', 'exclude']],
  ['ADD', ['chown', 'chmod', 'link', 'exclude', 'checksum', 'keep-git-dir', 'unpack']],
  ['HEALTHCHECK', ['start-interval']],
]);

const builderTooOld = ({ words, line }: Feature): Failure => ({
  kind: 'dockerfile',
  title: `This builder is too old for ${words} on line ${line}`,
  detail: 'The engine takes it for a mistake, but newer builders understand it.',
  hint: 'Update the engine. Or make BuildKit use a newer Dockerfile reader: put “# syntax=docker/dockerfile:1” on the first line. This doesn’t work with the classic builder.',
});
