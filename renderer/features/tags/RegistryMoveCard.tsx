import type { TagTimeline } from '../../../contract/tag-moves.ts';
import { client } from '../../connection/client.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { startTask } from '../../desk/start-task.ts';
import { type CardProps, MoveCard, wantedOf } from './MoveCard.tsx';

type Props = Pick<CardProps, 'line' | 'period' | 'titleOf' | 'now' | 'onChoose'> & { repository: string; timeline: TagTimeline };

/** The card of a moment, for a registry's tags: images are digests, and the registry is asked whether it still has one. */
export function RegistryMoveCard({ repository, line, period, timeline, titleOf, now, onChoose }: Props) {
  const { tag } = line;
  const wanted = wantedOf(line, period)?.image;
  const { answer, failure } = useAsked(wanted, (signal) => client.tags.isThere({ repository, digest: wanted ?? '' }, { signal }));
  const namesOf = (digest: string) => timeline.lines.filter((one) => one.now === digest).map((one) => one.tag);
  return (
    <MoveCard
      line={line}
      period={period}
      titleOf={titleOf}
      now={now}
      onChoose={onChoose}
      namesOf={namesOf}
      sourceOf={(digest) => ({ kind: 'registry', reference: `${repository}@${digest}` })}
      state={
        failure
          ? { kind: 'cannot', why: `${failure.title}. ${failure.detail}` }
          : answer === false
            ? { kind: 'cannot', why: 'The registry no longer has this image: it was removed there, or collected because no tag led to it.' }
            : { kind: answer ? 'can' : 'asking' }
      }
      consequence={`Nothing is uploaded or deleted, only the tag moves. Everybody who gets ${tag} from now on gets that image. You can move it back.`}
      onMove={(digest) => {
        onChoose(undefined);
        void startTask({ kind: 'move-registry-tag', reference: `${repository}:${tag}`, to: digest, from: line.now ?? null });
      }}
    />
  );
}
