import { Button, TextInput } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { isWithoutTag } from '../../../contract/reference.ts';
import type { TagTimeline } from '../../../contract/tag-moves.ts';
import { BackButton } from '../../desk/BackButton.tsx';
import { EmptyState } from '../../desk/EmptyState.tsx';
import { useEngineScope } from '../../desk/engine-scope.ts';
import { openPage } from '../../desk/navigation.ts';
import { PageHead } from '../../desk/PageHead.tsx';
import { useEngineName } from '../../desk/shown-engines.ts';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { count } from '../../ui/format.ts';
import { Switcher } from '../../ui/Switcher.tsx';
import { useNow } from '../../ui/use-now.ts';
import { AskRegistry } from './AskRegistry.tsx';
import { EngineMoveCard } from './EngineMoveCard.tsx';
import { MemoryDialog } from './MemoryDialog.tsx';
import { MovedNote } from './MovedNote.tsx';
import { MoveTable } from './MoveTable.tsx';
import { RegistryMoveCard } from './RegistryMoveCard.tsx';
import c from './TagsPage.module.css';
import { TimelineChart } from './TimelineChart.tsx';
import { type Period, periodOf, titleImages } from './tag-periods.ts';
import { dayWords } from './tag-words.ts';
import { useTimeline } from './use-timeline.ts';

const day = 86_400_000;
const spans = {
  week: { days: 7, words: 'a week' },
  fortnight: { days: 14, words: 'two weeks' },
  quarter: { days: 91, words: 'three months' },
};
/** With more tags than that, one is looked for by its name. */
const manyTags = 20;

type SpanName = keyof typeof spans;
type View = 'line' | 'list';

type PageProps = {
  repository: string;
  /** The tags are those of the registry that the name leads to. */
  inRegistry: boolean;
};

/** Where the tags of a repository were, and making them that again. */
export function TagsPage({ repository, inRegistry }: PageProps) {
  const at = useEngineScope();
  const [sought, setSought] = useState('');
  const { answer, failure } = useTimeline(repository, at, inRegistry, sought.trim());
  const known = useRef<TagTimeline>(undefined);
  if (answer) known.current = answer;
  const timeline = answer ?? known.current;
  const [isChanging, setIsChanging] = useState(false);
  if (!timeline && !failure) return <div className="page" aria-busy />;
  return (
    <div className="page">
      {timeline && (timeline.lines.length > 0 || sought !== '') ? (
        <Remembered
          repository={repository}
          inRegistry={inRegistry}
          timeline={timeline}
          sought={sought}
          onSought={setSought}
          onMemory={() => setIsChanging(true)}
        />
      ) : (
        <>
          <Head repository={repository} inRegistry={inRegistry} onMemory={() => setIsChanging(true)} />
          {failure ? (
            <div className={c.wait}>
              <FailureNote failure={failure} />
            </div>
          ) : (
            <EmptyState title="Nothing is remembered of this repository">
              {inRegistry ? registryWords : emptyWords(timeline?.since)}
            </EmptyState>
          )}
        </>
      )}
      {isChanging && <MemoryDialog onClose={() => setIsChanging(false)} />}
    </div>
  );
}

const emptyWords = (since: number | undefined): string =>
  since === undefined
    ? 'Layerdeck writes down how tags move from now on.'
    : `Layerdeck has written down how tags move since ${dayWords(since, Date.now()).replace(/^on /, '')}, and saw no tag of this repository.`;

const registryWords = 'A registry keeps no history of its tags. Layerdeck writes down what it sees and what it pushes, from now on.';

type HeadProps = PageProps & { summary?: string; onMemory(): void; children?: React.ReactNode };

const Head = ({ repository, inRegistry, summary, onMemory, children }: HeadProps) => (
  <PageHead
    before={<BackButton label="Back" otherwise={{ page: 'images' }} />}
    title={`Tags of ${repository}${inRegistry ? ' in the registry' : ''} over time`}
    summary={summary ?? 'A tag is a name that can move from one image to another.'}
  >
    {children}
    {inRegistry && <AskRegistry repository={repository} />}
    {!inRegistry && mayBeInRegistry(repository) && (
      <Button onClick={() => openPage({ page: 'tags', repository, inRegistry: true })}>In the registry…</Button>
    )}
    <Button leftSection={<IconAdjustmentsHorizontal size={15} stroke={1.6} />} onClick={onMemory}>
      Memory…
    </Button>
  </PageHead>
);

