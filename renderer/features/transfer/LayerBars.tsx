import { memo } from 'react';
import type { LayerTransfer } from '../../../contract/transfer.ts';
import { iconOf } from '../../desk/states.ts';
import { bytes } from '../../ui/format.ts';
import { LongList } from '../../ui/LongList.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { StateIcon } from '../../ui/StateIcon.tsx';
import { describeLayer, isFree, layerFraction, looksSame, sizeOf } from './describe-layer.ts';
import c from './TransferPage.module.css';

/** One bar for each layer; either all of them move, or none does. */
export const LayerBars = ({ title, layers }: { title: string; layers: LayerTransfer[] }) => (
  <section className={c.section} aria-label={title}>
    <h2 className={c.group}>{title}</h2>
    <LongList items={layers} keyOf={({ id }) => id} rowHeight={layers[0] && isFree(layers[0]) ? 30 : 34}>
      {(layer) => <LayerBar layer={layer} />}
    </LongList>
  </section>
);

const LayerBar = memo(
  function LayerBar({ layer }: { layer: LayerTransfer }) {
    const fraction = layerFraction(layer);
    const icon = iconOf(layer.state);
    const isMoving = icon === 'running' && fraction !== undefined;
    const size = sizeOf(layer);
    return (
      <div className={c.layer} data-quiet={isFree(layer) || undefined}>
        <StateIcon state={icon} fraction={isMoving ? fraction : undefined} />
        <span className="mono">{layer.id.slice(0, 12)}</span>
        <span className={isFree(layer) || icon === 'waiting' ? 't3' : 't2'}>{describeLayer(layer)}</span>
        <span className={c.moving}>
          {isMoving && (
            <>
              <ProgressBar fraction={fraction} />
              <span className="num t2">{Math.floor(fraction * 100)}%</span>
            </>
          )}
        </span>
        <span className={`${c.size} num`}>{size ? bytes(size) : ''}</span>
      </div>
    );
  },
  // every fact brings all layers, and few of them have moved
  (before, now) => looksSame(before.layer, now.layer),
);
