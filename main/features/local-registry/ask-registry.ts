import { Agent, type Dispatcher, request } from 'undici';
import { startOfBody } from '../../foundation/registries/whole-body.ts';

/** Who answers at an address; `outdated` is the registry with a certificate that isn’t valid now. */
export type Answer = 'registry' | 'stranger' | 'outdated' | 'none';

type How = { signal?: AbortSignal; authority?: string | undefined };

/** Asks who answers at an address of this computer. With an authority, nobody is a registry whom it doesn’t vouch for. */
export async function askWho(address: string, how: How): Promise<Answer> {
  try {
    return await ask(address, how, whoIsIt);
  } catch (error) {
    const { code = '' } = error as { code?: string };
    if (/^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/.test(code)) return 'outdated';
    return how.authority !== undefined && /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME|SSL|EPROTO/.test(code) ? 'stranger' : 'none';
  }
}

/** The status with which a registry answers somebody who doesn’t sign in. Rejects if nobody answers. */
export const statusAt = (address: string, how: How = {}): Promise<number> =>
  ask(address, how, async ({ statusCode, body }) => {
    await body.dump().catch(() => {});
    return statusCode;
  });

async function ask<T>(address: string, { signal, authority }: How, read: (answer: Dispatcher.ResponseData) => Promise<T>): Promise<T> {
  const dispatcher = new Agent(authority === undefined ? {} : { connect: { ca: [authority], rejectUnauthorized: true } });
  try {
    const url = `${authority === undefined ? 'http' : 'https'}://${address}/v2/`;
    return await read(await request(url, { dispatcher, ...(signal && { signal }) }));
  } finally {
    // not awaited, as a stranger may send for ever
    void dispatcher.destroy().catch(() => {});
  }
}

async function whoIsIt({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<Answer> {
  body.on('error', () => {});
  // by this header alone a registry is told from another program; one that wants a sign-in has it, too
  if ('docker-distribution-api-version' in headers) return 'registry';
  if (statusCode !== 400) return 'stranger';
  // one with a certificate says so to whoever comes without encryption
  return /HTTPS server/.test(await startOfBody({ body })) ? 'registry' : 'stranger';
}
