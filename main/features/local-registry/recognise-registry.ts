import type { RegistryMaker } from '../../../contract/registry.ts';
import type { ListedContainer } from '../../foundation/engine/answers/container-answers.ts';

/** By this label Layerdeck knows its own. */
export const ownLabel = 'app.layerdeck.registry';
/** On containers that only tidy a registry's files. */
export const collectorLabel = 'app.layerdeck.collector';

/** And its caches by this one, which says the registry that they are of. */
export const cacheLabel = 'app.layerdeck.cache';
/** And the user as whom it signs in there; the password stands in no label and no variable. */
export const cacheUserLabel = 'app.layerdeck.cache.user';

/** Images that are called as distribution's or zot's are: `registry:2`, `ghcr.io/distribution/distribution:3`. */
const registryImageName = /(?:^|\/)(?:registry|distribution|zot(?:-[a-z0-9-]+)?)(?:[:@]|$)/;

/** Whether an image's name says that a registry is in it. */
export const isCalledRegistry = (image: string): boolean => registryImageName.test(image);

/** Who made the registry that a container may be; undefined if it is none. */
export function makerOf({ Labels, Names, Image }: Pick<ListedContainer, 'Labels' | 'Names' | 'Image'>): RegistryMaker | undefined {
  if (Labels[ownLabel] !== undefined || Labels[cacheLabel] !== undefined) return 'layerdeck';
  if (Labels[collectorLabel] !== undefined) return undefined;
  // k3d's other containers are the computers of its cluster
  if (Labels.app === 'k3d') return Labels['k3d.role'] === 'registry' ? 'k3d' : undefined;
  // minikube's registry runs inside the container that is its computer
  if (/(?:^|\/)k8s-minikube\/kicbase(?:[:@]|$)/.test(Image)) return 'minikube';
  if (!isCalledRegistry(Image)) return undefined;
  return Names.some((name) => name.replace(/^\//, '') === 'kind-registry') ? 'kind' : 'person';
}
