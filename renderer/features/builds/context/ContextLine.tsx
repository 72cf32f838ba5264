import { Button } from '@mantine/core';
import { IconPackageExport } from '@tabler/icons-react';
import type { Ref } from 'react';
import { listedUpTo } from '../../../ui/format.ts';
import { Ring } from '../../../ui/Ring.tsx';
import { Warning } from '../../../ui/Warning.tsx';
import dialog from '../form/BuildDialog.module.css';
import c from './ContextLine.module.css';
import { amountWords, leftWords } from './context-words.ts';
import type { ContextLook } from './use-context-map.ts';

type Props = { look: ContextLook; onOpen(): void; ref?: Ref<HTMLButtonElement> };

/** What the build would send, in one line of the form. */
export function ContextLine({ look, onOpen, ref }: Props) {
  const { map, failure } = look;
  return (
    <section className={`${dialog.folder} ${c.card}`} aria-label="What will be sent">
      <span className={c.icon}>{map || failure ? <IconPackageExport size={18} stroke={1.5} aria-hidden /> : <Ring size={16} />}</span>
      <div className="grow num" role="status">
        {failure && (
          <>
            <p className="strong">{failure.title}</p>
            <p className="sm t2">{failure.hint ?? failure.detail}</p>
          </>
        )}
        {!map && !failure && <p className="t2">Checking what will be sent</p>}
        {map && (
          <>
            <p>
              <span className="strong">{amountWords(map.sent)}</span> can be sent
            </p>
            <p className="sm t2">{leftWords(map)}</p>
            <div className={c.warnings}>
              {map.unreadable.length > 0 && <Warning isLong>You don’t have permission to read {listedUpTo(map.unreadable)}</Warning>}
              {map.warnings.length > 0 && (
                <Warning isLong>
                  {listedUpTo(map.warnings.map(({ path }) => path))} rarely {map.warnings.length === 1 ? 'belongs' : 'belong'} in an image
                </Warning>
              )}
            </div>
          </>
        )}
      </div>
      {map && (
        <Button onClick={onOpen} ref={ref}>
          Look inside…
        </Button>
      )}
    </section>
  );
}
