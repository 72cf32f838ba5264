import { IconFileCode } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { BuildStep, LineRange } from '../../../contract/build.ts';
import type { Task } from '../../../contract/task.ts';
import { client } from '../../connection/client.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { isRunning } from '../../connection/use-task.ts';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import c from './BuildPage.module.css';

type Props = {
  task: Task;
  marked: BuildStep | undefined;
  /** Lines that a piece of advice is about; shown rather than the marked step's. */
  advised: LineRange | undefined;
};

/** The Dockerfile as it was when the build began, with the lines of the marked step highlighted. */
export function DockerfileView({ task, marked, advised }: Props) {
  const { id, state } = task;
  // the file is read when the build's turn comes
  const asked = state === 'queued' ? undefined : id;
  // of what another tool builds, it is known once the build has ended
  const since = isRunning(task);
  const { answer: dockerfile, failure } = useAsked(asked, (signal) => client.build.dockerfile({ build: id }, { signal }), { since });
  const range = advised ?? marked?.lines;
  const at = useRef<HTMLLIElement>(null);
  const first = range?.first;
  const box = useRef<HTMLElement>(null);
  // the failure below may take up half of the height, and the marked line stays in sight
  useEffect(() => {
    if (first === undefined || !box.current) return;
    const watch = new ResizeObserver(() => at.current?.scrollIntoView({ block: 'nearest' }));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, [first]);
  if (failure) return <p className={`t2 ${c.noFile}`}>{failure.title}</p>;
  if (!dockerfile) return <p className={`t2 ${c.noFile}`}>{state === 'queued' && 'The Dockerfile is read when the build begins.'}</p>;
  if (dockerfile.text === '')
    return (
      <p className={`t2 ${c.noFile}`}>
        {isRunning(task) ? 'The engine hands over the Dockerfile once the build has ended.' : 'No Dockerfile was kept of this build.'}
      </p>
    );
  const tone = !advised && marked?.state === 'failed' ? 'bad' : 'at';
  return (
    <ScrollRegion ref={box} className={c.code} label="Dockerfile">
      <div className={c.codeHead}>
        <IconFileCode size={15} stroke={1.6} aria-hidden />
        <span className="strong">{dockerfile.path}</span>
      </div>
      <ol className="mono">
        {numbered(dockerfile.text).map(({ number, text }) => {
          const isMarked = range !== undefined && number >= range.first && number <= range.last;
          return (
            <li
              key={number}
              ref={number === first ? at : undefined}
              className={c.line}
              data-mark={isMarked ? tone : undefined}
              aria-current={number === first ? 'step' : undefined}
            >
              <span className={`${c.lineNumber} num`}>{number}</span>
              <Source text={text} />
            </li>
          );
        })}
      </ol>
    </ScrollRegion>
  );
}

const numbered = (text: string) =>
  text
    .replace(/\n$/, '')
    .split('\n')
    .map((line, index) => ({ number: index + 1, text: line }));

function Source({ text }: { text: string }) {
  if (/^\s*#/.test(text)) return <span className={`t3 ${c.source}`}>{text}</span>;
  const [, keyword = '', rest = ''] = /^([A-Z]+(?=\s))?(.*)$/s.exec(text) ?? [];
  return (
    <span className={c.source}>
      <b>{keyword}</b>
      {rest || ' '}
    </span>
  );
}
