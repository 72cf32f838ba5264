import { IconFileZip } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { attempt } from '../connection/attempt.ts';
import { bridge } from '../connection/bridge.ts';
import { openFiles } from '../connection/dialogs.ts';
import { useMirror } from '../connection/mirror.ts';
import { useOpenForms } from '../ui/open-form.ts';
import c from './DropZone.module.css';

/** Files may be dropped anywhere on the window; what they are is shown before anything happens. */
export function DropZone() {
  const isOver = useFileDrop();
  const hasEngine = useMirror((mirror) => mirror.engine.state !== 'missing');
  const waits = useOpenForms(({ count }) => count > 0);
  if (!isOver) return null;
  return (
    <div className={c.over} role="status">
      <div className={c.frame} />
      <div className={c.target}>
        <span className={c.file}>
          <IconFileZip size={26} stroke={1.4} aria-hidden />
        </span>
        <p className={c.title}>{hasEngine ? 'Drop to build or load' : 'Drop to look inside'}</p>
        <p className="t2">
          {hasEngine
            ? 'A folder to build from, or image files to load'
            : 'A folder or image files; to build or to load them, an engine has to answer'}
        </p>
        {waits && <p className="t2">It waits until the open dialog is closed</p>}
        <p className={`sm t3 ${c.safe}`}>Nothing happens until you say so</p>
      </div>
    </div>
  );
}

function useFileDrop(): boolean {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const listen = (type: 'dragenter' | 'dragover' | 'dragleave' | 'drop', act: (event: DragEvent) => void) =>
      window.addEventListener(type, (event) => hasFiles(event) && act(event), { signal: stop.signal });
    listen('dragenter', () => setIsOver(true));
    // Without this the system would open the file in the window's place.
    listen('dragover', (event) => event.preventDefault());
    // Leaving one element for another inside the window names where it goes; leaving the window does not.
    listen('dragleave', (event) => event.relatedTarget === null && setIsOver(false));
    listen('drop', (event) => {
      event.preventDefault();
      setIsOver(false);
      void openDropped([...(event.dataTransfer?.files ?? [])]);
    });
    return () => stop.abort();
  }, []);
  return isOver;
}

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;

async function openDropped(files: File[]): Promise<void> {
  openFiles((await attempt(() => bridge().grantDropped(files))) ?? []);
}
