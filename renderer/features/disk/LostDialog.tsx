import type { CleanUpItem } from '../../../contract/disk.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { bytes, count } from '../../ui/format.ts';
import { titleOf } from './disk-words.ts';

type Props = { items: CleanUpItem[]; action: string; onAct(): void; onClose(): void };

/** Asks once more before something goes that is nowhere else, as far as is known. */
export const LostDialog = ({ items, action, onAct, onClose }: Props) => (
  <Dialog
    title={items.length === 1 ? 'One of these may be lost for good' : `${count(items.length, 'of these', 'of these')} may be lost for good`}
    lead="No registry and no build is known that they come from. Save an image to a file first if you may need it."
    action={action}
    destructive
    onAct={onAct}
    onClose={onClose}
    cancel="Keep everything"
  >
    <ul>
      {items.slice(0, most).map((item) => (
        <li key={item.key} className="row">
          <span className="grow cut">{titleOf(item)}</span>
          <span className="num t2">{bytes(item.size)}</span>
        </li>
      ))}
    </ul>
    {items.length > most && <p className="t2">and {count(items.length - most, 'more', 'more')}</p>}
  </Dialog>
);

const most = 12;
