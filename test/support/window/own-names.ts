import { factsOf, wantedKind } from '../../../tools/engine/engine-kinds.ts';
import { loadedAs, named } from '../engines/names.ts';

const own = { writesNamesInFull: !process.env.LAYERDECK_TEST_ENGINE && factsOf(wantedKind()).product === 'podman' };

/** The name that the window shows, as the engine lists it, for what was built, tagged or got under a short one. */
export const ownName = named(own);

/** The name that it shows for what a file calls by a short one. */
export const ownNameOfLoaded = loadedAs(own);
