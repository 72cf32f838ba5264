import { Button, Checkbox } from '@mantine/core';
import { IconCalendarX, IconDownload, IconHistory, IconRefresh, IconStack2, IconTrash, IconX } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { openDialog } from '../../../desk/dialogs.ts';
import { getTags } from '../../../desk/dragged-tags.ts';
import { openPage } from '../../../desk/navigation.ts';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { FloatingBar } from '../../../ui/FloatingBar.tsx';
import { count, grouped } from '../../../ui/format.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Ring } from '../../../ui/Ring.tsx';
import { SearchBox } from '../../../ui/SearchBox.tsx';
import { ListNote } from '../lists/ListNote.tsx';
import { partsOf } from '../lists/parts-of.ts';
import { OldTagsDialog } from '../removal/OldTagsDialog.tsx';
import { RemovedNote } from '../removal/RemovedNote.tsx';
import { RemoveTagsDialog } from '../removal/RemoveTagsDialog.tsx';
import c from './BrowsePage.module.css';
import { apart, type JoinedTags } from './join-tags.ts';
import { signedDigests } from './order-tags.ts';
import { Again } from './RepositoryPane.tsx';
import { repositoryName } from './remote-names.ts';
import { TagAside } from './TagAside.tsx';
import { TagTable } from './TagTable.tsx';
import { countsLooks, useHere, useTagReader, useTags } from './use-browse.ts';
import { mostSorted, useTagSort } from './use-tag-sort.ts';

/** `isListed`: the registry itself lists the repository. */
type Props = { registry: string; repository: string; isListed: boolean };

/** The tags of a repository, and one of them closely. */
export function TagPane({ registry, repository, isListed }: Props) {
  const { value, failure, isReading, again } = useTags(registry, repository);
  const reader = useTagReader(registry, repository);
  const here = useHere();
  const [text, setText] = useState('');
  const [withAttached, setWithAttached] = useState(false);
  const [chosen, setChosen] = useState<string>();
  const [marked, setMarked] = useState<ReadonlySet<string>>(none);
  const [asking, setAsking] = useState<'old' | string[]>();
  const sought = text.trim().toLowerCase();
  const { tags, attached } = value;
  const shown = useMemo(() => {
    const all = withAttached ? [...tags.map(({ tag }) => tag), ...attached] : tags.map(({ tag }) => tag);
    return sought === '' ? all : all.filter((tag) => tag.toLowerCase().includes(sought));
  }, [tags, attached, withAttached, sought]);
  const [wantsJoined, setWantsJoined] = useState(false);
  const why = unsortable(registry, shown.length);
  const isJoined = wantsJoined && why === undefined;
  const { rows, joined, sort, reading, onSort } = useTagSort(shown, reader, isJoined);
  // what has gone, or is filtered out, is not selected any longer
  const selected = useMemo(() => (marked.size === 0 ? none : new Set(shown.filter((tag) => marked.has(tag)))), [marked, shown]);
  const signed = useMemo(() => signedDigests(attached), [attached]);
  const name = repositoryName(registry, repository);
  const readAgain = () => {
    reader.forget();
    again();
  };
  return (
    <section className={c.tags} aria-label={repository}>
      <div className={c.tagsHead}>
        <div className="grow">
          <h2 className="h2 cut">{repository}</h2>
          <p className="sm t2 num" role="status">
            {tagsSummary(tags.length, isReading, value)}
          </p>
        </div>
        <SearchBox className={c.find} label="Find a tag" placeholder="Find a tag" text={text} onText={setText} />
        <Button
          leftSection={<IconHistory size={15} stroke={1.6} />}
          onClick={() => openPage({ page: 'tags', repository: name, inRegistry: true })}
        >
          Over time
        </Button>
        <Button leftSection={<IconCalendarX size={15} stroke={1.6} />} onClick={() => setAsking('old')}>
          Old tags…
        </Button>
        <Button leftSection={<IconRefresh size={15} stroke={1.6} />} onClick={readAgain}>
          Read again
        </Button>
      </div>
      <div className={c.removed}>
        <RemovedNote registry={registry} repository={repository} />
        <ListNote registry={registry} repository={repository} onRemove={setAsking} />
      </div>
      <div className={c.choices}>
        {tags.length > 1 && why === undefined && (
          <Checkbox
            size="xs"
            label="One row for each image"
            checked={isJoined}
            onChange={(event) => setWantsJoined(event.currentTarget.checked)}
          />
        )}
        {attached.length > 0 && (
          <Checkbox
            size="xs"
            label={`Show ${count(attached.length, 'tag')} of signatures and statements about images`}
            checked={withAttached}
            onChange={(event) => setWithAttached(event.currentTarget.checked)}
          />
        )}
      </div>
      {countsLooks(registry) && (
        <p className={`sm t2 ${c.counted}`}>
          Docker Hub counts each look at an image as getting it. Choose a tag to see more than where it leads.
        </p>
      )}
      {reading && (
        <p className={`row sm t2 num ${c.counted}`} role="status">
          <Ring size={12} /> Reading {grouped(reading.done)} of {count(reading.total, 'tag')} to put them in order
        </p>
      )}
      {failure && (
        <div className={c.note}>
          <FailureNote failure={failure}>
            <Again failure={failure} again={again} />
          </FailureNote>
        </div>
      )}
      <div className={c.closely}>
        {shown.length > 0 ? (
          <TagTable
            tags={rows}
            joined={joined}
            sort={sort}
            unsortable={why}
            onSort={onSort}
            reader={reader}
            here={here}
            name={name}
            signed={signed}
            chosen={chosen}
            onChoose={setChosen}
            selected={selected}
            onSelect={setMarked}
            onRemove={setAsking}
          />
        ) : (
          !failure && (
            <Nothing isReading={isReading} why={value.isUnknown ? (isListed ? 'unfinished' : 'unknown') : 'removed'} sought={sought} />
          )
        )}
        {chosen !== undefined && (
          <TagAside
            key={chosen}
            registry={registry}
            repository={repository}
            tag={chosen}
            reader={reader}
            here={here}
            onClose={() => setChosen(undefined)}
          />
        )}
      </div>
      {selected.size > 0 && (
        <FloatingBar label="Selected tags" summary={<b>{selectedWords(rows, joined, selected)}</b>}>
          <button type="button" onClick={() => getTags([...selected].map((tag) => `${name}:${tag}`))}>
            <IconDownload size={15} stroke={1.7} aria-hidden />
            {selected.size === 1 ? 'Get…' : 'Get'}
          </button>
          {selected.size <= mostTogether && (
            <button type="button" onClick={() => openDialog({ name: 'put-together', parts: partsOf(name, [...selected], reader) })}>
              <IconStack2 size={15} stroke={1.7} aria-hidden />
              Put together…
            </button>
          )}
          <button type="button" data-bad onClick={() => setAsking([...selected])}>
            <IconTrash size={15} stroke={1.7} aria-hidden />
            Remove…
          </button>
          <i />
          <button type="button" aria-label="Clear the selection" onClick={() => setMarked(none)}>
            <IconX size={15} stroke={1.7} aria-hidden />
          </button>
        </FloatingBar>
      )}
      {asking === 'old' && (
        <OldTagsDialog registry={registry} repository={repository} onClose={() => setAsking(undefined)} onChosen={setAsking} />
      )}
      {Array.isArray(asking) && (
        <RemoveTagsDialog
          registry={registry}
          repository={repository}
          tags={asking.slice(0, mostAtOnce)}
          here={here}
          onClose={() => setAsking(undefined)}
          onRemoved={() => {
            setAsking(undefined);
            setMarked(none);
          }}
        />
      )}
    </section>
  );
}

