import { useEffect, useState } from 'react';
import type { ArchivePreview } from '../../../contract/archive.ts';
import type { Failure } from '../../../contract/failure.ts';
import type { GrantedPath } from '../../../contract/file.ts';
import type { Completeness } from '../../../contract/receipt.ts';
import { client } from '../../connection/client.ts';
import { failureOf } from '../../connection/failure-of.ts';
import { leavesOut } from './leaves-out.ts';

/** What is known of a file so far. */
export type Looked =
  | { state: 'reading'; done: number; total: number }
  /** `completeness`: of a file that leaves out layers, as far as an engine answers. */
  | { state: 'read'; preview: ArchivePreview; completeness?: Completeness | undefined }
  /** The person did not want to wait. */
  | { state: 'skipped' }
  | { state: 'failed'; failure: Failure };

/** Files that are read at the same time. */
const atOnce = 3;

type Previews = { lookOf(file: GrantedPath): Looked; skip(file: GrantedPath): void };

/** Looks into the files, for as long as the calling component is mounted. */
export function usePreviews(files: GrantedPath[]): Previews {
  const [looks, setLooks] = useState<Record<string, Looked>>({});
  const [stops, setStops] = useState<ReadonlyMap<string, AbortController>>(new Map());
  useEffect(() => {
    const readings = new Map(files.map((file) => [file.grant, new AbortController()] as const));
    setStops(readings);
    const waiting = [...readings];
    const readOn = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [grant, { signal }] = next;
        await look(grant, signal, (now) => setLooks((before) => ({ ...before, [grant]: now })));
      }
    };
    for (let lane = 0; lane < atOnce; lane++) void readOn();
    return () => {
      for (const stop of readings.values()) stop.abort();
    };
  }, [files]);
  return {
    lookOf: ({ grant, size }) => looks[grant] ?? { state: 'reading', done: 0, total: size },
    skip: ({ grant }) => {
      stops.get(grant)?.abort();
      setLooks((before) => ({ ...before, [grant]: { state: 'skipped' } }));
    },
  };
}

/** Whether the engine has what a file leaves out; undefined if it leaves out nothing, or no engine answers: main asks again when it loads. */
async function completenessOf(preview: ArchivePreview, signal: AbortSignal): Promise<Completeness | undefined> {
  if (preview.kind !== 'images' || !leavesOut(preview)) return undefined;
  const images = preview.images.map(({ layers }) =>
    layers.map(({ diffId = '', isAbsent, isElsewhere }) => ({ diffId, ...(isAbsent && !isElsewhere && { isAbsent }) })),
  );
  return client.archives.completeness({ images }, { signal }).catch(() => undefined);
}

async function look(archive: string, signal: AbortSignal, tell: (now: Looked) => void): Promise<void> {
  if (signal.aborted) return;
  try {
    for await (const event of await client.archives.preview({ archive }, { signal })) {
      if (signal.aborted) return;
      if (event.kind === 'reading') tell({ state: 'reading', done: event.done, total: event.total });
      else tell({ state: 'read', preview: event.preview, completeness: await completenessOf(event.preview, signal) });
    }
  } catch (error) {
    // closing the dialog aborts, which is not a failure
    if (!signal.aborted) tell({ state: 'failed', failure: failureOf(error) });
  }
}
