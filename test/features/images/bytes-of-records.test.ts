import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOfRecords, removableOf } from '../../../main/features/images/bytes-of-records.ts';
import type { DescribedRecord } from '../../../main/foundation/buildkit/kept-on-disk.ts';
import { joinSizes } from '../../../main/foundation/layers/layer-sizes.ts';

const record = (id: string, size: number, more: Partial<DescribedRecord> = {}): DescribedRecord => ({
  id,
  size,
  isShared: false,
  parents: [],
  type: 'regular',
  description: '',
  isInUse: false,
  uses: 1,
  ...more,
});

const anyRecords = fc
  .array(fc.record({ parents: fc.array(fc.nat(9), { maxLength: 2 }), isInUse: fc.boolean(), goes: fc.boolean() }), { maxLength: 10 })
  .map((all) =>
    all.map(({ parents, isInUse, goes }, at) => ({
      // a record builds on earlier ones only
      record: record(`r${at}`, 1, { parents: parents.filter((parent) => parent < at).map((parent) => `r${parent}`), isInUse }),
      goes,
    })),
  );

test('of any records, those go that BuildKit would remove one after the other, each time one on which nothing builds', () => {
  fc.assert(
    fc.property(anyRecords, (made) => {
      const records = made.map((one) => one.record);
      const going = new Set(made.flatMap(({ record: { id }, goes }) => (goes ? [id] : [])));
      let left = records;
      for (let before = -1; before !== left.length; ) {
        before = left.length;
        const built = new Set(left.flatMap(({ parents }) => parents));
        left = left.filter(({ id, isInUse }) => !going.has(id) || isInUse || built.has(id));
      }
      const gone = records.filter((one) => !left.includes(one)).map(({ id }) => id);
      expect([...removableOf(records, going)].sort()).toEqual(gone.sort());
    }),
  );
});

const sizes = joinSizes([{ layers: ['run'], bytes: 30 }]);
const users = [{ chains: ['run'], diffIds: ['run'], blobs: [{ digest: 'd', size: 12, refs: [], diffId: 'run' }] }];
const freed = (size: number, isPacked: boolean, isShared: boolean) =>
  bytesOfRecords([record('a', size, { isShared })], new Set(['a']), { users, sizes, isPacked });

test('with graph drivers, what an image has as well stays its own', () => {
  expect(freed(30, false, true)).toEqual({ bytes: 0, isAtMost: false });
  expect(freed(30, false, false)).toEqual({ bytes: 30, isAtMost: false });
});

test('with containerd’s store, a shared record has the image’s packed layer, and its own unpacked one unless it counts the packed one alone', () => {
  expect(freed(12, true, true)).toEqual({ bytes: 0, isAtMost: false });
  expect(freed(42, true, true)).toEqual({ bytes: 30, isAtMost: false });
  // that of a stage that is in no image is called shared for the sake of its base
  expect(freed(41, true, true)).toEqual({ bytes: 41, isAtMost: false });
  expect(freed(100_000, true, true)).toEqual({ bytes: 100_000, isAtMost: false });
  // or it is the image's, with folders besides
  expect(freed(42 + 4096, true, true)).toEqual({ bytes: 42 + 4096, isAtMost: true });
  expect(freed(42, true, false)).toEqual({ bytes: 42, isAtMost: false });
});
