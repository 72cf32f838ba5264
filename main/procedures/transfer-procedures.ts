import { isReference, nameAt, withDefaultTag } from '../../contract/reference.ts';
import { forecastCopy } from '../features/copy/forecast-copy.ts';
import { forecastSend } from '../features/images/forecast-send.ts';
import { addressOf } from '../features/local-registry/end-registry.ts';
import { forecastPull } from '../features/transfer/forecast-pull.ts';
import { forecastPush } from '../features/transfer/forecast-push.ts';
import { readReceiptFile } from '../foundation/receipts/read-receipt-file.ts';
import type { Implementer, ProcedureParts } from './router.ts';

type TransferParts = Pick<
  ProcedureParts,
  'connection' | 'shelves' | 'images' | 'grants' | 'registry' | 'access' | 'forecasts' | 'recent' | 'suggestions'
>;

/** The contract's procedures about pulling and pushing images. */
export const transferProcedures = (
  os: Implementer,
  { connection, shelves, images, grants, registry, access, forecasts, recent, suggestions }: TransferParts,
) => ({
  suggest: os.transfer.suggest.handler(({ input }) => {
    const here = (images.list?.images ?? []).flatMap(({ references }) => references).filter(isReference);
    return suggestions.suggest(input.text, { here, before: recent.references });
  }),
  forecastPull: os.transfer.forecastPull.handler(({ input, signal }) => forecastPull(connection.engine, input, forecasts, signal)),
  forecastPush: os.transfer.forecastPush.handler(({ input: { reference, to, at }, signal }) => {
    const target = to === 'own-registry' ? withDefaultTag(reference) : nameAt(addressOf(registry.registry), reference);
    return forecastPush(shelves.at(at).connection.engine, { reference, target }, forecasts, signal);
  }),
  forecastSend: os.transfer.forecastSend.handler(({ input: { references, at, to } }) =>
    forecastSend(shelves.at(at), shelves.at(to), references),
  ),
  forecastCopy: os.transfer.forecastCopy.handler(async ({ input: { from, to, receipt }, signal }) => {
    const source = from.kind === 'archive' ? { ...from, path: grants.pathOf(from.archive, 'read') } : from;
    const whose = receipt === undefined ? undefined : await readReceiptFile(grants.pathOf(receipt, 'read'));
    return forecastCopy(source, { reference: to, receipt: whose }, access, signal);
  }),
  forecastPublish: os.transfer.forecastPublish.handler(({ input: { at, ...input }, signal }) =>
    forecastPush(shelves.at(at).connection.engine, input, forecasts, signal),
  ),
});
