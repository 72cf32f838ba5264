import { describe } from 'vitest';
import { host, kind, traits } from '../../support/engines/own-engine.ts';
import { commandsFor, testParity } from '../../support/parity-tests.ts';

const commands = await commandsFor(kind);

// what is compared are stages, one for each thing, that nothing else needs
describe.skipIf(traits.leavesOutStages)('steps', () => testParity(() => host, commands));
