import type { CheckedLogin, Login } from '../../contract/login.ts';

/** A registry that lets everybody in looks at no password. */
export const signedInWords = ({ registry, isChecked }: CheckedLogin): string =>
  isChecked ? `Signed in to ${registry}` : `${registry} asks nobody to sign in: whether the password is right could not be checked`;

/** Where a login is kept, said to who made it. */
export function keptWords({ keptIn }: Login): string {
  switch (keptIn.kind) {
    case 'helper':
      return `Kept by docker’s credential helper “${keptIn.name}”.`;
    case 'keychain':
      return 'Kept locked in this computer’s keychain.';
    case 'docker-file':
      return 'Kept in docker’s own settings, where other programs of yours can read it.';
    case 'podman-file':
      return 'Kept in Podman’s own settings, where other programs of yours can read it.';
    case 'memory':
      return 'Kept until Layerdeck ends: this computer has no keychain to lock it into.';
  }
}

/** Why a text is no address of a registry; undefined where it is one, or empty. */
export function registryProblem(host: string): string | undefined {
  if (host === '') return undefined;
  if (/^https?:\/\//.test(host)) return 'Leave out what is before the “//”: only the address, such as ghcr.io.';
  if (host.includes('/')) return 'Only the address of the registry, without the name of an image.';
  const isHost = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?$/.test(host);
  return isHost ? undefined : `“${host}” is no address of a registry.`;
}

/** What usual registries call their name and password. */
export function accountHint(host: string): string | undefined {
  if (host === 'docker.io') return 'Docker Hub: your Docker ID, and a personal access token from your account’s settings.';
  if (host === 'ghcr.io') return 'GitHub: your user name, and a personal access token that may read or write packages.';
  if (host === 'quay.io') return 'Quay: your user name or a robot’s, and its password or token.';
  if (/(?:^|\.)gitlab\.com$/.test(host)) return 'GitLab: your user name, and a personal access token for the registry.';
  return undefined;
}
