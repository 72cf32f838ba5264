import { expect, test } from 'vitest';
import { FailureError } from '../../../main/foundation/failures/failure.ts';
import { Grants } from '../../../main/foundation/files/grants.ts';

test('a grant leads to its path, for the use it was given for', () => {
  const grants = new Grants();
  const read = grants.grant('/a', 'read');
  expect(grants.pathOf(read, 'read')).toBe('/a');
  expect(() => grants.pathOf(read, 'write')).toThrow(FailureError);
});

test('no other word leads anywhere', () => {
  const grants = new Grants();
  grants.grant('/a', 'read');
  for (const word of ['', '/a', 'f'.repeat(32)]) {
    expect(() => grants.pathOf(word, 'read')).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ kind: 'not-granted' }) }),
    );
  }
});

test('the same path gets a new word each time', () => {
  const grants = new Grants();
  expect(grants.grant('/a', 'read')).not.toBe(grants.grant('/a', 'read'));
});
