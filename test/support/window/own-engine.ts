import type { Engine } from '../../../tools/engine/engine.ts';
import { factsOf, wantedKind } from '../../../tools/engine/engine-kinds.ts';
import { named } from '../engines/names.ts';
import { traitsOf } from '../engines/traits.ts';

const product = !process.env.LAYERDECK_TEST_ENGINE && factsOf(wantedKind()).product === 'podman' ? 'Podman' : 'Docker';
const store = !process.env.LAYERDECK_TEST_ENGINE && factsOf(wantedKind()).store === 'containerd' ? 'containerd' : 'unpacked';
const traits = traitsOf({ product, version: '', store });

/** Of the engine's traits, those that do not depend on its version. */
export const { hasBuildKit, namesLayersSent, retriesPushes, takesPublishedSteps, tellsTimeOfNames } = traits;

/** Whether the engine remembers every build and what it is called, which its version decides. */
export async function tellsNamesOfBuilds({ docker }: Pick<Engine, 'docker'>): Promise<boolean> {
  const version = (await docker(['version', '--format', '{{.Server.Version}}'])).trim();
  return traitsOf({ product, version, store }).tellsNamesOfBuilds;
}

/** The name that the window shows, as the engine lists it, for what was built, tagged or got under a short one. */
export const ownName = named(traits);
