import { EngineStreamError } from '../../failures/engine-stream-error.ts';
import { placeOf } from '../open-repository.ts';
import { type RegistryError, refusal, troubleAt } from './registry-error.ts';

/** What the engine was asked to do with an image at a registry. */
export type AskedEngine = { reference: string; writes: boolean; hadLogin: boolean };

/**
 * The registry's answer, read from an engine's error; undefined if the error is of another kind. The engine names neither the
 * registry nor its request, and often only the status.
 */
export function registryAnswerIn(error: unknown, { reference, writes, hadLogin }: AskedEngine): RegistryError | undefined {
  const text = wordsOf(error);
  if (text === undefined) return undefined;
  const { registry, repository: name } = placeOf(reference);
  const repository = registry === 'docker.io' && !name.includes('/') ? `library/${name}` : name;
  const url = (place: string) => `https://${registry}/v2/${repository}/${place}`;
  const method = writes ? 'PUT' : 'GET';
  const found = answers.map(([pattern, tell]) => [pattern.exec(text), tell] as const).find(([match]) => match);
  if (!found?.[0]) return undefined;
  const [match, tell] = found;
  const told = tell(match);
  const place = url(told.place ?? `manifests/${repository}`);
  const answer =
    'trouble' in told
      ? troubleAt(method, place, told.trouble, text)
      : refusal(method, place, told.status, { code: told.code, message: told.said ?? text });
  answer.registry = registry;
  answer.hadLogin = hadLogin;
  return answer;
}

type Told = ({ status: number; code?: string; said?: string } | { trouble: 'cut' | 'unreachable' }) & { place?: string };

const upload = 'blobs/uploads/';

/** Engines' own texts for registries' answers (distribution's registry/api/errcode and registry/client/errors.go). */
const answers: [RegExp, (match: RegExpExecArray) => Told][] = [
  // containerd's texts also include the request
  [/unexpected status (?:from \w+ request to|code) https?:\/\/\S+?\/v2\/(\S+): (\d{3})/, containerdTold],
  [/could not fetch content descriptor/, () => ({ status: 404, place: 'blobs/' })],
  [/failed to do request: \w+ "[^"]*": (?:unexpected )?EOF/, () => ({ trouble: 'cut' })],
  [/error parsing HTTP (\d{3}) response body/, ([, status]) => ({ status: Number(status), said: '' })],
  [/received unexpected HTTP status: (\d{3})/, ([, status]) => ({ status: Number(status), said: '' })],
  [/toomanyrequests/i, () => ({ status: 429 })],
  [/blob upload unknown/i, () => ({ status: 404, code: 'BLOB_UPLOAD_UNKNOWN', place: upload })],
  [/unknown blob|blob unknown to registry/i, () => ({ status: 404, place: 'blobs/' })],
  [/name unknown/i, () => ({ status: 404, code: 'NAME_UNKNOWN' })],
  [/name invalid|invalid repository name/i, () => ({ status: 400, code: 'NAME_INVALID' })],
  [/tag invalid/i, () => ({ status: 400, code: 'TAG_INVALID' })],
  [/manifest (?:blob unknown|invalid)/i, () => ({ status: 400, code: 'MANIFEST_INVALID' })],
  [/digest invalid|provided digest did not match/i, () => ({ status: 400, code: 'DIGEST_INVALID' })],
  [/(?:^|: )unsupported: /, () => ({ status: 405 })],
  // a denied pull has the engine's own text, as the image may just as well not exist
  [/^denied: /, () => ({ status: 403 })],
  [/(?:^|: )unknown: (.+)$/s, ([, said = '']) => ({ status: 400, said })],
  [/(?:^|: )(?:unexpected )?EOF$|use of closed network connection|connection reset by peer|broken pipe/, () => ({ trouble: 'cut' })],
  // Podman 5 says no more than that
  [/^(?:connection refused|(?:lookup \S+ on \S+: )?no such host|no route to host|i\/o timeout)$/, () => ({ trouble: 'unreachable' })],
];

function containerdTold([, path = '', status = '']: RegExpExecArray): Told {
  const place = path.includes('/blobs/uploads/') ? upload : path.includes('/blobs/') ? 'blobs/' : undefined;
  return { status: Number(status), said: '', ...(place && { place }) };
}

/** The engine's own text; undefined if the error is not the engine's, for example because it is gone. */
function wordsOf(error: unknown): string | undefined {
  if (error instanceof EngineStreamError) return error.message.trim();
  const { statusCode, json, message } = error as { statusCode?: number; json?: { message?: string }; message?: string };
  return statusCode === undefined ? undefined : (json?.message ?? message ?? '').replace(/^\(HTTP code \d+\) .*? - /, '').trim();
}
