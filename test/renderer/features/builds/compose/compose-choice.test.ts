import { expect, test } from 'vitest';
import type { ComposeBuild, ComposeProject } from '../../../../../contract/compose.ts';
import {
  choiceProblem,
  noChoice,
  openVariables,
  requestsFor,
  tickedBuilds,
} from '../../../../../renderer/features/builds/compose/compose-choice.ts';

const build = (service: string, more: Partial<ComposeBuild> = {}): ComposeBuild => ({
  service,
  context: '.',
  dockerfile: 'Dockerfile',
  references: [`${service}:latest`],
  args: [],
  profiles: [],
  unset: [],
  needs: [],
  asksForKeys: false,
  leftOut: [],
  obstacles: [],
  build: { folder: '0'.repeat(32), inputs: { dockerfile: 'Dockerfile', references: [`${service}:latest`] } },
  ...more,
});

const project = (...builds: ComposeBuild[]): ComposeProject => ({
  name: 'shop',
  files: ['compose.yaml'],
  hasEnv: false,
  includes: [],
  builds,
});

const servicesOf = (builds: ComposeBuild[]) => builds.map(({ service }) => service);

const closed = build('closed', { obstacles: [{ kind: 'no-name' }], build: undefined });
const dev = build('dev', { profiles: ['dev'] });
const late = build('late', { needs: ['web'] });

test('from the start, what Compose builds unasked and in one go is ticked', () => {
  expect(servicesOf(tickedBuilds(project(build('web'), closed, dev, late), noChoice, undefined))).toEqual(['web']);
});

test('what asks for SSH keys is ticked once they are allowed', () => {
  const keys = project(build('keys', { asksForKeys: true }));
  expect(servicesOf(tickedBuilds(keys, noChoice, undefined))).toEqual([]);
  expect(servicesOf(tickedBuilds(keys, { ...noChoice, keys: { keys: true } }, undefined))).toEqual(['keys']);
});

test('a tick counts, but not for what cannot be built', () => {
  const choice = { ...noChoice, ticked: { web: false, dev: true, closed: true } };
  expect(servicesOf(tickedBuilds(project(build('web'), closed, dev), choice, undefined))).toEqual(['dev']);
});

test('keys and secrets need BuildKit', () => {
  const keys = build('keys', { asksForKeys: true });
  const secret = build('secret');
  if (secret.build) secret.build.inputs.secrets = [{ id: 'a', source: { from: 'file', file: '0'.repeat(32) } }];
  expect(servicesOf(tickedBuilds(project(keys, secret, build('web')), { ...noChoice, keys: { keys: true } }, 'only BuildKit'))).toEqual([
    'web',
  ]);
});

test.each([
  ['Choose an image to build.', [], noChoice],
  ['Allow keys to use your SSH keys, or leave it out.', [build('keys', { asksForKeys: true })], noChoice],
  ['Build web first, then late.', [build('web'), late], noChoice],
  [
    'Two of them would be called x:1. Leave one out.',
    [build('a', { references: ['x:1'] }), build('b', { references: ['b:1', 'x:1'] })],
    noChoice,
  ],
  [undefined, [late], noChoice],
  [undefined, [build('keys', { asksForKeys: true })], { ...noChoice, keys: { keys: true } }],
])('%s', (problem, ticked, choice) => {
  expect(choiceProblem(ticked, choice)).toBe(problem);
});

test('keys are lent only where that was allowed', () => {
  const builds = [build('a', { asksForKeys: true }), build('b')];
  const requests = requestsFor(builds, { ...noChoice, keys: { a: true, b: true } });
  expect(requests.map(({ ssh }) => ssh)).toEqual([true, undefined]);
  expect(requests[1]).toEqual({ kind: 'build', folder: '0'.repeat(32), dockerfile: 'Dockerfile', references: ['b:latest'] });
});

test('variables without a value can be given one, and stay open once they have one', () => {
  const open = project(
    build('a', { unset: ['TAG', 'a.b'], args: [{ name: 'X' }, { name: 'Y', value: '1' }] }),
    build('b', { unset: ['TAG'], obstacles: [{ kind: 'required', variable: 'MUST', message: '' }] }),
  );
  expect(openVariables(open, { GIVEN: '1' })).toEqual(['GIVEN', 'MUST', 'TAG', 'X']);
});
