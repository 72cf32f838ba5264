import { host, kind } from '../../support/engines/own-engine.ts';
import { commandsFor, testParity } from '../../support/parity-tests.ts';

testParity(() => host, await commandsFor(kind));
