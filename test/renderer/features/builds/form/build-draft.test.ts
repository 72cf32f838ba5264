import { describe, expect, it } from 'vitest';
import type { BuildFolder, BuildInputs } from '../../../../../contract/build.ts';
import { isSecretName } from '../../../../../contract/secret-name.ts';
import { describeOptions } from '../../../../../renderer/features/builds/describe-options.ts';
import {
  type BuildDraft,
  firstDraft,
  newSecret,
  nextKey,
  usualNames,
  withDockerfile,
} from '../../../../../renderer/features/builds/form/build-draft.ts';
import { buildRequest, withheldArgs } from '../../../../../renderer/features/builds/form/build-request.ts';
import { draftProblem } from '../../../../../renderer/features/builds/form/draft-problems.ts';
import { withheldWords } from '../../../../../renderer/features/builds/form/withheld-words.ts';

const inside: BuildFolder = {
  suggestions: [{ reference: 'app:1.4.2', from: 'VERSION', written: 'v1.4.2', alsoAs: ['app:1.4', 'app:1', 'app:latest'] }],
  unreadable: [],
  dockerfiles: [
    {
      path: 'Dockerfile',
      stages: ['app'],
      args: [{ name: 'VERSION', default: '1' }, { name: 'TOKEN' }],
      secrets: ['npm-token'],
      ssh: ['default'],
    },
    { path: 'api/Dockerfile', stages: [], args: [], secrets: [], ssh: [] },
  ],
};
const draft = firstDraft(inside);
const [dockerfile] = inside.dockerfiles;
const request = (part: Partial<BuildDraft>, builder: 'buildkit' | 'classic' = 'buildkit') =>
  buildRequest('f', { ...draft, ...part }, { dockerfile, suggestions: inside.suggestions }, builder);

const everything: BuildInputs = {
  dockerfile: 'Dockerfile',
  references: ['app:1.4.2', 'app:latest', 'other:1'],
  target: 'app',
  args: { VERSION: '2' },
  platform: 'linux/arm64',
  noCache: true,
  pullBase: true,
  cacheFrom: ['ghcr.io/a/b:1'],
  inlineCache: true,
  labels: { a: 'b' },
  network: 'none',
  secrets: [{ id: 'npm-token', source: { from: 'environment', variable: 'NPM_TOKEN' } }],
  ssh: true,
};

