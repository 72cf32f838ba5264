import type { Holder } from '../../../contract/holder.ts';
import { grouped } from '../../ui/format.ts';
import { HolderRow } from './HolderRow.tsx';
import c from './RemovalDetails.module.css';

const shownAtMost = 20;

/** The containers that hold images back, each with a press that removes it. `ids` are the images that are to be removed. */
export const HolderList = ({ holders, ids, at }: { holders: Holder[]; ids: string[]; at: string | undefined }) => (
  <ul className={c.holders} aria-label="Containers that hold them back">
    {holders.slice(0, shownAtMost).map((holder) => (
      <HolderRow key={`${holder.id} ${holder.startedAt}`} holder={holder} ids={ids} at={at} />
    ))}
    {holders.length > shownAtMost && <li className={`t2 ${c.item}`}>and {grouped(holders.length - shownAtMost)} more</li>}
  </ul>
);
