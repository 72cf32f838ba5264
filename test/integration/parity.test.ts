import { installedCommands, testParity } from '../support/parity-tests.ts';
import { host } from './own-engine.ts';

testParity(() => host, await installedCommands());
