import { Button } from '@mantine/core';
import { IconListTree } from '@tabler/icons-react';
import { useState } from 'react';
import { withDefaultTag } from '../../../contract/reference.ts';
import type { PullForecast } from '../../../contract/transfer.ts';
import { client } from '../../connection/client.ts';
import { type Asked, useAsked } from '../../connection/use-asked.ts';
import { useKept } from '../../connection/use-kept.ts';
import { describeSource, isRemoteName, nameProblem } from '../../desk/describe-reference.ts';
import { closeDialog } from '../../desk/dialogs.ts';
import { openPage } from '../../desk/navigation.ts';
import { startTask } from '../../desk/start-task.ts';
import { useReferenceTargets } from '../../desk/use-reference-targets.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Forecast, ForecastCard } from './ForecastCard.tsx';
import { placeWords, pullWords } from './forecast-words.ts';
import { PlatformField } from './PlatformField.tsx';
import { ReferenceField } from './ReferenceField.tsx';

/** Milliseconds to wait after a key before a registry is asked. */
const pause = 700;

/** Gets an image from a registry, and says beforehand what will be downloaded. */
export function PullDialog({ reference: given = '' }: { reference?: string | undefined }) {
  const [text, setText] = useState(given);
  const [platform, setPlatform] = useState<string>();
  const reference = isRemoteName(text) ? withDefaultTag(text.trim()) : undefined;
  const asked = usePullForecast(reference, platform);
  const platforms = useKept(reference, asked.answer?.platforms);
  const targets = useReferenceTargets();
  const isHere = reference !== undefined && targets.has(reference);
  const act = () => {
    if (!reference) return;
    closeDialog();
    void startTask({ kind: 'pull', reference, ...(platform && { platform }) });
  };
  return (
    <Dialog
      title="Get an image"
      lead="From a registry to this engine. The engine calls this “pull”."
      onClose={closeDialog}
      action="Get the image"
      disabled={!reference || mustFail(asked)}
      onAct={act}
    >
      <ReferenceField
        label="Name and tag"
        value={text}
        onChange={(value) => {
          setText(value);
          setPlatform(undefined);
        }}
        problem={nameProblem(text)}
        says={
          describeSource(text) ??
          'For example nginx:1.27-alpine from Docker Hub, or ghcr.io/owner/app:2.0 from another registry. Without a tag, you get “latest”.'
        }
        placeholder="nginx:1.27-alpine"
      />
      {reference && platforms && platforms.length > 1 && (
        <PlatformField
          key={reference}
          known={platforms}
          value={platform ?? asked.answer?.platform ?? ''}
          onChange={setPlatform}
          ask={() => client.transfer.forecastPull({ reference, withSizes: true }).then((forecast) => forecast.platforms)}
        />
      )}
      <Forecast asked={asked} dialog={{ name: 'pull', reference: text }}>
        {(forecast) => <Coming forecast={forecast} />}
      </Forecast>
      {isHere && !asked.answer?.isHere && (
        <Notice tone="quiet">You already have this tag. Only what has changed is downloaded, and the tag moves to the newer image.</Notice>
      )}
    </Dialog>
  );
}

function Coming({ forecast }: { forecast: PullForecast }) {
  const { reference, platform } = forecast;
  const look = () => {
    closeDialog();
    openPage({ page: 'files', from: { kind: 'registry', reference, platform }, name: reference });
  };
  const layers = forecast.layers.map(({ digest, size, isHere }) => ({
    id: digest.replace('sha256:', '').slice(0, 12),
    words: isHere ? 'Already here' : 'Downloaded',
    size,
    isFree: isHere,
  }));
  return (
    <ForecastCard words={pullWords(forecast)} place={placeWords(forecast.registry)} layers={layers}>
      <div>
        <Button size="compact-xs" leftSection={<IconListTree size={14} stroke={1.6} />} onClick={look}>
          Look at its files first
        </Button>
      </div>
    </ForecastCard>
  );
}

const usePullForecast = (reference: string | undefined, platform: string | undefined): Asked<PullForecast> =>
  useAsked(
    reference && JSON.stringify([reference, platform]),
    (signal) => client.transfer.forecastPull({ reference: reference ?? '', ...(platform && { platform }) }, { signal }),
    { pause },
  );

/** The engine would get the same answer. A registry that can’t be reached from here may still answer the engine. */
const mustFail = ({ failure }: Asked<unknown>): boolean => failure?.kind === 'sign-in' || failure?.kind === 'not-found';
