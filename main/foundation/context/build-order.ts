import type { BuildInputs } from '../../../contract/build.ts';

/** What a build needs, with grants already replaced by paths. */
export type BuildOrder = Omit<BuildInputs, 'secrets' | 'dockerfileFrom'> & {
  folder: string;
  /** Relative to the folder with `/`, or absolute if it is outside. */
  dockerfile: string;
  secrets: OrderedSecret[];
  /** How the classic builder's tarball writes modes; see `Settings.classicModes`. */
  classicModes: 'docker-24' | 'docker-20';
};

/** Read only when the builder asks for it, and stored nowhere. */
export type OrderedSecret = { id: string } & ({ file: string } | { variable: string });
