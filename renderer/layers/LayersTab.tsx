import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { ImageDetails } from '../../contract/image.ts';
import { bytes, count } from '../ui/format.ts';
import { LayerAside } from './LayerAside.tsx';
import { LayerStack } from './LayerStack.tsx';
import c from './LayersTab.module.css';

/** What the image is stacked up from. */
export function LayersTab({ details: { layers } }: { details: ImageDetails }) {
  const [chosen, setChosen] = useState<number>();
  const [withEmpty, setWithEmpty] = useState(false);
  const filled = layers.filter(({ empty }) => !empty);
  const emptyCount = layers.length - filled.length;
  const selected = chosen ?? layers.findIndex(({ empty }) => !empty);
  const layer = layers[selected];
  return (
    <div className={c.split}>
      <div className={`scroll ${c.left}`}>
        <div className={`${c.head} num`}>
          <h2 className="sm t3 grow">
            {count(filled.length, 'layer')} · {bytes(filled.reduce((sum, { size }) => sum + size, 0))}
          </h2>
          {emptyCount > 0 && (
            <Checkbox
              label={`Show ${count(emptyCount, 'step')} that ${emptyCount === 1 ? 'adds' : 'add'} no files`}
              checked={withEmpty}
              onChange={(event) => setWithEmpty(event.currentTarget.checked)}
            />
          )}
        </div>
        <LayerStack layers={layers} withEmpty={withEmpty} selected={selected} onSelect={setChosen} />
        <Legend />
      </div>
      {layer && <LayerAside layer={layer} place={placeName(layers, selected)} />}
    </div>
  );
}

/** Layers are counted from the bottom, as they were made. */
function placeName(layers: ImageDetails['layers'], selected: number): string {
  if (layers[selected]?.empty) return 'A step that adds no files';
  const filled = layers.filter(({ empty }) => !empty).length;
  const below = layers.slice(selected + 1).filter(({ empty }) => !empty).length;
  return `Layer ${below + 1} of ${filled}`;
}

const Legend = () => (
  <p className={`sm t3 ${c.legend}`}>
    <i data-kind="own" />
    only in this image
    <i data-kind="shared" />
    shared with other images, on disk only once
  </p>
);
