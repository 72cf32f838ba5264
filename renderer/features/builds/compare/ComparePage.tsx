import type { BuildRecord } from '../../../../contract/build-record.ts';
import type { WhyDifferent } from '../../../../contract/cache-matrix.ts';
import { BackButton } from '../../../desk/BackButton.tsx';
import { EmptyState } from '../../../desk/EmptyState.tsx';
import { PageHead } from '../../../desk/PageHead.tsx';
import { count, dateAndTime, duration, listed } from '../../../ui/format.ts';
import { Ring } from '../../../ui/Ring.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { shortened } from '../describe-step.ts';
import { Cause } from '../why/WhyCard.tsx';
import c from './ComparePage.module.css';
import { hasDivergence } from './column-words.ts';
import { compareSteps, type StepPair, totals } from './compare-steps.ts';
import { ForkPanel } from './ForkPanel.tsx';
import { MatrixTable } from './MatrixTable.tsx';
import { agreementWords, forkWords } from './matrix-words.ts';
import { StepPairs } from './StepPairs.tsx';
import { splitChosen } from './split-chosen.ts';
import { type Comparison, useComparison } from './use-comparison.ts';

/** Builds or images side by side: step by step for two builds, and a matrix of layers for any number. */
export function ComparePage({ ids }: { ids: string[] }) {
  const comparison = useComparison(ids);
  const { builds, images } = splitChosen(ids);
  return (
    <div className="page">
      <PageHead
        className={c.head}
        before={<BackButton label="Back" otherwise={{ page: builds.length === 0 ? 'images' : 'builds' }} />}
        title={`${titleWords(builds.length, images.length)} compared`}
        summary="What they share, and where they diverge"
      />
      {comparison ? (
        <Shown comparison={comparison} ids={ids} />
      ) : (
        <p className={`row t2 ${c.waiting}`} role="status">
          <Ring /> Reading what was recorded
        </p>
      )}
    </div>
  );
}

function Shown({ comparison: { pair, matrix, failure }, ids }: { comparison: Comparison; ids: string[] }) {
  const pairs = pair && compareSteps(pair);
  const forked = matrix && forkWords(matrix);
  if (!pairs && failure) return <EmptyState title={failure.title}>{`${failure.detail} ${failure.hint ?? ''}`}</EmptyState>;
  return (
    <div className={`scroll ${c.body}`}>
      {matrix?.why && <Why why={matrix.why} ofTwo={matrix.rows.length === 2} />}
      {pair && pairs && (
        <section aria-labelledby="compare-steps">
          <h2 id="compare-steps" className="h2">
            Step by step
          </h2>
          <p className="t2">{difference(pairs)}</p>
          <StepPairs pairs={pairs} names={[titleOf(pair.records[0], 'Before'), titleOf(pair.records[1], 'After')]} />
        </section>
      )}
      {matrix && (
        <section aria-labelledby="compare-layers">
          <h2 id="compare-layers" className="h2">
            Layer by layer
          </h2>
          <p className="t2">
            {agreementWords(matrix)}
            {matrix.rows.length < ids.length &&
              ` ${count(ids.length - matrix.rows.length, 'build')} made no image and can’t be shown here.`}
          </p>
          {forked && <p className="t2">{forked}</p>}
          <MatrixTable matrix={matrix} />
          {hasDivergence(matrix) && <ForkPanel ids={ids} why={matrix.why} />}
        </section>
      )}
    </div>
  );
}

/** `ofTwo`: the page compares no others. */
function Why({ why: { titles, steps }, ofTwo }: { why: WhyDifferent; ofTwo: boolean }) {
  const now = useNow(60_000);
  return (
    <section className={c.causes} aria-labelledby="compare-causes">
      <h2 id="compare-causes" className="h2">
        Why they differ
      </h2>
      {!ofTwo && (
        <p className="t2">
          {titles[1]}, compared with {titles[0]}
        </p>
      )}
      {steps.map(({ instruction, causes }) => (
        <div key={JSON.stringify([instruction, causes])} className={c.causesOfStep}>
          <p className="t2">
            At <span className="mono">{shortened(instruction)}</span>:
          </p>
          {causes.map((cause) => (
            <Cause key={JSON.stringify(cause)} cause={cause} now={now} />
          ))}
        </div>
      ))}
    </section>
  );
}

/** "2 builds", "1 build and 2 images". */
const titleWords = (builds: number, images: number): string =>
  listed([...(builds > 0 ? [count(builds, 'build')] : []), ...(images > 0 ? [count(images, 'image')] : [])]);

const titleOf = ({ task }: BuildRecord, word: string): string => `${word} · ${dateAndTime(task.createdAt)}`;

function difference(pairs: StepPair[]): string {
  const [before, after] = [totals(pairs, 'before'), totals(pairs, 'after')];
  const cached = `${before.cached} of ${before.steps} steps from cache before, ${after.cached} of ${after.steps} after.`;
  const change = before.seconds - after.seconds;
  if (Math.abs(change) < 0.1) return cached;
  return `${cached} Building took ${duration(Math.abs(change))} ${change > 0 ? 'less' : 'more'}.`;
}
