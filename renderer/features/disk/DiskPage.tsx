import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { choiceOf } from '../../../contract/clean-up-choice.ts';
import type { CacheItem, CleanUpItem, DiskLook, DiskPart } from '../../../contract/disk.ts';
import type { Failure } from '../../../contract/failure.ts';
import { client } from '../../connection/client.ts';
import { useMirror } from '../../connection/mirror.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { isRunning } from '../../connection/use-task.ts';
import { attempt } from '../../desk/attempt.ts';
import { EmptyState } from '../../desk/EmptyState.tsx';
import { PageHead } from '../../desk/PageHead.tsx';
import { startTask } from '../../desk/start-task.ts';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { bytes, listed } from '../../ui/format.ts';
import { Ring } from '../../ui/Ring.tsx';
import { CleanedNote } from './CleanedNote.tsx';
import { actionWords, CleanUpFoot } from './CleanUpFoot.tsx';
import { CleanUpList } from './CleanUpList.tsx';
import { DiskMap } from './DiskMap.tsx';
import c from './DiskPage.module.css';
import { isLostForGood } from './disk-words.ts';
import { LostDialog } from './LostDialog.tsx';
import { NeedBar } from './NeedBar.tsx';
import { RecordsDialog } from './RecordsDialog.tsx';
import { isTicked, noTicks, tick, toggle } from './ticked.ts';
import { useDiskLook } from './use-disk-look.ts';

/** Where the bytes are, and making room: a list of what goes, before anything does. */
export function DiskPage() {
  const { look, failure, again } = useDiskLook();
  if (!look) {
    return (
      <div className="page">
        <PageHead title="Disk" />
        <div className={c.wait}>{failure ? <FailureNote failure={failure} /> : <Ring label="Adding up what is on the disk" />}</div>
      </div>
    );
  }
  return <LookedAt look={look} failure={failure} again={again} />;
}

function LookedAt({ look, failure, again }: { look: DiskLook; failure: Failure | undefined; again(): void }) {
  const { chosen, onToggle, need, setNeed, most, clear } = useChoice(look);
  const [records, setRecords] = useState<CacheItem>();
  const [isSure, setIsSure] = useState(true);
  const items = look.items.filter(({ key, stays }) => chosen.has(key) && !stays);
  const choice = choiceOf(items);
  const asked = useAsked(
    items.length === 0 ? undefined : JSON.stringify(choice),
    (signal) => client.disk.forecast({ choice }, { signal }),
    {
      pause: 120,
      since: look,
    },
  );
  const freed = asked.answer?.freed;
  const running = useMirror((mirror) => mirror.tasks.find((task) => task.kind === 'clean-up' && isRunning(task)));
  const ended = useMirror((mirror) => mirror.tasks.findLast((task) => task.kind === 'clean-up' && !isRunning(task)));
  const lost = items.filter(isLostForGood);
  const act = () => {
    setIsSure(true);
    clear();
    void startTask({ kind: 'clean-up', choice });
  };
  if (look.items.length === 0 && look.pending.length === 0)
    return (
      <div className="page">
        <PageHead title="Disk" />
        <EmptyState title="There is nothing to clean up">The engine has no images, no build cache and no containers.</EmptyState>
      </div>
    );
  return (
    <div className="page">
      <PageHead title="Disk" summary={<Summary look={look} />}>
        <AskRegistries items={look.items} onAsked={again} />
        <Button leftSection={<IconRefresh size={15} stroke={1.6} />} onClick={again}>
          Look again
        </Button>
      </PageHead>
      {failure && (
        <div className={c.wait}>
          <FailureNote failure={failure} />
        </div>
      )}
      <NeedBar need={need} most={most} onNeed={setNeed} />
      <DiskMap look={look} chosen={chosen} onToggle={onToggle} />
      <div className={`scroll ${c.body}`}>
        {ended && !running && (
          <div className={c.note}>
            <CleanedNote task={ended} />
          </div>
        )}
        <CleanUpList
          items={look.items}
          chosen={chosen}
          isPending={look.pending.includes('images')}
          onToggle={onToggle}
          onRecords={setRecords}
        />
      </div>
      <CleanUpFoot
        number={items.length}
        need={need}
        freed={freed}
        isAsking={asked.isAsking}
        running={running}
        onAct={() => (lost.length > 0 ? setIsSure(false) : act())}
      />
      {records && <RecordsDialog item={records} onClose={() => setRecords(undefined)} />}
      {!isSure && <LostDialog items={lost} action={actionWords(items.length, freed)} onAct={act} onClose={() => setIsSure(true)} />}
    </div>
  );
}

