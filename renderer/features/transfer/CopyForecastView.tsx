import type { CopyForecast } from '../../../contract/transfer.ts';
import type { Asked } from '../../connection/use-asked.ts';
import { useKept } from '../../connection/use-kept.ts';
import type { OpenDialog } from '../../desk/dialogs.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { Forecast } from './ForecastCard.tsx';
import { copyWords, placeWords } from './forecast-words.ts';
import { SendingCard } from './SendingCard.tsx';

type Props = {
  asked: Asked<CopyForecast>;
  dialog: OpenDialog;
  /** The name of what is copied. */
  source: string;
  /** Empty for all of them. */
  platform: string;
  /** A file takes the image for one platform. */
  isOne: boolean;
  onPlatform(platform: string): void;
};

/** What a copy does: for which platforms, how much it sends, and which image loses the name. */
export function CopyForecastView({ asked, dialog, source, platform, isOne, onPlatform }: Props) {
  const platforms = useKept(source, asked.answer?.platforms) ?? [];
  return (
    <>
      {platforms.length > 1 && (
        <SelectField
          label="Platform"
          data={[...(isOne ? [] : [{ value: '', label: `All ${platforms.length}` }]), ...platforms.map((one) => one.platform)]}
          value={platform || (asked.answer?.platform ?? '')}
          onChange={onPlatform}
        />
      )}
      <Forecast asked={asked} dialog={dialog}>
        {(forecast) => (
          <SendingCard
            words={copyWords(forecast)}
            place={forecast.target && placeWords(forecast.target)}
            layers={forecast.layers}
            replaces={forecast.replaces}
          />
        )}
      </Forecast>
    </>
  );
}
