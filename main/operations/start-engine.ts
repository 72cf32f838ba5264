import { startEngine } from '../features/engines/start-engine.ts';
import { FailureError } from '../foundation/failures/failure.ts';
import type { Prepare } from './operation-parts.ts';

/** Starts an engine that is installed on this computer. */
export const prepareStartEngine: Prepare<'start-engine'> = ({ starter: id }, { starters, searchAgain }) => ({
  title: 'Start an engine',
  sharedAs: `start-engine ${id}`,
  isQuick: true,
  run: async (context) => {
    const starter = (await starters()).find((one) => one.id === id);
    if (!starter) throw new FailureError(gone);
    await startEngine(starter, context);
    searchAgain();
    return { kind: 'start-engine', name: starter.name };
  },
});

const gone = {
  kind: 'not-found' as const,
  title: 'It is no longer installed here',
  detail: 'What starts this engine was there a moment ago.',
  hint: 'Install it again, or choose another engine.',
};
