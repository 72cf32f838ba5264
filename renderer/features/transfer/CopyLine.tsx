import { copyText } from '../../desk/copy-text.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import c from './TransferPage.module.css';

/** A named line of a result, to be copied as a whole. */
export const CopyLine = ({ name, text, label }: { name: string; text: string; label: string }) => (
  <div className={c.digest}>
    <span className="t3">{name}</span>
    <CopyButton label={label} copy={() => copyText(text)}>
      <span className="mono cut">{text}</span>
    </CopyButton>
  </div>
);
