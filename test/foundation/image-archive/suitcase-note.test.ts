import { expect, test } from 'vitest';
import { ArchiveIndex, type IndexedMember } from '../../../main/foundation/image-archive/archive-index.ts';
import { noteFor, readSuitcaseNote, suitcaseNote, suitcaseNoteName } from '../../../main/foundation/image-archive/suitcase-note.ts';
import { readReceipt } from '../../../main/foundation/receipts/receipt.ts';

const layer = `sha256:${'1'.repeat(64)}`;
const inspected = JSON.stringify([{ RootFS: { Layers: [layer] } }]);

function read(text: string) {
  const index = new ArchiveIndex();
  index.members.set(suitcaseNoteName, { text: Buffer.from(text) } as IndexedMember);
  return readSuitcaseNote(index);
}

test.each([
  ['a long name', `${'n'.repeat(240)}.json`, 'n'.repeat(100)],
  ['nothing before its ending', '.json', '.json'],
])('what docker says in a file with %s gives a note that is read again', (_, fileName, madeFor) => {
  const receipt = readReceipt(inspected, fileName);
  expect(receipt && read(suitcaseNote(noteFor(receipt, new Set())))).toMatchObject({ madeFor });
});

test('a note with a date that no calendar has is none', () => {
  const note = { madeFor: 'x', mark: '0'.repeat(16) };
  expect(read(suitcaseNote({ ...note, receiptOf: 8_640_000_000_000_000 }))).toBeDefined();
  expect(read(suitcaseNote({ ...note, receiptOf: 8_640_000_000_000_001 }))).toBeUndefined();
});

test('a receipt of a computer whose clock is far behind gives a note that is read again', () => {
  const receiptOf = Date.parse('1969-12-31T00:00:00Z');
  const note = noteFor({ name: 'x', madeAt: receiptOf, chains: new Set() }, new Set());
  expect(read(suitcaseNote(note))).toMatchObject({ receiptOf });
});
