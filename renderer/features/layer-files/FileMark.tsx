import { IconMinus, IconPencil, IconPlus } from '@tabler/icons-react';
import type { FileChange } from '../../../contract/layer-files.ts';
import c from './FileMark.module.css';
import { changeWords } from './file-words.ts';

const icons = { added: IconPlus, changed: IconPencil, removed: IconMinus };

/** What happened to a file: a shape and a word before a colour. */
export function FileMark({ change, isSaid = true }: { change: FileChange; isSaid?: boolean }) {
  const Icon = icons[change];
  return (
    <span className={c.mark} data-change={change} title={changeWords[change]}>
      <Icon size={11} stroke={2.2} aria-hidden />
      {isSaid && <span className="hidden">{changeWords[change]}</span>}
    </span>
  );
}
