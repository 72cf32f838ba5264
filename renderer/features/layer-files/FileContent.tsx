import { Button } from '@mantine/core';
import { useState } from 'react';
import type { FileBytes } from '../../../contract/layer-files.ts';
import { client } from '../../connection/client.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { Ring } from '../../ui/Ring.tsx';
import c from './FileContent.module.css';
import { costWords } from './file-words.ts';
import { HexView } from './HexView.tsx';
import { PictureView } from './PictureView.tsx';
import { TextView } from './TextView.tsx';

/** A file as it is once the layers up to that one are there; `path` tells the language of a text. */
export type FileVersion = { files: string; path: string; place: number; layer: number; size: number };

/** What is in a file: at once if its bytes are here, otherwise when somebody asks for them. */
export function FileContent({ version, isOpened }: { version: FileVersion; isOpened: boolean }) {
  const { files, place, layer } = version;
  const [isWanted, setIsWanted] = useState(false);
  const cost = useAsked(JSON.stringify(version), (signal) => client.layerFiles.cost({ files, place, layer }, { signal }));
  if (cost.failure) return <Note failure={cost.failure} again={cost.again} />;
  if (!cost.answer) return <div className={c.wait} aria-busy />;
  if (cost.answer.isHere || isWanted || isOpened) return <Opened version={version} />;
  return (
    <div className={c.wait}>
      <p className={`sm t2 ${c.cost}`}>{costWords(cost.answer)}</p>
      <Button onClick={() => setIsWanted(true)}>Show what is in it</Button>
    </div>
  );
}

/** Bytes that tell what a file is. */
const startLength = 4096;

function Opened({ version }: { version: FileVersion }) {
  const { files, place, layer } = version;
  const slice = { offset: 0, length: startLength };
  const start = useAsked(JSON.stringify(version), (signal) => client.layerFiles.bytes({ files, place, layer, slice }, { signal }));
  const [isRaw, setIsRaw] = useState(false);
  if (start.failure) return <Note failure={start.failure} again={start.again} />;
  if (!start.answer) {
    return (
      <div className={c.wait}>
        <Ring size={18} label="Reading the file" />
      </div>
    );
  }
  if (start.answer.size === 0) return <p className={`t2 ${c.wait}`}>The file is empty.</p>;
  const look = lookOf(start.answer);
  const toggle = look !== 'bytes' && (
    <Button size="compact-xs" variant="subtle" onClick={() => setIsRaw(!isRaw)}>
      {isRaw ? `As ${look}` : 'As bytes'}
    </Button>
  );
  if (look === 'bytes' || isRaw) return <HexView version={version} tools={toggle} />;
  return look === 'text' ? (
    <TextView version={version} tools={toggle} />
  ) : (
    <PictureView version={version} type={start.answer.picture ?? ''} tools={toggle} />
  );
}

/** Pictures above that are shown as bytes: they would have to be in the page as a whole. */
const largestPicture = 16 * 1024 ** 2;

const lookOf = ({ looksLike, size }: FileBytes): FileBytes['looksLike'] =>
  looksLike === 'picture' && size > largestPicture ? 'bytes' : looksLike;

const Note = ({ failure, again }: { failure: Parameters<typeof FailureNote>[0]['failure']; again: (() => void) | undefined }) => (
  <div className={c.wait}>
    <FailureNote failure={failure}>
      <Button size="xs" onClick={again}>
        Try again
      </Button>
    </FailureNote>
  </div>
);
