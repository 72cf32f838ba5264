/** Why something did not work, in words for a person who never used a terminal. Made only by `main/engine/failure`. */
export type Failure = {
  kind: FailureKind;
  /** One sentence: what happened. */
  title: string;
  /** One or two sentences: what it means. */
  detail: string;
  /** What to do next. */
  hint?: string;
  /** The engine's or the system's own text, shown under "details". */
  cause?: string;
  /** The registry that wants a sign-in, where it is known which. */
  registry?: string;
};

export type FailureKind =
  | 'engine-missing'
  | 'engine-lost'
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
