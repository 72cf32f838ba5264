import * as z from 'zod';

/** Host and port of a registry; `docker.io` for Docker Hub. */
export const RegistryHost = z
  .string()
  .max(300)
  .regex(/^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?$/);

/** A login that was found or stored; the secret never leaves main. */
export type Login = {
  registry: string;
  /** Absent for a login by token. */
  username?: string;
  /**
   * Where it is kept: docker's own file or Podman's, a program of the system that docker calls, the keychain by way of Layerdeck, or,
   * where the system has no keychain, nowhere: then it is gone when Layerdeck ends.
   */
  keptIn: { kind: 'docker-file' } | { kind: 'podman-file' } | { kind: 'helper'; name: string } | { kind: 'keychain' } | { kind: 'memory' };
};

/** `isChecked` is false where the registry asks nobody who they are, and so took the login unseen. */
export type CheckedLogin = Login & { isChecked: boolean };
