import type { Failure } from '../../contract/failure.ts';

/** The registry to sign in to, if that could help: a private image looks like a missing one, a silent registry wants no password. */
export function registryThatMayLetIn({ kind, registry }: Failure): string | undefined {
  return kind === 'sign-in' || kind === 'registry-refused' || kind === 'not-found' ? registry : undefined;
}
