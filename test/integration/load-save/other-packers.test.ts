import { execFileSync } from 'node:child_process';
import { chmodSync, symlinkSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RowFork } from '../../../contract/cache-fork.ts';
import { type Engine, openEngine } from '../../../main/foundation/engine/open-engine.ts';
import { accountOf } from '../../../renderer/features/builds/compare/fork-words.ts';
import { type Client, commandClients, ownClients, pythonClients, tarClient } from '../../support/engines/other-clients.ts';
import { base, host, traits } from '../../support/engines/own-engine.ts';
import { buildWithAll, giveTo, packedFolder, sharedInTruth, toldOf } from '../../support/fork-truth.ts';

// What the seeds found by hand: which programs build one Dockerfile without sharing their cache, and why.

let engine: Engine;
let clients: Client[];
beforeAll(async () => {
  engine = await openEngine({ id: 'test', label: 'test', address: host });
  const all = [...(await commandClients()), ...(await pythonClients()), tarClient, ...ownClients];
  clients = all.filter(({ name }) => traits.hasBuildKit || wayOf[name] !== 'BuildKit');
}, 300_000);

/** An owner that is not root, and that no program uses by default. */
const owner = 1000;

const root = { uid: 0, gid: 0, isDotted: false };
const theirs = { uid: owner, gid: owner, hasKindInMode: false };
const waysToPack: Record<string, object> = {
  'as docker up to 23': { ...root, hasKindInMode: true },
  'as docker from 24': { ...root, hasKindInMode: false },
  'with its owner': { ...theirs, isDotted: false },
  'as tar': { ...theirs, isDotted: true },
};
/** Who packs how; measured on Docker Engine 20.10. */
const wayOf: Record<string, string> = {
  'docker’s command up to 23': 'as docker up to 23',
  'docker’s command from 24': 'as docker from 24',
  'docker’s command, BuildKit': 'BuildKit',
  'Compose 1': 'with its owner',
  'Compose 1 through the command': 'as docker up to 23',
  'Compose 1 through the command, BuildKit': 'BuildKit',
  'a script with python3-docker': 'with its owner',
  tar: 'as tar',
  'Layerdeck, classic, modes as docker-20': 'as docker up to 23',
  'Layerdeck, classic, modes as docker-24': 'as docker from 24',
  'Layerdeck, BuildKit': 'BuildKit',
};

function expectedShare(one: string, other: string): string {
  const isSame = traits.cacheSeesPacking ? wayOf[one] === wayOf[other] : !traits.cacheSeesOwners || ownerOf(one) === ownerOf(other);
  if (isSame) return 'all';
  return [wayOf[one], wayOf[other]].includes('BuildKit') ? 'nothing' : 'up to the copying';
}

describe.each([
  ['COPY important.txt /', { 'important.txt': 'hello' }],
  // a folder that the step makes has another date, and so the layer may differ, too
  ['ADD blah.txt /usr/src/blah.txt', { 'blah.txt': 'blah' }],
])('one folder built by every program, %s', (copy, files) => {
  test('for each pair, the explanation matches what the engine did, and the cause is the real one', async () => {
    using folder = packedFolder(base, copy, files);
    giveTo(folder.path, owner);
    const ids = [...(await buildWithAll(engine, clients, folder.path, host))];
    for (const [one, first] of ids) {
      for (const [other, own] of ids) {
        if (one === other) continue;
        const pair = `${one} / ${other}`;
        const truth = await sharedInTruth(engine, [first, own]);
        expect([pair, truth]).toEqual([pair, expectedShare(one, other)]);
        const { fork, shared } = await toldOf(engine, [first, own]);
        expect([pair, shared]).toEqual([pair, truth]);
        if (truth !== 'up to the copying' || !traits.cacheSeesPacking) continue;
        expect(fork).toMatchObject({
          digests: 'different',
          packed: [waysToPack[wayOf[one] ?? ''], waysToPack[wayOf[other] ?? '']],
        });
        expect(isOfDatesAlone(fork, copy)).toBe(true);
        const words = wordsOf(fork);
        expect(words).toContain('it was given the same files, but packed in another way');
        expect(words.includes('Another owner: ')).toBe(ownerOf(one) !== ownerOf(other));
        expect(words.includes('so another program packed')).toBe(ownerOf(one) !== ownerOf(other));
      }
    }
  }, 180_000);
});

const ownerOf = (name: string): unknown => (waysToPack[wayOf[name] ?? ''] as { uid?: number } | undefined)?.uid;
const wordsOf = (fork: RowFork): string =>
  Object.values(accountOf({ ...fork, firstTitle: 'the first' }))
    .flat()
    .join('\n');
/** Only folders that the step makes may differ, and only by their date; what lies at the root lies in no such folder. */
const isOfDatesAlone = (fork: RowFork, copy: string): boolean =>
  fork.kind === 'fork' &&
  (fork.layers.kind === 'same' ||
    (fork.layers.kind === 'different' &&
      !copy.endsWith(' /') &&
      fork.layers.differences.every(({ aspect, isOfFolders }) => aspect === 'time' && isOfFolders)));

