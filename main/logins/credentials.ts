/** A login as the engine's API and registries take it: a name with a password, or a token that stands for both. */
export type Credentials = { username?: string; password?: string; identitytoken?: string; serveraddress: string };

/** Base64 that a URL can carry, but padded: Podman refuses it otherwise. */
export const toHeader = (value: object): string =>
  Buffer.from(JSON.stringify(value)).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
