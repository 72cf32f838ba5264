import type { Failure } from '../../contract/failure.ts';
import type { PushForecast, PushTarget } from '../../contract/transfer.ts';
import { client } from '../connection/client.ts';
import { failureOf } from '../connection/failure-of.ts';
import { type Asked, useAsked } from '../connection/use-asked.ts';
import { inOrder } from './in-order.ts';

export type NamedForecast = { reference: string; forecast?: PushForecast; failure?: Failure };

/** Names that a registry is asked about; with more the answer is not worth the questions. */
export const mostAsked = 10;

/** What pushing names one after the other would send: a layer that one of them brings is there for the next. */
export const usePushForecasts = (references: string[], to: PushTarget, isReady: boolean): Asked<NamedForecast[]> =>
  useAsked(isReady && references.length > 0 ? JSON.stringify([references, to]) : undefined, async (signal) => {
    const asked = await Promise.all(references.slice(0, mostAsked).map((reference) => forecastOf(reference, to, signal)));
    return inOrder(asked);
  });

async function forecastOf(reference: string, to: PushTarget, signal: AbortSignal): Promise<NamedForecast> {
  try {
    return { reference, forecast: await client.transfer.forecastPush({ reference, to }, { signal }) };
  } catch (error) {
    return { reference, failure: failureOf(error) };
  }
}
