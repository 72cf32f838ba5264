import { afterAll } from 'vitest';
import { makeCommands } from '../../../tools/engine/docker-command.ts';
import { host, kind } from './own-engine.ts';
import { tidyEngine } from './tidy-engine.ts';

// the next file finds the engine as this one did
afterAll(() => tidyEngine({ ...makeCommands(host), ...(kind && { kind }) }));
