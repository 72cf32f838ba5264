import { infoOf, takesParts } from '../../foundation/engine/engine-info.ts';
import { FailureError } from '../../foundation/failures/failure.ts';
import type { Receipt } from '../../foundation/receipts/receipt.ts';
import type { Shelf } from './shelf.ts';

/** The layers that an engine has now. Throws a failure while its images are still being read, as the list would lack some. */
export async function receiptOf({ connection: { engine }, images, knownChains }: Shelf, now: number): Promise<Receipt> {
  if (!images.list) throw new FailureError(stillReading);
  const { computer } = await infoOf(engine);
  return {
    name: computer || engine.candidate.label,
    madeAt: now,
    platform: engine.platform,
    takesParts: await takesParts(engine),
    chains: await knownChains(),
  };
}

const stillReading = {
  kind: 'in-use' as const,
  title: 'The engine’s images are still being read',
  detail: 'A receipt made now would lack some of its layers.',
  hint: 'Try again in a moment.',
};
