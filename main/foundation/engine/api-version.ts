import type { ApiVersion } from '../../../contract/engine.ts';
import { FailureError } from '../failures/failure.ts';

/** Path and query of a request that says in which version it speaks: `/v1.41/images/json`. */
export type VersionedPath = `/v${ApiVersion}/${string}`;

/**
 * The oldest version that is spoken, that of Docker 19.03. All that Layerdeck asks for is in it: BuildKit and its session are from
 * 1.39, the platform of pulls and builds from 1.32. Only events of a pruned cache are from 1.41, and an explanation does without.
 * Docker's own command and Engine 29 stop here too. Tests speak it with newer engines, as none was there that knows no other.
 */
export const oldestSpoken: ApiVersion = '1.40';

/**
 * The newest version that was tested with a real engine (Docker 28.5), and so the newest that is spoken. Answers in 1.52 to 1.55
 * are understood as moby describes them, but no engine was there to ask. Raise this once one is, with its answers recorded.
 */
export const newestSpoken: ApiVersion = '1.51';

/** The version that an engine names in its answer to `/_ping`. Throws a failure if it is none. */
export function readVersion(named: string | undefined): ApiVersion {
  if (isVersion(named)) return named;
  throw new FailureError(unknownVersion);
}

/** The version to speak with an engine, given the newest that it knows. Throws a failure if that is too old. */
export function chooseVersion(newest: ApiVersion): ApiVersion {
  if (isBefore(newest, oldestSpoken)) throw new FailureError(tooOld(newest));
  return isBefore(newest, newestSpoken) ? newest : newestSpoken;
}

/** The path of a request in a version. The only place that puts the two together, for dockerode as for requests of our own. */
export const versionedPath = (version: ApiVersion, path: `/${string}`): VersionedPath => `/${versionSegment(version)}${path}`;

/** The version as dockerode wants it, which puts it in front of its paths itself. */
export const versionSegment = (version: ApiVersion): `v${ApiVersion}` => `v${version}`;

const isVersion = (text: string | undefined): text is ApiVersion => text !== undefined && /^\d+\.\d+$/.test(text);

/** Whether a version is older than another; as numbers, since 1.9 is older than 1.41. */
export function isBefore(one: ApiVersion, other: ApiVersion): boolean {
  const [ownMajor = 0, ownMinor = 0] = one.split('.').map(Number);
  const [major = 0, minor = 0] = other.split('.').map(Number);
  return ownMajor < major || (ownMajor === major && ownMinor < minor);
}

const tooOld = (newest: string) => ({
  kind: 'engine-unsupported' as const,
  title: 'The engine is too old for Layerdeck',
  detail: `It speaks version ${newest} of the engine’s API and nothing newer. Layerdeck needs ${oldestSpoken} or newer, which Docker has had since 19.03.`,
  hint: 'Update the engine. Layerdeck connects as soon as the new one answers.',
});

/** For an engine that refuses the newest version Layerdeck speaks; `said` is its own answer, which names its oldest. */
export const tooNew = (newest: string, said: string): FailureError =>
  new FailureError({
    kind: 'engine-unsupported',
    title: 'The engine is too new for this Layerdeck',
    detail: `It speaks version ${newest} of the engine’s API and has given up ${newestSpoken}, the newest that Layerdeck knows.`,
    hint: 'Update Layerdeck, or use an older engine until there is a newer Layerdeck.',
    cause: said,
  });

const unknownVersion = {
  kind: 'engine-unsupported' as const,
  title: 'What answers there may not be an engine',
  detail: 'Something answers at the engine’s address, but it doesn’t say which version of the engine’s API it speaks.',
  hint: 'Check the address. If it is right, update the engine.',
};
