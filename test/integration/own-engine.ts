import { inject } from 'vitest';

// Numbered from 1; each worker runs one file at a time, so that a file has its engine for itself.
const ownEngine = inject('engines')[Number(process.env.VITEST_POOL_ID) - 1];
if (!ownEngine) throw new Error('More workers than engines: see provide-engine.ts.');

/** What DOCKER_HOST has to say: `unix://…`; and the address of a registry that this engine reaches without TLS. */
export const { host, registry } = ownEngine;

/** A small image with a shell that is on every test engine. */
export const base = 'layerdeck/base:1';
