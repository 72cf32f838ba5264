import { diffWordsWithSpace } from 'diff';
import c from './WhyCard.module.css';

type Piece = { start: number; text: string; isMarked: boolean };

/** Two versions of a text, one below the other, with the differences marked. */
export function BeforeAfter({ before, after }: { before?: string; after?: string }) {
  const { gone, come } = splitInPieces(before, after);
  return (
    <div className={`mono ${c.diff}`}>
      {before !== undefined && <Side name="before" sign="−" label="Before: " pieces={gone} />}
      {after !== undefined && <Side name="after" sign="+" label="Now: " pieces={come} />}
    </div>
  );
}

const Side = ({ name, sign, label, pieces }: { name: string; sign: string; label: string; pieces: Piece[] }) => (
  <p data-side={name}>
    <span className={c.sign} aria-hidden>
      {sign}
    </span>
    <span className="hidden">{label}</span>
    <span>{pieces.map(({ start, text, isMarked }) => (isMarked ? <mark key={start}>{text}</mark> : <span key={start}>{text}</span>))}</span>
  </p>
);

function splitInPieces(before: string | undefined, after: string | undefined): { gone: Piece[]; come: Piece[] } {
  const whole = (text = ''): Piece[] => [{ start: 0, text, isMarked: false }];
  if (before === undefined || after === undefined) return { gone: whole(before), come: whole(after) };
  const gone: Piece[] = [];
  const come: Piece[] = [];
  let start = 0;
  for (const { value: text, added, removed } of diffWordsWithSpace(before, after)) {
    if (!added) gone.push({ start, text, isMarked: removed });
    if (!removed) come.push({ start, text, isMarked: added });
    start += text.length;
  }
  return { gone, come };
}
