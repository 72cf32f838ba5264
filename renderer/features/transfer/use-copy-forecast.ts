import type { CopyForecast, CopySource } from '../../../contract/transfer.ts';
import { client } from '../../connection/client.ts';
import { type Asked, useAsked } from '../../connection/use-asked.ts';

/** Milliseconds to wait after a key before registries are asked. */
const pause = 700;

/** What a copy would send to a name, or write into a file if there is none. */
export const useCopyForecast = (from: CopySource | undefined, to: string | undefined): Asked<CopyForecast> =>
  useAsked(from && JSON.stringify([from, to]), (signal) => ask(from, to, signal), { pause });

async function ask(from: CopySource | undefined, to: string | undefined, signal: AbortSignal): Promise<CopyForecast> {
  if (!from) throw new Error('nothing to ask');
  if (from.kind !== 'image') return client.transfer.forecastCopy({ from, ...(to && { to }) }, { signal });
  const { registry, ...forecast } = await client.transfer.forecastPublish({ reference: from.reference, target: to ?? '' }, { signal });
  return { ...forecast, target: registry, platforms: [], isAtMost: false };
}
