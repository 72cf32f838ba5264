import { Button } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import type { Advice } from '../../../contract/advice.ts';
import { client } from '../../connection/client.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { copyText } from '../../desk/copy-text.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { bytes, duration } from '../../ui/format.ts';
import { Ring } from '../../ui/Ring.tsx';
import c from './AdvicePanel.module.css';

type Props = {
  build: string;
  /** Shows these lines in the Dockerfile. */
  onShowLines(first: number, last: number): void;
};

/** How the Dockerfile of a build could be better. Layerdeck only proposes. */
export function AdvicePanel({ build, onShowLines }: Props) {
  const { answer: advice, failure } = useAsked(build, (signal) => client.build.advice({ build }, { signal }));
  if (failure) {
    return (
      <div className={c.panel}>
        <FailureNote failure={failure} />
      </div>
    );
  }
  if (!advice) {
    return (
      <p className={`row t2 ${c.panel}`} role="status">
        <Ring /> Reading the Dockerfile
      </p>
    );
  }
  return (
    <div className={`scroll ${c.panel}`}>
      <p className="t2">{advice.length > 0 ? 'Ideas for the Dockerfile. Layerdeck doesn’t change it.' : nothing}</p>
      {advice.length > 0 && (
        <ul className={c.list} aria-label="Advice">
          {advice.map((one) => (
            <AdviceCard key={`${one.rule} ${one.line}`} advice={one} onShowLines={onShowLines} />
          ))}
        </ul>
      )}
    </div>
  );
}

const nothing = 'No advice: Layerdeck found nothing to improve.';

function AdviceCard({ advice, onShowLines }: { advice: Advice } & Pick<Props, 'onShowLines'>) {
  const { line, lastLine, title, reason, suggestion, saves } = advice;
  const saved = savedWords(saves);
  return (
    <li className={c.card}>
      <div className={c.head}>
        <IconBulb size={16} stroke={1.6} aria-hidden />
        <h3 className={`grow ${c.title}`}>{title}</h3>
        <Button size="xs" variant="subtle" onClick={() => onShowLines(line, lastLine)}>
          {line === lastLine ? `Line ${line}` : `Lines ${line}–${lastLine}`}
        </Button>
      </div>
      <p className="t2">{reason}</p>
      {saved && <p className={c.saves}>{saved}</p>}
      {suggestion && (
        <div className={c.suggestion}>
          <pre className="mono">{suggestion}</pre>
          <CopyButton label="Copy the suggestion" copy={() => copyText(suggestion)} />
        </div>
      )}
    </li>
  );
}

/** "With nothing else changed, it would have saved 48 s and a layer of 212 MB in this build" */
function savedWords(saves: Advice['saves']): string | undefined {
  const parts = [
    saves?.seconds !== undefined && saves.seconds >= 0.5 && duration(saves.seconds),
    saves?.bytes !== undefined && saves.bytes > 0 && `a layer of ${bytes(saves.bytes)}`,
  ].filter((part) => typeof part === 'string');
  return parts.length > 0 ? `With nothing else changed, it would have saved ${parts.join(' and ')} in this build` : undefined;
}
