import type { ReactNode } from 'react';
import type { PushForecastLayer } from '../../contract/transfer.ts';
import { Notice } from '../ui/Notice.tsx';
import { shortId } from '../ui/short-id.ts';
import { ForecastCard } from './ForecastCard.tsx';
import { layerWords } from './forecast-words.ts';

type Props = {
  words: string;
  place?: string | undefined;
  layers: PushForecastLayer[];
  /** What the registry has under the name now. */
  replaces?: string | undefined;
  children?: ReactNode;
};

/** What goes to a registry, layer by layer, and what it takes the name from; of a push and of a copy alike. */
export const SendingCard = ({ words, place, layers, replaces, children }: Props) => (
  <ForecastCard
    words={words}
    place={place}
    layers={layers.map((layer) => ({ id: layer.id, words: layerWords(layer), size: layer.size, isFree: layer.state !== 'send' }))}
  >
    {children}
    {replaces && (
      <Notice tone="quiet">
        The name stands for another image there now ({shortId(replaces)}). From then on who asks for it gets this one.
      </Notice>
    )}
  </ForecastCard>
);
