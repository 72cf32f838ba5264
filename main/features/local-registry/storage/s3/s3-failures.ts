import { FailureError } from '../../../../foundation/failures/failure.ts';

// what S3-compatible storage may say, each with its next step

const causeOf = (cause: string | undefined) => (cause === undefined || cause === '' ? {} : { cause: cause.slice(0, 2000) });

/** `code`: what the storage calls it; `text`: its whole answer, in which no secret stands. */
export function s3Refused(where: string, status: number, code: string | undefined, text: string): FailureError {
  const [kind, title, detail, hint] = wordsFor(where, status, code);
  return new FailureError({ kind, title, detail, hint, ...causeOf(text) });
}

type Words = [
  kind: 'sign-in' | 'not-found' | 'not-permitted' | 'invalid-input' | 'registry-unreachable',
  title: string,
  detail: string,
  hint: string,
];

function wordsFor(where: string, status: number, code: string | undefined): Words {
  switch (code) {
    case 'InvalidAccessKeyId':
    case 'SignatureDoesNotMatch':
      return [
        'sign-in',
        'The access key or the secret key is wrong',
        `The storage at ${where} doesn’t accept them.`,
        'Check both, and that they belong together.',
      ];
    case 'RequestTimeTooSkewed':
      return [
        'invalid-input',
        'The clocks of this computer and of the storage differ',
        'Such storage takes requests only if both agree within a quarter of an hour.',
        'Set the clock of this computer, then try again.',
      ];
    case 'NoSuchBucket':
      return [
        'not-found',
        'There’s no such bucket',
        `The storage at ${where} is reached, and doesn’t have it.`,
        'Check its name, or make the bucket there first.',
      ];
    case 'AuthorizationHeaderMalformed':
    case 'PermanentRedirect':
    case 'IllegalLocationConstraintException':
      return [
        'invalid-input',
        'The bucket is in another region',
        'The answer under “Details” may name it.',
        'Enter the bucket’s region, and the address that belongs to it.',
      ];
    case 'AccessDenied':
      return [
        'not-permitted',
        'The keys don’t allow that',
        'A registry has to list, read, write and remove in its bucket, and one of these was refused.',
        'Give these rights to the keys, or use others.',
      ];
    default:
      return [
        'registry-unreachable',
        `No S3-compatible storage answers at ${where}`,
        `Something else answered there, with status ${status}.`,
        'Check the address. It’s that of the storage itself, without the bucket.',
      ];
  }
}

export const s3Unreachable = (where: string, error: unknown): FailureError =>
  new FailureError({
    kind: 'registry-unreachable',
    title: `Nothing answers at ${where}`,
    detail: 'The storage is switched off, its address is another one, or the network doesn’t lead there.',
    hint: 'Check the address and the network, then try again.',
    ...causeOf(reasonOf(error)),
  });

/** A container has another way than this computer: “localhost” is the container itself there. */
export const s3NotFromContainer = (where: string, cause: string | undefined): FailureError =>
  new FailureError({
    kind: 'registry-unreachable',
    title: `The registry can’t keep anything at ${where}`,
    detail:
      'Layerdeck reaches the storage, but a container in the engine doesn’t, or may not write there. For a container, “localhost” is the container itself.',
    hint: 'Enter an address that containers reach as well, such as this computer’s own in its network.',
    ...causeOf(cause),
  });

export const s3Forgotten = (where: string): FailureError =>
  new FailureError({
    kind: 'not-found',
    title: 'The registry’s images are in storage that needs its keys again',
    detail: `They are at ${where}, as before. The keys stood in the registry’s container alone, which is gone.`,
    hint: 'Choose its storage again and enter the keys, or have the registry keep its images in its volume from now on.',
  });

export const notFromS3 = (): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: 'Images in S3-compatible storage aren’t copied',
    detail: 'Layerdeck copies them only from the engine’s disk.',
    hint: 'Back up the registry into a file before, and restore it afterwards.',
  });

const reasonOf = (error: unknown): string => {
  const { cause } = error as { cause?: unknown };
  return cause instanceof Error ? cause.message : error instanceof Error ? error.message : String(error);
};
