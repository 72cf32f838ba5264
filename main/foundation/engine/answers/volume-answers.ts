import * as z from 'zod';
import { isBefore } from '../api-version.ts';
import type { Engine } from '../open-engine.ts';
import { askFor, list } from './ask-for.ts';

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
