import { IconFileZip } from '@tabler/icons-react';
import type { DragEvent } from 'react';
import type { PackedSuitcase } from '../../../contract/task.ts';
import { client } from '../../connection/client.ts';
import { attempt } from '../../desk/attempt.ts';
import { bytes, count } from '../../ui/format.ts';
import { CopyLine } from './CopyLine.tsx';
import c from './SavedFile.module.css';
import card from './TransferPage.module.css';

type Props = { task: string; file: { name: string; path: string; bytes: number; sha256?: string; suitcase?: PackedSuitcase } };

/** The file that was written: where it is, and how to take it elsewhere. */
export function SavedFile({ task, file: { name, path, bytes: size, sha256, suitcase } }: Props) {
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
          {suitcase && <p className="sm t2">{packedWords(suitcase)}</p>}
          <p className="sm t3">Drag the tile to a folder or a message to pass the file on.</p>
        </div>
      </div>
      <CopyLine name="Location" text={path} label="Copy the path" />
      {sha256 && <CopyLine name="SHA-256" text={sha256} label="Copy the SHA-256" />}
      {sha256 && <p className="sm t3">The SHA-256 is also in {name}.sha256, beside the file.</p>}
    </section>
  );
}

function packedWords({ madeFor, packedLayers, leftOutLayers, leftOutBytes }: PackedSuitcase): string {
  const packed = packedLayers === 0 ? 'Only names are in it' : `${count(packedLayers, 'layer')} ${packedLayers === 1 ? 'is' : 'are'} in it`;
  if (leftOutLayers === 0) return `${packed}: ${madeFor} has none of them.`;
  return `${packed}. ${madeFor} has the other ${count(leftOutLayers, 'layer')} already, ${bytes(leftOutBytes)}.`;
}
