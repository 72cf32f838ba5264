import { inject } from 'vitest';
import { installedCommands, testParity } from '../support/parity-tests.ts';

testParity(() => inject('host'), await installedCommands());
