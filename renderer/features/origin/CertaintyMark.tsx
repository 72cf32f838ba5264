import { IconCheck, IconQuestionMark, IconQuote } from '@tabler/icons-react';
import type { Certainty } from '../../../contract/origin.ts';
import c from './Origin.module.css';

const icons = { verified: IconCheck, stated: IconQuote, unknown: IconQuestionMark };
const words: Record<Certainty, string> = { verified: 'Verified', stated: 'Stated', unknown: 'Unknown' };

/** How sure something is: by its form, its colour and its word. */
export function CertaintyMark({ certainty }: { certainty: Certainty }) {
  const Icon = icons[certainty];
  return (
    <span className={c.mark} data-certainty={certainty}>
      <i>
        <Icon size={12} stroke={2.4} aria-hidden />
      </i>
      {words[certainty]}
    </span>
  );
}
