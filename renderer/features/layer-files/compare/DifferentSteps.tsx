import type { ImageStep } from '../../../../contract/compare.ts';
import { bytes, count } from '../../../ui/format.ts';
import { PlainText } from '../../../ui/PlainText.tsx';
import { ScrollRegion } from '../../../ui/ScrollRegion.tsx';
import { alignSteps, type StepPair } from './align-steps.ts';
import c from './CompareImagesPage.module.css';
import t from './DifferentSteps.module.css';
import type { Compared } from './verdict.ts';

/** The histories of both beside each other, the oldest step first. */
export function DifferentSteps({ compared: { names, images } }: { compared: Compared }) {
  const [first, second] = images;
  const pairs = alignSteps(first.history, second.history);
  const different = pairs.filter(({ first: one, second: other }) => !one || !other).length;
  if (pairs.length === 0) return <p className={`t2 ${c.pad}`}>Neither image says how it was made.</p>;
  return (
    <ScrollRegion label="Steps" className={c.pad}>
      <p className={`t2 num ${t.lead}`}>
        {different === 0
          ? `Both were made in the same ${count(pairs.length, 'step')}.`
          : `${count(pairs.length - different, 'step')} in both, ${different} in one of them. The oldest step comes first.`}
      </p>
      <ol className={t.steps}>
        {pairs.map((pair, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps of an image never move
          <li key={at} className={t.step} data-side={sideOf(pair)}>
            <span className={t.mark} aria-hidden>
              {signs[sideOf(pair)]}
            </span>
            <span className="hidden">{sideOf(pair) === 'both' ? '' : `Only in ${sideOf(pair) === 'first' ? names[0] : names[1]}: `}</span>
            <span className={`mono ${t.words}`}>
              <PlainText text={(pair.second ?? pair.first)?.instruction ?? ''} />
            </span>
            <span className="sm t2 num">{sizeWords(pair)}</span>
          </li>
        ))}
      </ol>
    </ScrollRegion>
  );
}

const signs = { both: '', first: '\u2212', second: '+' };

const sideOf = ({ first, second }: StepPair): 'both' | 'first' | 'second' => (first && second ? 'both' : first ? 'first' : 'second');

function sizeWords({ first, second }: StepPair): string {
  const words = (step: ImageStep | undefined) => (step?.size === undefined ? undefined : bytes(step.size));
  const [one, other] = [words(first), words(second)];
  return one !== undefined && other !== undefined && one !== other ? `${one} → ${other}` : (other ?? one ?? '');
}
