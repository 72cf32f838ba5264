import { registryHost } from '../../../contract/grammar.ts';
import type { CheckedLogin, Login } from '../../../contract/login.ts';

/** A registry that lets everybody in checks no password. */
export const signedInWords = ({ registry, isChecked }: CheckedLogin): string =>
  isChecked ? `Signed in to ${registry}` : `${registry} lets everybody in, so the password couldn’t be checked`;

/** Where a login is kept, in words. */
export function keptWords({ keptIn }: Login): string {
  switch (keptIn.kind) {
    case 'helper':
      return `Kept by docker’s credential helper “${keptIn.name}”.`;
    case 'keychain':
      return 'Kept locked in this computer’s keychain.';
    case 'docker-file':
      return 'Kept in docker’s own settings, where your other programs can read it.';
    case 'podman-file':
      return 'Kept in Podman’s own settings, where your other programs can read it.';
    case 'memory':
      return 'Kept until you quit Layerdeck, as this computer has no keychain to lock it in.';
  }
}

/** Why a text isn’t the address of a registry; undefined if it is one, or empty. */
export function registryProblem(host: string): string | undefined {
  if (host === '') return undefined;
  if (/^https?:\/\//.test(host)) return 'Leave out everything up to the “//”. Only the address counts, such as ghcr.io.';
  if (host.includes('/')) return 'Only the address of the registry counts, without the name of an image.';
  return registryHost.test(host) ? undefined : `“${host}” isn’t the address of a registry.`;
}

/** What well-known registries call the user name and the password. */
export function accountHint(host: string): string | undefined {
  if (host === 'docker.io') return 'Docker Hub: your Docker ID, and a personal access token from your account’s settings.';
  if (host === 'ghcr.io') return 'GitHub: your user name, and a personal access token that may read or write packages.';
  if (host === 'quay.io') return 'Quay: your user name or a robot’s, and its password or token.';
  if (/(?:^|\.)gitlab\.com$/.test(host)) return 'GitLab: your user name, and a personal access token for the registry.';
  return undefined;
}
