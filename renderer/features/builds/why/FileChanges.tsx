import { IconFile, IconFileMinus, IconFilePlus, IconLock } from '@tabler/icons-react';
import type { FileChange } from '../../../../contract/explanation.ts';
import { count } from '../../../ui/format.ts';
import { changeNote, changeWords } from './cause-words.ts';
import c from './WhyCard.module.css';

/** Files shown at once; the rest is counted. */
const shown = 50;

export const FileChanges = ({ changes, total }: { changes: FileChange[]; total: number }) => (
  <>
    <ul className={c.files} aria-label="Changed files">
      {changes.slice(0, shown).map((change) => (
        <li key={change.path}>
          <FileIcon change={change} />
          <span className={`mono cut ${c.path}`} title={change.path}>
            {change.path}
          </span>
          <span className={c.what}>{changeWords(change)}</span>
          <span className={`t3 sm ${c.note}`}>{changeNote(change)}</span>
        </li>
      ))}
    </ul>
    {total > shown && <p className="sm t3">and {count(total - Math.min(shown, changes.length), 'more file', 'more files')}</p>}
  </>
);

const came = new Set<string>(['added', 'no-longer-ignored', 'sent']);
const went = new Set<string>(['removed', 'ignored', 'no-longer-sent']);

function FileIcon({ change: { differences } }: { change: FileChange }) {
  const what = differences[0]?.what;
  const Icon = came.has(what ?? '') ? IconFilePlus : went.has(what ?? '') ? IconFileMinus : what === 'mode' ? IconLock : IconFile;
  return <Icon size={15} stroke={1.5} className="t3" aria-hidden />;
}
