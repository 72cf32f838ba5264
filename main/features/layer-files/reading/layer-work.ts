import type { LayerSink } from './layer-bytes.ts';

/** What becomes of layers that are read. */
export type LayerWork<Sink extends LayerSink> = {
  /** Whether a layer is still of use. */
  isWanted(diffId: string): boolean;
  /** What gets a layer's bytes; undefined if nothing does. `diffId` is undefined if nobody knows, `begin` where in it they begin. */
  sink(layer: { diffId: string | undefined; begin?: number }): Sink | undefined;
  /** Called once a layer has passed, with what its source calls it. Returns whether everything is done. */
  ended(sink: Sink, name: string): boolean;
  /** Throws if something is missing; `error` is the first thing that went wrong. */
  finish(error: unknown): void;
  /** Which part of an unpacked layer is enough; undefined for all of it. */
  rangesOf?(diffId: string): { begin: number; end: number } | undefined;
};