describe.runIf(traits.cacheSeesPacking)('other kinds of copied files', () => {
  const files = { 'important.txt': 'hello', 'src/a': 'a', 'src/private/b': 'b', 'src/run.sh': '#!/bin/sh' };

  test.each([
    ['COPY . /all', '', []],
    ['COPY src /src', 'src', []],
    ['COPY src/ /dst/', 'src', ['COPY src/ /dst/']],
    ['COPY src/private/b /etc/c.conf', 'src/private/b', ['COPY src/private/b /etc/c.conf']],
    ['COPY important.txt src/a /several/', 'important.txt src/a', ['COPY important.txt src/a /several/']],
    ['WORKDIR /work\nCOPY . .', '', []],
  ])('%s: the owner is proved', async (copy, source, written) => {
    using folder = packedFolder(base, copy, files);
    chmodSync(folder.file('src/private'), 0o700);
    chmodSync(folder.file('src/run.sh'), 0o755);
    symlinkSync('a', folder.file('src/link'));
    symlinkSync('nowhere', folder.file('src/dangling'));
    symlinkSync('private', folder.file('src/own'));
    giveTo(folder.path, owner);
    const chosen = clients.filter(({ name }) => ['docker’s command up to 23', 'a script with python3-docker'].includes(name));
    const ids = await buildWithAll(engine, chosen, folder.path, host);
    const [first = '', own = ''] = ids.values();
    const { fork, shared } = await toldOf(engine, [first, own], written);
    expect(shared).toBe('up to the copying');
    expect(fork).toMatchObject({
      packed: [
        { ...root, hasKindInMode: true, source },
        { ...theirs, isDotted: false, source },
      ],
    });
    if (written.length === 0) return;
    // the image alone does not say what a file was called, and then nothing is claimed
    const unknown = (await toldOf(engine, [first, own])).fork;
    expect(unknown).toMatchObject({ packed: [undefined, undefined] });
    expect(wordsOf(unknown)).toContain('couldn’t find out');
  });
});

test.runIf(traits.cacheSeesPacking)(
  'an archive that ADD unpacks, packed anew: its files are the same, and no owner is made up',
  async () => {
    using folder = packedFolder(base, 'ADD a.tar.gz /', {});
    const pack = (...how: string[]) =>
      execFileSync('tar', [
        '--create',
        '--gzip',
        '--mtime=@0',
        ...how,
        '--file',
        folder.file('a.tar.gz'),
        '--directory',
        '/etc',
        'hostname',
      ]);
    const chosen = clients.filter(({ name }) => name === 'docker’s command up to 23');
    pack();
    const [first = ''] = (await buildWithAll(engine, chosen, folder.path, host)).values();
    pack('--blocking-factor=40');
    const [own = ''] = (await buildWithAll(engine, chosen, folder.path, host)).values();
    const { fork } = await toldOf(engine, [first, own]);
    expect(fork).toMatchObject({ digests: 'different', layers: { kind: 'same' }, packed: [undefined, undefined] });
    expect(wordsOf(fork)).toContain('or the bytes of an archive or a download');
  },
);

describe('different files', () => {
  /** Builds a folder by docker's command, changes it, and builds it by Compose 1's library. */
  async function told(change: (folder: ReturnType<typeof packedFolder>) => void): Promise<string> {
    using folder = packedFolder(base, 'COPY src /src', { 'src/a': 'a', 'src/b': 'b' });
    const [command, script] = ['docker’s command up to 23', 'a script with python3-docker'].map((name) =>
      clients.filter((client) => client.name === name),
    );
    const before = await buildWithAll(engine, command ?? [], folder.path, host);
    const first = [...before.values()][0] ?? '';
    change(folder);
    const after = await buildWithAll(engine, script ?? [], folder.path, host);
    const { fork, shared } = await toldOf(engine, [first, [...after.values()][0] ?? '']);
    expect(shared).toBe('up to the copying');
    return wordsOf(fork);
  }

  test('content, an extra file, other permissions: each is named, and is the cause', async () => {
    const words = await told((folder) => {
      folder.write('src/a', 'other');
      folder.write('src/c', 'new');
      chmodSync(folder.file('src/b'), 0o600);
    });
    expect(words).toContain('it was given other files to copy');
    expect(words).toMatch(/Other content: 1\sfile: src\/a\./);
    expect(words).toMatch(/Only here: 1\sfile: src\/c\./);
    expect(words).toMatch(/Other permissions: 1\sfile \(644 in the first, 600 here\): src\/b\./);
    expect(words).not.toContain('Another owner');
  });
});

test.runIf(traits.cacheSeesPacking)('reading stops once the person does not want to wait', async () => {
  using folder = packedFolder(base, 'COPY a /', { a: 'a' });
  const chosen = clients.filter(({ name }) => /Layerdeck, classic/.test(name));
  const [first = '', own = ''] = (await buildWithAll(engine, chosen, folder.path, host)).values();
  const stop = AbortSignal.abort(new Error('stopped'));
  await expect(toldOf(engine, [first, own], [], stop)).rejects.toThrow();
});
