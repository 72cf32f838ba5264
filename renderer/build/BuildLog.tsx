import { Checkbox } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type ReactNode, useMemo, useState } from 'react';
import type { BuildStep } from '../../contract/build.ts';
import type { LogLine } from '../../contract/task.ts';
import { attempt } from '../connection/attempt.ts';
import { client } from '../connection/client.ts';
import { copyText } from '../connection/copy-text.ts';
import { plainText } from '../ui/AnsiText.tsx';
import { LogPane } from '../ui/LogPane.tsx';
import { describeStep } from './describe-step.ts';

type Props = {
  lines: LogLine[];
  marked: BuildStep | undefined;
  isRunning: boolean /** Nobody saw its end. */;
  isLost: boolean;
  save: ReactNode;
};

/** What the steps print, all of them or the marked one alone. */
export function BuildLog({ lines, marked, isRunning, isLost, save }: Props) {
  const [onlyMarked, setOnlyMarked] = useState(false);
  const isOne = onlyMarked && marked !== undefined;
  const shown = useMemo(() => (isOne ? lines.filter(({ step }) => step === marked.id) : lines), [lines, isOne, marked]);
  return (
    <LogPane
      lines={shown}
      copy={() => copyText(tailThatFits(shown))}
      empty={isLost ? 'What it printed is not known.' : emptyWords(isRunning, isOne ? marked : undefined)}
      actions={save}
      filters={
        <Checkbox
          label="This step only"
          disabled={!marked}
          checked={isOne}
          onChange={(event) => setOnlyMarked(event.currentTarget.checked)}
        />
      }
      missing={isOne ? undefined : <>All of them are in the log that “Save…” writes to a file.</>}
    />
  );
}

function emptyWords(isRunning: boolean, step: BuildStep | undefined): string {
  const who = step ? `“${describeStep(step.instruction)}”` : 'This build';
  return isRunning ? `${step ? who : 'Nothing'} ${step ? 'has printed nothing yet.' : 'was printed yet.'}` : `${who} printed nothing.`;
}

/** Asks where to, has main write the whole log there, and says so. */
export async function saveWholeLog(build: string): Promise<void> {
  const saved = await attempt(() => client.build.saveLog({ build }));
  if (saved) notifications.show({ title: 'The log is saved', message: saved.path, autoClose: 6000 });
}

/** The clipboard takes 100,000 characters; the end of a log is what one wants of it. */
const tailThatFits = (lines: LogLine[]): string =>
  lines
    .map(({ text }) => plainText(text))
    .join('\n')
    .slice(-100_000);
