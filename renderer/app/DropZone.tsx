import { IconFileZip } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { bridge } from '../connection/bridge.ts';
import { useMirror } from '../connection/mirror.ts';
import { attempt } from '../desk/attempt.ts';
import { openDialog, openFiles, takesReceipts, useDialogs } from '../desk/dialogs.ts';
import { startsRegistry } from '../desk/start-registry-from-file.ts';
import { IconTile } from '../ui/IconTile.tsx';
import { useOpenForms } from '../ui/open-form.ts';
import c from './DropZone.module.css';

/** Files can be dropped anywhere on the window; a dialog shows what they are before anything happens. */
export function DropZone() {
  const isOver = useFileDrop();
  const hasEngine = useMirror((mirror) => mirror.engine.state !== 'missing');
  const waits = useOpenForms(({ count }) => count > 0);
  const isSaving = useDialogs(({ open }) => takesReceipts(open));
  if (!isOver) return null;
  const canStartRegistry = document.querySelector(startsRegistry) !== null;
  return (
    <div className={c.over} role="status">
      <div className={c.frame} />
      <div className={c.target}>
        <IconTile isLarge>
          <IconFileZip size={26} stroke={1.4} aria-hidden />
        </IconTile>
        <p className={c.title}>{hasEngine ? 'Drop to build or load' : 'Drop to look inside'}</p>
        <p className="t2">
          {hasEngine
            ? 'A folder or a Dockerfile to build from, image files to load, or build records to see'
            : 'A folder, image files or build records; building and loading need an engine'}
        </p>
        {canStartRegistry && <p className="t2">On the registry’s place: the image of a registry, to start it from</p>}
        {isSaving && <p className="t2">The receipt of another computer is used at once</p>}
        {waits && <p className="t2">Layerdeck shows {isSaving ? 'anything else' : 'it'} once you close the dialog</p>}
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
    // the files are over the zone from now on: over a row that goes away meanwhile, Chromium would tell of no drop
    listen('dragenter', () => flushSync(() => setIsOver(true)));
    // otherwise the page would make way for the file
    listen('dragover', (event) => event.preventDefault());
    // only on the way out of the window is there no element that comes next
    listen('dragleave', (event) => event.relatedTarget === null && setIsOver(false));
    listen('drop', (event) => {
      event.preventDefault();
      setIsOver(false);
      const isOnRegistry = document.elementsFromPoint(event.clientX, event.clientY).some((element) => element.closest(startsRegistry));
      void openDropped([...(event.dataTransfer?.files ?? [])], isOnRegistry);
    });
    return () => stop.abort();
  }, []);
  return isOver;
}

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;

async function openDropped(files: File[], isOnRegistry: boolean): Promise<void> {
  const granted = (await attempt(() => bridge().grantDropped(files))) ?? [];
  const [only] = granted.length === 1 ? granted : [];
  const isForm = useOpenForms.getState().count > 0;
  if (isOnRegistry && only?.kind === 'tarball' && !isForm) openDialog({ name: 'registry-from-file', file: only });
  else openFiles(granted);
}
