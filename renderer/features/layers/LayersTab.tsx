import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { ImageDetails } from '../../../contract/image.ts';
import { bytes, count } from '../../ui/format.ts';
import { LayerAside } from './LayerAside.tsx';
import { LayerStack } from './LayerStack.tsx';
import c from './LayersTab.module.css';
import { doubtWords, placeWords } from './layer-words.ts';

/** The layers that an image is stacked from. */
export function LayersTab({ details }: { details: ImageDetails }) {
  const { layers, layerCount } = details;
  const [chosen, setChosen] = useState<number>();
  const [withEmpty, setWithEmpty] = useState(false);
  const emptyCount = layers.filter(({ hasLayer }) => hasLayer === false).length;
  const selected = chosen ?? layers.findIndex(({ hasLayer }) => hasLayer !== false);
  const layer = layers[selected];
  const doubt = doubtWords(details);
  return (
    <div className={c.split}>
      <div className={`scroll ${c.left}`}>
        <div className={`${c.head} num`}>
          <h2 className="sm t3 grow">
            {count(layerCount, 'layer')} · {bytes(layers.reduce((sum, { size }) => sum + size, 0))}
          </h2>
          {emptyCount > 0 && (
            <Checkbox
              label={`Show ${count(emptyCount, 'step')} that ${emptyCount === 1 ? 'adds' : 'add'} no files`}
              checked={withEmpty}
              onChange={(event) => setWithEmpty(event.currentTarget.checked)}
            />
          )}
        </div>
        {doubt && <p className="sm t2">{doubt}</p>}
        <LayerStack layers={layers} withEmpty={withEmpty} selected={selected} onSelect={setChosen} />
        {layers.length > 0 && <Legend withUnknown={layers.some(({ hasLayer, sharedWith }) => hasLayer && sharedWith === undefined)} />}
      </div>
      {layer && <LayerAside layer={layer} place={placeWords(layer, layerCount)} />}
    </div>
  );
}

const Legend = ({ withUnknown }: { withUnknown: boolean }) => (
  <p className={`sm t3 ${c.legend}`}>
    <i data-kind="own" />
    only in this image
    <i data-kind="shared" />
    shared with other images, on disk only once
    {withUnknown && (
      <>
        <i data-kind="unknown" />
        unknown
      </>
    )}
  </p>
);
