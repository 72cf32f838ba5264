import { Button } from '@mantine/core';
import type { StepCause } from '../../../contract/explanation.ts';
import { buildAgain } from '../../connection/build-again.ts';

/** What one may do about a cause, in one press. */
export function Remedy({ build, isOver, cause }: { build: string; isOver: boolean; cause: StepCause }) {
  const remedy = remedyOf(cause);
  if (!remedy) return null;
  const { label, ...besides } = remedy;
  return (
    <Button size="xs" variant="filled" disabled={!isOver} onClick={() => void buildAgain(build, besides)}>
      {label}
    </Button>
  );
}

function remedyOf(cause: StepCause): { label: string; cacheFrom?: string[]; inlineCache?: boolean } | undefined {
  if (cause.kind === 'not-reused') return { label: 'Build again with its steps', cacheFrom: [cause.image] };
  if (cause.kind === 'cache-sources' && !cause.isOnly) return { label: 'Build again with a record in the image', inlineCache: true };
  return undefined;
}
