import { Button, Tabs } from '@mantine/core';
import { IconArrowsDiff, IconArrowUp, IconFileZip, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ImageDetails } from '../../../contract/image.ts';
import { BackButton } from '../../desk/BackButton.tsx';
import { copyText } from '../../desk/copy-text.ts';
import { EmptyState } from '../../desk/EmptyState.tsx';
import { useEngineScope, useOpenDialog } from '../../desk/engine-scope.ts';
import { groupReferences, imageName, splitDigest } from '../../desk/image-name.ts';
import { compareWith, type ImageTab, openPage, openTab, useNavigation } from '../../desk/navigation.ts';
import { PageTitle } from '../../desk/PageTitle.tsx';
import { useEngineName } from '../../desk/shown-engines.ts';
import { Chip } from '../../ui/Chip.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ago, count, dateAndTime, shortId } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';
import { ConfigTab } from './ConfigTab.tsx';
import c from './ImagePage.module.css';
import { InspectTab } from './InspectTab.tsx';
import { AllPlatforms } from './PlatformChips.tsx';
import { sizeWords } from './size-words.ts';
import { TagsTab } from './TagsTab.tsx';
import { useImageDetails } from './use-image-details.ts';

type Props = {
  id: string;
  /** The tabs with the layers, the files and the origin are other features, so the app passes them in. */
  layersTab(details: ImageDetails): ReactNode;
  filesTab(details: ImageDetails): ReactNode;
  originTab(details: ImageDetails): ReactNode;
};

/** One image: what it is made of, how it starts, what it is called. */
export function ImagePage({ id, layersTab, filesTab, originTab }: Props) {
  const at = useEngineScope();
  const { answer: details, failure } = useImageDetails(id);
  const tab = useNavigation(({ route }) => (route.page === 'image' && route.tab) || 'layers');
  if (failure) {
    return (
      <EmptyState isPage title={failure.title} actions={<Button onClick={() => openPage({ page: 'images' })}>Back to images</Button>}>
        {failure.detail} {failure.hint}
      </EmptyState>
    );
  }
  if (!details) return <div className="page" aria-busy />;
  return (
    <div className="page">
      <ImageHead details={details} />
      <Tabs value={tab} onChange={(next) => openTab({ id, at }, next as ImageTab)} className={c.tabs} keepMounted={false}>
        <Tabs.List className={c.list}>
          <Tabs.Tab value="layers">Layers</Tabs.Tab>
          <Tabs.Tab value="files">Files</Tabs.Tab>
          <Tabs.Tab value="config">Config</Tabs.Tab>
          <Tabs.Tab value="origin">Origin</Tabs.Tab>
          <Tabs.Tab value="tags">Tags</Tabs.Tab>
          <Tabs.Tab value="inspect">Inspect</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="layers" className={c.panel}>
          {layersTab(details)}
        </Tabs.Panel>
        <Tabs.Panel value="files" className={c.panel}>
          {filesTab(details)}
        </Tabs.Panel>
        <Tabs.Panel value="config" className={c.panel}>
          <ConfigTab details={details} />
        </Tabs.Panel>
        <Tabs.Panel value="origin" className={c.panel}>
          {originTab(details)}
        </Tabs.Panel>
        <Tabs.Panel value="tags" className={c.panel}>
          <TagsTab details={details} />
        </Tabs.Panel>
        <Tabs.Panel value="inspect" className={c.panel}>
          <InspectTab details={details} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

function ImageHead({ details }: { details: ImageDetails }) {
  const openDialog = useOpenDialog();
  const at = useEngineScope();
  const { id, references, digests } = details;
  const digest = digests[0] && splitDigest(digests[0]);
  const [first, ...further] = groupReferences(references);
  return (
    <header className={`head ${c.head}`}>
      <BackButton label="Back to images" otherwise={{ page: 'images' }} />
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
        {details.platforms && <AllPlatforms platforms={details.platforms} shown={details.platform} />}
      </div>
      {at === undefined && (
        <Button
          leftSection={<IconPlayerPlay size={15} stroke={1.6} />}
          onClick={() => openDialog({ name: 'try', image: id, called: imageName(details), reference: references[0] })}
        >
          Try it…
        </Button>
      )}
      <Button
        leftSection={<IconArrowsDiff size={15} stroke={1.6} />}
        onClick={() => compareWith({ from: { kind: 'engine', image: id, ...(at !== undefined && { at }) }, name: imageName(details) })}
      >
        Compare with…
      </Button>
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

function Meta({ details: { id, size, packed, createdAt, platform, platforms, usedBy } }: { details: ImageDetails }) {
  const now = useNow(30_000);
  const engine = useEngineName(useEngineScope());
  return (
    <div className={`t2 num ${c.meta}`}>
      <span>{sizeWords(size, packed)}</span>
      {createdAt > 0 && <span title={dateAndTime(createdAt)}>{createdWords(createdAt, now)}</span>}
      {!platforms && <span>{platform}</span>}
      {engine && <span>On {engine}</span>}
      {usedBy.length > 0 && <span className="cut">In use by {usedBy.length === 1 ? usedBy[0] : count(usedBy.length, 'container')}</span>}
      <span>
        <CopyButton label="Copy the full id" copy={() => copyText(id)}>
          <span className="mono">{shortId(id)}</span>
        </CopyButton>
      </span>
    </div>
  );
}

/** The date comes from the image itself, which may claim anything. */
function createdWords(createdAt: number, now: number): string {
  const words = ago(createdAt, now);
  return words === 'in the future' ? `Claims to be from ${dateAndTime(createdAt)}, which is in the future` : `Created ${words}`;
}