const none: ReadonlySet<string> = new Set();
/** As many as main puts into one list. */
const mostTogether = 50;
/** As many tags as main removes at once. */
const mostAtOnce = 5000;

/** Rows are whole images only where they are joined. */
function selectedWords(rows: string[], joined: JoinedTags, selected: ReadonlySet<string>): string {
  const tags = count(selected.size, 'tag');
  return joined === apart ? tags : `${count(rows.filter((tag) => selected.has(tag)).length, 'image')}, ${tags}`;
}

function unsortable(registry: string, tags: number): string | undefined {
  if (countsLooks(registry)) return 'Docker Hub counts each look at an image as getting it';
  return tags > mostSorted ? `Only up to ${count(mostSorted, 'tag')} are sorted by it: find some first` : undefined;
}

function tagsSummary(tags: number, isReading: boolean, { odd, isCutOff }: { odd: number; isCutOff?: boolean }): string {
  if (tags === 0 && isReading) return 'Reading';
  const more = isCutOff ? ' and more, which are not read' : isReading ? ' so far' : '';
  return `${count(tags, 'tag')}${more}${odd > 0 ? `, without ${count(odd, 'name')} that no tag can have` : ''}`;
}

/** Why there are no tags. */
const noTags = {
  removed: 'All its tags were removed.',
  unknown: 'The registry has no repository with this name, or all its tags were removed.',
  // distribution lists a repository as soon as the first of its layers has come
  unfinished:
    'The registry lists this repository, but knows no tag of it: its first push never came to an end, or all its tags were removed. Layers that came stay until space is freed.',
};

function Nothing({ isReading, why, sought }: { isReading: boolean; why: keyof typeof noTags; sought: string }) {
  if (isReading) {
    return (
      <p className={`row t2 ${c.wait}`}>
        <Ring /> Reading the tags
      </p>
    );
  }
  return (
    <div className={c.note}>
      <Notice tone="quiet" title={sought ? 'No tag has this in its name' : 'No tags'}>
        {!sought && noTags[why]}
      </Notice>
    </div>
  );
}
