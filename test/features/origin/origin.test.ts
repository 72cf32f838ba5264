import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OriginFact } from '../../../contract/origin.ts';
import { factsOfLabels } from '../../../main/features/origin/facts-of-labels.ts';
import { madeBy } from '../../../main/features/origin/made-by.ts';
import { type KnownOrigin, originFacts } from '../../../main/features/origin/origin-facts.ts';
import { readStatements } from '../../../main/features/origin/read-statements.ts';
import { startsFrom } from '../../../main/features/origin/starts-from.ts';
import { factsOfStatement } from '../../../main/features/origin/statements.ts';
import { digestOf } from '../../../main/foundation/formats/digest.ts';

const recorded = (name: string) =>
  readFileSync(join(import.meta.dirname, '../../fixtures/docker-28-containerd/provenance', `${name}.json`), 'utf8');
const brief = (facts: OriginFact[]) => facts.map(({ about, certainty, value }) => `${certainty} ${about} ${value}`.trim());

const nothing: KnownOrigin = { build: undefined, digests: [], digestsTell: false, startsFrom: [], labels: [], noted: [], statements: [] };
const digest = `ghcr.io/acme/shop@sha256:${'a'.repeat(64)}`;

test('that an image was built here is told by a build that succeeded, and never by the record in a file', () => {
  const build = { imageId: 'sha256:1', state: 'succeeded' as const };
  expect(madeBy([{ ...build, origin: 'file' }], 'sha256:1')).toBeUndefined();
  expect(madeBy([{ ...build, state: 'failed' }], 'sha256:1')).toBeUndefined();
  const other = { ...build, origin: 'other' as const };
  expect(madeBy([{ ...build, origin: 'file' }, other, build], 'sha256:1')).toBe(other);
});

describe('labels', () => {
  test('what labels say is stated, by OCI’s names before older ones', () => {
    const said = factsOfLabels({
      'org.opencontainers.image.source': 'https://example.org/acme/shop',
      'org.label-schema.vcs-url': 'https://example.org/older',
      'org.opencontainers.image.base.name': 'python:3.12-slim',
      'org.opencontainers.image.base.digest': 'sha256:b',
      maintainer: ' Marta ',
      'org.opencontainers.image.version': '',
    });
    expect(brief(said)).toEqual([
      'stated source https://example.org/acme/shop',
      'stated maker Marta',
      'stated base python:3.12-slim@sha256:b',
    ]);
  });

  test('no label can make anything verified, whatever it is called', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (labels) =>
        factsOfLabels(labels).every(({ certainty, value }) => certainty === 'stated' && value.length <= 500),
      ),
      { seed: 3 },
    );
  });
});

