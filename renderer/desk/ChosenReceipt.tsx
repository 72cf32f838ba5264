import { Button } from '@mantine/core';
import type { GrantedPath } from '../../contract/file.ts';
import { client } from '../connection/client.ts';
import { useAsked } from '../connection/use-asked.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { ReceiptCard } from './ReceiptCard.tsx';
import { takeReceipt } from './receipt.ts';

/** The receipt at hand, and the way to do without it. */
export function ChosenReceipt({ receipt: { grant } }: { receipt: GrantedPath }) {
  const { answer, failure } = useAsked(grant, (signal) => client.archives.readReceipt({ receipt: grant }, { signal }));
  const leave = () => takeReceipt(undefined);
  if (!failure) return answer ? <ReceiptCard receipt={answer} onLeave={leave} /> : null;
  return (
    <FailureNote failure={failure}>
      <Button size="xs" onClick={leave}>
        Save everything instead
      </Button>
    </FailureNote>
  );
}
