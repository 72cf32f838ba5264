import type { Suite } from './roots.ts';

export type EngineKindFacts = {
  /** As people call it. */
  label: string;
  product: 'docker' | 'podman';
  /** The Debian that it comes from; absent for this system's own packages. */
  suite?: Suite;
  /** Where Docker keeps images: its own graph drivers, or containerd. */
  store?: 'graph drivers' | 'containerd';
};

/** The engines that Layerdeck is tested with. `docker` and `podman` are what this system's own packages give: 20.10 and 4.3 on Debian 12. */
export const engineKinds = {
  docker: { label: 'Docker of this system', product: 'docker' },
  'docker-26': { label: 'Docker 26, graph drivers', product: 'docker', suite: 'trixie', store: 'graph drivers' },
  'docker-26-containerd': { label: 'Docker 26, containerd', product: 'docker', suite: 'trixie', store: 'containerd' },
  'docker-28': { label: 'Docker 28, graph drivers', product: 'docker', suite: 'forky', store: 'graph drivers' },
  'docker-28-containerd': { label: 'Docker 28, containerd', product: 'docker', suite: 'forky', store: 'containerd' },
  podman: { label: 'Podman of this system', product: 'podman' },
  'podman-5': { label: 'Podman 5', product: 'podman', suite: 'forky' },
} satisfies Record<string, EngineKindFacts>;

export type EngineKind = keyof typeof engineKinds;

export const factsOf = (kind: EngineKind): EngineKindFacts => engineKinds[kind];

/** The kind that LAYERDECK_ENGINE names, or this system's Docker. */
export function wantedKind(): EngineKind {
  const named = process.env.LAYERDECK_ENGINE || 'docker';
  if (named in engineKinds) return named as EngineKind;
  throw new Error(`LAYERDECK_ENGINE is ${named}. It can be one of: ${Object.keys(engineKinds).join(', ')}.`);
}
