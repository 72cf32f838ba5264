import type { ReactNode } from 'react';
import type { PushForecastLayer } from '../../../contract/transfer.ts';
import { shortId } from '../../ui/format.ts';
import { Notice } from '../../ui/Notice.tsx';
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

/** What a push or a copy sends to a registry, layer by layer, and which image loses the name there. */
export const SendingCard = ({ words, place, layers, replaces, children }: Props) => (
  <ForecastCard
    words={words}
    place={place}
    layers={layers.map((layer) => ({ id: layer.id, words: layerWords(layer), size: layer.size, isFree: layer.state !== 'send' }))}
  >
    {children}
    {replaces && (
      <Notice tone="quiet">The name belongs to another image there now ({shortId(replaces)}). Afterwards, it names this one.</Notice>
    )}
  </ForecastCard>
);
