import { infoOf, takesParts } from '../../foundation/engine/engine-info.ts';
import { plainName, type Receipt } from '../../foundation/receipts/receipt.ts';
import type { Shelf } from './shelf.ts';

/** The layers that an engine has now. Throws a failure while its images are still being read, as the list would lack some. */
export async function receiptOf({ connection: { engine }, allStacks }: Shelf, now: number): Promise<Receipt> {
  const stacks = await allStacks();
  const { computer } = await infoOf(engine);
  return {
    name: plainName(computer || engine.candidate.label),
    madeAt: now,
    platform: engine.platform,
    takesParts: await takesParts(engine),
    chains: new Set([...stacks.values()].flat()),
  };
}
