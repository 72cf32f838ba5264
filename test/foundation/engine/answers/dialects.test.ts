import type Docker from 'dockerode';
import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { askFor } from '../../../../main/foundation/engine/answers/ask-for.ts';
import { ContainerInspect, ContainerList } from '../../../../main/foundation/engine/answers/container-answers.ts';
import { EngineInfoAnswer, EngineVersion } from '../../../../main/foundation/engine/answers/engine-answers.ts';
import { ImageHistory, ImageInspect, ImageList } from '../../../../main/foundation/engine/answers/image-answers.ts';
import { readEvent } from '../../../../main/foundation/engine/events.ts';
import { toFailure } from '../../../../main/foundation/failures/failure.ts';
import { type Answers, inNewerDialect, readAnswers, recordedAnswers } from '../../../support/recorded-answers.ts';

/** Everything that Layerdeck takes from an engine's answers. */
const readAll = (answers: Answers) => ({
  version: EngineVersion.parse(answers.version),
  info: EngineInfoAnswer.parse(answers.info),
  images: ImageList.parse(answers.images),
  full: ImageInspect.parse(answers.full),
  bare: ImageInspect.parse(answers.bare),
  untagged: ImageInspect.parse(answers.untagged),
  history: ImageHistory.parse(answers.history),
  containers: ContainerList.parse(answers.containers),
  container: ContainerInspect.parse(answers.container),
  events: answers.events.map(readEvent),
});

const notSet = { Volumes: {}, StopSignal: '', Shell: [], OnBuild: [] };
const noSettings = { Entrypoint: [], Cmd: [], WorkingDir: '', User: '', Env: [], ExposedPorts: {}, Labels: {}, ...notSet };

/** What was made to be recorded, as it has to be read in every dialect. */
function expectWhatWasMade(read: ReturnType<typeof readAll>): void {
  const { full, bare, untagged, images, containers } = read;
  expect(full.Config).toEqual({
    Entrypoint: ['/a'],
    Cmd: ['--e'],
    WorkingDir: '/w',
    User: '1000',
    Env: [expect.stringMatching(/^PATH=/), 'A=b'],
    ExposedPorts: { '80/tcp': {} },
    Labels: expect.objectContaining({ c: 'd' }),
    ...notSet,
  });
  expect(full).toMatchObject({ RepoTags: ['localhost/rec-built:1'], Os: 'linux', Architecture: 'amd64', Variant: '' });
  expect(full.RootFS.Layers.length).toBeGreaterThan(bare.RootFS.Layers.length);
  expect(bare).toMatchObject({ RepoTags: ['localhost/rec:1'], Config: noSettings });
  expect(untagged.RepoTags).toEqual([]);
  // an image without a name has none, and is not called "<none>"
  const named = images.filter(({ RepoTags }) => RepoTags.length > 0);
  expect(named.flatMap(({ RepoTags }) => RepoTags).sort()).toEqual(['localhost/rec-built:1', 'localhost/rec:1']);
  expect(images.find(({ Id }) => Id === untagged.Id)?.RepoTags).toEqual([]);
  expect(JSON.stringify(images)).not.toContain('<none>');
  expect(read.history.at(-1)).toMatchObject({ CreatedBy: 'COPY file-0 /', Comment: '' });
  expect(read.history.every(({ Size }) => Size >= 0)).toBe(true);
  const made = { Id: expect.any(String), ImageID: full.Id, Names: ['/rec'], State: 'created', Ports: [], Labels: expect.any(Object) };
  expect(containers).toEqual([{ ...made, Image: expect.stringMatching(/rec-built/), Created: expect.any(Number) }]);
  expect(containers[0]?.Created).toBeGreaterThan(1_700_000_000);
  expect(Date.parse(read.container.State.StartedAt)).toBeLessThan(0);
  expect(read.version).toMatchObject({ Version: expect.stringMatching(/^\d+\./), Os: 'linux', Arch: 'amd64' });
  expect(read.info.ID).not.toBe('');
}

test('answers in the oldest and the newest version that is spoken are recorded', () => {
  const names = recordedAnswers.map(([name]) => name);
  expect(names).toEqual(
    expect.arrayContaining(['docker-20.10/answers-1.40', 'docker-28/answers-1.51', 'docker-28-containerd/answers-1.51']),
  );
});

