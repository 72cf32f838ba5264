import * as z from 'zod';
import { registryHost } from './grammar.ts';

/** Host and port of a registry; `docker.io` for Docker Hub. */
export const RegistryHost = z.string().max(300).regex(registryHost);

/** A login that was found or stored; the secret never leaves main. */
export type Login = {
  registry: string;
  /** Absent for a login by token. */
  username?: string;
  /**
   * Where it is kept: docker's own file or Podman's, a helper program that docker calls, or the keychain, where Layerdeck put it.
   * Without a keychain it is kept in memory and is gone when Layerdeck quits.
   */
  keptIn: { kind: 'docker-file' } | { kind: 'podman-file' } | { kind: 'helper'; name: string } | { kind: 'keychain' } | { kind: 'memory' };
};

/** `isChecked` is false if the registry asks nobody to sign in and so accepted the login unchecked. */
export type CheckedLogin = Login & { isChecked: boolean };
