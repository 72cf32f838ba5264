import type { HolderKind } from '../../contract/holder.ts';
import { collectorLabel, makerOf } from '../features/local-registry/recognise-registry.ts';
import type { ListedContainer } from '../foundation/engine/answers/container-answers.ts';

/** Labels by which tools find the computers of their clusters; the value is the cluster's name. */
const clusters = [
  ['k3d', 'k3d.cluster'],
  ['kind', 'io.x-k8s.kind.cluster'],
  ['minikube', 'name.minikube.sigs.k8s.io'],
] as const;

/** What a container is, as far as its labels tell. `isTrial`: this Layerdeck made it to try an image. Pure. */
export function holderKind(container: Pick<ListedContainer, 'Labels' | 'Names' | 'Image'>, isTrial: boolean): HolderKind {
  const { Labels } = container;
  if (isTrial) return { kind: 'trial' };
  const maker = makerOf(container);
  if (maker === 'layerdeck' || Labels[collectorLabel] !== undefined) return { kind: 'own-registry' };
  const project = Labels['com.docker.compose.project'];
  if (project) {
    const service = Labels['com.docker.compose.service'];
    return { kind: 'compose', project, ...(service && { service }) };
  }
  for (const [tool, label] of clusters) {
    const cluster = Labels[label];
    if (cluster !== undefined) return { kind: 'cluster', tool, ...(cluster && { cluster }) };
  }
  return maker === undefined ? { kind: 'other' } : { kind: 'registry' };
}