describe('what a build attached', () => {
  test('BuildKit’s own provenance tells what it was built with and when, but no builder', () => {
    for (const name of ['min', 'max']) {
      const facts = factsOfStatement({ kind: 'provenance', text: recorded(name) });
      expect(facts.map(({ about }) => about)).toEqual(['built-at', 'material']);
      expect(facts[1]).toMatchObject({ certainty: 'stated', value: 'layerdeck/base:1', because: { why: 'attestation' } });
    }
  });

  test('provenance of a service names builder, source and commit, in both versions of SLSA', () => {
    const older = {
      builder: { id: 'https://github.com/acme/shop/actions/runs/7' },
      materials: [
        { uri: 'pkg:docker/python@3.12-slim?platform=linux%2Famd64' },
        { uri: 'https://github.com/acme/shop.git#refs/heads/main' },
      ],
      invocation: { configSource: { uri: 'https://github.com/acme/shop.git#refs/heads/main' } },
      metadata: {
        buildFinishedOn: '2026-11-30T18:35:10Z',
        'https://mobyproject.org/buildkit@v1#metadata': { vcs: { source: 'https://github.com/acme/shop', revision: '7c1e2f9' } },
      },
    };
    const newer = {
      buildDefinition: {
        externalParameters: { configSource: { uri: 'https://github.com/acme/shop.git' } },
        resolvedDependencies: [{ uri: 'pkg:docker/quay.io/acme/base@sha256%3Aabc' }],
      },
      runDetails: { builder: { id: 'https://github.com/docker/builder' }, metadata: { finishedOn: '2026-11-30T18:35:10Z' } },
    };
    const of = (predicate: unknown) => brief(factsOfStatement({ kind: 'provenance', text: JSON.stringify({ predicate }) }));
    expect(of(older)).toEqual([
      'stated source https://github.com/acme/shop',
      'stated revision 7c1e2f9',
      'stated builder https://github.com/acme/shop/actions/runs/7',
      'stated built-at 2026-11-30T18:35:10Z',
      'stated material python:3.12-slim',
    ]);
    expect(of(newer)).toEqual([
      'stated source https://github.com/acme/shop.git',
      'stated builder https://github.com/docker/builder',
      'stated built-at 2026-11-30T18:35:10Z',
      'stated material quay.io/acme/base@sha256:abc',
    ]);
  });

  test('images of other stages, and what BuildKit itself runs, are not called the base', () => {
    const materials = ['pkg:docker/docker/dockerfile@1', 'pkg:docker/golang@1.25', 'pkg:docker/alpine@3.22', 'pkg:docker/golang@1.25'];
    const text = JSON.stringify({ predicate: { materials: materials.map((uri) => ({ uri })) } });
    const statements = factsOfStatement({ kind: 'provenance', text });
    expect(brief(statements)).toEqual([
      'stated material docker/dockerfile:1',
      'stated material golang:1.25',
      'stated material alpine:3.22',
    ]);
    expect(brief(originFacts({ ...nothing, statements }))).toContain('unknown base');
    const many = JSON.stringify({
      predicate: { materials: Array.from({ length: 40_000 }, (_, at) => ({ uri: `pkg:docker/base@${at}` })) },
    });
    expect(factsOfStatement({ kind: 'provenance', text: many })).toHaveLength(20);
  });

  test('a list of ingredients is counted; whatever else is attached says nothing, and breaks nothing', () => {
    const list = JSON.stringify({ predicate: { packages: [{ name: 'musl' }, { name: 'zlib' }] } });
    expect(brief(factsOfStatement({ kind: 'ingredients', text: list }))).toEqual(['stated ingredients 2']);
    expect(brief(factsOfStatement({ kind: 'ingredients' }))).toEqual(['stated ingredients']);
    expect(factsOfStatement({ kind: 'provenance' })).toEqual([]);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.constantFrom('provenance' as const, 'ingredients' as const), (text, kind) => {
        expect(factsOfStatement({ kind, text })).toEqual(expect.any(Array));
        expect(factsOfStatement({ kind, text: JSON.stringify({ predicate: text }) })).toEqual([]);
      }),
      { seed: 3 },
    );
  });
});

describe('statements in a store', () => {
  const store = new Map<string, string>();
  const put = (body: unknown) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const of = digestOf(Buffer.from(text));
    store.set(of, text);
    return { digest: of, size: text.length };
  };
  const image = (name: string) => put({ config: { mediaType: 'c', ...put(name) }, layers: [] });
  const about = (of: string, text: string) =>
    put({
      config: { mediaType: 'c', ...put('{}') },
      layers: [
        {
          mediaType: 'application/vnd.in-toto+json',
          ...put(text),
          annotations: { 'in-toto.io/predicate-type': 'https://slsa.dev/provenance/v1' },
        },
        {
          mediaType: 'application/vnd.in-toto+json',
          ...put(`${text} `),
          annotations: { 'in-toto.io/predicate-type': 'https://example.org/other' },
        },
      ],
      annotations: { of },
    });
  const entry = (architecture: string, { digest: of, size }: { digest: string; size: number }) => ({
    mediaType: 'm',
    digest: of,
    size,
    platform: { os: 'linux', architecture },
  });
  const attested = (of: string, text: string) => ({
    ...entry('unknown', about(of, text)),
    platform: { os: 'unknown', architecture: 'unknown' },
    annotations: { 'vnd.docker.reference.type': 'attestation-manifest', 'vnd.docker.reference.digest': of },
  });
  const read = async (wanted: string) => {
    const text = store.get(wanted);
    if (text === undefined) throw new Error('not here');
    return Buffer.from(text);
  };

  test('of several platforms, those about the own one are read, and only the kinds that are known', async () => {
    const [amd64, arm64] = [image('amd64'), image('arm64')];
    const manifests = [
      entry('amd64', amd64),
      entry('arm64', arm64),
      attested(amd64.digest, 'for amd64'),
      attested(arm64.digest, 'for arm64'),
    ];
    const top = put({ manifests });
    expect(await readStatements(read, top.digest, 'linux/arm64/v8')).toEqual([{ kind: 'provenance', text: 'for arm64' }]);
    expect(await readStatements(read, top.digest, 'linux/s390x')).toEqual([]);
    expect(await readStatements(read, amd64.digest, 'linux/amd64')).toEqual([]);
  });

  test('what isn’t what its digest says is not read', async () => {
    const only = image('only');
    const lie = attested(only.digest, 'a lie');
    const top = put({ manifests: [entry('amd64', only), lie] });
    store.set(lie.digest, '{"manifests":[]}');
    await expect(readStatements(read, top.digest, 'linux/amd64')).rejects.toThrow('not what its digest says');
  });
});

