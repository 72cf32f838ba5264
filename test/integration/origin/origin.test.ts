import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImageOrigin, OriginAbout, OriginFact } from '../../../contract/origin.ts';
import { digestOf } from '../../../main/foundation/formats/digest.ts';
import { runBuildx } from '../../../tools/engine/buildx.ts';
import { makeCommands } from '../../../tools/engine/docker-command.ts';
import { base, host, ownName, traits } from '../../support/engines/own-engine.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { archiveOf } from '../../support/window/made-images.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const { docker } = makeCommands(host);
let app: TestApp;
let registry: Awaited<ReturnType<typeof runRegistry>>;

beforeAll(async () => {
  app = await startApp(host);
  registry = await runRegistry();
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await registry[Symbol.asyncDispose]();
});

/** The id of an image once the list has it under this name. */
async function listed(name: string): Promise<string> {
  const found = () => app.images.list?.images.find(({ references }) => references.includes(ownName(name)));
  await app.until(() => found() !== undefined);
  return found()?.id ?? '';
}

/** The same once the engine knows it by a digest in its repository, which Docker's own store writes down after the push. */
async function published(reference: string): Promise<string> {
  const repository = reference.slice(0, reference.lastIndexOf(':'));
  const id = await listed(reference);
  await app.until(() => app.images.list?.images.some(({ digests }) => digests.some((one) => one.startsWith(`${repository}@`))) ?? false);
  return id;
}

const about = ({ facts }: ImageOrigin, wanted: OriginAbout): OriginFact | undefined => facts.find((fact) => fact.about === wanted);

/** Makes an image of this time, gives it the name, and publishes it if that is wanted. */
async function make(reference: string, year: number, publish = true): Promise<void> {
  await docker(['load'], { input: await archiveOf([{ reference, bytes: 1000 + year, createdAt: new Date(Date.UTC(year, 5, 1)) }]) });
  if (publish) await docker(['push', reference]);
}

describe('what is known without a registry', () => {
  test('a build of this app is known by its history, its base by its layers, and what labels say is only stated', async () => {
    using folder = new WorkFolder({
      Dockerfile: `FROM ${base}\nLABEL org.opencontainers.image.source=https://example.org/shop\nRUN echo ${Math.random()} > /x\n`,
    });
    await app.run({ kind: 'build', folder: app.readable(folder.path), dockerfile: 'Dockerfile', references: ['it-origin/built:1'] });
    const id = await listed('it-origin/built:1');
    await listed(base);
    const origin = await app.origin.look({ id });
    expect(about(origin, 'built-here')).toMatchObject({ certainty: 'verified', because: { isOwn: true } });
    expect(about(origin, 'starts-from')).toMatchObject({ certainty: 'verified', value: ownName(base), because: { why: 'same-layers' } });
    expect(about(origin, 'source')).toMatchObject({ certainty: 'stated', value: 'https://example.org/shop' });
    expect(about(origin, 'ingredients')).toMatchObject({ certainty: 'unknown' });
    // the number of layers is the true one
    const layers = (JSON.parse(await docker(['inspect', '--format', '{{json .RootFS.Layers}}', base])) as string[]).length;
    expect(origin.startsFrom).toEqual([expect.objectContaining({ name: ownName(base), layers })]);
    // nothing of its own is below the base
    expect((await app.origin.look({ id: await listed(base) })).startsFrom).toEqual([]);
  });

  test.runIf(traits.countsPacked && traits.remembersBuilds)('what buildx attaches is read from the engine’s own store', async () => {
    using folder = new WorkFolder({ Dockerfile: `FROM ${base}\nRUN echo ${Math.random()} > /x\n` });
    await runBuildx(host, ['build', '--provenance', 'mode=min', '--tag', 'it-origin/attested:1', folder.path]);
    const origin = await app.origin.look({ id: await listed('it-origin/attested:1') });
    expect(about(origin, 'material')).toMatchObject({ certainty: 'stated', value: base, because: { why: 'attestation' } });
    expect(Date.parse(about(origin, 'built-at')?.value ?? '')).toBeGreaterThan(Date.now() - 10 * 60_000);
  });

  test('an image that is gone is called that', async () => {
    await expect(app.origin.look({ id: `sha256:${'0'.repeat(64)}` })).rejects.toMatchObject({ data: { kind: 'not-found' } });
  });
});

