import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bytesOf,
  entriesInSync,
  isText,
  linkTargetOf,
  nameOf,
  namesIn,
  placeIn,
  sortByBytes,
} from '../../../main/foundation/formats/name-bytes.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 30 }),
  fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
);

test('every name gives its bytes back, and no two names become the same', () => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      expect(bytesOf(nameOf(bytes))).toEqual(Buffer.from(bytes));
      expect(isText(nameOf(bytes))).toBe(Buffer.from(Buffer.from(bytes).toString()).equals(bytes));
    }),
    { numRuns: 2000 },
  );
});

test('names sort as their bytes do', () => {
  fc.assert(
    fc.property(fc.array(anyBytes), (all) => {
      const sorted = all.toSorted(Buffer.compare).map(nameOf);
      expect(sortByBytes(all.map(nameOf))).toEqual(sorted);
    }),
  );
});

test('names that aren’t UTF-8 are found in a folder, and their files can be reached', async () => {
  using folder = new WorkFolder();
  const odd = '\udce9-\ufffd';
  mkdirSync(placeIn(folder.path, odd));
  writeFileSync(placeIn(folder.path, `${odd}/caf\udce9.txt`), 'x');
  symlinkSync(bytesOf('\udcff'), placeIn(folder.path, `${odd}/link`));
  expect(await namesIn(folder.path)).toEqual([odd]);
  const entries = entriesInSync(placeIn(folder.path, odd));
  expect(entries.map((entry) => [entry.name, entry.isFile()]).sort()).toEqual([
    ['caf\udce9.txt', true],
    ['link', false],
  ]);
  expect(linkTargetOf(placeIn(folder.path, `${odd}/link`))).toBe('\udcff');
});
