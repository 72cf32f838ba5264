import type { CopyForecast, CopySource } from '../../../contract/transfer.ts';
import { client } from '../../connection/client.ts';
import { type Asked, useAsked } from '../../connection/use-asked.ts';
import { useEngineScope } from '../../desk/engine-scope.ts';

/** Milliseconds to wait after a key before registries are asked. */
const pause = 700;

/** What a copy would send to a name, or write into a file if there is none. */
export function useCopyForecast(from: CopySource | undefined, to: string | undefined): Asked<CopyForecast> {
  const at = useEngineScope();
  return useAsked(from && JSON.stringify([from, to]), (signal) => ask({ from, to, at }, signal), { pause });
}

type Wanted = { from: CopySource | undefined; to: string | undefined; at: string | undefined };

async function ask({ from, to, at }: Wanted, signal: AbortSignal): Promise<CopyForecast> {
  if (!from) throw new Error('nothing to ask');
  if (from.kind !== 'image') return client.transfer.forecastCopy({ from, ...(to && { to }) }, { signal });
  const { registry, ...forecast } = await client.transfer.forecastPublish({ reference: from.reference, target: to ?? '', at }, { signal });
  return { ...forecast, target: registry, platforms: [], isAtMost: false };
}
