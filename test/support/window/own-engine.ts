import { factsOf, wantedKind } from '../../../tools/engine/engine-kinds.ts';
import { named } from '../engines/names.ts';
import { traitsOf } from '../engines/traits.ts';

const isPodman = !process.env.LAYERDECK_TEST_ENGINE && factsOf(wantedKind()).product === 'podman';
const traits = traitsOf({ product: isPodman ? 'Podman' : 'Docker', version: '', store: 'unpacked' });

/** Of the engine's traits, those that its product alone decides. */
export const { hasBuildKit, namesLayersSent } = traits;

/** The name that the window shows, as the engine lists it, for what was built, tagged or got under a short one. */
export const ownName = named(traits);
