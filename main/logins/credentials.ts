/**
 * A login as the engine's API and registries take it: a name with a password, a token that stands for both and gets one others,
 * or one that is shown to the registry as it is.
 */
export type Credentials = { username?: string; password?: string; identitytoken?: string; registrytoken?: string; serveraddress: string };

/** Base64 that a URL can carry, but padded: Podman refuses it otherwise. */
export const toHeader = (value: object): string =>
  Buffer.from(JSON.stringify(value)).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
