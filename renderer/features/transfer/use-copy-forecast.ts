import type { CopyForecast, CopySource } from '../../../contract/transfer.ts';
import { client } from '../../connection/client.ts';
import { type Asked, useAsked } from '../../connection/use-asked.ts';
import { useEngineScope } from '../../desk/engine-scope.ts';

/** Milliseconds to wait after a key before registries are asked. */
const pause = 700;

/** What a copy would send to a name, or write into a file if there is none; for the computer of a receipt, only what that one lacks. */
export function useCopyForecast(from: CopySource | undefined, to: string | undefined, receipt: string | undefined): Asked<CopyForecast> {
  const at = useEngineScope();
  return useAsked(from && JSON.stringify([from, to, receipt]), (signal) => ask({ from, to, receipt, at }, signal), { pause });
}

type Wanted = { from: CopySource | undefined; to: string | undefined; receipt: string | undefined; at: string | undefined };

async function ask({ from, to, receipt, at }: Wanted, signal: AbortSignal): Promise<CopyForecast> {
  if (!from) throw new Error('nothing to ask');
  if (from.kind !== 'image') return client.transfer.forecastCopy({ from, ...(to && { to }), ...(receipt && { receipt }) }, { signal });
  const { registry, ...forecast } = await client.transfer.forecastPublish({ reference: from.reference, target: to ?? '', at }, { signal });
  return { ...forecast, target: registry, platforms: [], isAtMost: false };
}
