/** Why something did not work, in words for a person who has never used a terminal. */
export type Failure = {
  kind: FailureKind;
  /** One sentence: what happened. */
  title: string;
  /** One or two sentences: what it means. */
  detail: string;
  /** What to do next. */
  hint?: string;
  /** The engine's or the system's own text, shown under "Details". */
  cause?: string;
  /** The registry that requires a sign-in, if known. */
  registry?: string;
};

export type FailureKind =
  | 'engine-missing'
  | 'engine-lost'
  | 'engine-unsupported'
  /** The way to the engine asks something that only a person can answer. */
  | 'engine-asks'
  | 'invalid-input'
  | 'not-granted'
  | 'not-found'
  | 'name-invalid'
  | 'sign-in'
  | 'registry-unreachable'
  | 'registry-refused'
  | 'in-use'
  | 'no-space'
  | 'not-permitted'
  | 'bad-archive'
  | 'dockerfile'
  | 'step-failed'
  | 'port-taken'
  | 'interrupted'
  | 'unknown';
