import type { Progress } from '../../../contract/task.ts';
import type { LayerTransfer } from '../../../contract/transfer.ts';
import { shortDigest } from '../../foundation/formats/digest.ts';
import type { ContentBlob } from './image-content.ts';

/** What a copy has done so far, blob by blob. The configuration counts too, but is shown only while it causes a delay. */
export class CopyProgress {
  readonly #moving: 'downloading' | 'uploading';
  readonly #report: (progress: Progress) => void;
  readonly #layers = new Map<string, LayerTransfer & { size: number; done: number; kind: ContentBlob['kind'] }>();

  constructor(blobs: ContentBlob[], moving: 'downloading' | 'uploading', report: (progress: Progress) => void) {
    this.#moving = moving;
    this.#report = report;
    for (const { digest, size, kind } of blobs)
      this.#layers.set(digest, { id: shortDigest(digest), state: 'waiting', size, done: 0, kind });
  }

  waiting(digest: string, seconds: number): void {
    this.#change(digest, seconds > 0 ? { state: 'retrying', retryInSeconds: seconds } : { state: this.#moving });
  }

  moved(digest: string, done: number): void {
    const size = this.#layers.get(digest)?.size ?? 0;
    // a blob larger than announced is refused, but only once it has arrived completely
    this.#change(digest, { state: this.#moving, done: Math.min(Math.max(done, 0), size) });
  }

  ended(digest: string, state: 'done' | 'there-already' | 'mounted', mountedFrom?: string): void {
    const size = this.#layers.get(digest)?.size ?? 0;
    this.#change(digest, { state, done: state === 'done' ? size : 0, ...(mountedFrom && { mountedFrom }) });
  }

  /** Every blob has arrived; only the manifests are missing. */
  finishing(): void {
    this.#report({ ...this.#progress(), phase: 'finishing' });
  }

  /** What was really moved: "2 of 9 layers". */
  summary(): { sentLayers: number; sentBytes: number; presentLayers: number } {
    const layers = [...this.#layers.values()].filter(({ kind }) => kind === 'layer');
    const sent = layers.filter(({ state }) => state === 'done');
    return {
      sentLayers: sent.length,
      sentBytes: sent.reduce((sum, { size }) => sum + size, 0),
      presentLayers: layers.length - sent.length,
    };
  }

  #change(digest: string, change: Partial<LayerTransfer> & { done?: number }): void {
    const before = this.#layers.get(digest);
    if (!before) return;
    const { retryInSeconds: _, ...rest } = before;
    this.#layers.set(digest, { ...rest, ...change });
    this.#report(this.#progress());
  }

  #progress(): Progress {
    const all = [...this.#layers.values()];
    const moving = all.filter(({ state }) => state !== 'there-already' && state !== 'mounted');
    const total = moving.reduce((sum, { size }) => sum + size, 0);
    const done = moving.reduce((sum, layer) => sum + layer.done, 0);
    return {
      phase: 'copying',
      ...(total > 0 && { fraction: done / total }),
      bytes: { done, total },
      layers: all
        .filter(({ kind, state }) => kind === 'layer' || state === 'retrying')
        .map(({ size, done: through, kind: _, ...layer }) => ({ ...layer, bytes: { done: through, total: size } })),
    };
  }
}
