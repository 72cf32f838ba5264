import type { GrantedPath } from '../../../../contract/file.ts';
import type { SuitcaseForecast } from '../../../../contract/receipt.ts';
import { client } from '../../../connection/client.ts';
import { type Asked, useAsked } from '../../../connection/use-asked.ts';
import { useEngineScope } from '../../../desk/engine-scope.ts';
import { useReceipt } from '../../../desk/receipt.ts';

export type SuitcaseAnswers = {
  receipt: GrantedPath | undefined;
  /** What goes into the file of the chosen names, once it is known. */
  forecast: SuitcaseForecast | undefined;
  /** The same of all that are offered, for the list. */
  offered: Asked<SuitcaseForecast>;
};

/** What saving names for the computer of the receipt at hand would pack; without a receipt, nothing is asked. */
export function useSuitcase(offered: string[], chosen: string[]): SuitcaseAnswers {
  const at = useEngineScope();
  const receipt = useReceipt((store) => store.receipt);
  const ask = (references: string[]) => (signal: AbortSignal) =>
    client.archives.forecastSuitcase({ references, receipt: receipt?.grant ?? '', at }, { signal });
  const key = (references: string[]) => (receipt && references.length > 0 ? JSON.stringify([receipt.grant, references, at]) : undefined);
  const all = useAsked(key(offered), ask(offered));
  const some = useAsked(key(chosen), ask(chosen));
  return { receipt, forecast: some.isAsking ? undefined : some.answer, offered: all };
}