test.each(recordedAnswers)('%s reads as what was made', (name, answers) => {
  const read = readAll(answers);
  expectWhatWasMade(read);
  // Podman keeps no events here, nor when an image got a name
  if (!name.startsWith('podman')) {
    expect(Date.parse(read.full.Metadata?.LastTagTime ?? '')).toBeGreaterThan(1.7e12);
    expect(read.events).toMatchObject([
      { Type: 'image', Action: 'tag' },
      { Type: 'container', Action: 'create' },
    ]);
    for (const { at } of read.events) expect(new Date(at ?? 0).getFullYear()).toBeGreaterThan(2025);
  }
});

describe.each(['docker-28', 'docker-28-containerd'])('%s, with its answers put by hand into the dialect of API 1.52 to 1.55', (engine) => {
  const recorded = readAnswers(`${engine}/answers-1.51`);
  const newer = inNewerDialect(recorded, engine.endsWith('containerd'));

  test('the dialect is another one', () => {
    expect(newer.bare.Config).toEqual({});
    for (const name of ['Comment', 'Author']) {
      expect(recorded.bare).toHaveProperty(name);
      expect(newer.bare).not.toHaveProperty(name);
    }
    expect(recorded.events[0]).toHaveProperty('status');
    expect(newer.events[0]).not.toHaveProperty('status');
    expect('GraphDriver' in newer.full).toBe(engine === 'docker-28');
  });

  test('it reads as what was made, and as the same as before', () => {
    const read = readAll(newer);
    expectWhatWasMade(read);
    expect({ ...read, version: undefined }).toEqual({ ...readAll(recorded), version: undefined });
  });
});

/** An engine that answers every question like this. */
const answering = (answer: unknown) => {
  const dial = (_: object, told: (error: null, answer: unknown) => void) => told(null, answer);
  return { docker: { modem: { dial } } as unknown as Docker };
};

const ask = (answer: unknown, schema: z.ZodType) =>
  askFor(answering(answer), { method: 'GET', path: '/images/x/json' }, schema).catch((error) => toFailure(error));

test('an answer in no known form is said to be one, with what it lacks', async () => {
  const { Id: _, ...nameless } = readAnswers('docker-28/answers-1.51').full;
  expect(await ask(nameless, ImageInspect)).toMatchObject({
    title: 'Layerdeck doesn’t understand the engine’s answer',
    hint: expect.stringContaining('Update Layerdeck'),
    cause: expect.stringMatching(/^GET \/images\/x\/json: .*Id/s),
  });
  expect(await ask([{ Id: 'sha256:a', Size: 'large', Created: 1 }], ImageList)).toMatchObject({ cause: expect.stringContaining('Size') });
  expect(await ask('<html>', ContainerList)).toMatchObject({ kind: 'unknown' });
});

test('no images and no containers are an empty list, however an engine says so', async () => {
  for (const schema of [ImageList, ImageHistory, ContainerList])
    for (const nothing of [[], null]) expect(await ask(nothing, schema)).toEqual([]);
});

test('a command as one text is a list of one', () => {
  const { full } = readAnswers('docker-28/answers-1.51');
  expect(ImageInspect.parse({ ...full, Config: { Cmd: 'a b', Entrypoint: '' } }).Config).toMatchObject({ Cmd: ['a b'], Entrypoint: [] });
});

test('an event in no known form still says that images may have changed', () => {
  expect(readEvent({ status: 'pull', id: 'x' })).toEqual({ Type: 'image', Action: 'unknown' });
  expect(readEvent({ Type: 'builder', Action: 'prune', time: 1629574695, timeNano: 1629574695515050000 })).toEqual({
    Type: 'builder',
    Action: 'prune',
    at: 1629574695515.05,
  });
  expect(readEvent({ Type: 'image', Action: 'tag', time: 1629574695 }).at).toBe(1629574695000);
});

test('Podman’s events have no “sha256:” before an image’s id, which everything else has', () => {
  const ID = 'ab'.repeat(32);
  expect(readEvent({ Type: 'image', Action: 'untag', Actor: { ID } }).id).toBe(`sha256:${ID}`);
  expect(readEvent({ Type: 'image', Action: 'pull', Actor: { ID: 'a:1' } }).id).toBe('a:1');
  expect(readEvent({ Type: 'container', Action: 'create', Actor: { ID } }).id).toBe(ID);
});
