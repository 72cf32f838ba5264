/**
 * A login as the engine's API and registries accept it: a user name with a password, a token for obtaining other tokens, or a
 * token that is sent to the registry as it is.
 */
export type Credentials = { username?: string; password?: string; identitytoken?: string; registrytoken?: string; serveraddress: string };

/** URL-safe base64 with padding, which Podman requires. */
export const toHeader = (value: object): string =>
  Buffer.from(JSON.stringify(value)).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
