import type { Failure } from '../../../contract/failure.ts';
import type { PushForecast, PushTarget } from '../../../contract/transfer.ts';
import { client } from '../../connection/client.ts';
import { failureOf } from '../../connection/failure-of.ts';
import { type Asked, useAsked } from '../../connection/use-asked.ts';
import { useEngineScope } from '../../desk/engine-scope.ts';
import { adjustForecasts } from './adjust-forecasts.ts';

export type NamedForecast = { reference: string; forecast?: PushForecast; failure?: Failure };

/** How many names a registry is asked about; more would not be worth the requests. */
export const mostAsked = 10;

/** What pushing names one after another would send: a layer that one of them brings is there for the next. */
export function usePushForecasts(references: string[], to: PushTarget, isReady: boolean): Asked<NamedForecast[]> {
  const at = useEngineScope();
  return useAsked(isReady && references.length > 0 ? JSON.stringify([references, to]) : undefined, async (signal) => {
    const asked = await Promise.all(references.slice(0, mostAsked).map((reference) => forecastOf({ reference, to, at }, signal)));
    return adjustForecasts(asked);
  });
}

type Wanted = { reference: string; to: PushTarget; at: string | undefined };

async function forecastOf({ reference, to, at }: Wanted, signal: AbortSignal): Promise<NamedForecast> {
  try {
    return { reference, forecast: await client.transfer.forecastPush({ reference, to, at }, { signal }) };
  } catch (error) {
    return { reference, failure: failureOf(error) };
  }
}
