import type { Failure } from './failure.ts';

/** How sure something is: Layerdeck checked it itself, somebody wrote it down, or nothing says so. */
export type Certainty = 'verified' | 'stated' | 'unknown';

/** What can be known of where an image comes from. */
export type OriginAbout =
  | 'got-from'
  | 'built-here'
  | 'starts-from'
  | 'source'
  | 'revision'
  | 'builder'
  | 'built-at'
  | 'version'
  | 'title'
  | 'maker'
  | 'licence'
  | 'base'
  /** An image that its build began a stage with, or ran: which of them is the base, nobody says. */
  | 'material'
  | 'ingredients'
  | 'signature';

/** Why something is believed, or isn't. */
export type OriginReason =
  /** The history of builds has it; `isOwn`: Layerdeck's, else another tool's, of which the engine tells. */
  | { why: 'built-here'; build: string; isOwn: boolean }
  /** Layerdeck asked the registry: it has just these bytes. */
  | { why: 'registry-has-it' }
  /** The registry was asked, and has them no longer or never had them. */
  | { why: 'registry-lacks-it' }
  /** The engine wrote down the digest when it got or published the image, and checked it then. */
  | { why: 'engine-checked-it' }
  /** The engine keeps a book of where images came from or went to, which no name changes. */
  | { why: 'engine-noted-it' }
  /** The same book says that it built the image. */
  | { why: 'engine-built-it' }
  /** The engine checked it; `issuer`: who vouches for the signer, if it says. */
  | { why: 'engine-checked-signature'; issuer: string }
  /** The engine checked it, and it is wrong or can't be checked; `said`: its own words. */
  | { why: 'signature-did-not-pass'; said: string }
  /** The engine makes such a digest for every name, also of what no registry ever had. */
  | { why: 'engine-made-it-up' }
  /** So many lowest layers are those of that image, byte for byte. */
  | { why: 'same-layers'; layers: number; image: string }
  | { why: 'label'; label: string }
  /** The build attached it; nobody signed it. */
  | { why: 'attestation' }
  /** There are so many signatures, and nobody checked them. */
  | { why: 'not-checked'; signatures: number }
  | { why: 'nothing-says-so' }
  /** A registry would have to be asked. */
  | { why: 'not-asked' }
  | { why: 'failed'; failure: Failure };

export type OriginFact = {
  about: OriginAbout;
  certainty: Certainty;
  /** As it was found; empty if nothing was. */
  value: string;
  because: OriginReason;
};

/** Where an image comes from, the surest first. */
export type ImageOrigin = {
  facts: OriginFact[];
  /** Images on the engine whose layers are the lowest of this one's, the lowest first. */
  startsFrom: { image: string; name: string; layers: number }[];
};

/** What a registry has under the name of an image that came from there. */
export type NewerAnswer = {
  /** With its tag. */
  reference: string;
  /** Of the image here: the digest that it is known by in that repository. */
  here: string;
  /**
   * `newer` and `older` follow the times that the images say of themselves; `other`: they are not the same, and no time tells which is newer;
   * `gone`: the registry has nothing under this name.
   */
  relation: 'same' | 'newer' | 'older' | 'other' | 'gone';
  /** What the registry has; absent if it has nothing. */
  found?: string;
  /** Milliseconds since 1970: when what the registry has was made, as it says. */
  createdAt?: number;
  /** `org.opencontainers.image.version` of what the registry has. */
  version?: string;
  /** Milliseconds since 1970. */
  askedAt: number;
};

/** What came of asking. */
export type NewerAsked = { answers: NewerAnswer[]; failures: { reference: string; failure: Failure }[] };
