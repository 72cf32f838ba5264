import * as z from 'zod';
import { Grant } from './file.ts';
import { leastMemory } from './grammar.ts';
import { ImageId } from './image.ts';
import { Reference } from './reference-schema.ts';
import { ContainerId } from './registry.ts';

const Port = z.number().int().min(1).max(65_535);

/** A port of the program inside, and the one of this computer that leads there. */
export const PublishedPort = z.object({ inside: Port, protocol: z.enum(['tcp', 'udp']), here: Port });
export type PublishedPort = z.infer<typeof PublishedPort>;

/** `PATH`: no engine takes one with `=` in its name, or an empty one. */
const Variable = z.object({
  name: z
    .string()
    .min(1)
    .max(1000)
    .regex(/^[^=\0]+$/),
  value: z
    .string()
    .max(100_000)
    .regex(/^[^\0]*$/),
});
export type Variable = z.infer<typeof Variable>;

/** How to try an image. What isn't said is as the image says. */
export const TrialOrder = z.object({
  image: ImageId,
  /** The name by which people know the image. */
  reference: Reference.optional(),
  ports: z.array(PublishedPort).max(100),
  /** Whether other computers reach the ports, too. */
  isOpen: z.boolean(),
  /** In place of the image's own, or besides them. */
  environment: z.array(Variable).max(1000),
  /** A folder of this computer that the program inside sees. */
  folder: z
    .object({
      grant: Grant,
      inside: z
        .string()
        .max(1000)
        .regex(/^\/[^\0]*$/),
      mayWrite: z.boolean(),
    })
    .optional(),
  /** In place of the image's own, as typed. */
  command: z.string().max(10_000).optional(),
  /** The most bytes of memory. */
  memory: z.number().int().min(leastMemory).max(Number.MAX_SAFE_INTEGER).optional(),
  /** Whether it goes on when Layerdeck ends. */
  stays: z.boolean(),
});
export type TrialOrder = z.infer<typeof TrialOrder>;

export const TrialAsked = z.object({ container: ContainerId });

/** What to start with: what an image says of itself, and ports that are free. */
export type TrialProposal = {
  /** Of those that the image says it has, with free ones of this computer. */
  ports: PublishedPort[];
  /** As the image sets them. */
  environment: Variable[];
  /** What is run before the command, and the command; both may be empty. */
  entrypoint: string[];
  command: string[];
  user: string;
  workingDirectory: string;
  /** Folders whose contents the image keeps out of its layers. */
  volumes: string[];
  /** The engine's own processor is another one: `linux/arm64`. */
  otherPlatform?: string;
  /** Its containers answer on another computer. */
  isFar: boolean;
};

/** A container in which an image is tried. Times are milliseconds since 1970. */
export type Trial = {
  containerId: string;
  /** Of the container. */
  name: string;
  imageId: string;
  /** What people call the image. */
  image: string;
  state: 'new' | 'running' | 'paused' | 'restarting' | 'ended';
  startedAt?: number;
  endedAt?: number;
  /** How it ended, if it has. `isOutOfMemory`: the system ended something in it, since its memory was used up. */
  end?: { code: number; isOutOfMemory: boolean; error?: string };
  ports: PublishedPort[];
  /** Other computers reach its ports. */
  isOpen: boolean;
  /** Ports of this computer at which something answers. */
  answering: number[];
  folder?: { path: string; inside: string; mayWrite: boolean };
  /** The most bytes of memory; absent if there is no limit. */
  memory?: number;
  /** Names of what was set in place of the image's own. */
  variables: string[];
  /** All that is run. */
  command: string[];
  stays: boolean;
};

/** Something that a trial changed against its image. `within`: how many more files and folders are in a folder that came or went with it. */
export type TrialChange = {
  kind: 'added' | 'changed' | 'removed';
  path: string;
  within: number;
  /** Engines put it into every container. */
  byEngine?: true;
};

/** `omitted`: how many more there are. `bytes` that it wrote, if the engine says. */
export type TrialChanges = { changes: TrialChange[]; omitted: number; bytes: number | undefined };

/** A new image of a trial. */
export const CommitOrder = z.object({
  container: ContainerId,
  reference: Reference,
  /** Who made it, and why; empty for nobody and nothing. */
  author: z.string().max(200),
  message: z.string().max(2000),
  /** In place of the image's own, as typed; empty for that. */
  command: z.string().max(10_000),
  /** Whether variables that were set for the trial become the image's own. */
  keepsVariables: z.boolean(),
  /** A base image: all files in one layer, without the history of the image. */
  isFlat: z.boolean(),
  /** Whether the program stands still meanwhile, so that no file is half written. */
  pauses: z.boolean(),
});
export type CommitOrder = z.infer<typeof CommitOrder>;