/** Names that only an engine has lead to no registry. */
const mayBeInRegistry = (repository: string): boolean =>
  isWithoutTag(repository) && repository.includes('/') && !repository.startsWith('localhost/');

type RememberedProps = PageProps & { timeline: TagTimeline; sought: string; onSought(text: string): void; onMemory(): void };

function Remembered({ repository, inRegistry, timeline, sought, onSought, onMemory }: RememberedProps) {
  const now = useNow(30_000);
  const engine = useEngineName(useEngineScope());
  const [spanName, setSpan] = useState<SpanName>('fortnight');
  const [view, setView] = useState<View>('line');
  const [chosen, setChosen] = useState<Period>();
  const { days, words } = spans[spanName];
  const span = { from: now - days * day, to: now };
  const { lines, omitted, since } = timeline;
  const moves = lines
    .flatMap((line) => line.moves)
    .filter((move) => move.from !== undefined && move.to !== undefined && move.at >= span.from).length;
  const titleOf = titleImages(lines);
  const Card = inRegistry ? RegistryMoveCard : EngineMoveCard;
  const line = lines.find(({ tag }) => tag === chosen?.tag);
  // the tag may have moved on since it was chosen
  const period = line && chosen && periodOf(line, chosen.key);
  const summary = `${count(lines.length + omitted, 'tag')}, ${count(moves, 'move')} in ${words}${engine && !inRegistry ? `, on ${engine}` : ''}.`;
  return (
    <>
      <Head repository={repository} inRegistry={inRegistry} summary={summary} onMemory={onMemory}>
        {(lines.length + omitted > manyTags || sought !== '') && (
          <TextInput
            aria-label="Find a tag"
            placeholder="Find a tag"
            className={c.find}
            value={sought}
            onChange={(event) => onSought(event.currentTarget.value)}
          />
        )}
        <Switcher<View> label="How it is shown" value={view} onChange={setView} choices={{ line: 'Timeline', list: 'List' }} />
        <Switcher<SpanName>
          label="How far back"
          value={spanName}
          onChange={setSpan}
          choices={{ week: 'Week', fortnight: '2 weeks', quarter: '3 months' }}
        />
      </Head>
      <MovedNote repository={repository} kind={inRegistry ? 'move-registry-tag' : 'move-tag'} timeline={timeline} />
      {view === 'line' ? (
        <TimelineChart lines={lines} span={span} since={since} now={now} titleOf={titleOf} chosen={chosen?.key} onChoose={setChosen} />
      ) : (
        <MoveTable lines={lines} now={now} from={span.from} titleOf={titleOf} />
      )}
      {period && line && view === 'line' && (
        <Card
          key={period.key}
          repository={repository}
          line={line}
          period={period}
          timeline={timeline}
          titleOf={titleOf}
          now={now}
          onChoose={setChosen}
        />
      )}
      <footer className={c.foot}>
        {view === 'line' && <Legend />}
        <span className="grow" />
        <span className="sm t3">
          {inRegistry && 'A registry keeps no history: these are the moves that Layerdeck made or saw. '}
          {omitted > 0 && `${count(omitted, 'more tag')} not shown. `}
          {since === undefined
            ? ''
            : `Moves are remembered since ${new Date(since).toLocaleDateString('en-GB', { day: 'numeric', month: 'long' })}.`}
        </span>
      </footer>
    </>
  );
}

const Legend = () => (
  <ul className={`sm t2 ${c.legend}`} aria-label="What the marks mean">
    <li>
      <span className={c.dot} data-kind="now" aria-hidden /> where the tag is now
    </li>
    <li>
      <span className={c.dot} data-kind="past" aria-hidden /> an earlier move
    </li>
    <li>
      <span className={c.dot} data-kind="removed" aria-hidden /> tag removed
    </li>
    <li>
      <span className={c.gapMark} aria-hidden /> at some time in between
    </li>
  </ul>
);
