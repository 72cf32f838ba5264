import { Button } from '@mantine/core';
import { type ComparedSide, openPage } from '../../../desk/navigation.ts';

/** The way to where the caches of both part, for two different images of the engine in use. */
export function CachesButton({ sides }: { sides: [ComparedSide, ComparedSide] }) {
  const ids = sides.flatMap(({ from }) => (from.kind === 'engine' && from.at === undefined ? [from.image] : []));
  if (ids.length < 2 || ids[0] === ids[1]) return null;
  return <Button onClick={() => openPage({ page: 'compare', ids })}>Compare their caches</Button>;
}
