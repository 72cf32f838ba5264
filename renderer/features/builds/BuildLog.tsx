import { Checkbox } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import type { BuildStep } from '../../../contract/build.ts';
import type { LogLine } from '../../../contract/task.ts';
import { client } from '../../connection/client.ts';
import { attempt } from '../../desk/attempt.ts';
import { copyText } from '../../desk/copy-text.ts';
import { plainText } from '../../ui/AnsiText.tsx';
import { LogPane } from '../../ui/LogPane.tsx';
import { notify } from '../../ui/notify.ts';
import { describeStep } from './describe-step.ts';

type Props = {
  lines: LogLine[];
  marked: BuildStep | undefined;
  isRunning: boolean /** Nobody saw the end of the build. */;
  isLost: boolean;
  save: ReactNode;
};

/** What the steps print: all of them, or the marked one alone. */
export function BuildLog({ lines, marked, isRunning, isLost, save }: Props) {
  const [onlyMarked, setOnlyMarked] = useState(false);
  const isOne = onlyMarked && marked !== undefined;
  const shown = useMemo(() => (isOne ? lines.filter(({ step }) => step === marked.id) : lines), [lines, isOne, marked]);
  return (
    <LogPane
      lines={shown}
      copy={() => copyText(tailThatFits(shown))}
      empty={isLost ? 'It isn’t known what the build printed.' : emptyWords(isRunning, isOne ? marked : undefined)}
      actions={save}
      filters={
        <Checkbox
          label="This step only"
          disabled={!marked}
          checked={isOne}
          onChange={(event) => setOnlyMarked(event.currentTarget.checked)}
        />
      }
      missing={isOne ? undefined : <>“Save…” writes the whole log to a file.</>}
    />
  );
}

function emptyWords(isRunning: boolean, step: BuildStep | undefined): string {
  const who = step ? `“${describeStep(step.instruction)}”` : 'This build';
  return isRunning ? `${who} has printed nothing yet.` : `${who} printed nothing.`;
}

/** Has main ask for a place and write the whole log there, and says where it is. */
export async function saveWholeLog(build: string): Promise<void> {
  const saved = await attempt(() => client.build.saveLog({ build }));
  if (saved) notify('The log is saved', saved.path);
}

/** The clipboard takes 100,000 characters; the end of a log matters most. */
const tailThatFits = (lines: LogLine[]): string =>
  lines
    .map(({ text }) => plainText(text))
    .join('\n')
    .slice(-100_000);