/** What is ticked: by hand, or to make the room that is wanted. */
function useChoice(look: DiskLook) {
  const [ticked, setTicked] = useState(noTicks);
  const { items } = look;
  const chosen = useMemo(() => new Set(items.filter((item) => isTicked(ticked, item)).map(({ key }) => key)), [items, ticked]);
  const [need, setNeed] = useState<number>();
  const isKnown = !look.pending.includes('images');
  const all = useAsked(isKnown ? 'all' : undefined, (signal) => client.disk.propose({ bytes: everything }, { signal }), { since: look });
  const proposal = useAsked(
    need === undefined ? undefined : String(need),
    (signal) => client.disk.propose({ bytes: need ?? 1 }, { signal }),
    {
      pause: 120,
    },
  );
  const { answer } = proposal;
  const follow = useEffectEvent((keys: readonly string[]) => setTicked(tick(items.filter(({ key }) => keys.includes(key)))));
  useEffect(() => {
    if (answer) follow(answer.keys);
  }, [answer]);
  const clear = () => {
    setNeed(undefined);
    setTicked(noTicks);
  };
  return {
    chosen,
    need,
    clear,
    most: all.answer && (all.answer.freed?.bytes ?? 0),
    setNeed: (bytes: number | undefined) => (bytes === undefined ? clear() : setNeed(bytes)),
    onToggle: (key: string) => {
      const item = items.find((one) => one.key === key);
      if (item) setTicked((before) => toggle(before, item));
    },
  };
}

/** More than any disk has. */
const everything = 1e15;

function Summary({ look: { images, cache, containers, registry, pending, unknown } }: { look: DiskLook }) {
  const parts = [
    ...(images === undefined ? [] : [`images ${bytes(images)}`]),
    ...(cache === undefined ? [] : [`build cache ${bytes(cache)}`]),
    ...(containers ? [`containers ${bytes(containers)}`] : []),
    ...(registry ? [`registry ${bytes(registry)}`] : []),
  ];
  const missing = unknown.length > 0 ? ` Not known: ${listed(unknown.map((part) => partNames[part]))}.` : '';
  return (
    <span role="status" className="row">
      {pending.length > 0 && <Ring size={12} />} {parts.length > 0 ? `The engine keeps ${listed(parts)}.` : 'Adding up.'}
      {missing}
    </span>
  );
}

const partNames: Record<DiskPart, string> = {
  images: 'what images free',
  cache: 'the build cache',
  containers: 'what containers wrote',
  registry: 'what the registry keeps',
};

/** Asks for what only registries know: whether they still have images that may be gone soon. */
function AskRegistries({ items, onAsked }: { items: CleanUpItem[]; onAsked(): void }) {
  const [isAsking, setIsAsking] = useState(false);
  const open = items.flatMap((item) => (item.kind === 'image' && !item.stays && isOpen(item.comesBack) ? [item.id] : [])).slice(0, 1000);
  if (open.length === 0 && !isAsking) return null;
  const ask = async () => {
    setIsAsking(true);
    await attempt(() => client.disk.confirm({ ids: open }));
    setIsAsking(false);
    onAsked();
  };
  return (
    <Button disabled={isAsking} leftSection={isAsking ? <Ring size={13} /> : undefined} onClick={() => void ask()}>
      {isAsking ? 'Asking the registries' : 'Ask the registries what they have'}
    </Button>
  );
}

const isOpen = (back: Extract<CleanUpItem, { kind: 'image' }>['comesBack']): boolean =>
  back.how === 'registry' ? !back.isSure : back.how === 'unknown' && back.mayBeAt !== undefined;
