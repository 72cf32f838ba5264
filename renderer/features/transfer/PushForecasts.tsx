import type { Asked } from '../../connection/use-asked.ts';
import type { OpenDialog } from '../../desk/dialogs.ts';
import { Forecast } from './ForecastCard.tsx';
import { placeWords, pushWords } from './forecast-words.ts';
import { SendingCard } from './SendingCard.tsx';
import type { NamedForecast } from './use-push-forecasts.ts';

/** What each name would send, where to, and which image loses the name there. */
export const PushForecasts = ({ asked, dialog }: { asked: Asked<NamedForecast[]>; dialog: OpenDialog }) => (
  <Forecast asked={asked} dialog={dialog}>
    {(names) => (
      <>
        {[...names].sort(refusedFirst).map((named) => (
          <NamedCard key={named.reference} named={named} dialog={dialog} isOnly={names.length === 1} />
        ))}
      </>
    )}
  </Forecast>
);

// why nothing can be pushed must be in sight
const refusedFirst = (a: NamedForecast, b: NamedForecast): number => Number(b.failure !== undefined) - Number(a.failure !== undefined);

type Props = { named: NamedForecast; dialog: OpenDialog; isOnly: boolean };

function NamedCard({ named: { reference, forecast, failure }, dialog, isOnly }: Props) {
  if (failure) {
    return (
      <Forecast asked={{ failure, isAsking: false }} dialog={dialog}>
        {() => null}
      </Forecast>
    );
  }
  if (!forecast) return null;
  return (
    <SendingCard words={pushWords(forecast)} place={placeWords(forecast.registry)} layers={forecast.layers} replaces={forecast.replaces}>
      {(!isOnly || forecast.target !== reference) && <p className="mono">{forecast.target}</p>}
    </SendingCard>
  );
}
