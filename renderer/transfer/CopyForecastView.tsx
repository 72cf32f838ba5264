import type { CopyForecast } from '../../contract/transfer.ts';
import type { OpenDialog } from '../connection/dialogs.ts';
import type { Asked } from '../connection/use-asked.ts';
import { Notice } from '../ui/Notice.tsx';
import { SelectField } from '../ui/SelectField.tsx';
import { shortId } from '../ui/short-id.ts';
import { Forecast, ForecastCard } from './ForecastCard.tsx';
import { copyWords, layerWords, placeWords } from './forecast-words.ts';

type Props = {
  asked: Asked<CopyForecast>;
  dialog: OpenDialog;
  /** Empty for all of them. */
  platform: string;
  /** A file takes the image for one platform. */
  isOne: boolean;
  onPlatform(platform: string): void;
};

/** What a copy brings: for which platforms, how much, and what it takes the name from. */
export const CopyForecastView = ({ asked, dialog, platform, isOne, onPlatform }: Props) => (
  <Forecast asked={asked} dialog={dialog}>
    {(forecast) => (
      <>
        {forecast.platforms.length > 1 && (
          <SelectField
            label="Platform"
            data={[
              ...(isOne ? [] : [{ value: '', label: `All ${forecast.platforms.length}` }]),
              ...forecast.platforms.map((one) => one.platform),
            ]}
            value={platform || (forecast.platform ?? '')}
            onChange={onPlatform}
          />
        )}
        <ForecastCard
          words={copyWords(forecast)}
          place={forecast.target && placeWords(forecast.target)}
          layers={forecast.layers.map((layer) => ({
            id: layer.id,
            words: layerWords(layer),
            size: layer.size,
            isFree: layer.state !== 'send',
          }))}
        >
          {forecast.replaces && (
            <Notice tone="quiet">
              The name stands for another image there now ({shortId(forecast.replaces)}). From then on who asks for it gets this one.
            </Notice>
          )}
        </ForecastCard>
      </>
    )}
  </Forecast>
);
