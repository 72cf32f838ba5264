import type { Failure } from '../../../contract/failure.ts';
import { FailureNote } from '../../ui/FailureNote.tsx';

/** A failure at the end of a long dialog, which comes into sight when it happens. */
export const SeenFailure = ({ failure }: { failure: Failure }) => (
  <div ref={bringIntoSight}>
    <FailureNote failure={failure} />
  </div>
);

const bringIntoSight = (note: HTMLElement | null): void => note?.scrollIntoView({ block: 'nearest' });
