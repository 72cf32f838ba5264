import { ActionIcon, Button } from '@mantine/core';
import { IconArrowsDiff, IconDownload, IconFolderSearch, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { RemoteLook } from '../../../../contract/registry-browse.ts';
import { client } from '../../../connection/client.ts';
import { useAsked } from '../../../connection/use-asked.ts';
import { CopyAddresses } from '../../../desk/CopyAddresses.tsx';
import { copyText } from '../../../desk/copy-text.ts';
import { openDialog } from '../../../desk/dialogs.ts';
import { compareWith, formatRoute, openPage } from '../../../desk/navigation.ts';
import { CopyButton } from '../../../ui/CopyButton.tsx';
import { type FactRow, Facts } from '../../../ui/Facts.tsx';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { bytes, count, dateAndTime, shortId } from '../../../ui/format.ts';
import { Ring } from '../../../ui/Ring.tsx';
import { type HereIndex, hereOf, hereWords } from './here.ts';
import { Again } from './RepositoryPane.tsx';
import { repositoryName } from './remote-names.ts';
import c from './TagAside.module.css';
import type { TagReader } from './tag-reader.ts';
import { isToGet, kindWords, siblingWords } from './tag-words.ts';
import { countsLooks, useKnownTags } from './use-browse.ts';

type Props = {
  registry: string;
  repository: string;
  tag: string;
  reader: TagReader;
  here: HereIndex;
  onClose(): void;
};

/** One tag closely: what is under it, and what can be done with that. */
export function TagAside({ registry, repository, tag, reader, here, onClose }: Props) {
  useKnownTags(reader);
  const known = reader.get(tag);
  const siblings = known && 'details' in known ? siblingWords(reader.siblings([tag], known.details.digest)) : '';
  const [mayCount, setMayCount] = useState(!countsLooks(registry));
  const digest = known && 'details' in known ? known.details.digest : undefined;
  const question = digest !== undefined && mayCount ? `${registry}/${repository}@${digest}` : undefined;
  const { answer, failure, isAsking, again } = useAsked(question, (signal) =>
    client.registry.look({ registry, repository, digest: digest ?? '' }, { signal }),
  );
  const reference = `${repositoryName(registry, repository)}:${tag}`;
  const details = answer ?? (known && 'details' in known ? known.details : undefined);
  const source = { kind: 'registry', reference } as const;
  return (
    <aside className={`scroll ${c.aside}`} aria-label={`The tag ${tag}`}>
      <div className={c.head}>
        <h3 className="h3 grow cut" title={tag}>
          {tag}
        </h3>
        <ActionIcon aria-label="Close" onClick={onClose}>
          <IconX size={15} stroke={1.7} />
        </ActionIcon>
      </div>
      {known && 'failure' in known && <FailureNote failure={known.failure} />}
      {details && (
        <>
          {isToGet(details) && (
            <div className={c.acts}>
              <Button
                size="xs"
                variant="filled"
                leftSection={<IconDownload size={14} stroke={1.7} />}
                onClick={() => openDialog({ name: 'pull', reference })}
              >
                Get…
              </Button>
              <Button
                size="xs"
                leftSection={<IconFolderSearch size={14} stroke={1.7} />}
                onClick={() => openPage({ page: 'files', from: source, name: reference })}
              >
                Files
              </Button>
              <Button
                size="xs"
                leftSection={<IconArrowsDiff size={14} stroke={1.7} />}
                onClick={() => compareWith({ from: source, name: reference })}
              >
                Compare with…
              </Button>
            </div>
          )}
          <Facts rows={factsOf(details, siblings)} />
          <HereLine here={here} reference={reference} details={details} />
          {isToGet(details) && <Addresses reference={reference} />}
        </>
      )}
      {!mayCount && digest !== undefined && (
        <div className={c.part}>
          <p className="sm t2">Docker Hub counts a closer look as getting the image once.</p>
          <Button size="xs" onClick={() => setMayCount(true)}>
            Look closer
          </Button>
        </div>
      )}
      {failure && (
        <FailureNote failure={failure}>
          <Again failure={failure} again={() => again?.()} />
        </FailureNote>
      )}
      {isAsking && !answer && (
        <p className="row t2" role="status">
          <Ring /> Reading
        </p>
      )}
      {answer && <Layers look={answer} />}
      {answer && answer.attached.length > 0 && <Attached look={answer} />}
    </aside>
  );
}

type Details = Omit<RemoteLook, 'layers' | 'attached'>;

function factsOf(details: Details, siblings: string): FactRow[] {
  const { digest, kind, artifactType, createdAt, size, sizeFor, platforms = [] } = details;
  const what = kindWords(details);
  return [
    {
      name: 'Digest',
      value: (
        <CopyButton label="Copy the whole digest" copy={() => copyText(digest)}>
          {shortId(digest)}
        </CopyButton>
      ),
      mono: true,
    },
    ...(siblings ? [{ name: 'Same image', value: siblings }] : []),
    ...(what ? [{ name: 'What it is', value: what }] : []),
    ...(kind === 'other' && artifactType ? [{ name: 'Its type', value: artifactType, mono: true }] : []),
    ...(createdAt === undefined ? [] : [{ name: 'Built', value: dateAndTime(createdAt) }]),
    ...(size === undefined ? [] : [{ name: 'Size', value: `${bytes(size)} packed${sizeFor ? `, for ${sizeFor}` : ''}` }]),
    ...(platforms.length > 0 ? [{ name: 'Runs on', value: platforms.join(', ') }] : []),
  ];
}

function HereLine({ here, reference, details }: { here: HereIndex; reference: string; details: Details }) {
  if (!isToGet(details)) return null;
  const found = hereOf(here, reference, details);
  return (
    <p className={c.here} data-here={found.how}>
      {found.how === 'absent' ? (
        'It isn’t on your engine.'
      ) : (
        <>
          {hereWords[found.how]}. <a href={formatRoute({ page: 'image', id: found.image.id })}>Show it</a>
        </>
      )}
    </p>
  );
}

const Addresses = ({ reference }: { reference: string }) => (
  <div className={c.part}>
    <h4 className="sm strong">Address</h4>
    <CopyAddresses reference={reference} />
    <code className={c.reference}>{reference}</code>
  </div>
);

/** No image that somebody built has more; one may claim thousands. */
const mostLayers = 200;

/** The lowest last, as layers lie on each other. */
const Layers = ({ look: { layers, sizeFor } }: { look: RemoteLook }) =>
  layers.length > 0 && (
    <div className={c.part}>
      <h4 className="sm strong">
        {count(layers.length, 'layer')}
        {sizeFor && <span className="t3"> for {sizeFor}</span>}
      </h4>
      <ol className={c.layers} reversed>
        {layers
          .toReversed()
          .slice(0, mostLayers)
          .map(({ size, instruction }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: layers never change their order, and two may be alike
            <li key={at}>
              <span className="mono cut" title={instruction}>
                {instruction || 'not known'}
              </span>
              <span className="num t2">{bytes(size)}</span>
            </li>
          ))}
      </ol>
    </div>
  );

const Attached = ({ look: { attached } }: { look: RemoteLook }) => (
  <div className={c.part}>
    <h4 className="sm strong">Attached to it</h4>
    <ul className={c.layers}>
      {attached.map(({ digest, kind, artifactType }) => (
        <li key={digest}>
          <span className="cut" title={artifactType}>
            {kindWords({ kind, artifactType })}
          </span>
          <span className="mono t2">{shortId(digest)}</span>
        </li>
      ))}
    </ul>
  </div>
);
