import * as z from 'zod';
import { Digest } from './reference-schema.ts';

/** The layers of an image in a file, the lowest first, by the digests of their unpacked bytes. */
export const LayersInFile = z.array(z.object({ diffId: Digest, isAbsent: z.literal(true).optional() })).max(1000);

/** What a receipt says: the list of layers that another computer has, by which a file for it is packed. */
export type ReceiptShown = {
  /** What the computer is called. */
  name: string;
  /** Milliseconds since 1970; undefined for one that docker's own program wrote. */
  madeAt?: number;
  layers: number;
  /** A registry, which a file is copied to. */
  isRegistry?: true;
  /** Whether its engine loads the file by itself; if not, Layerdeck has to be there. Undefined if the receipt doesn't say. */
  takesParts?: boolean;
};

/** A registry's receipt being written: how many tags are read, then where it is; `unreadable` tags could not be read. Nothing follows if the person cancels. */
export type ReceiptPart =
  | { kind: 'reading'; done: number; total: number }
  | { kind: 'saved'; path: string; layers: number; unreadable: number };

/** For whom a file was packed without the layers that are there. */
export type SuitcaseMark = {
  /** What the computer is called. */
  madeFor: string;
  /** Identifies the receipt. */
  mark: string;
  /** When the receipt was made, in milliseconds since 1970. */
  receiptOf?: number;
  /** It goes to a registry, not to an engine. */
  isRegistry?: true;
};

/** One image of a suitcase, and what of it goes into the file. */
export type PackedImage = {
  references: string[];
  id: string;
  layers: number;
  /** Layers that the other computer lacks, and their bytes as far as they are known. */
  lacking: number;
  bytes?: number;
};

/** What a file for the computer of a receipt would hold. Sizes are those of unpacked layers where the engine tells no others. */
export type SuitcaseForecast = {
  receipt: ReceiptShown;
  images: PackedImage[];
  /** Each layer once. */
  packed: { layers: number; bytes?: number };
  leftOut: { layers: number; bytes?: number };
};

/** Which of the layers that a file leaves out the engine has. */
export type Completeness = {
  /** Layers that are not in the file, each once. */
  leftOut: number;
  /** Those of them that the engine lacks. */
  missing: number;
  /** How many of these each image needs that needs some. */
  lacking: { image: number; layers: number }[];
  /** Whether the engine takes the file as it is; if not, Layerdeck adds the layers from the engine's own images. */
  isAdded: boolean;
};
