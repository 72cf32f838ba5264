import { Button } from '@mantine/core';
import { IconPlus, IconRefresh } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { EnginePlace } from '../../../contract/engine.ts';
import { client } from '../../connection/client.ts';
import { useMirror } from '../../connection/mirror.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { attempt } from '../../desk/attempt.ts';
import { changeSettings } from '../../desk/change-settings.ts';
import { openDialog, useDialogs } from '../../desk/dialogs.ts';
import { PageHead } from '../../desk/PageHead.tsx';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { Folded } from '../../ui/Folded.tsx';
import { count } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Ring } from '../../ui/Ring.tsx';
import { EngineRow } from './EngineRow.tsx';
import c from './EnginesPage.module.css';
import { groupPlaces, type ShownPlace } from './group-places.ts';
import { StartEngines } from './StartEngines.tsx';
import { useLooks } from './use-looks.ts';

/** The engines that can be reached from here: which one does the work, how the others are, adding one. */
export function EnginesPage() {
  const dialog = useDialogs(({ open }) => open?.name);
  const engine = useMirror((mirror) => mirror.engine);
  const chosen = useMirror((mirror) => mirror.settings.engine) ?? undefined;
  const beside = useMirror((mirror) => mirror.settings.beside);
  // a dialog that closes may have changed the list; an engine that comes or goes changes what is said of it
  const since = `${dialog} ${engine.state}`;
  const { answer, failure, again } = useAsked('places', (signal) => client.engine.places(undefined, { signal }), { since });
  const places = useMemo(() => answer && withLost(answer.places, beside), [answer, beside]);
  const { looks, connect } = useLooks(places);
  const { shown, silent, isAsking } = groupPlaces(places ?? [], looks, [...beside, ...(chosen === undefined ? [] : [chosen])]);
  const switchTo = async (context: string | undefined) => {
    if (context !== undefined) await attempt(() => client.engine.switchTo({ context }));
    again?.();
  };
  const inUse = engine.state === 'connected' ? engine.candidate.id : undefined;
  return (
    <div className="page">
      <PageHead title="Engines" summary={summaryOf(shown, isAsking)}>
        <Button leftSection={<IconRefresh size={15} stroke={1.6} />} onClick={() => again?.()}>
          Ask again
        </Button>
        {!answer?.isNamedByVariable && (
          <Button variant="filled" leftSection={<IconPlus size={15} stroke={1.7} />} onClick={() => openDialog({ name: 'add-engine' })}>
            Add an engine…
          </Button>
        )}
      </PageHead>
      <div className={`scroll ${c.body}`}>
        {failure && <FailureNote failure={failure} />}
        {answer?.isNamedByVariable && (
          <Notice tone="quiet" title="DOCKER_HOST names the engine">
            <p className="t2">
              Whoever started Layerdeck chose it, so no other is looked for. Start Layerdeck without that variable to choose here.
            </p>
          </Notice>
        )}
        {answer?.lostContext !== undefined && (
          <Notice tone="warn" title={`docker’s command should use ${answer.lostContext}, which is gone`}>
            <p className="t2">It does nothing in a terminal until another one is chosen. Layerdeck itself is not held up by that.</p>
            {answer.canSwitch && (
              <Button size="xs" onClick={() => void switchTo('default')}>
                Let it use the engine on this computer
              </Button>
            )}
          </Notice>
        )}
        <ul className={c.rows} aria-label="Engines">
          {shown.map((one) => (
            <EngineRow
              key={one.place.id}
              {...one}
              isInUse={one.place.id === inUse}
              isChosen={one.place.id === chosen}
              isBeside={beside.includes(one.place.id)}
              canSwitch={answer?.canSwitch ?? false}
              isFollowing={chosen === undefined}
              onConnect={() => connect(one.place.id)}
              onSwitch={() => void switchTo(one.place.switchName)}
              onShow={(isShown) => changeSettings({ beside: toggled(beside, one.place.id, isShown) })}
            />
          ))}
        </ul>
        {isAsking && (
          <p className={`row t2 ${c.quiet}`} role="status">
            <Ring size={13} /> Asking further places
          </p>
        )}
        {chosen !== undefined && !answer?.isNamedByVariable && (
          <p className={`row t2 ${c.quiet}`}>
            <span className="grow">You chose the engine. Layerdeck connects to no other, also after a restart.</span>
            <Button size="xs" variant="subtle" onClick={() => changeSettings({ engine: null })}>
              Take the first that answers
            </Button>
          </p>
        )}
        <Folded summary="Start an engine that is installed here">
          <StartEngines />
        </Folded>
        {silent.length > 0 && (
          <Folded summary={`Nothing answers at ${count(silent.length, 'other usual place')}`}>
            <ul className={c.silent}>
              {silent.map(({ id, label, address }) => (
                <li key={id}>
                  <span className="strong">{label}</span> <span className="mono t3">{address}</span>
                </li>
              ))}
            </ul>
          </Folded>
        )}
      </div>
    </div>
  );
}

/** An engine whose context was removed can still be hidden. */
function withLost(places: EnginePlace[], beside: string[]): EnginePlace[] {
  const lost = beside.filter((id) => !places.some((place) => place.id === id));
  return [...places, ...lost.map((id) => ({ id, label: id, address: id }))];
}

const toggled = (places: string[], place: string, isIn: boolean): string[] => [
  ...places.filter((other) => other !== place),
  ...(isIn ? [place] : []),
];

function summaryOf(shown: ShownPlace[], isAsking: boolean): string {
  const words = 'An engine stores, builds and runs images.';
  const running = shown.filter(({ look, sameAs }) => look?.answer && sameAs === undefined).length;
  if (isAsking && running === 0) return words;
  return `${words} ${running === 0 ? 'None answers' : running === 1 ? 'One answers' : `${running} of them answer`}.`;
}
