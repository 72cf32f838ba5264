import { cutOff } from '../refused-archive.ts';
import { TarCutter } from './tar-cutter.ts';

/** The same bytes; throws if the tarball contradicts itself or lacks the zeros that end it: files may be missing then. */
export async function* checkWhole(tarball: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const cutter = new TarCutter();
  for await (const chunk of tarball) {
    // nothing is cut unless every piece is asked for
    for (const _ of cutter.cut(chunk));
    yield chunk;
  }
  if (!cutter.ended) throw cutOff();
}
