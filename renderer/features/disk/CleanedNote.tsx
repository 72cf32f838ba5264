import { Button } from '@mantine/core';
import type { CleanUpResult, GoneImage } from '../../../contract/disk.ts';
import type { Task } from '../../../contract/task.ts';
import { useMirror } from '../../connection/mirror.ts';
import { isRunning } from '../../connection/use-task.ts';
import { buildAgain } from '../../desk/build-again.ts';
import { imageName } from '../../desk/image-name.ts';
import { startTask } from '../../desk/start-task.ts';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { Folded } from '../../ui/Folded.tsx';
import { capitalised, count } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { comesBackWords, freedWords } from './disk-words.ts';

/** What the last clean-up freed, what stayed and why, and how what is gone comes back. */
export function CleanedNote({ task }: { task: Task }) {
  if (task.failure) return <FailureNote failure={task.failure} />;
  if (task.result?.kind !== 'clean-up') return null;
  const { freed, gone, kept } = task.result;
  return (
    <Notice tone={kept.length > 0 ? 'warn' : 'quiet'} title={freed ? capitalised(`${freedWords(freed)} freed`) : 'Cleaned up'}>
      <p className="t2">{goneWords(gone)}</p>
      {kept.length > 0 && (
        <Folded summary={`${count(kept.length, 'thing')} stayed`}>
          <ul>
            {kept.map(({ what, why }) => (
              <li key={what}>
                <span className="strong">{what}</span>: {why}.
              </li>
            ))}
          </ul>
        </Folded>
      )}
      {gone.images.length > 0 && (
        <Folded summary="Bring something back">
          <ul>
            {gone.images.map((image) => (
              <GoneRow key={image.id} image={image} />
            ))}
          </ul>
        </Folded>
      )}
    </Notice>
  );
}

function GoneRow({ image }: { image: GoneImage }) {
  const { comesBack, references } = image;
  const isBack = useMirror((mirror) => mirror.images?.images.some(({ id }) => id === image.id) ?? false);
  const digest = comesBack.how === 'registry' ? comesBack.digests[0] : undefined;
  const isComing = useMirror((mirror) =>
    mirror.tasks.some((task) => task.request.kind === 'bring-back' && task.request.digest === digest && isRunning(task)),
  );
  const name = image.formerly ?? imageName(image);
  return (
    <li className="row">
      <span className="grow cut">
        <span className="strong">{name}</span> <span className="t2">{comesBackWords(comesBack).words}</span>
      </span>
      {isBack ? (
        <span className="t2">It is here again</span>
      ) : digest !== undefined ? (
        <Button
          size="xs"
          disabled={isComing}
          onClick={() => void startTask({ kind: 'bring-back', digest, references })}
          aria-label={`Bring back ${name}`}
        >
          {isComing ? 'Coming back' : 'Bring back'}
        </Button>
      ) : comesBack.how === 'build' ? (
        <Button size="xs" onClick={() => void buildAgain(comesBack.build)} aria-label={`Build ${name} again`}>
          Build again
        </Button>
      ) : null}
    </li>
  );
}

function goneWords({ images, records, containers }: CleanUpResult['gone']): string {
  const parts = [
    ...(images.length > 0 ? [count(images.length, 'image')] : []),
    ...(records > 0 ? [`${count(records, 'part')} of the build cache`] : []),
    ...(containers > 0 ? [count(containers, 'container')] : []),
  ];
  return parts.length > 0 ? `Gone: ${parts.join(', ')}.` : 'Nothing was removed.';
}
