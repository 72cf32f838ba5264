import { partsOfThread } from '../../threads/parts-of-thread.ts';
import type { Tarball } from './look-at-file.ts';
import { unpack } from './unpack.ts';
import type { UnpackedPart } from './unpack-worker.ts';

/** Like `unpack`, for the main process: formats that Node does not unpack in the background get a thread of their own. */
export function unpackFile(tarball: Tarball, onRead: (position: number) => void = () => {}): AsyncGenerator<Buffer> {
  const { packing } = tarball;
  return packing === 'xz' || packing === 'bzip2' ? unpackInThread(tarball, onRead) : unpack(tarball, { onRead });
}

async function* unpackInThread(tarball: Tarball, onRead: (position: number) => void): AsyncGenerator<Buffer> {
  for await (const { bytes, position } of partsOfThread<UnpackedPart>(new URL('./unpack-worker.ts', import.meta.url), tarball)) {
    onRead(position);
    yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  }
}
