import { Button, Checkbox } from '@mantine/core';
import { IconBox, IconHammer, IconLock, IconPackage, IconWorldDown } from '@tabler/icons-react';
import type { CacheItem, CleanUpItem } from '../../../contract/disk.ts';
import { ago } from '../../ui/format.ts';
import { LongList } from '../../ui/LongList.tsx';
import { useNow } from '../../ui/use-now.ts';
import c from './CleanUpList.module.css';
import { backWords, freedWords, isLostForGood, restWords, titleOf, whyOf } from './disk-words.ts';

type Props = {
  items: CleanUpItem[];
  chosen: ReadonlySet<string>;
  isPending: boolean;
  onToggle(key: string): void;
  onRecords(item: CacheItem): void;
};

/** Everything that could go, the least missed first, each with why, since when, how it comes back, and what that frees. */
export function CleanUpList({ items, chosen, isPending, onToggle, onRecords }: Props) {
  const now = useNow(60_000);
  return (
    <>
      <div className={`sm t3 ${c.row} ${c.head}`} aria-hidden>
        <span />
        <span>What could go, least missed first</span>
        <span>Last used</span>
        <span>How it comes back</span>
        <span className={c.right}>Frees alone</span>
      </div>
      <LongList items={items} keyOf={({ key }) => key} rowHeight={52} label="What could go">
        {(item) => (
          <CleanUpRow
            item={item}
            isChosen={chosen.has(item.key)}
            isPending={isPending}
            now={now}
            onToggle={() => onToggle(item.key)}
            onRecords={item.kind === 'cache' ? () => onRecords(item) : undefined}
          />
        )}
      </LongList>
    </>
  );
}

type RowProps = {
  item: CleanUpItem;
  isChosen: boolean;
  isPending: boolean;
  now: number;
  onToggle(): void;
  onRecords?: (() => void) | undefined;
};

function CleanUpRow({ item, isChosen, isPending, now, onToggle, onRecords }: RowProps) {
  const { words, sureness } = backWords(item);
  const rest = restWords(item);
  const title = titleOf(item);
  return (
    <div className={c.row} data-stays={item.stays}>
      {item.stays ? (
        <IconLock size={15} stroke={1.6} className="t3" aria-label="stays" />
      ) : (
        <Checkbox size="xs" checked={isChosen} onChange={onToggle} aria-label={title} />
      )}
      <div className="grow">
        <p className={`strong cut`} title={title}>
          {title}
        </p>
        <p className="sm t2 cut">
          {whyOf(item)}
          {onRecords && (
            <Button size="compact-xs" variant="subtle" className={c.more} onClick={onRecords} aria-label={`Show the parts of ${title}`}>
              Show the parts
            </Button>
          )}
        </p>
      </div>
      <span className="t2 cut">{item.lastUsedAt === undefined ? 'not known' : ago(item.lastUsedAt, now)}</span>
      <span className={`cut ${c.back}`} data-sureness={sureness} title={words}>
        <BackIcon item={item} />
        {item.stays ? '' : words}
      </span>
      <span className={`num ${c.right}`}>
        <span className={isLostForGood(item) ? 't2' : 'strong'}>{!item.freed && isPending ? '…' : freedWords(item.freed)}</span>
        {rest && <span className="sm t3 cut">{rest}</span>}
      </span>
    </div>
  );
}

function BackIcon({ item }: { item: CleanUpItem }) {
  if (item.stays) return null;
  const icon = { size: 15, stroke: 1.6, 'aria-hidden': true };
  if (item.kind === 'cache') return <IconHammer {...icon} />;
  if (item.kind === 'container') return <IconBox {...icon} />;
  return item.comesBack.how === 'registry' ? (
    <IconWorldDown {...icon} />
  ) : item.comesBack.how === 'build' ? (
    <IconHammer {...icon} />
  ) : (
    <IconPackage {...icon} />
  );
}
