import { Button } from '@mantine/core';
import type { FilesSource } from '../../../contract/layer-files.ts';
import { client } from '../../connection/client.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { isRunning } from '../../connection/use-task.ts';
import { openDialog } from '../../desk/dialogs.ts';
import { registryThatMayLetIn } from '../../desk/registry-that-may-let-in.ts';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { Ring } from '../../ui/Ring.tsx';
import { FilesBrowser } from './FilesBrowser.tsx';
import c from './FilesTab.module.css';
import type { Base } from './LayerPicker.tsx';
import { ReadFirst } from './ReadFirst.tsx';
import { useOpenedFiles } from './use-opened-files.ts';

type Props = {
  source: FilesSource;
  /** Bytes of each layer’s files by its diff id, as far as somebody knows them. */
  sizes: ReadonlyMap<string, number>;
};

/** The nearest image on the engine that has just the lowest layers of this one. */
function useBase(source: FilesSource): Base | undefined {
  const question = source.kind === 'engine' ? { id: source.image, at: source.at } : undefined;
  const { answer } = useAsked(question && JSON.stringify(question), (signal) => client.origin.look(question ?? { id: '' }, { signal }));
  return answer?.startsFrom.at(-1);
}

/** The files of an image: what has to be read for them, and then the files themselves. */
export function FilesTab({ source, sizes }: Props) {
  const { answer, failure, isAsking, again, task, read } = useOpenedFiles(source);
  const base = useBase(source);
  if (failure) {
    const registry = registryThatMayLetIn(failure);
    return (
      <div className={c.wait}>
        <FailureNote failure={failure}>
          {registry && <Button onClick={() => openDialog({ name: 'sign-in', registry })}>Sign in…</Button>}
          <Button onClick={again}>Try again</Button>
        </FailureNote>
      </div>
    );
  }
  // what was read is found anew
  if (!answer || (isAsking && task?.state === 'succeeded')) {
    return (
      <div className={c.wait}>
        <Ring label="Finding the layers" />
      </div>
    );
  }
  if (answer.missing.length > 0 || (task && isRunning(task))) return <ReadFirst opened={answer} task={task} onRead={() => read()} />;
  // without a layer there is nothing to stack
  if (answer.layers.length === 0) return <p className={`t2 ${c.wait}`}>This image has no layers, and so no files.</p>;
  const image = source.kind === 'engine' ? source.image : undefined;
  return <FilesBrowser key={answer.files} opened={answer} sizes={sizes} image={image} base={base} onReopen={() => again?.()} />;
}
