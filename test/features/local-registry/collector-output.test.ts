import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCollectorOutput } from '../../../main/features/local-registry/collect/collector-output.ts';
import { neededFrom } from '../../../main/features/local-registry/collect/find-unneeded.ts';

const hex = (letter: string) => `sha256:${letter.repeat(64)}`;

// as distribution 2.8.2 printed it, but for the digests
const recorded = `acme/shop
acme/shop: marking manifest ${hex('4')} 
acme/shop: marking blob ${hex('3')}
acme/shop: marking manifest ${hex('e')} 
acme/shop: marking blob ${hex('4')}
tools

3 blobs marked, 2 blobs and 0 manifests eligible for deletion
blob eligible for deletion: ${hex('c')}
blob eligible for deletion: ${hex('7')}
`;

test('repositories, their manifests and what is unused are read', () => {
  const { manifests, unused } = readCollectorOutput(recorded.split('\n'));
  expect([...manifests].map(([name, found]) => [name, [...found]])).toEqual([
    ['acme/shop', [hex('4'), hex('e')]],
    ['tools', []],
  ]);
  expect(unused).toEqual([hex('c'), hex('7')]);
});

test('what breaks off anywhere before its end, or names what is no digest, is refused', () => {
  const lines = recorded.trimEnd().split('\n');
  for (let end = 0; end < lines.length; end++) expect(() => readCollectorOutput(lines.slice(0, end))).toThrow();
  expect(() => readCollectorOutput([...lines, 'blob eligible for deletion: ../../etc'])).toThrow();
  expect(() => readCollectorOutput(recorded.replace(`manifest ${hex('e')}`, 'manifest x').split('\n'))).toThrow();
});

test('what lacks its beginning is refused, as it would take for all there is what is not', () => {
  const lines = recorded.split('\n');
  for (const start of [3, 4, 5]) expect(() => readCollectorOutput(lines.slice(start))).toThrow();
});

test('whatever leads to what: exactly that is needed which a walk from the tags gets to', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const made = fc.record({
    roots: fc.subarray(names),
    lists: fc.dictionary(fc.constantFrom(...names), fc.subarray(names), { maxKeys: 4 }),
    subjects: fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...names), { maxKeys: 4 }),
  });
  fc.assert(
    fc.property(made, ({ roots, lists, subjects }) => {
      const read = new Map(
        names.map((name) => {
          const manifests = (lists[name] ?? []).map((digest) => ({ digest, mediaType: '', size: 0 }));
          const config = { digest: 'x', mediaType: '', size: 0 };
          const manifest = lists[name] ? { kind: 'index' as const, manifests } : { kind: 'image' as const, config, layers: [] };
          return [
            name,
            { manifest, bytes: Buffer.from(JSON.stringify(subjects[name] ? { subject: { digest: subjects[name] } } : {})) },
          ] as const;
        }),
      );
      // the same, said naively: go on until nothing is added
      const expected = new Set(roots);
      for (let before = -1; before < expected.size; ) {
        before = expected.size;
        for (const name of names) {
          if (expected.has(name)) for (const child of lists[name] ?? []) expected.add(child);
          if (expected.has(subjects[name] ?? '')) expected.add(name);
        }
      }
      expect([...neededFrom(new Set(roots), read, [])].sort()).toEqual([...expected].sort());
      // with one that can't be read, everything is
      expect(neededFrom(new Set(roots), read, ['?'])).toEqual(new Set(names));
    }),
    { seed: 14, numRuns: 500 },
  );
});
