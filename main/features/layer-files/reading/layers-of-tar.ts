import { cutOff } from '../../../foundation/formats/refused-archive.ts';
import { TarCutter } from '../../../foundation/formats/tar/tar-cutter.ts';
import type { TarMember } from '../../../foundation/formats/tar/tar-member.ts';
import { LayerBytes, type LayerSink } from './layer-bytes.ts';

export type LayersOfTar<Sink extends LayerSink> = {
  /** What wants the bytes of a file in it; undefined if nothing does. Called for every file. */
  open(member: TarMember): Sink | undefined;
  /** Called when such a file has passed whole and was a tarball. Returns whether all that was wanted has come. */
  ended(sink: Sink, member: TarMember): boolean;
  /** Called when it could not be read: it need not be a layer at all. */
  failed(error: unknown): void;
  /** Called with how many bytes have passed. */
  onRead(bytes: number): void;
};

/** Reads layers of images in a tarball that streams by. Resolves when all has come, or at its end. */
export async function readLayersOfTar<Sink extends LayerSink>(source: AsyncIterable<Buffer>, layers: LayersOfTar<Sink>): Promise<void> {
  const cutter = new TarCutter();
  let open: { bytes: LayerBytes; sink: Sink; member: TarMember } | undefined;
  let isDone = false;
  const end = async () => {
    if (!open) return;
    const { bytes, sink, member } = open;
    open = undefined;
    try {
      if (await bytes.end()) isDone ||= layers.ended(sink, member);
    } catch (error) {
      layers.failed(error);
    }
  };
  for await (const chunk of source) {
    for (const piece of cutter.cut(chunk)) {
      if (piece.kind === 'body') {
        if (!open) continue;
        try {
          const taken = open.bytes.take(piece.bytes);
          if (taken) await taken;
          if (open.sink.isDone) {
            isDone ||= layers.ended(open.sink, open.member);
            open = undefined;
          }
        } catch (error) {
          open = undefined;
          layers.failed(error);
        }
      } else if (piece.kind !== 'padding') {
        await end();
        if (piece.kind === 'head' && piece.member.kind === 'file') {
          const sink = layers.open(piece.member);
          if (sink) open = { bytes: new LayerBytes(sink, piece.member.size), sink, member: piece.member };
        }
      }
    }
    layers.onRead(cutter.position);
    if (isDone) return;
  }
  if (!cutter.ended) cutter.finish();
  await end();
  if (!cutter.ended && cutter.position === 0) throw cutOff();
}
