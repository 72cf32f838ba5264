import { Button } from '@mantine/core';
import { IconArrowDown, IconArrowRight, IconArrowsDiff } from '@tabler/icons-react';
import { useState } from 'react';
import type { Failure } from '../../../contract/failure.ts';
import type { ImageDetails } from '../../../contract/image.ts';
import type { NewerAnswer } from '../../../contract/origin.ts';
import { client } from '../../connection/client.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { useEngineScope, useOpenDialog } from '../../desk/engine-scope.ts';
import { imageName } from '../../desk/image-name.ts';
import { openPage } from '../../desk/navigation.ts';
import { useAnswersAbout } from '../../desk/newer.ts';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { ago, bytes } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';
import c from './Origin.module.css';

const day = 24 * 60 * 60 * 1000;

/** Whether the registry has a newer one by now. It is asked when this is looked at, at most once a day, and when a person wants it. */
export function NewerCard({ details }: { details: ImageDetails }) {
  const { id, references, digests } = details;
  const at = useEngineScope();
  const now = useNow(30_000);
  const answers = useAnswersAbout(details);
  const canAsk = references.length > 0 && digests.length > 0;
  const [isWanted, setWanted] = useState(() => canAsk && !answers.some(({ askedAt }) => askedAt > Date.now() - day));
  const { answer, failure, isAsking, again } = useAsked(
    isWanted ? id : undefined,
    (signal) => client.origin.askForNewer({ ids: [id], at }, { signal }),
    { since: digests.join() },
  );
  if (!canAsk) return null;
  const [main] = answers.toSorted(newerFirst);
  const whyNot = failure ?? answer?.failures[0]?.failure;
  return (
    <section
      className={c.newer}
      data-newer={main?.relation === 'newer' || undefined}
      aria-label="Is there a newer one?"
      aria-busy={isAsking}
    >
      {main ? (
        <Answer answer={main} details={details} now={now} />
      ) : (
        <Open isAsking={isAsking} wasAsked={answer !== undefined} failure={whyNot} />
      )}
      {main && whyNot && <FailureNote failure={whyNot} />}
      <Button
        size="xs"
        // the card beside it has a button with the same word
        aria-label={main ? 'Ask again whether there is a newer one' : 'Ask the registry whether there is a newer one'}
        loading={isWanted && isAsking}
        onClick={() => (isWanted ? again?.() : setWanted(true))}
      >
        {main ? 'Ask again' : 'Ask the registry'}
      </Button>
    </section>
  );
}

const newerFirst = (one: NewerAnswer, other: NewerAnswer): number => Number(other.relation === 'newer') - Number(one.relation === 'newer');

type OpenProps = { isAsking: boolean; wasAsked: boolean; failure: Failure | undefined };

function Open({ isAsking, wasAsked, failure }: OpenProps) {
  const words = wasAsked ? 'No registry knows its names.' : 'The registry hasn’t been asked.';
  return (
    <>
      <h3 className="strong">Is there a newer one?</h3>
      {failure ? <FailureNote failure={failure} /> : <p className="t2">{isAsking ? 'Asking the registry…' : words}</p>}
    </>
  );
}

const titles: Record<Exclude<NewerAnswer['relation'], 'newer'>, string> = {
  same: 'This is what the registry has',
  older: 'This is newer than what the registry has',
  other: 'The registry has another image under this name',
  gone: 'The registry has nothing under this name',
};

type AnswerProps = { answer: NewerAnswer; details: ImageDetails; now: number };

function Answer({ answer, details, now }: AnswerProps) {
  const { reference, relation, askedAt } = answer;
  return (
    <>
      {relation === 'newer' && <span className={c.lead}>A newer one exists</span>}
      <h3 className="strong">{relation === 'newer' ? `${reference} has moved on` : titles[relation]}</h3>
      {relation === 'newer' ? <Newer answer={answer} details={details} now={now} /> : <p className="t2 cut">{reference}</p>}
      {relation === 'other' && <p className="t2">They aren’t the same, and nothing tells which of them is newer.</p>}
      <p className="t3 sm">Asked {ago(askedAt, now)}</p>
    </>
  );
}

function Newer({ answer: { reference, createdAt = 0, version }, details, now }: AnswerProps) {
  const openDialog = useOpenDialog();
  const at = useEngineScope();
  const compare = () =>
    openPage({
      page: 'compare-images',
      sides: [
        { from: { kind: 'engine', image: details.id, ...(at !== undefined && { at }) }, name: imageName(details) },
        { from: { kind: 'registry', reference }, name: reference },
      ],
    });
  const own = details.config.labels['org.opencontainers.image.version'];
  // a forecast is made for the engine in use
  const { answer: forecast } = useAsked(at === undefined ? reference : undefined, (signal) =>
    client.transfer.forecastPull({ reference }, { signal }),
  );
  const whole = forecast?.layers.reduce((sum, { size }) => sum + size, 0) ?? 0;
  return (
    <>
      <div className={c.versions}>
        <Version title="This image" version={own} made={ago(details.createdAt, now)} />
        <IconArrowRight size={16} stroke={1.7} aria-hidden />
        <Version title="In the registry" version={version} made={ago(createdAt, now)} />
      </div>
      {forecast && (
        <p className="t2 num">
          {bytes(forecast.toDownload)} to download of {bytes(whole)}
        </p>
      )}
      <Button
        variant="filled"
        leftSection={<IconArrowDown size={15} stroke={1.8} />}
        onClick={() => openDialog({ name: 'pull', reference })}
      >
        Get the newer one…
      </Button>
      <Button variant="subtle" size="xs" leftSection={<IconArrowsDiff size={14} stroke={1.7} />} onClick={compare}>
        Compare the two
      </Button>
    </>
  );
}

const Version = ({ title, version, made }: { title: string; version: string | undefined; made: string }) => (
  <span className={c.version}>
    <span className="t2 sm">{title}</span>
    {version && <span className={c.number}>{version}</span>}
    <span className="sm">Made {made}</span>
  </span>
);
