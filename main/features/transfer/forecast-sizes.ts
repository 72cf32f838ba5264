import { shortDigest } from '../../foundation/formats/digest.ts';

/** The most layers to remember; the oldest go first. */
const most = 20_000;

/**
 * Sizes of packed layers, as registries gave them for forecasts of pulls. An engine reports a layer's size only when its turn
 * comes, and fetches at most three at once: until then nobody else knows the total.
 */
export class ForecastSizes {
  readonly #sizes = new Map<string, number | 'no-layer'>();

  note({ layers, config }: { layers: { digest: string; size: number }[]; config: { digest: string } }): void {
    for (const { digest, size } of [...layers, { ...config, size: 'no-layer' as const }]) {
      const id = shortDigest(digest);
      this.#sizes.delete(id);
      this.#sizes.set(id, size);
    }
    for (const id of this.#sizes.keys()) {
      if (this.#sizes.size <= most) return;
      this.#sizes.delete(id);
    }
  }

  /** Bytes of the layer with the engine's short id, or `no-layer`; undefined if no forecast was made. */
  readonly of = (id: string): number | 'no-layer' | undefined => this.#sizes.get(id);
}
