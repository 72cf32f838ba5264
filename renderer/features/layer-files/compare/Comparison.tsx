import { Button, Tabs } from '@mantine/core';
import { IconSwitchHorizontal } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { CompareOrder } from '../../../../contract/compare.ts';
import type { FileChange } from '../../../../contract/layer-files.ts';
import { client } from '../../../connection/client.ts';
import { BackButton } from '../../../desk/BackButton.tsx';
import { copyText } from '../../../desk/copy-text.ts';
import { type ComparedSide, showSides } from '../../../desk/navigation.ts';
import { PageTitle } from '../../../desk/PageTitle.tsx';
import { CopyButton } from '../../../ui/CopyButton.tsx';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { grouped } from '../../../ui/format.ts';
import { PlainText } from '../../../ui/PlainText.tsx';
import { Ring } from '../../../ui/Ring.tsx';
import { CachesButton } from './CachesButton.tsx';
import c from './CompareImagesPage.module.css';
import { DifferentFiles } from './DifferentFiles.tsx';
import { DifferentPackages } from './DifferentPackages.tsx';
import { DifferentSettings } from './DifferentSettings.tsx';
import { DifferentSteps } from './DifferentSteps.tsx';
import { ForkColumn } from './ForkColumn.tsx';
import { GoneNote } from './GoneNote.tsx';
import { ReadBoth } from './ReadBoth.tsx';
import { SideFailures } from './SideFailures.tsx';
import { settingDifferences } from './setting-differences.ts';
import { sideNames } from './side-names.ts';
import { toMarkdown } from './to-markdown.ts';
import { type ComparisonState, useComparison } from './use-comparison.ts';
import { usePlaceWords } from './use-place-words.ts';
import { type Compared, haveSameLayers, verdict } from './verdict.ts';

/** How many differing files go into the Markdown. */
const mostCopied = 200;

/** What a person looks at, and in which order: the same files when the images are swapped. */
export type ComparisonLook = { tab: string; withTimes: boolean; change?: FileChange | undefined; text: string; order: CompareOrder };
export const firstLook: ComparisonLook = { tab: 'files', withTimes: false, text: '', order: 'name' };

/** What became of a file, the other way round. */
const otherWay: Record<FileChange, FileChange> = { added: 'removed', changed: 'changed', removed: 'added' };

type Sides = { sides: [ComparedSide, ComparedSide] };
type Props = Sides & { look: ComparisonLook; onLook(part: Partial<ComparisonLook>): void };

/** Two images: the verdict, where their layers diverge, and everything that differs. */
export function Comparison({ sides, look, onLook }: Props) {
  const { withTimes } = look;
  const state = useComparison(sides, withTimes);
  const placeWords = usePlaceWords();
  const names = sideNames([
    { name: sides[0].name, place: placeWords(sides[0].from) },
    { name: sides[1].name, place: placeWords(sides[1].from) },
  ]);
  const { about, summary, packages, isRead } = state;
  const isAlike = about !== undefined && haveSameLayers(...about.images);
  const compared: Compared | undefined = about && { names, images: about.images, summary: isRead ? summary : undefined, packages };
  return (
    <div className="page">
      <Head sides={sides} compared={compared} state={state} onSwap={() => onLook({ change: look.change && otherWay[look.change] })}>
        {compared && (isRead ? summary : isAlike) && (
          <CopyButton look="button" label="Copy as Markdown" copy={async () => copyText(await markdownOf(compared, state, withTimes))}>
            Copy as Markdown
          </CopyButton>
        )}
      </Head>
      <div className={c.notes}>
        {sides.map((side) => (
          <GoneNote key={JSON.stringify(side)} side={side} />
        ))}
      </div>
      {state.sides.some(({ failure }) => failure) || state.failure ? (
        <SideFailures state={state} />
      ) : compared ? (
        <Parts compared={compared} state={state} look={look} onLook={onLook} />
      ) : (
        <p className={`row t2 ${c.wait}`} role="status">
          <Ring /> Finding both images
        </p>
      )}
    </div>
  );
}

