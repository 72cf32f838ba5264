/** The registry on this computer, which runs as a container on the connected engine. */
export type LocalRegistry =
  | { state: 'unknown' }
  | { state: 'absent' }
  | { state: 'stopped'; containerId: string }
  | {
      state: 'running';
      containerId: string;
      /** `localhost:5000`: what a reference begins with. */
      address: string;
      /** Milliseconds since 1970. */
      startedAt: number;
    };
