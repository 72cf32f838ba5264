import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { TrialOrder, type TrialProposal } from '../../../../contract/trial.ts';
import { draftOf, orderOf, problemOf, type TrialDraft } from '../../../../renderer/features/trials/trial-draft.ts';
import { endWords, readMemory, stateWords } from '../../../../renderer/features/trials/trial-words.ts';

const proposal: TrialProposal = {
  ports: [{ inside: 80, protocol: 'tcp', here: 8080 }],
  environment: [{ name: 'PATH', value: '/bin' }],
  entrypoint: [],
  command: ['run'],
  user: '',
  workingDirectory: '/app',
  volumes: [],
  isFar: false,
};
const image = `sha256:${'a'.repeat(64)}`;

test('what an image proposes is what is asked for, if nothing is changed', () => {
  const draft = draftOf(proposal);
  expect(problemOf(draft)).toBeUndefined();
  expect(orderOf(draft, image, 'web:1')).toEqual({
    image,
    reference: 'web:1',
    ports: proposal.ports,
    isOpen: false,
    environment: [],
    stays: false,
  });
});

test('main takes whatever the dialog takes, whatever is typed', () => {
  const text = fc.oneof(
    fc.constantFrom('', ' ', '80', '8080', '0', '70000', '512 MB', '1 kB', '/data', 'data', 'A=B', 'NAME'),
    fc.string({ maxLength: 6 }),
  );
  const typed = fc.record({
    ports: fc.array(fc.record({ inside: text, here: text, protocol: fc.constantFrom('tcp' as const, 'udp' as const) }), { maxLength: 3 }),
    variables: fc.array(fc.record({ name: text, value: text }), { maxLength: 3 }),
    memory: text,
    inside: text,
    command: text,
    hasFolder: fc.boolean(),
  });
  fc.assert(
    fc.property(typed, ({ ports, variables, memory, inside, command, hasFolder }) => {
      const draft: TrialDraft = {
        ...draftOf(proposal),
        ports: ports.map((port, key) => ({ ...port, key })),
        variables: variables.map((variable, key) => ({ ...variable, key })),
        folder: hasFolder ? { grant: 'f'.repeat(32), name: 'x', path: '/x', size: 0, kind: 'folder' } : undefined,
        memory,
        inside,
        command,
      };
      const isTaken = TrialOrder.safeParse(orderOf(draft, image, undefined)).success;
      // zero bytes, which nobody can type, may be refused later
      if (problemOf(draft) === undefined && !JSON.stringify(draft).includes('\\u0000')) expect(isTaken).toBe(true);
    }),
    { seed: 20261201, numRuns: 2000 },
  );
});

test('memory is read as people write it', () => {
  expect(['512', '512 MB', '512m', '1.5 GB', '1,5g', '64000k', '2 GiB', '', 'lots', '-1', '0'].map(readMemory)).toEqual([
    512e6,
    512e6,
    512e6,
    1.5e9,
    1.5e9,
    64e6,
    2e9,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('the end of a program is said in words, and its memory is named before its code', () => {
  expect(endWords({ code: 137, isOutOfMemory: true }).title).toBe('It ran out of memory');
  expect(endWords({ code: 137, isOutOfMemory: false }).detail).toContain('ended by force');
  expect(endWords({ code: 0, isOutOfMemory: false }).title).toBe('It has ended');
  expect(endWords({ code: 42, isOutOfMemory: false }).title).toBe('It has ended with code 42');
  expect(stateWords({ state: 'running', startedAt: 1000 }, 61_000)).toMatch(/^Running for 1.m 00.s$/);
  expect(stateWords({ state: 'ended', end: { code: 3, isOutOfMemory: false } }, 0)).toBe('Ended with code 3');
});
