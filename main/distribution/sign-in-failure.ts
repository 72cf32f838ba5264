import { FailureError } from '../engine/failure.ts';
import { RegistryError } from './registry-error.ts';

/** Says which registry wants a login, or does not take the one it got; undefined where the error is none of that kind. */
export function signInFailure(registry: string, hadLogin: boolean, error: unknown): FailureError | undefined {
  if (!(error instanceof RegistryError) || error.status !== 401 || error.registry !== registry) return undefined;
  const name = registry === 'docker.io' ? 'Docker Hub' : `The registry ${registry}`;
  return new FailureError(
    hadLogin
      ? {
          kind: 'sign-in',
          title: `${name} does not take your sign-in`,
          detail: 'The name and password it was given are wrong, no longer valid, or not enough for this repository.',
          hint: 'Sign in once more, or check that you may use this repository.',
          cause: error.message,
          registry,
        }
      : {
          kind: 'sign-in',
          title: `${name} wants you to sign in first`,
          detail: 'It does not give this to everybody, or there is nothing of that name.',
          hint: 'Sign in, or check the spelling of the name.',
          cause: error.message,
          registry,
        },
  );
}
