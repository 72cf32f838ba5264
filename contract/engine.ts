import * as z from 'zod';
import type { Failure } from './failure.ts';
import { Grant } from './file.ts';
import { contextName, engineAddress } from './grammar.ts';
import type { ImageList } from './image.ts';

/** Where an engine may be reached, and how Layerdeck learned of it. */
export type EngineCandidate = {
  /** Stable across restarts: the address itself. */
  id: string;
  /** For display: "Docker Desktop", "docker context work", "DOCKER_HOST". */
  label: string;
  /** For example `unix:///var/run/docker.sock`; it never contains credentials. */
  address: string;
};

export type Builder = 'buildkit' | 'classic';

/** A version of the engine's API, as engines write it: `1.41`. */
export type ApiVersion = `${number}.${number}`;

/** What an engine says about itself. */
export type EngineFacts = {
  candidate: EngineCandidate;
  product: 'Docker' | 'Podman';
  version: string;
  /** The newest version of the engine's API that it knows. */
  apiVersion: ApiVersion;
  /** The version that Layerdeck speaks with it, which may be an older one. */
  spokenVersion: ApiVersion;
  /** For example `linux/amd64`. */
  platform: string;
  /** The best builder it has. */
  builder: Builder;
};

export type EngineState =
  | { state: 'searching' }
  | ({ state: 'connected' } & EngineFacts)
  | { state: 'missing'; failure: Failure; tried: { candidate: EngineCandidate; failure: Failure }[] };

/** A place where an engine may answer. */
export type EnginePlace = EngineCandidate & {
  /** The docker context that leads there; only such a place can be removed. */
  context?: string;
  /** What docker's command is told to use it: its context, or `default`. */
  switchName?: string;
  /** Docker's command uses it. */
  isCurrent?: true;
};

export type EnginePlaces = {
  places: EnginePlace[];
  /** DOCKER_HOST names the engine, so that there is no other and nothing to choose. */
  isNamedByVariable: boolean;
  /** Nothing decides for docker's command but its settings, so that it can be told to use another one. */
  canSwitch: boolean;
  /** The context that docker's command should use is gone, so that it does nothing at all. */
  lostContext?: string;
};

/** How an engine answered when it was asked. */
export type EngineLook = EngineFacts & {
  store: ImageStore;
  /** Its own identity, the same by whatever way it is reached; absent if it says none. */
  identity?: string;
};

/** Where an engine keeps images: unpacked, in its own graph drivers (Docker up to 28, Podman), or packed as well, in containerd. */
export type ImageStore = 'unpacked' | 'containerd';

/** The id of a place: its address. */
export const PlaceId = z.string().min(1).max(2000);

/** What can start an engine. */
export const StarterId = z.enum([
  'colima',
  'orbstack',
  'rancher-desktop',
  'docker-desktop',
  'docker-rootless',
  'docker-service',
  'podman-machine',
  'podman-socket',
  'podman-service',
]);
export type StarterId = z.infer<typeof StarterId>;

/** An engine that is installed here and can be started with this command. */
export type EngineStarter = { id: StarterId; name: string; command: string };

/** The engine that a question or an order is about; absent for the one in use. */
export const AtEngine = z.object({ at: PlaceId.optional() });

/** An engine whose images are shown beside those of the one in use. */
export type EngineBeside = {
  place: string;
  /** For display, as of a candidate; the place itself while nobody has tried to reach it. */
  label: string;
  engine: EngineState;
  /** Absent while the engine has not answered. */
  images?: ImageList;
  /** It is the engine in use, or one beside it, reached by another way: its images are listed there. */
  isShownAlready?: true;
};

export const ContextName = z
  .string()
  .regex(contextName)
  .refine((name) => name !== 'default');

/** An engine to add. `certificates` is a folder with ca.pem, cert.pem and key.pem. */
export const NewEngine = z.object({
  name: ContextName,
  address: z.string().regex(engineAddress),
  certificates: Grant.optional(),
});
export type NewEngine = z.infer<typeof NewEngine>;

/** What has to be known before an engine can be reached, in kinds that the window has words for. */
export type QuestionWords =
  /** Nobody has seen this computer's key yet; `others` are the names under which the same key is known here. */
  | { kind: 'host-key'; host: string; keyKind: string; fingerprint: string; others?: string[] }
  | { kind: 'passphrase'; key: string }
  /** `owner` is the user and the computer. */
  | { kind: 'password'; owner: string }
  /** Asked by ssh in words of its own: something to type, to agree to, or only to be told of. */
  | { kind: 'secret' | 'confirm' | 'notice'; text: string };

/** A question that a way to an engine waits for; the answer is kept nowhere. */
export type EngineQuestion = {
  id: string;
  /** The engine's place. */
  engine: string;
  /** The answer before wasn't the right one. */
  isAgain?: true;
} & QuestionWords;

/** `null` declines. One line, as ssh reads it. */
export const QuestionAnswer = z.object({
  question: z.uuid(),
  answer: z
    .string()
    .max(2000)
    .regex(/^[^\n\r\0]*$/)
    .nullable(),
});
