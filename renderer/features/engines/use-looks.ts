import { useEffect, useState } from 'react';
import type { EngineLook, EnginePlace } from '../../../contract/engine.ts';
import type { Failure } from '../../../contract/failure.ts';
import { client } from '../../connection/client.ts';
import { failureOf } from '../../connection/failure-of.ts';

/** What came of asking the engine at a place; nothing while it has not answered. */
export type Look = { answer?: EngineLook; failure?: Failure };

type Looks = {
  looks: ReadonlyMap<string, Look>;
  /** Asks the engine at a place again, and the person what the way to it asks. */
  connect(place: string): Promise<void>;
};

/** Asks the engines at all places at once. Each is shown as soon as it answers; what was known before stays until then. */
export function useLooks(places: EnginePlace[] | undefined): Looks {
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
  const connect = async (place: string) => {
    const look = await client.engine.look({ place, mayAsk: true }).then(
      (answer) => ({ answer }),
      (error) => ({ failure: failureOf(error) }),
    );
    setLooks((before) => new Map(before).set(place, look));
  };
  return { looks, connect };
}
