import { Button, Tabs } from '@mantine/core';
import { IconArrowUp, IconFileZip, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ImageDetails } from '../../contract/image.ts';
import { copyText } from '../connection/copy-text.ts';
import { openDialog } from '../connection/dialogs.ts';
import { groupReferences, imageName, splitDigest } from '../connection/image-name.ts';
import { BackButton } from '../ui/BackButton.tsx';
import { Chip } from '../ui/Chip.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ago, bytes, count, dateAndTime } from '../ui/format.ts';
import { openPage, openTab, useNavigation } from '../ui/navigation.ts';
import { PageTitle } from '../ui/PageTitle.tsx';
import { shortId } from '../ui/short-id.ts';
import { useNow } from '../ui/use-now.ts';
import { ConfigTab } from './ConfigTab.tsx';
import c from './ImagePage.module.css';
import { TagsTab } from './TagsTab.tsx';
import { useImageDetails } from './use-image-details.ts';

type Props = {
  id: string;
  /** The layers have a room of their own; the app puts it in here. */
  layersTab(details: ImageDetails): ReactNode;
};

/** One image: what it is made of, how it starts, what it is called. */
export function ImagePage({ id, layersTab }: Props) {
  const { details, failure } = useImageDetails(id);
  const tab = useNavigation(({ route }) => route.tab ?? 'layers');
  if (failure) {
    return (
      <EmptyState isPage title={failure.title} actions={<Button onClick={() => openPage('images')}>Back to images</Button>}>
        {failure.detail} {failure.hint}
      </EmptyState>
    );
  }
  if (!details) return <div className="page" aria-busy />;
  return (
    <div className="page">
      <ImageHead details={details} />
      <Tabs value={tab} onChange={(next) => openTab(next ?? 'layers')} className={c.tabs} keepMounted={false}>
        <Tabs.List className={c.list}>
          <Tabs.Tab value="layers">Layers</Tabs.Tab>
          <Tabs.Tab value="config">Config</Tabs.Tab>
          <Tabs.Tab value="tags">Tags</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="layers" className={c.panel}>
          {layersTab(details)}
        </Tabs.Panel>
        <Tabs.Panel value="config" className={c.panel}>
          <ConfigTab details={details} />
        </Tabs.Panel>
        <Tabs.Panel value="tags" className={c.panel}>
          <TagsTab details={details} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

function ImageHead({ details }: { details: ImageDetails }) {
  const { id, references, digests } = details;
  const digest = digests[0] && splitDigest(digests[0]);
  const [first, ...further] = groupReferences(references);
  return (
    <header className={`head ${c.head}`}>
      <BackButton label="Back to images" otherwise="images" />
      <div className="grow">
        <PageTitle className={`h1 ${c.title}`} name={imageName(details)}>
          <span className="cut">{first?.repository ?? (digest ? digest.repository : 'Untagged image')}</span>
          {first?.tags.slice(0, 4).map((tag) => (
            <Chip key={tag}>{tag}</Chip>
          ))}
          {!first && digest && <Chip>{digest.short}</Chip>}
          {first && first.tags.length > 4 && (
            <span className={`t3 ${c.more}`} title={first.tags.slice(4).join(', ')}>
              +{first.tags.length - 4}
            </span>
          )}
          {further.length > 0 && (
            <span className={`t3 ${c.more}`}>and {count(further.flatMap(({ tags }) => tags).length, 'other name')}</span>
          )}
        </PageTitle>
        <Meta details={details} />
      </div>
      <Button
        leftSection={<IconFileZip size={15} stroke={1.6} />}
        onClick={() => openDialog({ name: 'save', references: references.length > 0 ? references : [id] })}
      >
        Save…
      </Button>
      <Button leftSection={<IconTrash size={15} stroke={1.6} />} onClick={() => openDialog({ name: 'remove', ids: [id] })}>
        Remove…
      </Button>
      {references.length > 0 && (
        <Button
          variant="filled"
          leftSection={<IconArrowUp size={15} stroke={1.8} />}
          onClick={() => openDialog({ name: 'push', references })}
        >
          Push…
        </Button>
      )}
    </header>
  );
}

function Meta({ details: { id, size, createdAt, platform, usedBy } }: { details: ImageDetails }) {
  const now = useNow(30_000);
  return (
    <div className={`t2 num ${c.meta}`}>
      <span>{bytes(size)}</span>
      {createdAt > 0 && <span title={dateAndTime(createdAt)}>{madeWords(createdAt, now)}</span>}
      <span>{platform}</span>
      {usedBy.length > 0 && <span className="cut">In use by {usedBy.length === 1 ? usedBy[0] : count(usedBy.length, 'container')}</span>}
      <span>
        <CopyButton label="Copy the full id" copy={() => copyText(id)}>
          <span className="mono">{shortId(id)}</span>
        </CopyButton>
      </span>
    </div>
  );
}

/** An image says itself when it was made, and may say anything. */
function madeWords(createdAt: number, now: number): string {
  const words = ago(createdAt, now);
  return words === 'in the future' ? `Says that it was made on ${dateAndTime(createdAt)}, in the future` : `Made ${words}`;
}