describe('what the form asks for', () => {
  it('is only what was filled in', () => {
    expect(request({})).toEqual({
      kind: 'build',
      folder: 'f',
      dockerfile: 'Dockerfile',
      references: ['app:1.4.2'],
      nameFrom: 'VERSION',
      proposed: [{ from: 'VERSION', tag: '1.4.2', written: 'v1.4.2' }],
    });
    const names = [
      { key: 0, text: ' app:1 ' },
      { key: 1, text: '' },
    ];
    expect(request({ args: { VERSION: '2', TOKEN: '' }, names })).toMatchObject({ references: ['app:1'], args: { VERSION: '2' } });
    expect(request({ args: { VERSION: '', TOKEN: '' } })).toMatchObject({ args: { VERSION: '' } });
  });

  it('has the usual tags that were ticked, each name once', () => {
    const names = [
      { key: 0, text: 'app:2.0.1' },
      { key: 1, text: 'app:2' },
    ];
    expect(request({ names, also: ['major', 'latest'] }).references).toEqual(['app:2.0.1', 'app:2', 'app:latest']);
    expect(request({ names: [{ key: 0, text: 'app' }], also: ['latest'] }).references).toEqual(['app:latest']);
  });

  it('follows the version that the last name was taken from', () => {
    const moved = firstDraft(inside, { ...everything, references: ['app:1.4.1', 'app:1.4', 'app:latest'], nameFrom: 'VERSION' });
    expect(moved.names.map(({ text }) => text)).toEqual(['app:1.4.2']);
    expect(moved.also).toEqual(['minor', 'latest']);
  });

  it('is the original input if nothing is changed', () => {
    expect(buildRequest('f', firstDraft(inside, everything), { dockerfile, suggestions: [] }, 'buildkit')).toEqual({
      kind: 'build',
      folder: 'f',
      ...everything,
    });
  });

  it('names a Dockerfile outside the folder by its grant only', () => {
    const other = { path: '/elsewhere/my recipe', grant: 'g', stages: [], args: [], secrets: [], ssh: [] };
    const more: BuildFolder = { ...inside, dockerfiles: [...inside.dockerfiles, other], chosen: other.path };
    const chosen = firstDraft(more, everything);
    expect(chosen).toMatchObject({ dockerfile: other.path, target: '', args: {}, ssh: false });
    const asked = buildRequest('f', chosen, { dockerfile: other, suggestions: [] }, 'buildkit');
    expect(asked).toMatchObject({ dockerfile: 'my recipe', dockerfileFrom: 'g' });
    // and it is found again by that name
    const again: BuildInputs = { ...everything, dockerfile: 'my recipe', dockerfileFrom: 'g' };
    expect(firstDraft({ ...more, chosen: undefined }, again).dockerfile).toBe(other.path);
    expect(firstDraft({ ...more, chosen: undefined }, { ...again, dockerfileFrom: undefined, dockerfile: 'Dockerfile' }).dockerfile).toBe(
      'Dockerfile',
    );
  });

  it('leaves out what the classic builder cannot do', () => {
    const { inlineCache: _, secrets: __, ssh: ___, ...rest } = everything;
    expect(buildRequest('f', firstDraft(inside, everything), { dockerfile, suggestions: [] }, 'classic')).toEqual({
      kind: 'build',
      folder: 'f',
      ...rest,
    });
  });

  it('names where a secret comes from, and leaves out one that was not given', () => {
    const asked = { ...newSecret('npm-token'), isAsked: true };
    expect(request({ secrets: [asked] })).not.toHaveProperty('secrets');
    const given = { ...asked, file: { grant: 'g', name: 'token.txt' } };
    expect(request({ secrets: [given] }).secrets).toEqual([{ id: 'npm-token', source: { from: 'file', file: 'g' } }]);
  });
});

describe('the first draft', () => {
  it('asks for the secrets of the Dockerfile', () =>
    expect(draft.secrets).toEqual([{ key: 0, id: 'npm-token', isAsked: true, from: 'file', variable: '' }]));

  it('takes usual tags back as ticks', () => {
    const { names, also } = firstDraft(inside, everything);
    expect(names.map(({ text }) => text)).toEqual(['app:1.4.2', 'other:1']);
    expect(also).toEqual(['latest']);
  });

  it('wants the file of a secret chosen again', () => {
    const lost = firstDraft(inside, { ...everything, secrets: [{ id: 'npm-token', source: { from: 'file', file: '' } }] });
    expect(draftProblem(lost, 'buildkit')).toBe('Choose the file of the secret npm-token again.');
    expect(draftProblem(lost, 'classic')).toBeUndefined();
  });

  it('asks for an argument that was not kept until it is filled in again, and only with its Dockerfile', () => {
    const begun = firstDraft(inside, everything, ['TOKEN', 'GONE_TOKEN']);
    expect(withheldArgs(begun, dockerfile)).toEqual(['TOKEN']);
    expect(withheldArgs({ ...begun, args: { ...begun.args, TOKEN: 'again' } }, dockerfile)).toEqual([]);
    const other = withDockerfile(begun, inside, 'api/Dockerfile');
    expect(withheldArgs(withDockerfile(other, inside, 'Dockerfile'), dockerfile)).toEqual([]);
    expect(firstDraft({ ...inside, chosen: 'api/Dockerfile' }, everything, ['TOKEN']).withheldArgs).toEqual([]);
    expect(withheldArgs(firstDraft(inside), dockerfile)).toEqual([]);
    expect(withheldWords(['A_TOKEN', 'B_KEY'])).toBe('A_TOKEN and B_KEY were not kept: fill them in again.');
  });

  it('takes the first Dockerfile if the last one is gone', () =>
    expect(firstDraft(inside, { ...everything, dockerfile: 'gone' }).dockerfile).toBe('Dockerfile'));

  it('forgets what only the Dockerfile before had', () => {
    const own = { ...newSecret('mine', 5), variable: 'X', from: 'environment' as const };
    const other = withDockerfile({ ...draft, target: 'app', ssh: true, secrets: [...draft.secrets, own] }, inside, 'api/Dockerfile');
    expect(other).toMatchObject({ dockerfile: 'api/Dockerfile', target: '', args: {}, ssh: false, secrets: [{ key: 0, id: 'mine' }] });
  });
});

