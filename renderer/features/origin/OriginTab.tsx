import { Button } from '@mantine/core';
import { IconWorldSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { ImageDetails } from '../../../contract/image.ts';
import type { Certainty, ImageOrigin, OriginFact } from '../../../contract/origin.ts';
import { client } from '../../connection/client.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { copyText } from '../../desk/copy-text.ts';
import { useEngineScope } from '../../desk/engine-scope.ts';
import { formatRoute } from '../../desk/navigation.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { PlainText } from '../../ui/PlainText.tsx';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import { CertaintyMark } from './CertaintyMark.tsx';
import { NewerCard } from './NewerCard.tsx';
import c from './Origin.module.css';
import { OriginLine } from './OriginLine.tsx';
import { aboutWords, reasonWords, valueWords } from './origin-words.ts';

/** Where an image comes from: what is checked, what is only written down, and what nobody knows. */
export function OriginTab({ details }: { details: ImageDetails }) {
  const { id, digests } = details;
  const at = useEngineScope();
  const [asks, setAsks] = useState(false);
  const looked = useAsked(id, (signal) => client.origin.look({ id, at }, { signal }), { since: details });
  // registries count questions: they aren't asked again because something else changed on the engine
  const asked = useAsked(asks ? id : undefined, (signal) => client.origin.ask({ id, at }, { signal }), { since: digests.join() });
  const origin = asked.answer ?? looked.answer;
  const failure = asked.failure ?? looked.failure;
  return (
    <ScrollRegion label="Origin" className={c.scroll}>
      <div className={c.page}>
        <section className={c.card} aria-label="Where this image comes from" aria-busy={!origin && !failure}>
          <header className={c.head}>
            <h2 className="h3">Where this image comes from</h2>
            {digests.length > 0 && (
              <Button
                size="xs"
                loading={asks && asked.isAsking}
                leftSection={<IconWorldSearch size={14} stroke={1.7} />}
                onClick={() => (asks ? asked.again?.() : setAsks(true))}
              >
                {asked.answer ? 'Ask again' : 'Ask the registry'}
              </Button>
            )}
          </header>
          {failure && <FailureNote failure={failure} />}
          {origin && <Known origin={origin} details={details} />}
        </section>
        <div>
          <NewerCard details={details} />
          <Legend />
        </div>
      </div>
    </ScrollRegion>
  );
}

function Known({ origin, details }: { origin: ImageOrigin; details: ImageDetails }) {
  return (
    <>
      <OriginLine origin={origin} details={details} />
      <ul className={c.facts}>
        {origin.facts.map((fact) => (
          <Fact key={`${fact.about} ${fact.value}`} fact={fact} />
        ))}
      </ul>
    </>
  );
}

function Fact({ fact }: { fact: OriginFact }) {
  const { about, certainty, because, value } = fact;
  return (
    <li className={c.fact} data-certainty={certainty}>
      <CertaintyMark certainty={certainty} />
      <span className="t2">{aboutWords[about]}</span>
      <span className={c.what}>
        <span className={c.value}>
          <PlainText text={valueWords(fact)} />
          {value !== '' && <CopyButton label={`Copy: ${aboutWords[about]}`} copy={() => copyText(value)} />}
        </span>
        <span className="t2 sm">
          <PlainText text={reasonWords(because)} />
          {because.why === 'built-here' && (
            <>
              {' '}
              <a href={formatRoute({ page: 'build', id: because.build })}>Show the build</a>
            </>
          )}
        </span>
      </span>
    </li>
  );
}

const meanings: [Certainty, string][] = [
  ['verified', 'Layerdeck or the engine checked it.'],
  ['stated', 'Somebody wrote it down. Anybody can, and nobody proved it.'],
  ['unknown', 'Nothing says so, either way.'],
];

const Legend = () => (
  <section className={c.legend} aria-label="What the marks mean">
    <h3 className="strong">What the marks mean</h3>
    {meanings.map(([certainty, words]) => (
      <p key={certainty}>
        <CertaintyMark certainty={certainty} />
        <span className="t2">{words}</span>
      </p>
    ))}
  </section>
);
