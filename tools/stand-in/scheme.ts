// Chromium has no custom schemes over the protocol: app://host/path is shown to it as https://host.app.standin/path.

type SchemeHandler = (request: Request) => Response | Promise<Response>;

/** Handlers of the app's own schemes. */
export const schemeHandlers = new Map<string, SchemeHandler>();

/** The pattern of every address that stands for an app's own. */
export const shownPattern = 'https://*.standin/*';

/** The address that Chromium sees. */
export function toShown(url: string): string {
  const [, scheme = '', host = '', rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(url) ?? [];
  return schemeHandlers.has(scheme) ? `https://${host || 'x'}.${scheme}.standin${rest || '/'}` : url;
}

/** The address that the app knows. */
export function toReal(url: string): string {
  const [, host = '', scheme = '', rest = ''] = /^https:\/\/([^/?#]*)\.([a-z0-9+-]+)\.standin(.*)$/i.exec(url) ?? [];
  return schemeHandlers.has(scheme) ? `${scheme}://${host}${rest}` : url;
}

/** `app://host` for an address in either form. */
export function originOf(url: string): string {
  const origin = new URL(toShown(url)).origin;
  return toReal(`${origin}/`).replace(/\/$/, '');
}
