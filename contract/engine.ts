import type { Failure } from './failure.ts';

/** Where an engine may be reached and how we came to know of it. */
export type EngineCandidate = {
  /** Stable over restarts: the address itself. */
  id: string;
  /** For people: "Docker Desktop", "docker context work", "DOCKER_HOST". */
  label: string;
  /** For example `unix:///var/run/docker.sock`; credentials are never part of it. */
  address: string;
};

export type Builder = 'buildkit' | 'classic';

/** What an engine says of itself. */
export type EngineFacts = {
  candidate: EngineCandidate;
  product: 'Docker' | 'Podman';
  version: string;
  apiVersion: string;
  /** For example `linux/amd64`. */
  platform: string;
  /** The best builder it has. */
  builder: Builder;
};

export type EngineState =
  | { state: 'searching' }
  | ({ state: 'connected' } & EngineFacts)
  | { state: 'missing'; failure: Failure; tried: { candidate: EngineCandidate; failure: Failure }[] };