describe('what keeps a build from starting', () => {
  const problem = (part: Partial<BuildDraft>) => draftProblem({ ...draft, ...part }, 'buildkit');
  const named = (text: string) => ({ names: [{ key: 0, text }] });

  it('is nothing at first', () => expect(draftProblem(draft, 'buildkit')).toBeUndefined());

  it.each([
    [named(''), 'Give the image a name.'],
    [named('App'), 'One of the names can’t be used.'],
    [named(`app@sha256:${'a'.repeat(64)}`), 'One of the names can’t be used.'],
    [{ platform: 'arm' }, 'The platform can’t be used.'],
    [{ cacheFrom: [{ key: 0, text: 'Not A Name' }] }, 'The name of an image to reuse steps from can’t be used.'],
    [{ labels: [{ key: 0, name: '', value: 'x' }] }, 'A label has no name.'],
    [{ secrets: [{ ...newSecret('a b'), from: 'environment' as const, variable: 'X' }] }, 'The id of a secret can’t be used.'],
    [{ secrets: [newSecret('mine')] }, 'Say where the secret mine comes from.'],
    [{ secrets: [{ ...newSecret('x'), from: 'environment' as const, variable: '1X' }] }, 'The variable of a secret can’t be used.'],
  ])('%j: %s', (part, words) => expect(problem(part)).toBe(words));

  it.each([
    { platform: 'linux/arm/v7' },
    { labels: [{ key: 0, name: '', value: '' }] },
    { secrets: [{ ...newSecret('asked'), isAsked: true }] },
    { secrets: [newSecret('')] },
    { cacheFrom: [{ key: 0, text: '' }] },
  ])('not %j', (part) => expect(problem(part)).toBeUndefined());
});

it('sums up what is not plain', () => {
  expect(describeOptions(draft, dockerfile)).toEqual([]);
  expect(describeOptions(firstDraft(inside, everything), dockerfile).map((words) => words.replaceAll('\u00a0', ' '))).toEqual([
    'up to “app”',
    'linux/arm64',
    '1 argument changed',
    '1 secret',
    'your SSH keys',
    'no cache',
    'newer base images',
    'cache from 1 image',
    'inline cache',
    'no network',
    '1 label',
  ]);
});

it('keeps the registry in the usual names', () =>
  expect(usualNames('localhost:5000/team/app:1.4.2').map(({ name }) => name)).toEqual([
    'localhost:5000/team/app:1.4',
    'localhost:5000/team/app:1',
    'localhost:5000/team/app:latest',
  ]));

it('gives a new row a key of its own', () => expect([nextKey([]), nextKey([{ key: 4 }, { key: 1 }])]).toEqual([0, 5]));

describe('isSecretName', () => {
  it.each(['NPM_TOKEN', 'PGPASSWORD', 'password', 'AWS_SECRET_ACCESS_KEY', 'API_KEY', 'deployKey', 'GITHUB_PAT', 'DB_PASS_PASSWORD'])(
    '%s',
    (name) => expect(isSecretName(name)).toBe(true),
  );
  it.each(['VERSION', 'TOKENIZER_VERSION', 'TOKEN_URL', 'SECRET_NAME', 'KEYBOARD', 'MONKEY', 'PUBLIC_KEY', 'PATH', 'KEY_ID'])(
    'not %s',
    (name) => expect(isSecretName(name)).toBe(false),
  );
});
