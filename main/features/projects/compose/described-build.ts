import type { BuildInputs } from '../../../../contract/build.ts';
import type { ComposeBuild, ComposeObstacle } from '../../../../contract/compose.ts';

/** A build before its folder and files are looked for on this computer. */
export type DescribedBuild = Omit<ComposeBuild, 'needs' | 'build'> & {
  inputs: Omit<BuildInputs, 'dockerfile' | 'references' | 'args' | 'target'>;
  secretFiles: { id: string; file: string }[];
};

/** Reads the options of one `build:`, and keeps what cannot be taken from them. */
export class Findings {
  readonly obstacles: ComposeObstacle[];
  readonly leftOut: string[] = [];

  constructor(known: readonly ComposeObstacle[]) {
    this.obstacles = [...known];
  }

  refuse(obstacle: ComposeObstacle): undefined {
    this.obstacles.push(obstacle);
    return undefined;
  }
}
