import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { lookUpImages } from '../../../main/features/build-history/find-bases.ts';
import { getCacheSources } from '../../../main/features/builds/cache-sources.ts';
import { RegistryBook } from '../../../main/features/local-registry/registry-book.ts';
import { startRegistry } from '../../../main/features/local-registry/start-registry.ts';
import { findImage, imageExists } from '../../../main/foundation/engine/find-image.ts';
import type { OperationContext } from '../../../main/foundation/progress/operation-context.ts';
import { pushAs } from '../../../main/operations/push-as.ts';
import { makeCommands } from '../../../tools/engine/docker-command.ts';
import { base, host, registry, traits } from '../../support/engines/own-engine.ts';
import { type Fault, startFaultyDoor } from '../../support/faulty-door.ts';
import { startApp } from '../../support/make-app.ts';
import { makeRandomImage } from '../../support/random-image.ts';

const { docker } = makeCommands(host);
const socketPath = host.replace('unix://', '');

/** Every way in which an engine gives no clear answer to whether an image is here. */
const unclear: [string, Fault][] = [
  ['status 500', { status: 500 }],
  ['status 503', { status: 503 }],
  ['status 403', { status: 403 }],
  ['a lost answer', { loseAnswer: true }],
];

/** An app whose engine answers badly about one image. */
async function startBehind(name: string, fault: Fault) {
  const isLook = ({ method, url = '' }: IncomingMessage) => method === 'GET' && decodeURIComponent(url).endsWith(`/images/${name}/json`);
  const door = await startFaultyDoor({ socketPath }, (request) => (isLook(request) ? fault : undefined));
  const app = await startApp(`tcp://${door.address}`);
  return { app, door, context: contextOf() };
}

function contextOf() {
  const lines: string[] = [];
  const context: OperationContext = {
    id: 'x',
    signal: new AbortController().signal,
    report: () => {},
    log: (text) => void lines.push(text),
  };
  return { ...context, lines };
}

const noBook = () => new RegistryBook('/nonexistent/registries.json');

const idOf = async (reference: string) => (await docker(['images', '--quiet', '--no-trunc', reference])).trim();

test('an image counts as missing only if the engine says so', async () => {
  await using app = await startApp(host);
  expect(await imageExists(app.connection.engine, 'it-nowhere:1')).toBe(false);
  expect(await imageExists(app.connection.engine, 'layerdeck/base:1')).toBe(true);
  await expect(findImage(app.connection.engine, 'IT IS NO NAME')).rejects.toThrow();
});

test.each(unclear)('%s: a push under further names stops before any name is given or taken', async (_, fault) => {
  const [here, there] = [`${registry}/it-unclear/here:1`, `${registry}/it-unclear/there:1`];
  await makeRandomImage(host, 'it-unclear:new', 1000);
  await makeRandomImage(host, there, 1000);
  const stood = await idOf(there);
  const { app, door, context } = await startBehind(there, fault);
  await using _app = app;
  using _door = door;
  const names = [here, there].map((target) => ({ reference: 'it-unclear:new', target }));
  await expect(pushAs(names, { engine: () => app.connection.engine, access: app.access }, context)).rejects.toThrow();
  // the builder is only asked what it keeps
  expect(door.seen.filter(({ method, url }) => method !== 'GET' && !url.endsWith('/grpc'))).toEqual([]);
  expect([await idOf(here), await idOf(there)]).toEqual(['', stood]);
});

test('after a failed push each name stands for what it stood for before', async () => {
  const [fresh, stood] = ['localhost:1/it-unclear/fresh:1', 'localhost:1/it-unclear/stood:1'];
  await makeRandomImage(host, 'it-unclear:new', 1000);
  await makeRandomImage(host, stood, 1000);
  const before = await idOf(stood);
  await using app = await startApp(host);
  const names = [stood, fresh].map((target) => ({ reference: 'it-unclear:new', target }));
  await expect(pushAs(names, { engine: () => app.connection.engine, access: app.access }, contextOf())).rejects.toThrow();
  expect([await idOf(fresh), await idOf(stood)]).toEqual(['', before]);
});

test.each(unclear)('%s: nothing is pulled in place of an image that may be here', async (_, fault) => {
  const { app, door, context } = await startBehind('it-source:1', fault);
  await using _app = app;
  using _door = door;
  const asked: string[] = [];
  const getImage = async (reference: string) => void asked.push(reference);
  expect(await getCacheSources(app.connection.engine, ['it-source:1', 'it-nowhere:1'], context, getImage)).toHaveLength(1);
  expect(asked).toEqual(['it-nowhere:1']);
  expect(context.lines.join()).toContain('it-source:1');
  expect(await lookUpImages(app.connection.engine, ['it-source:1', 'layerdeck/base:1'])).toEqual({
    'layerdeck/base:1': await idOf('layerdeck/base:1'),
  });
});

test.each(unclear)('%s: the registry on this computer is neither pulled again nor removed', async (_, fault) => {
  const stopped = (await docker(['create', '--label', 'app.layerdeck.registry=1', 'registry:2'])).trim();
  const { app, door, context } = await startBehind('registry:2', fault);
  await using _app = app;
  using _door = door;
  let got = 0;
  const getImage = async () => {
    got++;
    return 'registry:2';
  };
  await expect(startRegistry(app.connection.engine, context, { book: noBook(), getImage })).rejects.toThrow();
  expect(got).toBe(0);
  expect((await docker(['ps', '--all', '--quiet', '--no-trunc', '--filter', `id=${stopped}`])).trim()).toBe(stopped);
  await docker(['rm', stopped]);
});

test.runIf(traits.hasOwnNetworks)('the registry starts beside another container that has its name', async () => {
  const other = (await docker(['create', '--name', 'layerdeck-registry', base, 'x'])).trim();
  await using app = await startApp(host);
  try {
    const { address } = await startRegistry(app.connection.engine, contextOf(), {
      book: noBook(),
      getImage: async () => 'registry:2',
    });
    expect(address).toMatch(/^localhost:/);
    expect(await docker(['ps', '--filter', 'label=app.layerdeck.registry', '--format', '{{.Names}}'])).toBe('layerdeck-registry-2\n');
  } finally {
    const own = (await docker(['ps', '--all', '--quiet', '--filter', 'label=app.layerdeck.registry'])).split('\n').filter(Boolean);
    await docker(['rm', '--force', '--volumes', other, ...own]);
  }
});
