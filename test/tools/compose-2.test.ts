import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '../../main/foundation/engine/open-engine.ts';
import type { EngineOptions, Engine as PrivateEngine } from '../../tools/engine/engine.ts';
import { startEngine } from '../../tools/engine/start-engine.ts';
import { isNewerMissing } from '../support/engines/newer-engine.ts';
import { type Client, commandClients, compose2Clients, ownClients, pythonClients } from '../support/engines/other-clients.ts';
import { buildWithAll, giveTo, packedFolder, sharedInTruth, toldOf } from '../support/fork-truth.ts';

// Compose 2 among the programs of test/integration/other-packers.test.ts, on engines that store and serve their layers in three ways.

const engines: [string, EngineOptions][] = [
  ['20.10', {}],
  ['26, graph drivers', { kind: 'docker-26' }],
  ['26, containerd', { kind: 'docker-26-containerd' }],
];

/** How programs that share their cache pack; with BuildKit, what it asks for. */
const families = [
  ['docker’s command up to 23', 'Layerdeck, classic, modes as docker-20'],
  ['Compose 2, classic', 'Layerdeck, classic, modes as docker-24'],
  ['a script with python3-docker'],
  ['Compose 2, BuildKit', 'Layerdeck, BuildKit'],
];

describe.skipIf(await isNewerMissing()).each(engines)('Engine %s', (_, options) => {
  let started: PrivateEngine;
  let engine: Engine;
  let clients: Client[];
  beforeAll(async () => {
    const wanted = new Set(families.flat());
    clients = [...(await commandClients()), ...(await pythonClients()), ...compose2Clients(), ...ownClients].filter(({ name }) =>
      wanted.has(name),
    );
    started = await startEngine(options);
    await started.makeBaseImage();
    engine = await openEngine({ id: 'test', label: 'test', address: started.host });
  });
  afterAll(() => started?.stop());

  test('the explanation of each pair matches what the engine did', async () => {
    using folder = packedFolder('layerdeck/base:1', 'COPY src /dst/', { 'src/a': 'a', 'src/b': 'b' });
    giveTo(folder.path, 1000);
    const ids = [...(await buildWithAll(engine, clients, folder.path, started.host))];
    const familyOf = (name: string) => families.findIndex((family) => family.includes(name));
    for (const [one, first] of ids) {
      for (const [other, own] of ids) {
        if (one === other) continue;
        const pair = `${one} / ${other}`;
        const truth = await sharedInTruth(engine, [first, own]);
        const isByBuildKit = [one, other].some((name) => familyOf(name) === 3);
        const expected = familyOf(one) === familyOf(other) ? 'all' : isByBuildKit ? 'nothing' : 'up to the copying';
        expect([pair, truth]).toEqual([pair, expected]);
        const { fork, shared } = await toldOf(engine, [first, own], ['COPY src /dst/']);
        expect([pair, shared]).toEqual([pair, truth]);
        if (truth === 'up to the copying') expect(fork).toMatchObject({ packed: [{ source: 'src' }, { source: 'src' }] });
      }
    }
  });
});
