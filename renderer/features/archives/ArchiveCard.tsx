import { Button } from '@mantine/core';
import { IconFileZip } from '@tabler/icons-react';
import type { ArchivePreview, NoArchive, Packing } from '../../../contract/archive.ts';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { bytes, bytesOf } from '../../ui/format.ts';
import { IconTile } from '../../ui/IconTile.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import c from './archive.module.css';
import { ImagesInArchive } from './ImagesInArchive.tsx';
import { ImportFields } from './ImportFields.tsx';
import type { LoadChoice, LookedFile } from './load-choices.ts';
import { RecordsInArchive } from './RecordsInArchive.tsx';

type Props = { looked: LookedFile; onChange(choice: LoadChoice): void; onSkip(): void };

/** One file: what it is, what is inside, and what loading it would do. */
export function ArchiveCard({ looked, onChange, onSkip }: Props) {
  const { file, look } = looked;
  return (
    <li className={c.card} aria-label={file.name}>
      <div className={c.file}>
        <IconTile>
          <IconFileZip size={18} stroke={1.5} aria-hidden />
        </IconTile>
        <span className="grow">
          <span className={`strong cut ${c.line}`}>{file.name}</span>
          <span className={`sm t3 cut ${c.line}`} title={file.path}>
            {file.path}
          </span>
        </span>
        <span className={c.facts}>
          <span className="num">{bytes(file.size)}</span>
          {look.state === 'read' && <span className="sm t3">{formatWords(look.preview)}</span>}
        </span>
      </div>
      {look.state === 'reading' && <Reading done={look.done} total={look.total} onSkip={onSkip} />}
      {look.state === 'skipped' && (
        <Notice tone="quiet">
          Layerdeck didn’t look inside. If the file holds a tag that you already have, the tag moves to the image from the file.
        </Notice>
      )}
      {look.state === 'failed' && <FailureNote failure={look.failure} />}
      {look.state === 'read' && <Inside preview={look.preview} looked={looked} onChange={onChange} />}
    </li>
  );
}

function Inside({ preview, looked, onChange }: { preview: ArchivePreview } & Omit<Props, 'onSkip'>) {
  switch (preview.kind) {
    case 'images':
      return <ImagesInArchive preview={preview} looked={looked} onChange={onChange} />;
    case 'root-files':
      return <ImportFields preview={preview} looked={looked} onChange={onChange} />;
    case 'build-records':
      return <RecordsInArchive builds={preview.builds} file={looked.file.name} />;
    case 'refused':
      return (
        <Notice tone="bad" title={preview.title}>
          {preview.reason}
        </Notice>
      );
  }
}

const Reading = ({ done, total, onSkip }: { done: number; total: number; onSkip(): void }) => (
  <div className={c.reading}>
    <span className="t2" role="status">
      Looking inside
    </span>
    <ProgressBar fraction={total > 0 ? done / total : 0} label="Looking inside" className={c.readingBar} />
    <span className="num t2">{bytesOf(Math.min(done, total), total)}</span>
    <Button size="xs" variant="subtle" onClick={onSkip}>
      Skip
    </Button>
  </div>
);

const packings: Record<Packing, string> = {
  none: '',
  gzip: ', packed with gzip',
  zstd: ', packed with zstd',
  xz: ', packed with xz',
  bzip2: ', packed with bzip2',
};

function formatWords(preview: ArchivePreview): string {
  if (preview.kind === 'refused') return '';
  return `${contentWords(preview)}${packings[preview.packing]}`;
}

function contentWords(preview: Exclude<ArchivePreview, NoArchive>): string {
  if (preview.kind === 'root-files') return 'A file system';
  if (preview.kind === 'build-records') return preview.builds.length === 1 ? 'A build record' : 'Build records';
  return preview.format === 'oci' ? 'OCI images' : 'Docker images';
}
