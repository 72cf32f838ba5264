import type { BuildInputs } from './build.ts';

/** The images that a folder's Compose files say how to build. */
export type ComposeProject = {
  /** What Compose calls the project; empty if nothing gives it a name. */
  name: string;
  /** The files that were read, the first one first: `compose.yaml`, `compose.override.yaml`. */
  files: string[];
  /** Whether there is a `.env` file whose values were used. */
  hasEnv: boolean;
  /** Files with further services (`include:`), which are not read. */
  includes: string[];
  builds: ComposeBuild[];
};

export type ComposeBuild = {
  service: string;
  /** As the file says it, with variables replaced. */
  context: string;
  dockerfile: string;
  target?: string;
  /** Names for the image; the first one is `image:`, or what Compose calls it. */
  references: string[];
  args: ComposeArg[];
  /** Compose builds it only if it is told one of these. */
  profiles: string[];
  /** Variables without a value that became nothing. */
  unset: string[];
  /** Services of this project whose images its Dockerfile starts from or copies from. */
  needs: string[];
  /** Its steps may ask for keys of this computer's SSH agent. */
  asksForKeys: boolean;
  /** Options that only make a build slower or stricter, and that Layerdeck does not pass on. */
  leftOut: string[];
  /** Why it cannot be built; empty if it can. */
  obstacles: ComposeObstacle[];
  /** What starts it; absent if there are obstacles. */
  build?: { folder: string; inputs: BuildInputs };
};

/** Without a value, the Dockerfile's own default counts: Compose would look for one in the shell. */
export type ComposeArg = { name: string; value?: string };

export type ComposeObstacle =
  /** Without this option another image would come of it. */
  | { kind: 'option'; option: string }
  /** Nothing that Layerdeck knows. */
  | { kind: 'unknown-option'; option: string }
  /** The value of the option is not what Compose takes, or what an engine takes. */
  | { kind: 'value'; option: string; value: string }
  /** Folder or file outside of what was chosen, or behind a link that leads out. `path` is where it is. */
  | { kind: 'outside'; option: 'context' | 'dockerfile' | 'secrets'; path: string }
  | { kind: 'missing'; option: 'context' | 'dockerfile' | 'secrets'; path: string }
  | { kind: 'remote'; context: string }
  | { kind: 'platforms'; platforms: string[] }
  /** The file of a service that it extends isn't in what was chosen, or can't be read. */
  | { kind: 'extends'; file: string }
  /** The service that it extends is not there, or extends this one. */
  | { kind: 'no-base'; service: string }
  | { kind: 'required'; variable: string; message: string }
  | { kind: 'malformed'; text: string }
  | { kind: 'too-long' }
  | { kind: 'no-name' };
