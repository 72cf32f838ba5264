import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { recognise } from '../../../main/foundation/image-archive/recognise.ts';
import { chainIds } from '../../../main/foundation/layers/chain-ids.ts';
import { readReceiptFile } from '../../../main/foundation/receipts/read-receipt-file.ts';
import { markOf, plainName, readReceipt, writeReceipt } from '../../../main/foundation/receipts/receipt.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const digest = fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => `sha256:${hex}`);
const receipts = fc.record({
  name: fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }).map(plainName),
  madeAt: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  platform: fc.constantFrom('linux/amd64', 'linux/arm64'),
  takesParts: fc.boolean(),
  chains: fc.uniqueArray(digest, { maxLength: 20 }).map((all) => new Set(all)),
});

test('what is written is read again, whatever the computer is called', () => {
  fc.assert(
    fc.property(receipts, (receipt) => {
      expect(readReceipt(writeReceipt(receipt), 'x.json')).toEqual(receipt);
    }),
    { seed: 20261201 },
  );
});

test('a name can’t turn a sentence around, or fill it', () => {
  const said = writeReceipt({ name: 'lab\u202e-03\n\u0007 x', madeAt: 1, chains: new Set() });
  expect(readReceipt(said, '')?.name).toBe('lab -03 x');
  expect(plainName('\u200b\n')).toBe('another computer');
  expect(plainName('x'.repeat(1000))).toHaveLength(100);
});

test('the mark tells receipts apart, in whatever order their layers are', () => {
  fc.assert(
    fc.property(receipts, digest, (receipt, other) => {
      fc.pre(!receipt.chains.has(other));
      const turned = { ...receipt, chains: new Set([...receipt.chains].reverse()) };
      expect(markOf(turned)).toBe(markOf(receipt));
      expect(markOf({ ...receipt, chains: new Set([...receipt.chains, other]) })).not.toBe(markOf(receipt));
      expect(markOf({ ...receipt, name: `${receipt.name}x` })).not.toBe(markOf(receipt));
    }),
    { seed: 20261201 },
  );
});

const inspected = (layers: string[][]) =>
  JSON.stringify(
    layers.map((Layers, at) => ({ Id: `sha256:${String(at).padStart(64, '0')}`, RootFS: { Type: 'layers', Layers } })),
    undefined,
    4,
  );

test('what docker says of images is a receipt, also as PowerShell writes it', async () => {
  const layers = [1, 2].map((number) => `sha256:${String(number).repeat(64)}`);
  const text = inspected([layers, layers.slice(0, 1)]);
  using folder = new WorkFolder({
    'lab-03.json': text,
    'lab-04.txt': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
    'lab-05.json': `\uFEFF${text}`,
  });
  for (const [file, name] of [
    ['lab-03.json', 'lab-03'],
    ['lab-04.txt', 'lab-04'],
    ['lab-05.json', 'lab-05'],
  ] as const) {
    expect(await recognise(folder.file(file))).toMatchObject({ kind: 'receipt' });
    expect(await readReceiptFile(folder.file(file))).toEqual({ name, chains: new Set(chainIds(layers)) });
  }
});

test.each([
  ['another text', 'hello'],
  ['JSON of another kind', '{"a":1}'],
  ['a newer receipt', '{"layerdeck":"receipt","version":2}'],
  ['one that was cut off', writeReceipt({ name: 'x', madeAt: 0, chains: new Set([`sha256:${'1'.repeat(64)}`]) }).slice(0, -20)],
  ['no images at all', '[]'],
  ['layers that are none', inspected([['../../etc/passwd']])],
])('%s is refused', async (_, text) => {
  using folder = new WorkFolder({ 'x.json': text });
  await expect(readReceiptFile(folder.file('x.json'))).rejects.toMatchObject({ failure: { title: 'x.json is no receipt' } });
});
