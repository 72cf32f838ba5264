import { TarCutter } from './tar-cutter.ts';

/** A tarball in which all files are as if none had been stored without its holes. */
export async function* fillHoles(tarball: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const cutter = new TarCutter();
  for await (const chunk of tarball) for (const { bytes } of cutter.cut(chunk)) yield bytes;
  if (!cutter.ended) yield cutter.finish();
}
