import type { Engine } from '../../tools/engine/engine.ts';
import { freePort } from './take-port.ts';

/** Lets the registry have a port that no other engine’s asks for: the volume that it left behind says so. */
export async function keepPort(engine: Engine): Promise<void> {
  await engine.docker(['volume', 'create', '--label', `app.layerdeck.registry.port=${await freePort()}`, 'layerdeck-registry']);
}