describe('what a registry says', () => {
  test('that it has the image, is sure; that it is signed is counted and not believed; what is attached there is read', async () => {
    const reference = `${registry.address}/it-origin/published:1`;
    await make(reference, 2020);
    // Podman knows the registry's digest of what it got from there only
    for (const command of ['rmi', 'pull']) await docker([command, reference]);
    const digests = JSON.parse(await docker(['inspect', '--format', '{{json .RepoDigests}}', reference])) as string[];
    await app.until(() => digests.every((digest) => app.images.list?.images.some((image) => image.digests.includes(digest))));
    const id = await listed(reference);
    const before = await app.origin.look({ id });
    expect(about(before, 'got-from')?.certainty).toBe(traits.tellsWhatWasPulled ? 'verified' : 'unknown');
    expect(about(before, 'signature')).toMatchObject({ certainty: 'unknown', because: { why: 'not-asked' } });
    const asked = await app.origin.ask({ id });
    expect(about(asked, 'got-from')).toMatchObject({ certainty: 'verified', because: { why: 'registry-has-it' } });
    expect(about(asked, 'signature')).toMatchObject({ certainty: 'unknown', because: { why: 'nothing-says-so' } });
    // as cosign does it
    const digest = about(asked, 'got-from')?.value.split('@')[1] ?? '';
    await putNote(registry.address, 'it-origin/published', `${digest.replace(':', '-')}.sig`);
    expect(about(await app.origin.ask({ id }), 'signature')).toMatchObject({ certainty: 'stated', because: { signatures: 1 } });
  });

  test('a registry that is gone makes nothing sure, and is blamed', async () => {
    await using other = await runRegistry();
    const reference = `${other.address}/it-origin/lost:1`;
    await make(reference, 2020);
    const id = await published(reference);
    await other[Symbol.asyncDispose]();
    const asked = await app.origin.ask({ id });
    expect(about(asked, 'signature')).toMatchObject({ certainty: 'unknown', because: { why: 'failed' } });
    const { answers, failures } = await app.origin.askForNewer({ ids: [id] });
    expect([answers, failures]).toEqual([
      [],
      [expect.objectContaining({ reference, failure: expect.objectContaining({ hint: expect.any(String) }) })],
    ]);
  });
});

describe('whether there is a newer one', () => {
  test('the same, a newer, an older, another and none: what the registry has by now', async () => {
    const reference = `${registry.address}/it-origin/moves:1`;
    const relation = async () => {
      const id = await published(reference);
      const { answers, failures } = await app.origin.askForNewer({ ids: [id] });
      expect(failures).toEqual([]);
      return answers.find((answer) => answer.reference === reference)?.relation;
    };
    const name = async (year: number) => {
      const digests = app.images.list?.images.map(({ id }) => id).join();
      await make(reference, year, false);
      await app.until(() => app.images.list?.images.map(({ id }) => id).join() !== digests || digests === undefined);
    };
    await make(reference, 2021);
    expect(await relation()).toBe('same');
    const kept = (await docker(['inspect', '--format', '{{.Id}}', reference])).trim();
    await name(2023);
    await docker(['push', reference]);
    // the older one gets its name back here, while the registry has the newer one
    await docker(['tag', kept, reference]);
    await app.until(() => app.images.list?.images.find(({ id }) => id === kept)?.references.includes(ownName(reference)) === true);
    expect(await relation()).toBe('newer');
    expect(app.newer.answers[0]).toMatchObject({ reference, relation: 'newer', createdAt: Date.UTC(2023, 5, 1) });
    await make(`${registry.address}/it-origin/moves:older`, 2019);
    await copyTag(registry.address, 'it-origin/moves', 'older', '1');
    expect(await relation()).toBe('older');
  });

  test('answers are kept, and an older one about the same image and name makes room', async () => {
    const reference = `${registry.address}/it-origin/kept:1`;
    await make(reference, 2022);
    const id = await published(reference);
    await app.origin.askForNewer({ ids: [id] });
    await app.origin.askForNewer({ ids: [id] });
    expect(app.newer.answers.filter((answer) => answer.reference === reference)).toHaveLength(1);
  });

  test('a name that the registry doesn’t have is said to be gone; a name without any digest asks nobody', async () => {
    const reference = `${registry.address}/it-origin/one:1`;
    await make(reference, 2022);
    await docker(['tag', reference, `${registry.address}/it-origin/one:never-pushed`]);
    await app.until(
      () =>
        app.images.list?.images.some(({ references }) => references.includes(`${registry.address}/it-origin/one:never-pushed`)) === true,
    );
    const { answers } = await app.origin.askForNewer({ ids: [await published(reference)] });
    expect(answers.find((answer) => answer.reference.endsWith('never-pushed'))).toMatchObject({ relation: 'gone' });
  });
});

const put = async (url: string, body: string, type: string) => {
  const answer = await fetch(url, { method: 'PUT', body, headers: { 'content-type': type } });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
};

/** Puts something that is no image under a tag. */
async function putNote(address: string, repository: string, tag: string): Promise<void> {
  const at = `http://${address}/v2/${repository}`;
  const body = '{}';
  const begun = await fetch(`${at}/blobs/uploads/`, { method: 'POST' });
  const url = new URL(begun.headers.get('location') ?? '', at);
  url.searchParams.set('digest', digestOf(Buffer.from(body)));
  await put(url.href, body, 'application/octet-stream');
  const config = { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf(Buffer.from(body)), size: body.length };
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  await put(`${at}/manifests/${tag}`, JSON.stringify({ schemaVersion: 2, mediaType, config, layers: [] }), mediaType);
}

/** Gives what is under one tag another one. */
async function copyTag(address: string, repository: string, from: string, to: string): Promise<void> {
  const at = `http://${address}/v2/${repository}/manifests`;
  const accept = [
    'application/vnd.docker.distribution.manifest.v2+json',
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.oci.image.index.v1+json',
  ].join(', ');
  const answer = await fetch(`${at}/${from}`, { headers: { accept } });
  await put(`${at}/${to}`, await answer.text(), answer.headers.get('content-type') ?? '');
}
