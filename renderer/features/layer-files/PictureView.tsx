import { type ReactNode, useState } from 'react';
import { client } from '../../connection/client.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { FailureNote } from '../../ui/FailureNote.tsx';
import c from './FileContent.module.css';
import type { FileVersion } from './FileContent.tsx';

/** A multiple of three, so that pieces in base64 can be put together as they are. */
const pieceLength = 3 * 256 * 1024;

/** A picture of a kind in which nothing can run; main tells it by its first bytes. */
export function PictureView({ version, type, tools }: { version: FileVersion; type: string; tools: ReactNode }) {
  const asked = useAsked(JSON.stringify(version), (signal) => readPicture(version, type, signal));
  const [measure, setMeasure] = useState<string>();
  const [isBroken, setIsBroken] = useState(false);
  if (asked.failure) return <FailureNote failure={asked.failure} />;
  return (
    <>
      <div className={c.tools}>
        <span className="sm t2 num grow">{isBroken ? 'The picture is damaged' : (measure ?? 'Picture')}</span>
        {tools}
      </div>
      <div className={c.picture}>
        {asked.answer && !isBroken && (
          <img
            src={asked.answer}
            alt="What is in the file"
            onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => setMeasure(`${naturalWidth} × ${naturalHeight} pixels`)}
            onError={() => setIsBroken(true)}
          />
        )}
      </div>
    </>
  );
}

async function readPicture({ files, place, layer, size }: FileVersion, type: string, signal: AbortSignal): Promise<string> {
  let text = '';
  for (let offset = 0; offset < size; offset += pieceLength) {
    text += (await client.layerFiles.bytes({ files, place, layer, slice: { offset, length: pieceLength } }, { signal })).bytes;
  }
  return `data:${type};base64,${text}`;
}
