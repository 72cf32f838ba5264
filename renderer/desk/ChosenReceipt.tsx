import { Button } from '@mantine/core';
import type { Failure } from '../../contract/failure.ts';
import type { GrantedPath } from '../../contract/file.ts';
import { client } from '../connection/client.ts';
import { useAsked } from '../connection/use-asked.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { ReceiptCard } from './ReceiptCard.tsx';
import { takeReceipt } from './receipt.ts';

/** The receipt at hand, and the way to do without it. */
export function ChosenReceipt({ receipt: { grant } }: { receipt: GrantedPath }) {
  const { answer, failure } = useAsked(grant, (signal) => client.archives.readReceipt({ receipt: grant }, { signal }));
  if (!failure) return answer ? <ReceiptCard receipt={answer} onLeave={() => takeReceipt(undefined)} /> : null;
  return <RefusedReceipt failure={failure} />;
}

/** Why a file is no receipt, and the way to do without one. */
export const RefusedReceipt = ({ failure }: { failure: Failure }) => (
  <FailureNote failure={failure}>
    <Button size="xs" onClick={() => takeReceipt(undefined)}>
      Save everything instead
    </Button>
  </FailureNote>
);
