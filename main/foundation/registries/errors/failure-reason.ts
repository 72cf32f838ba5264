/** What was requested from a registry. */
export type Asked = 'registry' | 'sign-in' | 'manifest' | 'layer' | 'upload' | 'tags' | 'catalog';

/** A refusal: its status, and the registry's own code and text. */
export type Answered = { status: number; code?: string; said?: string };

/** Why there is no answer, or no usable one. */
export type Trouble =
  | 'unreachable'
  | 'silent'
  | 'cut'
  /** This computer does not know the authority behind its certificate. */
  | 'untrusted'
  /** It does not support encryption. */
  | 'plain'
  /** It isn’t the registry on this computer that has a certificate of its own, but answers in its place. */
  | 'stranger'
  /** The registry on this computer has a certificate that isn’t valid yet, or no longer. */
  | 'outdated'
  /** It redirects to an address without encryption. */
  | 'leads-to-plain'
  | 'circles'
  | 'no-address'
  /** The system's proxy does not allow it. */
  | 'proxy'
  | 'odd';

/** Why a registry did not do what it was asked. It decides the wording and what happens next. */
export type Reason =
  | Trouble
  | 'login-needed'
  | 'login-refused'
  /** The program that holds the login is not on this computer. */
  | 'login-helper-missing'
  | 'not-let-in'
  | 'may-not-push'
  /** A name on Docker Hub that belongs to Docker itself. */
  | 'official-name'
  | 'may-not-get'
  | 'no-image'
  | 'no-repository'
  | 'no-registry'
  | 'layer-lost'
  | 'upload-lost'
  | 'too-many-requests'
  | 'moved'
  | 'full'
  | 'not-ready'
  | 'no-answer-behind'
  | 'broken'
  | 'takes-none'
  | 'asks-unknown'
  | 'too-large'
  | 'law'
  | 'unchangeable'
  | 'damaged-on-the-way'
  | 'name-not-allowed'
  | 'kind-not-taken'
  | 'refused';

/** What is known about a failed request. */
export type Failed = {
  asked: Asked;
  /** Whether the request was to change something. */
  writes: boolean;
  registry: string;
  repository: string | undefined;
  hadLogin: boolean;
  missingHelper: string | undefined;
} & (Answered | { trouble: Trouble });

/** The reason for any failed request. */
export function reasonOf(failed: Failed): Reason {
  if ('trouble' in failed) return failed.trouble;
  const { status, writes } = failed;
  if (status === 401) return loginReason(failed);
  if (status === 403) return writes ? pushReason(failed) : failed.asked === 'sign-in' ? 'not-let-in' : 'may-not-get';
  if (status === 404) return notFoundReason(failed);
  if (status === 408) return 'silent';
  if (status === 429) return 'too-many-requests';
  if (status >= 300 && status < 400) return 'moved';
  return status >= 500 ? brokenReason(failed) : refusedReason(failed);
}

function loginReason({ missingHelper, hadLogin }: Failed): Reason {
  if (missingHelper !== undefined) return 'login-helper-missing';
  return hadLogin ? 'login-refused' : 'login-needed';
}

const pushReason = ({ registry, repository = '' }: Failed): Reason =>
  registry === 'docker.io' && repository.startsWith('library/') ? 'official-name' : 'may-not-push';

function notFoundReason({ asked, writes, code }: Failed & Answered): Reason {
  if (asked === 'upload' && code === 'BLOB_UPLOAD_UNKNOWN') return 'upload-lost';
  if (writes) return 'no-repository';
  if (asked === 'layer') return 'layer-lost';
  return asked === 'registry' || asked === 'sign-in' || asked === 'catalog' ? 'no-registry' : 'no-image';
}

function brokenReason({ status, said = '' }: Answered): Reason {
  if (status === 507 || /no space|disk (?:is )?full|quota/i.test(said)) return 'full';
  if (status === 503) return 'not-ready';
  return status === 502 || status === 504 ? 'no-answer-behind' : 'broken';
}

/** The reason for the remaining statuses from 400 to 499. */
function refusedReason({ status, writes, code = '', said = '' }: Failed & Answered): Reason {
  if (status === 405 || code === 'UNSUPPORTED') return writes ? 'takes-none' : 'asks-unknown';
  if (status === 413) return 'too-large';
  if (status === 451) return 'law';
  if (status === 409 || /immutable/i.test(said)) return 'unchangeable';
  if (code === 'DIGEST_INVALID' || code === 'SIZE_INVALID') return 'damaged-on-the-way';
  if (code === 'NAME_INVALID' || code === 'TAG_INVALID') return 'name-not-allowed';
  const isOfOtherKind = code === 'MANIFEST_INVALID' || code === 'MANIFEST_BLOB_UNKNOWN' || status === 406 || status === 415;
  return isOfOtherKind ? 'kind-not-taken' : 'refused';
}
