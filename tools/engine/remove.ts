// Removes one engine with all its traces; run by a process that is ending and cannot wait for anything else.
import { removeTraces } from './remove-traces.ts';
import { describeWorkspace } from './workspace.ts';

await removeTraces(describeWorkspace(process.argv[2] ?? ''));
