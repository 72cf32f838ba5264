import { grouped } from '../../ui/format.ts';
import c from './HiddenNote.module.css';

/** How many of the selected images the search or the filter hides: actions apply to them, too. */
export const HiddenNote = ({ hidden }: { hidden: number }) => hidden > 0 && <b className={c.hidden}>{grouped(hidden)} of them not shown</b>;
