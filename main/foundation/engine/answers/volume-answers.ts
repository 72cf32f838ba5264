import * as z from 'zod';
import { isBefore } from '../api-version.ts';
import type { Engine } from '../open-engine.ts';
import { type Asked, askFor, list, named } from './ask-for.ts';

/** Of `GET /system/df`, the volumes. */
const VolumeUse = z.object({ Volumes: list(z.object({ Name: z.string(), UsageData: z.object({ Size: z.number() }).nullish() })) });

/** The bytes in a volume; undefined if there is none or the engine does not say. The engine adds up all volumes file by file, which may take minutes. */
export async function readVolumeSize(engine: Engine, name: string): Promise<number | undefined> {
  // before, it also adds up everything else
  const query = isBefore(engine.spokenVersion, '1.42') ? {} : { type: 'volume' };
  const { Volumes } = await askFor(engine, { method: 'GET', path: '/system/df', query }, VolumeUse);
  const size = Volumes.find(({ Name }) => Name === name)?.UsageData?.Size;
  return size !== undefined && size >= 0 ? size : undefined;
}

/** `GET /volumes/…`. */
const VolumeInspect = z.object({ Labels: named(z.string()) });

/** The labels of a volume; undefined if the engine has no such volume. Rejects at any other answer. */
export const readVolumeLabels = (engine: Asked, name: string): Promise<Record<string, string> | undefined> =>
  askFor(engine, { method: 'GET', path: `/volumes/${name}` }, VolumeInspect).then(
    ({ Labels }) => Labels,
    (error: { statusCode?: number }) => {
      if (error.statusCode === 404) return undefined;
      throw error;
    },
  );
