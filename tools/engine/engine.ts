import type { CommandOptions } from './run-command.ts';

/** A real engine for tests. */
export type Engine = {
  socket: string;
  /** What DOCKER_HOST has to say: `unix://…`. */
  host: string;
  /** Where a private engine keeps its images; empty for one that was named from outside. */
  dataRoot: string;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on the same data and socket, ending it first if it runs. */
  restart(): Promise<void>;
  /** Ends it and removes everything it had on this machine. */
  stop(): Promise<void>;
  makeBaseImage(reference?: string): Promise<void>;
  makeRegistryImage(reference?: string): Promise<void>;
  /** Runs Debian's docker command against it and gives what it printed. */
  docker(args: string[], options?: CommandOptions): Promise<string>;
};

export type EngineOptions = {
  /** Debian 13's Docker Engine 26 instead of this machine's own; made once, and kept. */
  version?: '26';
  /** `overlay2` unless said otherwise. */
  storageDriver?: 'overlay2' | 'vfs';
  /** For daemon.json. */
  features?: Record<string, boolean>;
  /** Registries without TLS; those on this computer need no mention. */
  insecureRegistries?: string[];
};
