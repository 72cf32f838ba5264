import { Button } from '@mantine/core';
import { IconClipboardCheck } from '@tabler/icons-react';
import type { ReceiptShown } from '../../contract/receipt.ts';
import { ago, count, dateAndTime } from '../ui/format.ts';
import { IconTile } from '../ui/IconTile.tsx';
import c from './receipt.module.css';

type Props = { receipt: ReceiptShown; onLeave?: () => void };

/** Whose receipt it is, and what it lists. */
export const ReceiptCard = ({ receipt: { name, madeAt, layers }, onLeave }: Props) => (
  <section className={c.receipt} aria-label="Receipt">
    <IconTile>
      <IconClipboardCheck size={18} stroke={1.5} aria-hidden />
    </IconTile>
    <span className="grow">
      <p className="strong">Receipt of {name}</p>
      <p className="sm t2">
        lists {count(layers, 'layer')} that it has
        {madeAt !== undefined && (
          <>
            , made <span title={dateAndTime(madeAt)}>{ago(madeAt, Date.now())}</span>
          </>
        )}
      </p>
    </span>
    {onLeave && (
      <Button size="xs" variant="subtle" onClick={onLeave}>
        Save everything instead
      </Button>
    )}
  </section>
);
