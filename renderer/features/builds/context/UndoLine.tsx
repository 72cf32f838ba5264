import { Button } from '@mantine/core';
import c from './UndoLine.module.css';
import type { ContextLook } from './use-context-map.ts';

/** Says which line was added last, and offers to remove it again. */
export function UndoLine({ look: { added, map, undo, isLooking } }: { look: ContextLook }) {
  const last = added.at(-1);
  return (
    <span className={c.line} role="status">
      {last !== undefined && (
        <>
          <span className="cut">
            <span className="mono">{last}</span> was added to {map?.ignoreFile ?? '.dockerignore'}
          </span>
          <Button size="xs" variant="subtle" disabled={isLooking} onClick={() => void undo()}>
            Undo
          </Button>
        </>
      )}
    </span>
  );
}
