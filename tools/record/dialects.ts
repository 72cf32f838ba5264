import { writeFileSync } from 'node:fs';
import { hostname, release } from 'node:os';
import { dirname, join } from 'node:path';
import type { ApiVersion } from '../../contract/engine.ts';
import { chooseVersion, oldestSpoken, readVersion, versionedPath } from '../../main/foundation/engine/api-version.ts';
import { buildTarball, dockerArchive, makeLayer } from './made-archive.ts';
import { Recorder } from './recorder.ts';

const dockerfile = `FROM localhost/rec:1
COPY a /a
ENV A=b
LABEL c=d
EXPOSE 80/tcp
USER 1000
WORKDIR /w
ENTRYPOINT ["/a"]
CMD ["--e"]
`;

/** What an engine says of itself that is read; the rest of it is about the computer. */
const readOfInfo = ['ID', 'DockerRootDir', 'DriverStatus', 'RegistryConfig'];

/**
 * Writes down an engine's answers about images, containers and itself in the oldest version that is spoken with engines and in the
 * one that is spoken with this one.
 */
export async function recordDialects({ socket, fixtures }: { socket: string; fixtures: string }): Promise<void> {
  const folder = join(import.meta.dirname, '../../test/fixtures', fixtures);
  const recorder = new Recorder(socket, folder);
  const { id, container, since } = await makeThings(recorder);
  const { headers } = await recorder.ask({ method: 'GET', path: '/_ping' });
  const spoken = chooseVersion(readVersion(String(headers['api-version'])));
  // a moment from now, so that the last one is among them
  const until = Date.now() / 1000 + 0.5;
  // Podman answers the same in every version
  for (const version of new Set(fixtures.startsWith('podman') ? [spoken] : [oldestSpoken, spoken])) {
    const get = (path: `/${string}`, query = {}) => answerTo(recorder, version, path, query);
    const info = (await get('/info')) as Record<string, unknown>;
    const answers = {
      version: await get('/version'),
      info: Object.fromEntries(readOfInfo.map((name) => [name, info[name]])),
      images: await get('/images/json'),
      full: await get('/images/localhost/rec-built:1/json'),
      bare: await get('/images/localhost/rec:1/json'),
      untagged: await get(`/images/${id}/json`),
      history: await get('/images/localhost/rec-built:1/history'),
      containers: await get('/containers/json', { all: true }),
      container: await get(`/containers/${container}/json`),
      // the last two: a tag and a container
      events: ((await get('/events', { since: since.toFixed(3), until: until.toFixed(3) })) as unknown[]).slice(-2),
    };
    const file = join(folder, `answers-${version}.json`);
    const lines = Object.entries(answers).map(([name, answer]) => `${JSON.stringify(name)}:${JSON.stringify(answer)}`);
    writeFileSync(file, `{${withoutPlaces(lines.join(',\n'), socket)}}\n`);
    console.log(`  ${file}`);
  }
}

/** Two images with names, one without, and a container. */
async function makeThings(recorder: Recorder): Promise<{ id: string; container: string; since: number }> {
  const archive = await dockerArchive(['localhost/rec:1'], await Promise.all([3000, 1000].map(makeLayer)));
  await recorder.prepare({ path: '/images/load', query: { quiet: false }, body: archive });
  const build = {
    path: '/build',
    query: { t: 'localhost/rec-built:1' },
    body: await buildTarball({ Dockerfile: dockerfile, a: 'content' }),
  };
  await recorder.prepare(build);
  const id = await idOf(recorder, 'localhost/rec-built:1');
  // the same name for another image: the first one is left without
  await recorder.prepare({ ...build, body: await buildTarball({ Dockerfile: dockerfile, a: 'another content' }) });
  const since = Date.now() / 1000;
  await recorder.prepare({ path: '/images/localhost/rec-built:1/tag', query: { repo: 'localhost/rec-built', tag: '1' } });
  const create = { path: '/containers/create', query: { name: 'rec' }, json: { Image: 'localhost/rec-built:1', Labels: { f: 'g' } } };
  const { body } = await recorder.ask(create);
  return { id, container: (JSON.parse(String(body)) as { Id: string }).Id, since };
}

async function idOf(recorder: Recorder, name: string): Promise<string> {
  const { body } = await recorder.ask({ method: 'GET', path: `/images/${name}/json` });
  return (JSON.parse(String(body)) as { Id: string }).Id;
}

async function answerTo(
  recorder: Recorder,
  version: ApiVersion,
  path: `/${string}`,
  query: Record<string, string | boolean>,
): Promise<unknown> {
  const { status, body } = await recorder.ask({ method: 'GET', path: versionedPath(version, path), query });
  if (status !== 200) throw new Error(`${path} in ${version} ended with ${status}: ${body}`);
  const lines = String(body).split('\n').filter(Boolean);
  return path === '/events' ? lines.map((line) => JSON.parse(line) as unknown) : (JSON.parse(String(body)) as unknown);
}

// where this computer keeps it, and what it and its system are called, is nobody's business
const withoutPlaces = (text: string, socket: string): string =>
  text.replaceAll(dirname(socket), '/somewhere').replaceAll(hostname(), 'this-computer').replaceAll(release(), 'this-kernel');
