import type { Failure } from '../../../../contract/failure.ts';
import { FailureError, WordedError } from '../../failures/failure.ts';
import { type Answered, type Asked, type Failed, type Reason, reasonOf, type Trouble } from './failure-reason.ts';
import { registryFailure } from './registry-words.ts';
import { askedOf, repositoryIn } from './request-kind.ts';

/** What went wrong with a request to a registry. */
type Fault = {
  asked: Asked;
  /** The URL without its query, which may grant access to whoever has it. */
  place: string;
  /** Whether the request was to change something there. */
  writes: boolean;
} & (Answered | Troubled);

type Troubled = { trouble: Trouble; said: string };

/** A registry refused or did not answer. The error brings its own wording, as only it knows what was requested and by whom. */
export class RegistryError extends WordedError {
  override name = 'RegistryError';
  readonly #fault: Fault;
  /** How many seconds the registry wants to be left alone. */
  readonly retryAfter: number | undefined;
  /** The registry that answered; a copy involves two. */
  registry: string | undefined;
  /** The user name of the login. */
  username: string | undefined;
  /** Whether the request had a login. */
  hadLogin = false;
  /** The program that may hold a login for it but is not on this computer. */
  missingHelper: string | undefined;

  constructor(fault: Fault, retryAfter?: number) {
    super(messageOf(fault));
    this.#fault = fault;
    this.retryAfter = retryAfter;
  }

  /** The HTTP status; 0 if there was no answer. */
  get status(): number {
    return 'status' in this.#fault ? this.#fault.status : 0;
  }

  /** Decides the wording and what happens next. */
  get reason(): Reason {
    return reasonOf(this.#failed);
  }

  /** Whether the same request may succeed a little later. */
  get isPassing(): boolean {
    return passing.has(this.reason) && this.status !== 501 && this.status !== 505;
  }

  get failure(): Failure {
    return { ...registryFailure(this.reason, { ...this.#failed, username: this.username }), cause: this.message };
  }

  get #failed(): Failed {
    const { registry = hostOf(this.#fault.place), hadLogin, missingHelper } = this;
    return { ...this.#fault, registry, repository: repositoryIn(this.#fault.place), hadLogin, missingHelper };
  }
}

// a full disk and unsupported requests do not pass by themselves
const passing: ReadonlySet<Reason> = new Set([
  'unreachable',
  'silent',
  'cut',
  'too-many-requests',
  'not-ready',
  'no-answer-behind',
  'broken',
]);

/** The error for an unwanted status. The caller bounds the body. */
export function refusal(
  method: string,
  url: string,
  status: number,
  body: string | Said,
  retryAfter?: string,
  asked?: Asked,
): RegistryError {
  const { code, message } = typeof body === 'string' ? firstError(body) : body;
  const fault: Fault = {
    asked: asked ?? askedOf(url),
    place: bare(url),
    writes: isWriting(method),
    status,
    ...(code && { code: code.slice(0, 100) }),
    ...(message && { said: message.slice(0, 400) }),
  };
  return new RegistryError(fault, secondsIn(retryAfter));
}

/** The error for a registry that could not be reached, did not answer, or broke off. */
export function unreachable(method: string, url: string, error: unknown, asked?: Asked): RegistryError {
  const { code, message, cause } = error as Error & { code?: string; cause?: { code?: string; message?: string } };
  const reason = cause?.code ?? code ?? '';
  const said = cause?.message ?? message;
  const trouble = /^Proxy response \(\d+\)/.test(said)
    ? 'proxy'
    : (troubles[reason] ?? (isAboutTrust(reason) ? 'untrusted' : 'unreachable'));
  return troubleAt(method, url, trouble, said, asked);
}

/** The same for the registry on this computer that has a certificate of its own: whoever shows another one is somebody else. */
export function unreachableOwn(method: string, url: string, error: unknown): RegistryError {
  const found = unreachable(method, url, error);
  const { code, message, cause } = error as Error & { code?: string; cause?: { code?: string; message?: string } };
  const isOutdated = /^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/.test(cause?.code ?? code ?? '');
  const isOther = found.reason === 'untrusted' || found.reason === 'plain';
  return isOther ? troubleAt(method, url, isOutdated ? 'outdated' : 'stranger', cause?.message ?? message) : found;
}

/** The error for trouble with an answer or on the way to it. */
export const troubleAt = (method: string, url: string, trouble: Trouble, said: string, asked?: Asked): RegistryError =>
  new RegistryError({ asked: asked ?? askedOf(url), place: bare(url), writes: isWriting(method), trouble, said: said.slice(0, 400) });

const isWriting = (method: string): boolean => method !== 'GET' && method !== 'HEAD';

function messageOf({ place, writes, asked, ...fault }: Fault): string {
  const { said } = fault;
  const answer = 'status' in fault ? [String(fault.status), fault.code].filter(Boolean).join(' ') : fault.trouble;
  return `${writes ? 'to change' : 'to read'} the ${asked} at ${place}: ${answer}${said ? `: ${said}` : ''}`.slice(0, 500);
}

/** A registry's own code and text. */
type Said = { code?: string | undefined; message?: string };

function firstError(body: string): Said {
  try {
    // Go's registries send a list; others send one error or none
    const { errors, code, message } = JSON.parse(body) as { errors?: unknown; code?: unknown; message?: unknown };
    const [first = { code, message }] = (Array.isArray(errors) ? errors : []) as { code?: unknown; message?: unknown }[];
    return {
      ...(typeof first?.code === 'string' && { code: first.code }),
      ...(typeof first?.message === 'string' && { message: first.message }),
    };
  } catch {
    return {};
  }
}

/** Seconds from now, never negative; `Retry-After` has seconds or a date (RFC 9110, 10.2.3). */
function secondsIn(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}

const bare = (url: string): string => url.replace(/\?.*$/s, '');

function hostOf(place: string): string {
  try {
    return new URL(place).host;
  } catch {
    return place;
  }
}

const isAboutTrust = (reason: string): boolean => /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME|SSL|TLS/.test(reason);

const troubles: Record<string, Trouble> = {
  ECONNRESET: 'cut',
  EPIPE: 'cut',
  UND_ERR_SOCKET: 'cut',
  UND_ERR_HEADERS_TIMEOUT: 'silent',
  UND_ERR_BODY_TIMEOUT: 'silent',
  // the server does not support encryption at all
  ERR_SSL_WRONG_VERSION_NUMBER: 'plain',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'plain',
  EPROTO: 'plain',
};

/** The failure for a server that does not answer like a registry. */
export const notUnderstood = (registry: string, { message }: Error): FailureError =>
  new FailureError({
    kind: 'registry-refused',
    title: `${registry} doesn’t answer like an image registry`,
    detail:
      'Its answer doesn’t describe an image. It may be a website or your network’s sign-in page, or it may store images in a very old format.',
    hint: 'Check the address. Open it in a browser to see what is there.',
    cause: message.slice(0, 500),
  });

/** The failure for content that does not match its digest. */
export const notWhatItsDigestSays = (what: string): FailureError =>
  new FailureError({
    kind: 'registry-refused',
    title: 'The registry sent something other than it promised',
    detail: `The content of ${what} doesn’t match its digest: it was damaged on the way, or somebody replaced it.`,
    hint: 'Try again. If it happens again, tell the registry’s owner.',
  });
