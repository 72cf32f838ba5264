import type { Failure } from '../../../contract/failure.ts';
import type { PushForecast, PushTarget } from '../../../contract/transfer.ts';
import { client } from '../../connection/client.ts';
import { failureOf } from '../../connection/failure-of.ts';
import { type Asked, useAsked } from '../../connection/use-asked.ts';
import { adjustForecasts } from './adjust-forecasts.ts';

export type NamedForecast = { reference: string; forecast?: PushForecast; failure?: Failure };

/** How many names a registry is asked about; more would not be worth the requests. */
export const mostAsked = 10;

/** What pushing names one after another would send: a layer that one of them brings is there for the next. */
export const usePushForecasts = (references: string[], to: PushTarget, isReady: boolean): Asked<NamedForecast[]> =>
  useAsked(isReady && references.length > 0 ? JSON.stringify([references, to]) : undefined, async (signal) => {
    const asked = await Promise.all(references.slice(0, mostAsked).map((reference) => forecastOf(reference, to, signal)));
    return adjustForecasts(asked);
  });

async function forecastOf(reference: string, to: PushTarget, signal: AbortSignal): Promise<NamedForecast> {
  try {
    return { reference, forecast: await client.transfer.forecastPush({ reference, to }, { signal }) };
  } catch (error) {
    return { reference, failure: failureOf(error) };
  }
}
