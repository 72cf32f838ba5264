import { IconFileZip } from '@tabler/icons-react';
import type { DragEvent } from 'react';
import { attempt } from '../../connection/attempt.ts';
import { client } from '../../connection/client.ts';
import { copyText } from '../../connection/copy-text.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { bytes } from '../../ui/format.ts';
import card from '../TransferPage.module.css';
import c from './SavedFile.module.css';

type Props = { task: string; file: { name: string; path: string; bytes: number; sha256?: string } };

/** The file that was written: where it is, and how to take it elsewhere. */
export function SavedFile({ task, file: { name, path, bytes: size, sha256 } }: Props) {
  const drag = (event: DragEvent) => {
    // the system's own drag takes over: only it can give the file to other programs
    event.preventDefault();
    void attempt(() => client.files.dragSaved({ task }));
  };
  const show = () => void attempt(() => client.files.revealSaved({ task }));
  return (
    <section className={card.card} aria-label="Result">
      <div className={c.file}>
        <button
          type="button"
          draggable
          className={c.tile}
          onDragStart={drag}
          onClick={show}
          aria-label={`${name}: show it, or drag it out`}
        >
          <IconFileZip size={26} stroke={1.4} aria-hidden />
        </button>
        <div className="grow">
          <p className="strong">{name}</p>
          <p className="num t2">{bytes(size)}</p>
          <p className="sm t3">Drag the tile to a folder or a message to hand the file on.</p>
        </div>
      </div>
      <div className={card.digest}>
        <span className="t3">Place</span>
        <CopyButton label="Copy the path" copy={() => copyText(path)}>
          <span className="mono cut">{path}</span>
        </CopyButton>
      </div>
      {sha256 && (
        <div className={card.digest}>
          <span className="t3">SHA-256</span>
          <CopyButton label="Copy the SHA-256" copy={() => copyText(sha256)}>
            <span className="mono cut">{sha256}</span>
          </CopyButton>
        </div>
      )}
      {sha256 && <p className="sm t3">The SHA-256 is also in {name}.sha256, beside the file.</p>}
    </section>
  );
}
