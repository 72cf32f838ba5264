import { StateIcon } from '../../ui/StateIcon.tsx';
import type { PhaseStep } from './archive-words.ts';
import c from './TransferPage.module.css';

export const PhaseList = ({ steps }: { steps: PhaseStep[] }) => (
  <ol className={c.section} aria-label="Steps">
    {steps.map(({ words, state }) => (
      <li key={words} className={c.phase} data-state={state}>
        <StateIcon state={state} />
        {words}
      </li>
    ))}
  </ol>
);
