import { Fragment } from 'react';
import c from './PlainText.module.css';
import { plainParts } from './plain-parts.ts';

/** Shows a value in full: characters that are invisible, or reverse the text, appear by name. */
export const PlainText = ({ text, keepBreaks = false }: { text: string; keepBreaks?: boolean }) => (
  <bdi>
    {plainParts(text, keepBreaks).map(({ text: part, name }, place) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
      <Fragment key={place}>{name ? <span className={c.odd}>{name}</span> : part}</Fragment>
    ))}
  </bdi>
);
