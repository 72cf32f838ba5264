import Anser from 'anser';
import { memo } from 'react';
import c from './AnsiText.module.css';
import { keepColours } from './ansi-codes.ts';

/** A line as a terminal would colour it; what matches is marked. Other control sequences are left out. */
export const AnsiText = memo(function AnsiText({ text, match }: { text: string; match?: string }) {
  if (!text.includes('\u001b')) return <Marked text={text} match={match} />;
  return piecesOf(text).map(({ start, content, classes }) => (
    <span key={start} className={classes}>
      <Marked text={content} match={match} />
    </span>
  ));
});

type Piece = { start: number; content: string; classes: string | undefined };

function piecesOf(text: string): Piece[] {
  let start = 0;
  return Anser.ansiToJson(keepColours(text), { use_classes: true, remove_empty: true }).map(({ content, fg, decorations }) => {
    const classes = [c[fg ?? ''], ...decorations.map((one) => c[one])].filter(Boolean).join(' ');
    const piece = { start, content, classes: classes || undefined };
    start += content.length;
    return piece;
  });
}

/** The text alone, for searching and copying. */
export const plainText = (text: string): string => (text.includes('\u001b') ? Anser.ansiToText(keepColours(text)) : text);

function Marked({ text, match = '' }: { text: string; match?: string | undefined }) {
  if (match === '' || !text.toLowerCase().includes(match.toLowerCase())) return text;
  return splitAtMatches(text, match).map(({ start, piece, isMatch }) =>
    isMatch ? (
      <mark key={start} className={c.mark}>
        {piece}
      </mark>
    ) : (
      <span key={start}>{piece}</span>
    ),
  );
}

function splitAtMatches(text: string, match: string): { start: number; piece: string; isMatch: boolean }[] {
  const [inText, wanted] = [text.toLowerCase(), match.toLowerCase()];
  const pieces: { start: number; piece: string; isMatch: boolean }[] = [];
  let start = 0;
  for (let at = inText.indexOf(wanted); at >= 0; at = inText.indexOf(wanted, start)) {
    if (at > start) pieces.push({ start, piece: text.slice(start, at), isMatch: false });
    pieces.push({ start: at, piece: text.slice(at, at + match.length), isMatch: true });
    start = at + match.length;
  }
  if (start < text.length) pieces.push({ start, piece: text.slice(start), isMatch: false });
  return pieces;
}
