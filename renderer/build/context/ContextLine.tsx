import { Button } from '@mantine/core';
import { IconAlertTriangle, IconPackageExport } from '@tabler/icons-react';
import type { ReactNode, Ref } from 'react';
import { Ring } from '../../ui/Ring.tsx';
import c from './ContextLine.module.css';
import { amountWords, leftWords, named } from './context-words.ts';
import type { ContextLook } from './use-context-map.ts';

type Props = { look: ContextLook; onOpen(): void; ref?: Ref<HTMLButtonElement> };

/** What the build would send, in one line of the form. */
export function ContextLine({ look, onOpen, ref }: Props) {
  const { map, failure } = look;
  return (
    <section className={c.card} aria-label="What will be sent">
      <span className={c.icon}>{map || failure ? <IconPackageExport size={18} stroke={1.5} aria-hidden /> : <Ring size={16} />}</span>
      <div className="grow num" role="status">
        {failure && (
          <>
            <p className="strong">{failure.title}</p>
            <p className="sm t2">{failure.hint ?? failure.detail}</p>
          </>
        )}
        {!map && !failure && <p className="t2">Looking at what will be sent</p>}
        {map && (
          <>
            <p>
              <span className="strong">{amountWords(map.sent)}</span> can be sent
            </p>
            <p className="sm t2">{leftWords(map)}</p>
            {map.unreadable.length > 0 && <Alert>Your user may not read {named(map.unreadable)}</Alert>}
            {map.warnings.length > 0 && (
              <Alert>
                {named(map.warnings.map(({ path }) => path))} hardly ever {map.warnings.length === 1 ? 'belongs' : 'belong'} in an image
              </Alert>
            )}
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

const Alert = ({ children }: { children: ReactNode }) => (
  <p className={`sm ${c.warning}`}>
    <IconAlertTriangle size={14} stroke={1.8} aria-hidden />
    <span>{children}</span>
  </p>
);
