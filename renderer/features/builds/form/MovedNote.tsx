import type { MovedNames } from '../../../../contract/moved-names.ts';
import { movedWords } from './moved-words.ts';

/** Says why the image gets another name, and what happens to the image that has the old one. */
export const MovedNote = ({ before, now, ...told }: MovedNames) => (
  <p className="sm t2" role="status">
    {movedWords(told)}, so the new image is called <span className="mono">{now}</span>. <span className="mono">{before}</span> stays as it
    is.
  </p>
);
