import type { Failure } from '../../contract/failure.ts';
import { FailureError, WordedError } from '../engine/failure.ts';
import { type Answered, type Asked, askedOf, registryFailure, repositoryIn, type Trouble } from './registry-words.ts';

/** What went wrong with something that a registry was asked. */
type Fault = {
  asked: Asked;
  /** Without what it carries behind a "?": that lets in whoever has it. */
  place: string;
  /** Whether something was to be changed there. */
  writes: boolean;
} & (Answered | Trouble);

/** A registry refused, or did not answer. It knows its own words, as only it knows what was asked and by whom. */
export class RegistryError extends WordedError {
  override name = 'RegistryError';
  readonly #fault: Fault;
  /** Seconds the registry wants to be left alone. */
  readonly retryAfter: number | undefined;
  /** Whose answer it is; a copy speaks with two. */
  registry: string | undefined;
  /** As whom it was asked. */
  username: string | undefined;
  /** Whether it was asked with a login. */
  hadLogin = false;
  /** The program that may have a login for it, and is not on this computer. */
  missingHelper: string | undefined;

  constructor(fault: Fault, retryAfter?: number) {
    super(messageOf(fault));
    this.#fault = fault;
    this.retryAfter = retryAfter;
  }

  /** HTTP status; 0 where there was no answer. */
  get status(): number {
    return 'status' in this.#fault ? this.#fault.status : 0;
  }

  /** The same may go well a little later. */
  get isPassing(): boolean {
    if ('trouble' in this.#fault) return ['unreachable', 'silent', 'cut'].includes(this.#fault.trouble);
    // no room, and what a registry cannot do, stays so
    return this.status === 408 || this.status === 429 || (this.status >= 500 && ![501, 505, 507].includes(this.status));
  }

  get failure(): Failure {
    const { registry = hostOf(this.#fault.place), hadLogin, username, missingHelper, message } = this;
    const repository = repositoryIn(this.#fault.place);
    return { ...registryFailure({ ...this.#fault, registry, repository, hadLogin, username, missingHelper }), cause: message };
  }
}

/** A registry that answers with a status that is not wanted. The body is bounded by who calls. */
export function refusal(method: string, url: string, status: number, body: string, retryAfter?: string, asked?: Asked): RegistryError {
  const { code, message } = firstError(body);
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

/** A registry that could not be reached, did not answer, or broke off. */
export function unreachable(method: string, url: string, error: unknown, asked?: Asked): RegistryError {
  const { code, message, cause } = error as Error & { code?: string; cause?: { code?: string; message?: string } };
  const reason = cause?.code ?? code ?? '';
  const said = cause?.message ?? message;
  const trouble = /^Proxy response \(\d+\)/.test(said)
    ? 'proxy'
    : (troubles[reason] ?? (isAboutTrust(reason) ? 'untrusted' : 'unreachable'));
  return troubleAt(method, url, trouble, said, asked);
}

/** What is wrong with an answer, or with the way to it. */
export const troubleAt = (method: string, url: string, trouble: Trouble['trouble'], said: string, asked?: Asked): RegistryError =>
  new RegistryError({ asked: asked ?? askedOf(url), place: bare(url), writes: isWriting(method), trouble, said: said.slice(0, 400) });

const isWriting = (method: string): boolean => method !== 'GET' && method !== 'HEAD';

function messageOf({ place, writes, asked, ...fault }: Fault): string {
  const { said } = fault;
  const answer = 'status' in fault ? [String(fault.status), fault.code].filter(Boolean).join(' ') : fault.trouble;
  return `${writes ? 'to change' : 'to read'} the ${asked} at ${place}: ${answer}${said ? `: ${said}` : ''}`.slice(0, 500);
}

function firstError(body: string): { code?: string; message?: string } {
  try {
    // Go writes a list, some write one error or none
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

/** `Retry-After` has seconds or a date (RFC 9110, 10.2.3); seconds from now, never less than none. */
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

const troubles: Record<string, Trouble['trouble']> = {
  ECONNRESET: 'cut',
  EPIPE: 'cut',
  UND_ERR_SOCKET: 'cut',
  UND_ERR_HEADERS_TIMEOUT: 'silent',
  UND_ERR_BODY_TIMEOUT: 'silent',
  // what answers there does not know encryption at all
  ERR_SSL_WRONG_VERSION_NUMBER: 'plain',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'plain',
  EPROTO: 'plain',
};

/** What answers under the address of a registry does not speak as one. */
export const notUnderstood = (registry: string, { message }: Error): FailureError =>
  new FailureError({
    kind: 'registry-refused',
    title: `${registry} does not answer as a registry of images does`,
    detail:
      'What it sent describes no image. It may be a web site, a page of the network you are in, or keep images in a form long given up.',
    hint: 'Check the address, and open it in a browser to see what is there.',
    cause: message.slice(0, 500),
  });

/** What came is not what was asked for: damaged on the way, or exchanged. */
export const notWhatItsDigestSays = (what: string): FailureError =>
  new FailureError({
    kind: 'registry-refused',
    title: 'What the registry sent is not what it promised',
    detail: `The content of ${what} does not match its digest: it was damaged on the way, or somebody exchanged it.`,
    hint: 'Try again. If it happens again, tell the registry’s owner.',
  });
