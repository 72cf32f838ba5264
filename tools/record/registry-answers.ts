import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { readNdjson } from '../../main/foundation/engine/ndjson.ts';
import { type Engine, openEngine } from '../../main/foundation/engine/open-engine.ts';
import { requestStream } from '../../main/foundation/engine/request.ts';
import { EngineStreamError } from '../../main/foundation/failures/engine-stream-error.ts';
import { type FakeRequest, startFakeRegistry } from '../../test/support/fake-registry.ts';
import { makeRandomImage } from '../../test/support/random-image.ts';

/** What is asked of a registry, in the order in which it is. */
const kinds: Record<string, (request: FakeRequest) => boolean> = {
  ping: ({ path }) => path === '/v2/',
  manifest: ({ method, path }) => ['GET', 'HEAD'].includes(method) && path.includes('/manifests/'),
  layer: ({ method, path }) => method === 'GET' && path.includes('/blobs/sha'),
  begin: ({ method }) => method === 'POST',
  patch: ({ method }) => method === 'PATCH',
  finish: ({ method, path }) => method === 'PUT' && path.includes('/uploads/'),
  put: ({ method, path }) => method === 'PUT' && path.includes('/manifests/'),
};
const codes = new Map([
  [400, 'NAME_INVALID'],
  [403, 'DENIED'],
  [404, 'NAME_UNKNOWN'],
  [405, 'UNSUPPORTED'],
  [409, 'UNHEARD_OF'],
  [413, 'UNHEARD_OF'],
  [429, 'TOOMANYREQUESTS'],
]);
const statuses = [301, 307, 400, 403, 404, 405, 409, 413, 429, 500, 502, 503, 507];

type Scene = { asked: string; answer: number | 'cut'; body: string };
type Recorded = { asked: string; answer: number | 'cut'; engineSays: string; engineStatus?: number };

const scenes: Scene[] = Object.keys(kinds).flatMap((asked) => [
  { asked, answer: 'cut' as const, body: '' },
  ...statuses.flatMap((answer) => {
    const code = codes.get(answer);
    const said = JSON.stringify({ errors: [{ code, message: 'said by the registry' }] });
    return [{ asked, answer, body: '' }, ...(code ? [{ asked, answer, body: said }] : [])];
  }),
]);

/** Writes down what an engine makes of them all. It takes six minutes, as engines try again. */
export async function recordAnswers(own: { socket: string; fixtures: string }): Promise<void> {
  const address = `unix://${own.socket}`;
  const engine = await openEngine({ id: 'record', label: 'record', address });
  const limit = pLimit(40);
  const recorded = await Promise.all(scenes.map((scene) => limit(() => record(engine, address, scene))));
  const texts = new Set(recorded.filter((one) => one !== undefined).map((one) => JSON.stringify(one)));
  const file = join(import.meta.dirname, '../../test/fixtures', own.fixtures, 'registry-answers.json');
  writeFileSync(
    file,
    `${JSON.stringify(
      [...texts].map((text) => JSON.parse(text) as Recorded),
      null,
      1,
    )}\n`,
  );
}

/** Undefined where the engine gets along with that answer. */
async function record(engine: Engine, host: string, scene: Scene): Promise<Recorded | undefined> {
  const { asked, answer, body } = scene;
  let isOdd = false;
  const fake = await startFakeRegistry((request) => {
    if (!isOdd || !kinds[asked]?.(request)) return undefined;
    if (answer === 'cut') return { cutAfter: asked === 'patch' ? 5000 : 0 };
    return { status: answer, headers: answer < 400 ? { location: 'http://127.0.0.1:1/x' } : { 'content-type': 'application/json' }, body };
  });
  const reference = `${fake.address}/app-${asked}`;
  try {
    await makeRandomImage(host, `${reference}:1`, 20_000);
    const isPull = asked === 'manifest' || asked === 'layer';
    if (isPull) {
      await push(engine, reference);
      await engine.docker.getImage(`${reference}:1`).remove({ force: true });
    }
    isOdd = true;
    return await toldBy(() => (isPull ? pull : push)(engine, reference), { asked, answer, address: fake.address });
  } finally {
    fake[Symbol.dispose]();
  }
}

const headers = { 'X-Registry-Auth': 'e30=' };

const push = async ({ docker }: Engine, reference: string): Promise<unknown> =>
  Array.fromAsync(
    readNdjson(await requestStream(docker, { method: 'POST', path: `/images/${reference}/push`, query: { tag: '1' }, headers })),
  );

const pull = async ({ docker }: Engine, reference: string): Promise<unknown> =>
  Array.fromAsync(
    readNdjson(await requestStream(docker, { method: 'POST', path: '/images/create', query: { fromImage: reference, tag: '1' }, headers })),
  );

async function toldBy(
  ask: () => Promise<unknown>,
  { asked, answer, address }: Pick<Recorded, 'asked' | 'answer'> & { address: string },
): Promise<Recorded | undefined> {
  try {
    await ask();
    return undefined;
  } catch (error) {
    const { statusCode, json, message } = error as Error & { statusCode?: number; json?: { message?: string } };
    if (statusCode === undefined && !(error instanceof EngineStreamError)) throw error;
    const text = (json?.message ?? message.replace(/^\(HTTP code \d+\) .*? - /, '')).trim();
    // what is another one each time would only be noise
    const engineSays = text
      .replaceAll(address, '127.0.0.1:5000')
      .replace(/127\.0\.0\.1:\d{4,5}(?=->)/g, '127.0.0.1:50000')
      .replace(/[0-9a-f]{64}/g, '0'.repeat(64))
      .replace(/uploads\/[0-9a-f]{16}/g, 'uploads/0');
    return { asked, answer, engineSays, ...(statusCode !== undefined && { engineStatus: statusCode }) };
  }
}
