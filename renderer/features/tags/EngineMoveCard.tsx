import { Button } from '@mantine/core';
import type { TagTimeline } from '../../../contract/tag-moves.ts';
import { useMirror } from '../../connection/mirror.ts';
import { isRunning } from '../../connection/use-task.ts';
import { useEngineScope, useImagesHere } from '../../desk/engine-scope.ts';
import { registryOf, splitReference } from '../../desk/image-name.ts';
import { startTask } from '../../desk/start-task.ts';
import { dayAndMonth } from '../../ui/format.ts';
import { type CardProps, MoveCard, wantedOf } from './MoveCard.tsx';

type Props = Pick<CardProps, 'line' | 'period' | 'titleOf' | 'now' | 'onChoose'> & { repository: string; timeline: TagTimeline };

/** The card of a moment, for an engine's tags. */
export function EngineMoveCard({ repository, line, period, timeline, titleOf, now, onChoose }: Props) {
  const at = useEngineScope();
  const images = useImagesHere();
  const { tag } = line;
  const wanted = wantedOf(line, period)?.image;
  const imageOf = (id: string) => images?.images.find((image) => image.id === id);
  const namesOf = (id: string) =>
    (imageOf(id)?.references ?? []).map((name) => {
      const parts = splitReference(name);
      return parts.repository === repository ? parts.tag : name;
    });
  const digest = wanted === undefined ? undefined : timeline.digests[wanted]?.[0];
  return (
    <MoveCard
      line={line}
      period={period}
      titleOf={titleOf}
      now={now}
      onChoose={onChoose}
      namesOf={namesOf}
      sourceOf={(image) => ({ kind: 'engine', image, ...(at !== undefined && { at }) })}
      noteOf={(id) => {
        const until = imageOf(id)?.keptUntil;
        return until === undefined ? undefined : `kept for undo until ${dayAndMonth(until)}`;
      }}
      state={
        wanted === undefined || imageOf(wanted)
          ? { kind: 'can' }
          : { kind: 'cannot', why: goneWords(digest), ...(digest !== undefined && { action: <GetBack digest={digest} /> }) }
      }
      consequence={`No image is deleted, only the name moves. Whatever uses ${tag} from now on gets that image. You can move it back.`}
      onMove={(image) => {
        onChoose(undefined);
        void startTask({ kind: 'move-tag', reference: `${repository}:${tag}`, to: image, from: line.now ?? null }, at);
      }}
    />
  );
}

const goneWords = (digest: string | undefined): string =>
  digest === undefined
    ? 'The image is no longer on the engine, and no registry is known that has it.'
    : `The image is no longer on the engine. ${hostWords(digest)} may still have it: get it back first, then move the tag.`;

const hostWords = (digest: string): string => {
  const registry = registryOf(digest);
  return registry === 'docker.io' ? 'Docker Hub' : registry;
};

function GetBack({ digest }: { digest: string }) {
  const at = useEngineScope();
  const isComing = useMirror((mirror) =>
    mirror.tasks.some((task) => task.request.kind === 'bring-back' && task.request.digest === digest && isRunning(task)),
  );
  return (
    <Button disabled={isComing} onClick={() => void startTask({ kind: 'bring-back', digest, references: [] }, at)}>
      {isComing ? 'Coming back' : `Get it back from ${hostWords(digest)}`}
    </Button>
  );
}
