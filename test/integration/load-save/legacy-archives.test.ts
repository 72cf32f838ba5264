import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hexOf, tarball } from '../../../tools/fuzz/make-tarball.ts';
import { layer } from '../../../tools/fuzz/sample-archives.ts';
import { appOn } from '../../support/app-on.ts';
import { host, registry, traits } from '../../support/engines/own-engine.ts';
import { shownOf } from '../../support/load-as-shown.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const app = await appOn(host);

type Step = { parent: number; author?: string; comment?: string; command: string[]; config: object; file: string };

const step = (place: number): fc.Arbitrary<Step> =>
  fc.record(
    {
      // a step has a parent, or none
      parent: fc.integer({ min: -1, max: place - 1 }),
      author: fc.constantFrom('', 'somebody', 'Jürgen <j@example.org>'),
      comment: fc.constantFrom('a note', ''),
      command: fc.constantFrom([], ['/bin/sh', '-c', '#(nop) ADD file:1 in /'], ['/bin/sh', '-c', 'echo "a && b" > /c']),
      config: fc.constantFrom(
        {},
        { Cmd: ['/bin/sh'], Env: ['A=b c'], Labels: { 'ä<b>': '&' } },
        { Entrypoint: null, ExposedPorts: { '80/tcp': {} } },
      ),
      // for some steps docker wrote an empty file
      file: fc.constantFrom('one', 'two', 'three', ''),
    },
    { requiredKeys: ['parent', 'command', 'config', 'file'] },
  );

const made = fc.record({
  steps: fc.integer({ min: 1, max: 5 }).chain((count) => fc.tuple(...Array.from({ length: count }, (_, place) => step(place)))),
  tags: fc.array(fc.nat(4), { minLength: 1, maxLength: 3 }),
});

/** As docker save wrote it before 1.10: a folder for each step. */
function archiveOf({ steps, tags }: { steps: Step[]; tags: number[] }): { bytes: Buffer; names: string[] } {
  const ids = steps.map((one, place) => hexOf(`${place} ${JSON.stringify(one)}`));
  const entries = steps.flatMap(({ parent, author, comment, command, config, file }, place) => [
    { name: `${ids[place]}/`, kind: 'folder' as const, mode: 0o755 },
    { name: `${ids[place]}/VERSION`, body: '1.0' },
    {
      name: `${ids[place]}/json`,
      body: JSON.stringify({
        id: ids[place],
        ...(parent >= 0 && { parent: ids[parent] }),
        created: `2015-01-02T03:04:0${place}.123456789Z`,
        ...(author !== undefined && { author }),
        ...(comment !== undefined && { comment }),
        container_config: { Cmd: command },
        docker_version: '1.8.3',
        config,
        architecture: 'amd64',
        os: 'linux',
        Size: 7,
      }),
    },
    { name: `${ids[place]}/layer.tar`, body: file === '' ? '' : layer(file) },
  ]);
  const named = Object.fromEntries(tags.map((at, place) => [`v${place}`, ids[at % ids.length]]));
  const repositories = { 'it-legacy': named };
  const bytes = tarball(...entries, { name: 'repositories', body: JSON.stringify(repositories) });
  return { bytes, names: Object.keys(named).map((tag) => `it-legacy:${tag}`) };
}

async function imagesOf(names: string[]) {
  const { docker } = app.connection.engine;
  const images = await Promise.all(
    names.map(async (name) => {
      const { Id, RootFS, Config, Author, Comment, Created } = await docker.getImage(name).inspect();
      const history = ((await docker.getImage(name).history()) as { CreatedBy: string; Comment: string }[]).map(
        ({ CreatedBy, Comment }) => [CreatedBy, Comment],
      );
      return { name, Id, layers: RootFS.Layers, Config, Author, Comment, Created, history };
    }),
  );
  for (const name of names) await docker.getImage(name).remove({ force: true });
  return images;
}

test('files of a docker before 1.10 load as docker load loads them', async () => {
  await fc.assert(
    fc.asyncProperty(made, async (archive) => {
      const { bytes, names } = archiveOf(archive);
      using folder = new WorkFolder({ 'x.tar': bytes });
      const loadByDocker = () => execFileSync('docker', ['--host', host, 'load', '--input', folder.file('x.tar')], { stdio: 'pipe' });
      // what docker load no longer reads is loaded all the same
      if (!traits.loadsOldestFiles)
        expect(loadByDocker).toThrow(/unrecognized image format|does not match any of the supported image formats/);
      else loadByDocker();
      const theirs = traits.loadsOldestFiles ? await imagesOf(names) : undefined;
      const task = await app.run({ kind: 'load', archive: app.readable(folder.file('x.tar')) });
      expect(task.failure).toBeUndefined();
      expect(task.result).not.toHaveProperty('differences');
      const ours = await imagesOf(names);
      // newer engines write a configuration's history in another order, and give the image another id for it
      const compared = (images: typeof ours) => (traits.ordersHistoryAsOci ? images.map(({ Id: _, ...image }) => image) : images);
      if (theirs) expect(compared(ours)).toEqual(compared(theirs));
      const shown = await shownOf(folder.file('x.tar'));
      for (const { name, Id, layers } of ours) {
        const image = shown.images.find(({ references }) => references.includes(name));
        expect(layers ?? []).toEqual(image?.layers.map(({ diffId }) => diffId));
        if (!traits.namesImagesByManifest) expect(image?.ids).toEqual([Id]);
      }
    }),
    { seed: 10, numRuns: 12 },
  );
});

test('such a file is published without an engine', async () => {
  // layers that the engine has never had
  const { bytes } = archiveOf({
    steps: [
      { parent: -1, command: [], config: {}, file: randomUUID() },
      { parent: 0, command: ['true'], config: { Cmd: ['/x'] }, file: randomUUID() },
    ],
    tags: [1],
  });
  using folder = new WorkFolder({ 'x.tar': bytes });
  const target = `${registry}/it-legacy/copied:1`;
  const from = { kind: 'archive' as const, archive: app.readable(folder.file('x.tar')), image: 0 };
  expect(await app.run({ kind: 'copy', from, to: { kind: 'registry', reference: target } })).toMatchObject({ state: 'succeeded' });
  expect(await app.run({ kind: 'pull', reference: target })).toMatchObject({ state: 'succeeded' });
  const [image] = await imagesOf([target]);
  expect(image).toMatchObject({ layers: (await shownOf(folder.file('x.tar'))).images[0]?.layers.map(({ diffId }) => diffId) });
});
