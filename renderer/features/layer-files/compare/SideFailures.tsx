import { Button } from '@mantine/core';
import { openDialog } from '../../../desk/dialogs.ts';
import { type CompareImagesRoute, showSides } from '../../../desk/navigation.ts';
import { registryThatMayLetIn } from '../../../desk/registry-that-may-let-in.ts';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { PlainText } from '../../../ui/PlainText.tsx';
import c from './CompareImagesPage.module.css';
import type { ComparisonState } from './use-comparison.ts';

/** What went wrong, and with which of the two images. */
export function SideFailures({ state: { sides, failure, reopen } }: { state: ComparisonState }) {
  const without = (at: number) => sides.map(({ side }, place) => (place === at ? null : side)) as CompareImagesRoute['sides'];
  return (
    <div className={`scroll ${c.sides}`}>
      {sides.map(({ side, failure: own, again }, at) => {
        if (!own) return null;
        const registry = registryThatMayLetIn(own);
        return (
          <section key={at === 0 ? 'first' : 'second'} aria-label={side.name}>
            <h2 className="h3">
              <PlainText text={side.name} />
            </h2>
            <FailureNote failure={own}>
              {registry && <Button onClick={() => openDialog({ name: 'sign-in', registry })}>Sign in…</Button>}{' '}
              <Button onClick={again}>Try again</Button> <Button onClick={() => showSides(without(at))}>Choose another image</Button>
            </FailureNote>
          </section>
        );
      })}
      {failure && !sides.some(({ failure: own }) => own) && (
        <FailureNote failure={failure}>
          <Button onClick={reopen}>Open both again</Button>
        </FailureNote>
      )}
    </div>
  );
}
