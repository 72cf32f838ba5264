import { Checkbox } from '@mantine/core';
import type { CompareSummary } from '../../../../contract/compare.ts';
import type { FileChange } from '../../../../contract/layer-files.ts';
import { capitalised, count, grouped, listed } from '../../../ui/format.ts';
import { FileMark } from '../FileMark.tsx';
import c from '../FileTools.module.css';
import { SearchField } from '../FileTools.tsx';
import { changeWords } from '../file-words.ts';

const changes: FileChange[] = ['added', 'changed', 'removed'];

type Props = {
  summary: CompareSummary;
  names: [string, string];
  change: FileChange | undefined;
  text: string;
  withTimes: boolean;
  onChange(change: FileChange | undefined): void;
  onText(text: string): void;
  onTimes(withTimes: boolean): void;
};

/** What narrows the differences down, and what doesn’t count as one. */
export function DifferenceTools({ summary, names, change, text, withTimes, onChange, onText, onTimes }: Props) {
  const { files, onlyTimes, listed: told } = summary;
  const byList = names.filter((_, at) => (told[at]?.length ?? 0) > 0);
  return (
    <div className={c.tools}>
      <div className={c.line}>
        <SearchField text={text} label="Find a file that differs" onText={onText} />
        <Checkbox label="Times count, too" checked={withTimes} onChange={(event) => onTimes(event.currentTarget.checked)} />
      </div>
      <fieldset className={c.chips} aria-label="Show">
        <button type="button" className={c.chip} aria-pressed={!change} onClick={() => onChange(undefined)}>
          All <span className="num">{grouped(files.added + files.changed + files.removed)}</span>
        </button>
        {changes.map((one) => (
          <button key={one} type="button" className={c.chip} aria-pressed={change === one} onClick={() => onChange(one)}>
            <FileMark change={one} isSaid={false} />
            {capitalised(changeWords[one])} <span className="num">{grouped(files[one])}</span>
          </button>
        ))}
      </fieldset>
      <p className={`sm t3 num`}>
        {withTimes ? '' : timesWords(onlyTimes)}The order of files in layers never counts.
        {byList.length > 0 && ` Some files of ${listed(byList)} are known by a list that the image brings along.`}
      </p>
    </div>
  );
}

const timesWords = (onlyTimes: number): string =>
  onlyTimes === 0
    ? 'When files were written doesn’t count. '
    : `${count(onlyTimes, 'place')} differ${onlyTimes === 1 ? 's' : ''} by time alone and ${onlyTimes === 1 ? 'is' : 'are'} left out. `;
