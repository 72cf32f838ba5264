import { expect, test } from 'vitest';
import { TarEnd } from '../../../main/features/load-save/tar-end.ts';

function endOf(...chunks: Buffer[]): TarEnd {
  const end = new TarEnd();
  for (const chunk of chunks) end.see(chunk);
  return end;
}

const zeros = (count: number) => Buffer.alloc(count);

test('a whole tarball ends in zeros, however it is cut into pieces', () => {
  expect(() => endOf(Buffer.from('file'), zeros(1024)).check()).not.toThrow();
  expect(() => endOf(Buffer.from('file'), ...Array.from({ length: 1024 }, () => zeros(1))).check()).not.toThrow();
  expect(() => endOf(zeros(10_240)).check()).not.toThrow();
});

test('an error that an engine appends to half a tarball is thrown', () => {
  const error = Buffer.from('{"errorDetail":{"message":"write /tmp/x: no space left on device"},"error":"…"}\r\n');
  expect(() => endOf(zeros(5000), error).check()).toThrow('write /tmp/x: no space left on device');
});

test('a tarball that just ends is not whole', () => {
  expect(() => endOf(Buffer.from('half a file')).check()).toThrow('ended in the middle');
  expect(() => endOf(zeros(1023)).check()).toThrow('ended in the middle');
  expect(() => endOf().check()).toThrow('ended in the middle');
});
