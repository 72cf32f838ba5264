import type { CacheEntry, CacheItem } from '../../../contract/disk.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { ago, bytes, count } from '../../ui/format.ts';
import { LongList } from '../../ui/LongList.tsx';
import { useNow } from '../../ui/use-now.ts';
import { titleOf } from './disk-words.ts';
import c from './RecordsDialog.module.css';

/** What a part of the build cache consists of: which steps of which builds. */
export function RecordsDialog({ item, onClose }: { item: CacheItem; onClose(): void }) {
  const now = useNow(60_000);
  return (
    <Dialog title={titleOf(item)} lead={`${count(item.records.length, 'part')}, ${bytes(item.size)} together`} onClose={onClose} size={720}>
      <LongList items={item.records} keyOf={({ id }) => id} rowHeight={50} label="Parts of the build cache">
        {(record) => (
          <div className={c.row}>
            <div className="grow">
              <p className="mono cut" title={record.what}>
                {record.what}
              </p>
              <p className="sm t2 cut">{detailsOf(record, now)}</p>
            </div>
            <span className="num">{bytes(record.size)}</span>
          </div>
        )}
      </LongList>
    </Dialog>
  );
}

function detailsOf({ build, lastUsedAt, uses, isShared, isInUse, keptBy }: CacheEntry, now: number): string {
  const words = [
    ...(build ? [`from the build of ${build.name}`] : []),
    ...(lastUsedAt === undefined ? [] : [`${uses > 1 ? `used ${count(uses, 'time')}, last ` : 'used '}${ago(lastUsedAt, now)}`]),
    ...(isInUse ? ['a build uses it now'] : []),
    ...(isShared ? ['an image has it, too'] : []),
    ...(keptBy > 0 ? [`${count(keptBy, 'part')} built on it ${keptBy === 1 ? 'keeps' : 'keep'} it`] : []),
  ];
  return words.join(' · ');
}
