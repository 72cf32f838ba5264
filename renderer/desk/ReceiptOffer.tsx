import { Button } from '@mantine/core';
import { client } from '../connection/client.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { Folded } from '../ui/Folded.tsx';
import { attempt } from './attempt.ts';
import { copyText } from './copy-text.ts';
import c from './receipt.module.css';
import { takeReceipt } from './receipt.ts';

/** What makes a receipt where there is no Layerdeck. */
const command = 'docker image inspect $(docker image ls -aq) > receipt.json';

/** Offers to pack only what another computer lacks. */
export function ReceiptOffer() {
  const choose = () => void attempt(() => client.archives.chooseReceipt()).then((receipt) => receipt && takeReceipt(receipt));
  return (
    <section className={c.offer} aria-label="For another computer">
      <div className="row">
        <p className="grow t2">Does the other computer have part of it already? By its receipt, only the rest is packed.</p>
        <Button size="xs" onClick={choose}>
          Choose its receipt…
        </Button>
      </div>
      <Folded summary="How to get a receipt">
        <p className="t2">
          On the other computer, open Layerdeck, and under “Engines” choose “Make a receipt of its layers…” beside its engine, or “Make a
          receipt…” on the page of a registry. Bring the small file here, and drop it on this window. It names no image: layers go by
          numbers that mean nothing to those who don’t have them.
        </p>
        <p className="t2">Without Layerdeck there, docker writes one, too:</p>
        <CopyButton label="Copy the command" copy={() => copyText(command)}>
          <span className={`mono ${c.command}`}>{command}</span>
        </CopyButton>
      </Folded>
    </section>
  );
}
