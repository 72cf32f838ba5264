import { inject } from 'vitest';
import type { Builder } from '../../../contract/engine.ts';
import { counted } from './counted.ts';
import { loadedAs, named } from './names.ts';
import { countedInPush, traitsOf } from './traits.ts';

// Numbered from 1; each worker runs one file at a time, so that a file has its engine for itself.
const ownEngine = inject('engines')[Number(process.env.VITEST_POOL_ID) - 1];
if (!ownEngine) throw new Error('More workers than engines: see provide-engine.ts.');

/**
 * The value for DOCKER_HOST, `unix://…`, the address of a registry that this engine reaches without TLS, which engine it is, and the
 * folder where it keeps images; that is empty for one that was named from outside.
 */
export const { host, registry, kind, dataRoot } = ownEngine;

/** How this engine differs from others. */
export const traits = traitsOf(ownEngine.about);

/** So many bytes that cannot be packed, as this engine counts them in a push. */
export const about = counted(traits);

/** What a push's result counts on this engine. */
export const countsOfPush = countedInPush(traits);

/** The name that this engine lists for what was built, tagged or got under a short one. */
export const ownName = named(traits);

/** The name that it lists for what a file calls by a short one. */
export const ownNameOfLoaded = loadedAs(traits);

/** The builders that this engine has. */
export const builders: readonly Builder[] = traits.hasBuildKit ? ['buildkit', 'classic'] : ['classic'];

/** What to choose in the settings for each of them. */
export const builderChoices = traits.hasBuildKit ? (['automatic', 'classic'] as const) : (['classic'] as const);

/** A small image with a shell that is on every test engine. */
export const base = 'layerdeck/base:1';
