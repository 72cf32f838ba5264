import { testContextParity } from '../support/context-parity-tests.ts';
import { installedCommands } from '../support/parity-tests.ts';
import { host } from './own-engine.ts';

// the oldest command alone has BuildKit in it; elsewhere the newer engines' tests compare
const { older } = await installedCommands();

if (older) testContextParity(() => ({ host, client: () => older }), { plainPatterns: true });