describe('what it stands on', () => {
  test('whatever images there are: those below it have just its lowest layers, each number of layers once', () => {
    const anyChains = fc
      .array(fc.constantFrom('a', 'b'), { maxLength: 5 })
      .map((layers) => layers.map((_, at) => layers.slice(0, at + 1).join('')));
    fc.assert(
      fc.property(anyChains, fc.array(anyChains, { maxLength: 8 }), (own, others) => {
        const found = startsFrom(
          own,
          others.map((chains, at) => ({ id: String(at), name: at === 3 ? undefined : `image:${at}`, chains })),
        );
        const below = others.filter(
          (chains, at) => at !== 3 && chains.length > 0 && chains.length < own.length && chains.every((one, place) => one === own[place]),
        );
        expect(found.map(({ layers }) => layers)).toEqual([...new Set(below.map(({ length }) => length))].sort((x, y) => x - y));
      }),
      { seed: 3 },
    );
  });
});

describe('all together', () => {
  test('nothing known is said to be unknown', () => {
    expect(brief(originFacts(nothing))).toEqual([
      'unknown signature',
      'unknown source',
      'unknown builder',
      'unknown base',
      'unknown ingredients',
    ]);
  });

  test('what the engine noted of a repository makes its digest verified, and is told once', () => {
    const noted = (repository: string) => [
      { about: 'got-from', certainty: 'verified', value: repository, because: { why: 'engine-noted-it' } } as const,
    ];
    const of = (repository: string) =>
      brief(originFacts({ ...nothing, digests: [digest], noted: noted(repository) })).filter((line) => line.includes('got-from'));
    expect(of('ghcr.io/acme/shop')).toEqual([`verified got-from ${digest}`]);
    expect(of('ghcr.io/acme/other')).toEqual(['verified got-from ghcr.io/acme/other', `unknown got-from ${digest}`]);
    const signed = {
      about: 'signature',
      certainty: 'verified',
      value: 'acme',
      because: { why: 'engine-checked-signature', issuer: '' },
    } as const;
    expect(brief(originFacts({ ...nothing, noted: [signed] }))).not.toContain('unknown signature');
  });

  test('a digest is believed if the engine checked it or the registry has it, and not if the engine made it up', () => {
    const of = (more: Partial<KnownOrigin>) =>
      originFacts({ ...nothing, digests: [digest], ...more }).find(({ about }) => about === 'got-from');
    const said = { digest, signatures: 0, statements: [] };
    expect(of({})).toMatchObject({ certainty: 'unknown', because: { why: 'engine-made-it-up' } });
    expect(of({ digestsTell: true })).toMatchObject({ certainty: 'verified', because: { why: 'engine-checked-it' } });
    expect(of({ registries: [{ ...said, isThere: true }] })).toMatchObject({ certainty: 'verified', because: { why: 'registry-has-it' } });
    expect(of({ digestsTell: true, registries: [{ ...said, isThere: false }] })).toMatchObject({
      certainty: 'unknown',
      because: { why: 'registry-lacks-it' },
    });
    const failure = { kind: 'registry-unreachable', title: 't', detail: 'd', hint: 'h' } as const;
    expect(of({ registries: [{ ...said, failure }] })).toMatchObject({ certainty: 'unknown', because: { why: 'failed' } });
  });

  test('signatures are counted and never called verified', () => {
    const facts = originFacts({ ...nothing, registries: [{ digest, isThere: true, signatures: 2, statements: [] }] });
    expect(facts.find(({ about }) => about === 'signature')).toMatchObject({
      certainty: 'stated',
      because: { why: 'not-checked', signatures: 2 },
    });
  });

  test('what is checked stands first; what two say alike is said once; who built it is known by the own history', () => {
    const stated: OriginFact = { about: 'source', certainty: 'stated', value: 'x', because: { why: 'label', label: 'l' } };
    const build = { id: 'b', folder: { name: 'shop', path: '/shop' }, references: ['shop:1'] };
    const facts = originFacts({
      ...nothing,
      build,
      startsFrom: [{ image: 'sha256:1', name: 'base:1', layers: 2 }],
      labels: [stated],
      statements: [{ ...stated, because: { why: 'attestation' } }],
    });
    expect(brief(facts)).toEqual([
      'verified built-here shop',
      'verified starts-from base:1',
      'stated source x',
      'unknown signature',
      'unknown ingredients',
    ]);
    expect(facts[2]?.because.why).toBe('attestation');
  });
});
