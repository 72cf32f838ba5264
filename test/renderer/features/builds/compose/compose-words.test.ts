import { expect, test } from 'vitest';
import type { ComposeBuild, ComposeObstacle } from '../../../../../contract/compose.ts';
import { notesOf, obstacleWords, projectWords, sourceWords } from '../../../../../renderer/features/builds/compose/compose-words.ts';

const build: ComposeBuild = {
  service: 'web',
  context: './web',
  dockerfile: 'Dockerfile',
  references: ['web:latest'],
  args: [],
  profiles: [],
  unset: [],
  needs: [],
  asksForKeys: false,
  leftOut: [],
  obstacles: [],
};

test('says what a project has and where each image comes from', () => {
  const project = { name: 'shop', files: ['compose.yaml', 'compose.override.yaml'], hasEnv: true, includes: [], builds: [build] };
  expect(projectWords(project)).toBe('This project has 1\u00a0image to build, as compose.yaml and compose.override.yaml say.');
  expect(sourceWords(build)).toBe('Folder ./web · Dockerfile');
  const inputs = { dockerfile: 'D', references: ['x:1'], platform: 'linux/arm64', network: 'none' as const, noCache: true };
  expect(sourceWords({ ...build, context: '.', target: 'first', build: { folder: '', inputs } })).toBe(
    'The project’s folder · Dockerfile · up to the stage first · for linux/arm64 · network none · without cache',
  );
});

test('claims nothing of a service that extends one that isn’t known', () => {
  expect(sourceWords({ ...build, obstacles: [{ kind: 'extends', file: 'x.yaml' }] })).toBe('What it’s built from isn’t known.');
});

test('names what is not as Compose would do it', () => {
  expect(notesOf({ ...build, profiles: ['dev'], needs: ['base'], unset: ['A', 'B'], leftOut: ['cache_to', 'sbom'] })).toEqual([
    'Compose builds it only with the profile dev.',
    'Its Dockerfile builds on the image of base. Build base first, then web.',
    'A and B have no values and became empty.',
    'Not done by Layerdeck: cache_to and sbom. What’s in the image doesn’t depend on that.',
  ]);
  expect(notesOf(build)).toEqual([]);
});

const obstacles: ComposeObstacle[] = [
  { kind: 'option', option: 'extra_hosts' },
  { kind: 'unknown-option', option: 'foo' },
  { kind: 'value', option: 'network', value: 'mine' },
  { kind: 'value', option: 'secrets', value: '' },
  { kind: 'outside', option: 'context', path: '/elsewhere' },
  { kind: 'missing', option: 'dockerfile', path: '/here/Dockerfile' },
  { kind: 'remote', context: 'https://example.org' },
  { kind: 'platforms', platforms: ['linux/amd64', 'linux/arm64'] },
  { kind: 'extends', file: 'other.yaml' },
  { kind: 'no-base', service: 'base' },
  { kind: 'required', variable: 'TAG', message: 'say which' },
  { kind: 'malformed', text: '$' },
  { kind: 'too-long' },
  { kind: 'no-name' },
];

test.each(obstacles.map((obstacle) => [obstacle.kind, obstacle] as const))('%s is told in sentences, with a next step', (_, obstacle) => {
  const words = obstacleWords(obstacle, build);
  expect(words).toMatch(/^[A-Z“].*\. (?:Build|Check|Correct|Choose|Fill|Write|Add) .*\.$/);
  for (const [key, value] of Object.entries(obstacle)) if (key !== 'kind' && key !== 'option') expect(words).toContain([value].flat()[0]);
});

test('a value that came of an unset variable can be filled in', () => {
  const words = obstacleWords({ kind: 'value', option: 'image', value: 'app:' }, { ...build, unset: ['TAG'] });
  expect(words).toBe('“app:” can’t be used for “image”. Fill in TAG above, or correct it in the file.');
});
