import { Button } from '@mantine/core';
import { type ComparedSide, openPage } from '../../../desk/navigation.ts';

/** The way to where the build caches of both diverge, and why; for two different images of the engine in use. */
export function CachesButton({ sides }: { sides: [ComparedSide, ComparedSide] }) {
  const ids = sides.flatMap(({ from }) => (from.kind === 'engine' && from.at === undefined ? [from.image] : []));
  if (ids.length < 2 || ids[0] === ids[1]) return null;
  return (
    <Button size="compact-xs" variant="subtle" onClick={() => openPage({ page: 'compare', ids })}>
      Compare how they were built
    </Button>
  );
}
