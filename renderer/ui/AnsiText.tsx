import Anser from 'anser';
import { memo } from 'react';
import c from './AnsiText.module.css';

/** A line as a terminal would colour it; what matches is marked. Other control sequences are left out. */
export const AnsiText = memo(function AnsiText({ text, match }: { text: string; match?: string }) {
  if (!text.includes('\u001b')) return <Marked text={text} match={match} />;
  const pieces = Anser.ansiToJson(text, { use_classes: true, remove_empty: true });
  return pieces.map(({ content, fg, decorations }, place) => (
    // a line never changes: the place is as good as any key
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <span key={place} className={[c[fg ?? ''], ...decorations.map((one) => c[one])].filter(Boolean).join(' ') || undefined}>
      <Marked text={withoutControls(content)} match={match} />
    </span>
  ));
});

/** The text alone, for searching and copying. */
export const plainText = (text: string): string => (text.includes('\u001b') ? withoutControls(Anser.ansiToText(text)) : text);

// cursor movements and the like, which mean nothing in a list of lines
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is about these
const withoutControls = (text: string): string => text.replace(/\u001b(?:\[[0-9;?]*[A-Za-z]|\][^\u0007]*\u0007|[()][A-Z0-9])/g, '');

function Marked({ text, match = '' }: { text: string; match?: string | undefined }) {
  const at = match === '' ? -1 : text.toLowerCase().indexOf(match.toLowerCase());
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark className={c.mark}>{text.slice(at, at + match.length)}</mark>
      <Marked text={text.slice(at + match.length)} match={match} />
    </>
  );
}
