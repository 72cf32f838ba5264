import { iconOf, wordOf } from '../../../desk/states.ts';
import { bytes, duration } from '../../../ui/format.ts';
import { StateIcon } from '../../../ui/StateIcon.tsx';
import { describeStep, shortened } from '../describe-step.ts';
import c from './ComparePage.module.css';
import type { ComparedStep, StepPair } from './compare-steps.ts';

type Props = { pairs: StepPair[]; names: [before: string, after: string] };

/** Two builds step by step: from the cache or built, how long it took, how large it is. */
export const StepPairs = ({ pairs, names }: Props) => (
  <table className={c.pairs}>
    <thead>
      <tr>
        <th scope="col">Step</th>
        {names.map((name) => (
          <th key={name} scope="col" className={c.side}>
            {name}
          </th>
        ))}
        <th scope="col" className={c.size}>
          Size
        </th>
      </tr>
    </thead>
    <tbody>
      {pairs.map(({ key, instruction, was, before, after }) => (
        <tr key={key} data-differs={before?.state !== after?.state || undefined}>
          <th scope="row">
            <span className={`cut ${c.words}`}>{describeStep(instruction)}</span>
            <span className={`mono t3 cut ${c.words} ${c.command}`}>{shortened(instruction)}</span>
            {was !== undefined && shortened(was) !== shortened(instruction) && (
              <span className={`mono t3 cut ${c.words} ${c.command}`}>before: {shortened(was)}</span>
            )}
          </th>
          <Side step={before} />
          <Side step={after} />
          <td className={`num ${c.size}`}>{sizeWords(before, after)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

function Side({ step }: { step: ComparedStep | undefined }) {
  if (!step) return <td className={`t3 ${c.side}`}>not in this build</td>;
  return (
    <td className={c.side}>
      <span className={c.outcome}>
        <StateIcon state={iconOf(step.state)} />
        {step.state === 'built' && step.seconds !== undefined ? duration(step.seconds) : wordOf(step.state)}
      </span>
    </td>
  );
}

const bytesOf = (size: number | undefined, otherwise: string): string => (size === undefined ? otherwise : bytes(size));

/** "1.2 MB", or what it was and what it is. */
function sizeWords(before: ComparedStep | undefined, after: ComparedStep | undefined): string {
  const [was, is] = [before?.size, after?.size];
  if (was === is || !before || !after) return bytesOf(is ?? was, '');
  return `${bytesOf(was, 'unknown')} → ${bytesOf(is, 'unknown')}`;
}
