import { useEffect, useState } from 'react';
import type { EngineLook, EnginePlace } from '../../../contract/engine.ts';
import type { Failure } from '../../../contract/failure.ts';
import { client } from '../../connection/client.ts';
import { failureOf } from '../../connection/failure-of.ts';

/** What came of asking the engine at a place; nothing while it has not answered. */
export type Look = { answer?: EngineLook; failure?: Failure };

/** Asks the engines at all places at once. Each is shown as soon as it answers; what was known before stays until then. */
export function useLooks(places: EnginePlace[] | undefined): ReadonlyMap<string, Look> {
  const [looks, setLooks] = useState<ReadonlyMap<string, Look>>(new Map());
  useEffect(() => {
    const stop = new AbortController();
    const tell = (id: string, look: Look) => !stop.signal.aborted && setLooks((before) => new Map(before).set(id, look));
    for (const { id } of places ?? []) {
      client.engine.look({ place: id }, { signal: stop.signal }).then(
        (answer) => tell(id, { answer }),
        (error) => tell(id, { failure: failureOf(error) }),
      );
    }
    return () => stop.abort();
  }, [places]);
  return looks;
}
