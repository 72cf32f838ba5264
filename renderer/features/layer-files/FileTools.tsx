import { Checkbox, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { FileChange, FilesSummary } from '../../../contract/layer-files.ts';
import { bytes, capitalised, count, grouped } from '../../ui/format.ts';
import { FileMark } from './FileMark.tsx';
import c from './FileTools.module.css';
import type { FileLook } from './file-look.ts';
import { changeWords } from './file-words.ts';

/** Milliseconds to wait while somebody types. */
const pause = 150;

const changes: FileChange[] = ['added', 'changed', 'removed'];

type Props = { look: FileLook; summary: FilesSummary | undefined; onChange(part: Partial<FileLook>): void };

/** What narrows the tree down: words of names, and what a layer did. */
export function FileTools({ look, summary, onChange }: Props) {
  const { layer, change, withBefore } = look;
  return (
    <div className={c.tools}>
      <div className={c.line}>
        <SearchField
          text={look.text}
          label={layer === undefined ? 'Find a file in the image' : 'Find a file in this layer'}
          onText={(text) => onChange({ text })}
        />
        {layer !== undefined && (
          <Checkbox
            label="Also unchanged"
            checked={withBefore}
            onChange={(event) => onChange({ withBefore: event.currentTarget.checked })}
          />
        )}
      </div>
      {layer === undefined ? (
        <p className={`sm t2 num ${c.sum}`}>{summary ? `${count(summary.files, 'file')} and links, ${bytes(summary.bytes)}` : ' '}</p>
      ) : (
        <fieldset className={c.chips} aria-label="Show">
          <button type="button" className={c.chip} aria-pressed={!change} onClick={() => onChange({ change: undefined })}>
            All <span className="num">{summary ? grouped(summary.files) : ''}</span>
          </button>
          {changes.map((one) => (
            <button key={one} type="button" className={c.chip} aria-pressed={change === one} onClick={() => onChange({ change: one })}>
              <FileMark change={one} isSaid={false} />
              {capitalised(changeWords[one])} <span className="num">{summary ? grouped(summary.changes[one]) : ''}</span>
            </button>
          ))}
        </fieldset>
      )}
    </div>
  );
}

type FieldProps = { text: string; label: string; onText(text: string): void };

/** Words of names, looked for after a pause. */
export function SearchField({ text, label, onText }: FieldProps) {
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed starts it
  useEffect(() => {
    if (typed === text) return;
    const timer = setTimeout(() => onText(typed), pause);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <TextInput
      className="grow"
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={14} stroke={1.7} aria-hidden />}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Escape' && setTyped('')}
    />
  );
}
