import type { EngineState } from '../../contract/engine.ts';
import type { AppParts } from './make-parts.ts';

/** Which engine, which tasks, and how they ended: kinds, ids and titles of failures, never what they were about. */
export function writeLog({ log, connection, tasks }: AppParts): void {
  const states = new Map<string, string>();
  connection.on('state', (engine) => log.add('engine', describeEngine(engine)));
  tasks.on('task', ({ id, kind, state, failure }) => {
    if (states.get(id) === state) return;
    states.set(id, state);
    log.add('task', `${kind} ${id} ${state}${failure ? ` (${failure.kind})` : ''}`);
    if (failure) log.detail('task', () => `${id}: ${failure.title} ${failure.detail}`);
  });
  tasks.on('dismissed', (id) => states.delete(id));
}

function describeEngine(engine: EngineState): string {
  if (engine.state === 'connected')
    return `connected: ${engine.product} ${engine.version}, API ${engine.spokenVersion}, ${engine.platform}, ${engine.candidate.label}`;
  return engine.state === 'missing' ? `missing (${engine.failure.kind})` : engine.state;
}
