import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { gatherChanges, type RawChange } from '../../../main/features/trials/gather-changes.ts';

test('a folder that came or went stands for all in it, one that was only touched isn’t named, and what engines write is known', () => {
  expect(
    gatherChanges([
      { Path: '/etc', Kind: 0 },
      { Path: '/etc/hosts', Kind: 0 },
      { Path: '/etc/app.conf', Kind: 0 },
      { Path: '/cache', Kind: 1 },
      { Path: '/cache/a', Kind: 1 },
      { Path: '/cache/a/b', Kind: 1 },
      { Path: '/var', Kind: 0 },
      { Path: '/var/old', Kind: 2 },
      { Path: '/tmp', Kind: 0 },
    ]),
  ).toEqual([
    { path: '/cache', kind: 'added', within: 2 },
    { path: '/etc/app.conf', kind: 'changed', within: 0 },
    { path: '/etc/hosts', kind: 'changed', within: 0, byEngine: true },
    { path: '/tmp', kind: 'changed', within: 0 },
    { path: '/var/old', kind: 'removed', within: 0 },
  ]);
});

test('nothing that came or went is lost, and none is named twice', () => {
  const path = fc.array(fc.constantFrom('a', 'b', 'b c', 'ß'), { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`);
  const raw = fc.uniqueArray(fc.record({ Path: path, Kind: fc.integer({ min: 0, max: 2 }) }), {
    selector: ({ Path }) => Path,
    maxLength: 20,
  });
  fc.assert(
    fc.property(raw, (changes: RawChange[]) => {
      const gathered = gatherChanges(changes);
      const paths = gathered.map(({ path: one }) => one);
      expect(new Set(paths).size).toBe(paths.length);
      for (const [kind, number] of [
        ['added', 1],
        ['removed', 2],
      ] as const) {
        const counted = gathered.filter((one) => one.kind === kind).reduce((sum, { within }) => sum + 1 + within, 0);
        expect(counted).toBe(changes.filter(({ Kind }) => Kind === number).length);
      }
      const isAbove = (one: string, other: string) => other.startsWith(`${one}/`);
      const touched = changes.filter(({ Kind, Path }) => Kind === 0 && !changes.some((other) => isAbove(Path, other.Path)));
      expect(gathered.filter(({ kind }) => kind === 'changed').map(({ path: one }) => one)).toEqual(touched.map(({ Path }) => Path).sort());
    }),
    { seed: 20261201 },
  );
});
