import { Button } from '@mantine/core';
import { useState } from 'react';
import { changeSettings } from '../../desk/change-settings.ts';
import { saveReceipt } from '../../desk/save-receipt.ts';
import { Chip } from '../../ui/Chip.tsx';
import { Ring } from '../../ui/Ring.tsx';
import { StateIcon } from '../../ui/StateIcon.tsx';
import { EngineMenu } from './EngineMenu.tsx';
import c from './EnginesPage.module.css';
import { healthOf } from './engine-words.ts';
import type { ShownPlace } from './group-places.ts';

type Props = ShownPlace & {
  isInUse: boolean;
  isChosen: boolean;
  /** Its images are listed beside those of the engine in use. */
  isBeside: boolean;
  /** Docker's command can be told to use it. */
  canSwitch: boolean;
  isFollowing: boolean;
  onShow(isShown: boolean): void;
  onSwitch(): void;
  onConnect(): Promise<void>;
};

/** One engine: what it is, how it is, and choosing it. */
export function EngineRow({
  place,
  look,
  sameAs,
  isInUse,
  isChosen,
  isBeside,
  canSwitch,
  isFollowing,
  onShow,
  onSwitch,
  onConnect,
}: Props) {
  const [isConnecting, setConnecting] = useState(false);
  const connect = () => {
    setConnecting(true);
    void onConnect().finally(() => setConnecting(false));
  };
  const { title, line } = healthOf(look, sameAs);
  const { context, isCurrent } = place;
  const name = context ?? place.label;
  return (
    <li className={c.row} aria-label={place.label}>
      <span className={c.tile} data-product={look?.answer?.product} aria-hidden>
        {name.charAt(0).toUpperCase()}
      </span>
      <div className={c.who}>
        <p className="row">
          <span className="strong cut">{name}</span>
          {isInUse && <Chip tone="new">In use</Chip>}
          {!isInUse && isChosen && <Chip>Chosen</Chip>}
          {!isInUse && isBeside && <Chip>Images shown</Chip>}
          {isCurrent && <Chip>docker’s command</Chip>}
        </p>
        <p className="mono sm t3 cut">{place.address}</p>
        {context !== undefined && <p className="sm t3">docker context</p>}
      </div>
      <div className={c.health}>
        <p className="row">
          {!look ? <Ring size={13} /> : <StateIcon state={look.answer ? 'done' : 'failed'} />}
          <span className="strong">{title}</span>
        </p>
        {line && <p className="sm t2">{line}</p>}
      </div>
      <div className={c.acts}>
        {look?.failure?.kind === 'engine-asks' && (
          <Button size="xs" onClick={connect} disabled={isConnecting} aria-label={`Connect… ${place.label}`}>
            {isConnecting ? 'Connecting' : 'Connect…'}
          </Button>
        )}
        {!isInUse && !isChosen && look?.answer && sameAs === undefined && (
          <Button size="xs" onClick={() => changeSettings({ engine: place.id })} aria-label={`Use this engine: ${place.label}`}>
            Use this engine
          </Button>
        )}
        {!isInUse && isBeside && (
          <Button size="xs" variant="subtle" onClick={() => onShow(false)} aria-label={`Hide its images: ${place.label}`}>
            Hide its images
          </Button>
        )}
        {!isInUse && !isBeside && look?.answer && sameAs === undefined && (
          <Button size="xs" variant="subtle" onClick={() => onShow(true)} aria-label={`Show its images, too: ${place.label}`}>
            Show its images, too
          </Button>
        )}
        <EngineMenu
          place={place}
          isInUse={isInUse}
          canSwitch={canSwitch}
          isFollowing={isFollowing}
          onReceipt={look?.answer && (isInUse || isBeside) ? () => void saveReceipt(isInUse ? undefined : place.id) : undefined}
          onSwitch={onSwitch}
        />
      </div>
    </li>
  );
}
