import { useState } from 'react';
import type { FileDetails, FilesView, OpenedFiles } from '../../../contract/layer-files.ts';
import { client } from '../../connection/client.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { useKept } from '../../connection/use-kept.ts';
import { copyText } from '../../desk/copy-text.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { type FactRow, Facts } from '../../ui/Facts.tsx';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { bytes, count, dateAndTime } from '../../ui/format.ts';
import { PlainText } from '../../ui/PlainText.tsx';
import c from './FileAside.module.css';
import content from './FileContent.module.css';
import { FileContent } from './FileContent.tsx';
import { FileLife } from './FileLife.tsx';
import { type FileVersions, kindWords, modeLetters, modeWords, octal, ownerWords, versionsOf } from './file-words.ts';
import { useSaveCopy } from './SaveCopy.tsx';

/** Milliseconds to wait while the arrow keys go over files. */
const pause = 60;

type Props = {
  opened: OpenedFiles;
  view: FilesView;
  /** The highest layer that is looked at. */
  top: number;
  place: number;
  /** The place that was opened, and not only chosen. */
  openedPlace: number | undefined;
  onLayer(layer: number, details: FileDetails): void;
};

/** One place of the image: what it is, who may do what with it, and which layers wrote it. */
export function FileAside({ opened, view, top, place, openedPlace, onLayer }: Props) {
  const asked = useAsked(
    JSON.stringify([view, place]),
    async (signal) => ({ details: await client.layerFiles.details({ view, place }, { signal }), top }),
    { pause },
  );
  // while the next one is asked for, the one before stays, as the arrow keys would make everything flicker
  const known = useKept('details', asked.answer);
  if (asked.failure) {
    return (
      <aside className={`scroll ${c.aside} ${c.pad}`} aria-label="Chosen">
        <FailureNote failure={asked.failure} />
      </aside>
    );
  }
  if (!known) return <aside className={c.aside} aria-label="Chosen" aria-busy />;
  const { details } = known;
  return (
    <About
      key={`${details.place} ${known.top}`}
      opened={opened}
      details={details}
      top={known.top}
      isOpened={openedPlace === details.place}
      onLayer={(layer) => onLayer(layer, details)}
    />
  );
}

type AboutProps = { opened: OpenedFiles; details: FileDetails; top: number; isOpened: boolean; onLayer(layer: number): void };

function About({ opened, details, top, isOpened, onLayer }: AboutProps) {
  const versions = versionsOf(details, top);
  const isSavable = details.kind === 'file' || details.kind === 'folder';
  const { button, result } = useSaveCopy(opened.files, details, isSavable ? (versions.now ?? versions.before) : undefined);
  return (
    <aside className={c.aside} aria-label="Chosen">
      <div className={c.about}>
        <div className={c.head}>
          <h2 className={`h2 grow ${c.name}`}>
            <PlainText text={details.name} />
          </h2>
          {button}
        </div>
        <CopyButton label="Copy the path" copy={() => copyText(details.path)}>
          <span className={`mono ${c.path}`}>
            <PlainText text={details.path} />
          </span>
        </CopyButton>
        {result}
        <div className={c.facts}>
          <Facts rows={factsOf(details)} />
        </div>
        <FileLife life={details.life} opened={opened} onLayer={onLayer} />
      </div>
      {details.kind === 'file' && <Versions files={opened.files} details={details} versions={versions} isOpened={isOpened} />}
    </aside>
  );
}

type VersionsProps = { files: string; details: FileDetails; versions: FileVersions; isOpened: boolean };

/** What is in the file, now and before the last change. */
function Versions({ files, details, versions: { now, before }, isOpened }: VersionsProps) {
  const [isBefore, setIsBefore] = useState(false);
  const layer = isBefore || now === undefined ? before : now;
  if (layer === undefined) return null;
  const event = details.life.findLast((one) => one.layer <= layer);
  // a folder or a link may have been there before
  const isFile = event?.kind === 'file';
  return (
    <section className={content.content} aria-label="Content">
      {now !== undefined && before !== undefined && (
        <fieldset className={content.bar} aria-label="Version">
          <button type="button" className={c.version} aria-pressed={!isBefore} onClick={() => setIsBefore(false)}>
            This version
          </button>
          <button type="button" className={c.version} aria-pressed={isBefore} onClick={() => setIsBefore(true)}>
            Before
          </button>
        </fieldset>
      )}
      {now === undefined && <p className={`sm t2 ${c.gone}`}>As it was before it was removed:</p>}
      {isFile ? (
        <FileContent
          key={layer}
          version={{ files, path: details.path, place: details.place, layer, size: event.size }}
          isOpened={isOpened}
        />
      ) : (
        <p className={`t2 ${c.gone}`}>It was no file: {kindWords(event?.kind ?? 'folder').toLowerCase()}.</p>
      )}
    </section>
  );
}

function factsOf(details: FileDetails): FactRow[] {
  const { kind, link, mode, uid, gid, modified, sameFile, package: of, attributes } = details;
  const rows: FactRow[] = [{ name: 'Kind', value: kindAndSize(details) }];
  if (link !== undefined) rows.push({ name: kind === 'symlink' ? 'Leads to' : 'Device', value: <PlainText text={link} />, mono: true });
  if (kind !== 'symlink') {
    rows.push({
      name: 'Rights',
      value: (
        <>
          {modeWords(kind, mode)}
          <span className={`mono t3 ${c.mode}`}>
            {modeLetters(kind, mode)} {octal(mode)}
          </span>
        </>
      ),
    });
  }
  rows.push({ name: 'Owner', value: ownerWords(uid, gid) });
  if (of) rows.push({ name: 'Package', value: `${of.name} ${of.version} (${of.manager})` });
  if (sameFile.length > 0) rows.push({ name: 'Same file', value: <Twins names={sameFile} /> });
  if (attributes.length > 0) rows.push({ name: 'Attributes', value: attributes.join(', '), mono: true });
  if (modified > 0) rows.push({ name: 'Written', value: dateAndTime(modified * 1000) });
  return rows;
}

function kindAndSize({ kind, size, sums }: FileDetails): string {
  if (kind === 'folder') return `Folder with ${count(sums.files, 'file')}, ${bytes(sums.bytes)}`;
  return kind === 'file' ? `File, ${bytes(size)}` : kindWords(kind);
}

const Twins = ({ names }: { names: string[] }) => (
  <>
    Also called{' '}
    {names.map((name) => (
      <span key={name} className={`mono ${c.twin}`}>
        <PlainText text={name} />
      </span>
    ))}
  </>
);
