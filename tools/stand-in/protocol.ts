import { record } from './calls.ts';
import { schemeHandlers } from './scheme.ts';

type Handler = (request: Request) => Response | Promise<Response>;

/** Electron's `protocol`: the app answers for its own scheme. */
export const protocol = {
  registerSchemesAsPrivileged: (schemes: unknown): void => record('protocol.registerSchemesAsPrivileged', schemes),
  handle(scheme: string, handler: Handler): void {
    if (schemeHandlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    schemeHandlers.set(scheme, handler);
  },
  unhandle(scheme: string): void {
    schemeHandlers.delete(scheme);
  },
  isProtocolHandled: (scheme: string): boolean => schemeHandlers.has(scheme),
};
