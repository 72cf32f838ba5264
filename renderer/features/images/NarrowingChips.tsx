import { IconX } from '@tabler/icons-react';
import { count } from '../../ui/format.ts';
import { Ring } from '../../ui/Ring.tsx';
import c from './FilterBar.module.css';
import { narrow, toggleSteps, useImageList } from './list-store.ts';
import { narrowingWords } from './narrow-rows.ts';

type Props = {
  /** How many images are left out because it isn't known when they were used; undefined while that is asked. */
  unknown: number | undefined;
};

/** What narrows the list, each of it with a button that takes it away. */
export function NarrowingChips({ unknown }: Props) {
  const narrowing = useImageList((list) => list.narrowing);
  const showsSteps = useImageList((list) => list.showsSteps);
  const chips = narrowingWords(narrowing);
  if (chips.length === 0 && !showsSteps) return null;
  return (
    <fieldset className={c.narrowing} aria-label="Narrowed to">
      {chips.map(({ of, words }) => (
        <Removable key={of} words={words} onRemove={() => narrow({ [of]: undefined })} />
      ))}
      {showsSteps && <Removable words="With the steps of builds" onRemove={toggleSteps} />}
      <span className="t3" role="status">
        {narrowing.unusedFor !== undefined && (unknown === undefined ? <Asking /> : unknownWords(unknown))}
      </span>
    </fieldset>
  );
}

const Removable = ({ words, onRemove }: { words: string; onRemove(): void }) => (
  <button type="button" className={c.removable} aria-label={`${words}: show the others, too`} onClick={onRemove}>
    <span className="cut">{words}</span>
    <IconX size={12} stroke={2} aria-hidden />
  </button>
);

const Asking = () => (
  <>
    <Ring size={11} label="" /> Asking when they were last used…
  </>
);

const unknownWords = (unknown: number): string =>
  unknown === 0 ? '' : `${count(unknown, 'image')} left out: it isn’t known when ${unknown === 1 ? 'it was' : 'they were'} last used.`;
