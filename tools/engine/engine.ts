import type { EngineKind } from './engine-kinds.ts';
import type { CommandOptions } from './run-command.ts';

/** A real engine for tests. */
export type Engine = {
  /** Absent for one that was named from outside. */
  kind?: EngineKind;
  socket: string;
  /** The value for DOCKER_HOST: `unix://…`. */
  host: string;
  /** Where a private engine keeps its images; empty for one that was named from outside. */
  dataRoot: string;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Lets it hang: it takes connections and answers nothing, until `goOn`. */
  pause(): void;
  goOn(): void;
  /** Starts it again on the same data and socket, ending it first if it runs. */
  restart(): Promise<void>;
  /** Ends it and removes everything it had on this computer. */
  stop(): Promise<void>;
  makeBaseImage(reference?: string): Promise<void>;
  makeRegistryImage(reference?: string): Promise<void>;
  /** Runs Debian's docker command against it and returns the output. */
  docker(args: string[], options?: CommandOptions): Promise<string>;
};

export type EngineOptions = {
  /** Defaults to what LAYERDECK_ENGINE names, or this system's Docker. */
  kind?: EngineKind;
  /** For Docker; defaults to `overlay2`. */
  storageDriver?: 'overlay2' | 'vfs';
  /** Registries without TLS; those on this computer need no mention. */
  insecureRegistries?: string[];
  /** A file in place of /etc/hosts, by which it finds computers; one that was replaced counts from its next start on. */
  hostsFile?: string;
};
