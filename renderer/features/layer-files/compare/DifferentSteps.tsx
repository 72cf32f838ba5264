import type { ImageStep } from '../../../../contract/compare.ts';
import { withoutDigest } from '../../../../contract/instruction.ts';
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
  const different = pairs.filter(({ isSame }) => !isSame).length;
  if (pairs.length === 0) return <p className={`t2 ${c.pad}`}>Neither image says how it was made.</p>;
  return (
    <ScrollRegion label="Steps" className={c.pad}>
      <p className={`t2 num ${t.lead}`}>
        {different === 0
          ? `Both were made in the same ${count(pairs.length, 'step')}.`
          : `${count(pairs.length - different, 'step')} in both, ${different} not the same. The oldest step comes first.`}
      </p>
      <ol className={t.steps}>
        {pairs.flatMap(linesOf).map(({ side, step, size }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps of an image never move
          <li key={at} className={t.step} data-side={side}>
            <span className={t.mark} aria-hidden>
              {signs[side]}
            </span>
            <span className="hidden">{side === 'both' ? '' : `Only in ${side === 'first' ? names[0] : names[1]}: `}</span>
            <span className={`mono ${t.words}`} title={step.instruction}>
              <PlainText text={withoutDigest(step.instruction)} />
            </span>
            <span className="sm t2 num">{size}</span>
          </li>
        ))}
      </ol>
    </ScrollRegion>
  );
}

const signs = { both: '', first: '\u2212', second: '+' };

type Line = { side: 'both' | 'first' | 'second'; step: ImageStep; size: string };

/** One line for a step that both have, one for each of two that were written in another way. */
function linesOf({ first, second, isSame }: StepPair): Line[] {
  const words = (step: ImageStep | undefined) => (step?.size === undefined ? '' : bytes(step.size));
  const [one, other] = [words(first), words(second)];
  if (isSame && second) return [{ side: 'both', step: second, size: one && other && one !== other ? `${one} → ${other}` : other || one }];
  return [
    ...(first ? [{ side: 'first' as const, step: first, size: one }] : []),
    ...(second ? [{ side: 'second' as const, step: second, size: other }] : []),
  ];
}