function Head({
  sides,
  compared,
  state,
  onSwap,
  children,
}: Sides & { compared: Compared | undefined; state: ComparisonState; onSwap(): void; children: ReactNode }) {
  const placeWords = usePlaceWords();
  const title = compared ? verdict(compared) : 'Two images compared';
  return (
    <header className={`head ${c.head}`}>
      <BackButton label="Back to images" otherwise={{ page: 'images' }} />
      <div className="grow">
        <PageTitle className={`h1 num ${c.title}`} name={title}>
          <PlainText text={title} />
        </PageTitle>
        <p className={`t2 ${c.names}`}>
          <span>
            <b>
              <PlainText text={sides[0].name} />
            </b>{' '}
            {placeWords(sides[0].from)}
          </span>
          <span>compared with</span>
          <span>
            <b>
              <PlainText text={sides[1].name} />
            </b>{' '}
            {placeWords(sides[1].from)}
          </span>
        </p>
      </div>
      {children}
      <Button
        leftSection={<IconSwitchHorizontal size={15} stroke={1.6} />}
        disabled={state.isReading}
        onClick={() => {
          onSwap();
          showSides([sides[1], sides[0]]);
        }}
      >
        Swap
      </Button>
    </header>
  );
}

type PartsProps = Pick<Props, 'look' | 'onLook'> & { compared: Compared; state: ComparisonState };

function Parts({ compared, state, look, onLook }: PartsProps) {
  const { pair, isRead, summary, packages } = state;
  const settings = settingDifferences(...compared.images);
  const isAlike = haveSameLayers(...compared.images);
  const whenRead = (show: () => ReactNode) =>
    isAlike && !isRead ? <Alike /> : !isRead || !pair ? <ReadBoth state={state} names={compared.names} /> : summary ? show() : <Waiting />;
  return (
    <div className={c.columns}>
      <ForkColumn compared={compared}>
        <CachesButton sides={[state.sides[0].side, state.sides[1].side]} />
      </ForkColumn>
      <Tabs value={look.tab} onChange={(tab) => onLook({ tab: tab ?? 'files' })} className={c.tabs} keepMounted={false}>
        <Tabs.List className={c.list}>
          <Tab value="files" label="Files" number={isRead && summary ? sum(summary.files) : undefined} />
          <Tab value="packages" label="Packages" number={isRead ? packages?.total : undefined} />
          <Tab value="settings" label="Settings" number={settings.length} />
          <Tab value="steps" label="Steps" />
        </Tabs.List>
        <Tabs.Panel value="files" className={c.panel}>
          {whenRead(
            () =>
              pair &&
              summary && (
                <DifferentFiles pair={pair} compared={compared} summary={summary} look={look} onLook={onLook} onReopen={state.reopen} />
              ),
          )}
        </Tabs.Panel>
        <Tabs.Panel value="packages" className={c.panel}>
          {whenRead(() => {
            if (state.packagesFailure) return <FailureNote failure={state.packagesFailure} />;
            return packages ? <DifferentPackages packages={packages} names={compared.names} /> : <Waiting />;
          })}
        </Tabs.Panel>
        <Tabs.Panel value="settings" className={c.panel}>
          <DifferentSettings differences={settings} names={compared.names} />
        </Tabs.Panel>
        <Tabs.Panel value="steps" className={c.panel}>
          <DifferentSteps compared={compared} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

const Tab = ({ value, label, number }: { value: string; label: string; number?: number | undefined }) => (
  <Tabs.Tab value={value}>
    {label} {number !== undefined && <span className={`num ${c.tabCount}`}>{grouped(number)}</span>}
  </Tabs.Tab>
);

/** Layers go by the digest of all their bytes. */
const Alike = () => (
  <p className={`t2 ${c.wait}`}>Both have the same layers, byte for byte, so all files and packages are the same. None has to be read.</p>
);

const Waiting = () => (
  <p className={`row t2 ${c.wait}`} role="status">
    <Ring /> Comparing
  </p>
);

const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((all, one) => all + one, 0);

async function markdownOf(compared: Compared, { pair, isRead }: ComparisonState, withTimes: boolean): Promise<string> {
  if (!pair || !isRead) return toMarkdown({ ...compared, files: [], total: 0 });
  const { rows, total } = await client.compare.found({ view: { ...pair, withTimes }, order: 'name', page: { first: 0, most: mostCopied } });
  return toMarkdown({ ...compared, files: rows, total });
}
