import { FailureError } from '../engine/failure.ts';

/** What a registry refused, in the words that engines use for it too, so that the same wordings fit. */
export class RegistryError extends Error {
  override name = 'RegistryError';
  /** HTTP status; 0 where nothing answered. */
  readonly status: number;
  /** Seconds the registry wants to be left alone. */
  readonly retryAfter: number | undefined;
  /** Whose answer it is; a copy speaks with two. */
  registry: string | undefined;

  constructor(message: string, status: number, retryAfter?: number) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** The same may go well a little later. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

type ErrorBody = { errors?: { code?: string; message?: string }[] };

/** Reads what a registry says beside its status; the body is bounded by who calls. */
export function refusal(method: string, url: string, status: number, body: string, retryAfter: string | undefined): RegistryError {
  const seconds = Number.parseInt(retryAfter ?? '', 10);
  return new RegistryError(refusalWords(method, url, status, body), status, Number.isNaN(seconds) ? undefined : seconds);
}

function refusalWords(method: string, url: string, status: number, body: string): string {
  const said = firstError(body);
  const verb = method.charAt(0) + method.slice(1).toLowerCase();
  if (status === 429) return `toomanyrequests: ${said ?? '429 Too Many Requests'}`;
  if (status === 401) return `unauthorized: ${said ?? 'authentication required'}`;
  if (status === 403) return `denied: ${said ?? '403 Forbidden'}`;
  return said ?? `${verb} "${bare(url)}": ${status}`;
}

function firstError(body: string): string | undefined {
  try {
    const [first] = (JSON.parse(body) as ErrorBody).errors ?? [];
    return first && [first.code?.toLowerCase().replaceAll('_', ' '), first.message].filter(Boolean).join(': ').slice(0, 500);
  } catch {
    return undefined;
  }
}

/** A registry that did not answer at all. */
export function unreachable(method: string, url: string, error: unknown): RegistryError {
  const { code, message, cause } = error as Error & { code?: string; cause?: { code?: string; message?: string } };
  const reason = cause?.code ?? code ?? '';
  const said = cause?.message ?? message;
  const isUntrusted = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME|SSL|TLS/.test(reason);
  const words = isUntrusted ? `tls: ${said}` : (reasons[reason] ?? said);
  return new RegistryError(`${method.charAt(0)}${method.slice(1).toLowerCase()} "${bare(url)}": ${words}`, isUntrusted ? 495 : 0);
}

// what a registry adds to the addresses of uploads and downloads lets in whoever has it
const bare = (url: string): string => url.replace(/\?.*$/s, '');

const reasons: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset by peer',
  EPIPE: 'connection reset by peer',
  UND_ERR_SOCKET: 'EOF, the connection was closed',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'no such host',
  ENETUNREACH: 'network is unreachable',
  EHOSTUNREACH: 'network is unreachable',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
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
