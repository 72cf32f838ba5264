import { useEffect, useState } from 'react';
import type { ArchivePreview } from '../../../contract/archive.ts';
import type { Failure } from '../../../contract/failure.ts';
import type { GrantedPath } from '../../../contract/file.ts';
import { client } from '../../connection/client.ts';
import { failureOf } from '../../connection/failure-of.ts';

/** What is known of a file so far. */
export type Looked =
  | { state: 'reading'; done: number; total: number }
  | { state: 'read'; preview: ArchivePreview }
  /** One did not want to wait for it. */
  | { state: 'skipped' }
  | { state: 'failed'; failure: Failure };

type Previews = { lookOf(file: GrantedPath): Looked; skip(file: GrantedPath): void };

/** Reads what is in the files, each for as long as this is shown. */
export function usePreviews(files: GrantedPath[]): Previews {
  const [looks, setLooks] = useState<Record<string, Looked>>({});
  const [stops, setStops] = useState<ReadonlyMap<string, AbortController>>(new Map());
  useEffect(() => {
    const readings = new Map(files.map((file) => [file.grant, new AbortController()] as const));
    setStops(readings);
    for (const { grant } of files) {
      const { signal } = readings.get(grant) ?? new AbortController();
      void look(grant, signal, (now) => setLooks((before) => ({ ...before, [grant]: now })));
    }
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

async function look(archive: string, signal: AbortSignal, tell: (now: Looked) => void): Promise<void> {
  try {
    for await (const event of await client.archives.preview({ archive }, { signal })) {
      if (signal.aborted) return;
      tell(
        event.kind === 'reading' ? { state: 'reading', done: event.done, total: event.total } : { state: 'read', preview: event.preview },
      );
    }
  } catch (error) {
    // leaving the dialog aborts, which is no news
    if (!signal.aborted) tell({ state: 'failed', failure: failureOf(error) });
  }
}
