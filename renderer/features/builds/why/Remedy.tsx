import { Button } from '@mantine/core';
import type { StepCause } from '../../../../contract/explanation.ts';
import { buildAgain } from '../../../desk/build-again.ts';

/** What can be done about a cause, with one press. */
export function Remedy({ build, isOver, cause }: { build: string; isOver: boolean; cause: StepCause }) {
  const remedy = remedyOf(cause);
  if (!remedy) return null;
  const { label, ...changes } = remedy;
  return (
    <Button size="xs" variant="filled" disabled={!isOver} onClick={() => void buildAgain(build, changes)}>
      {label}
    </Button>
  );
}

function remedyOf(cause: StepCause): { label: string; cacheFrom?: string[]; inlineCache?: boolean } | undefined {
  if (cause.kind === 'not-reused') return { label: 'Build again with its steps', cacheFrom: [cause.image] };
  if (cause.kind === 'cache-sources' && !cause.isOnly) return { label: 'Build again with a record in the image', inlineCache: true };
  return undefined;
}
