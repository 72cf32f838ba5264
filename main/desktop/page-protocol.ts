import { randomBytes } from 'node:crypto';
import { nativeTheme, protocol } from 'electron';
import type { PageFiles } from './page-files.ts';

const scheme = 'app';
/** The origin of the window's page; nothing else is ever loaded. */
export const pageOrigin = `${scheme}://bundle`;

/** Must be called before the app is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

/** Serves the page, with a new nonce each time for the styles that Mantine creates. */
export function servePage(files: PageFiles, theme: () => 'system' | 'light' | 'dark'): void {
  protocol.handle(scheme, async ({ url, method }) => {
    const { host, pathname, search } = new URL(url);
    if (`${scheme}://${host}` !== pageOrigin || method !== 'GET') return notFound();
    const file = await files.read(pathname === '/' ? '/index.html' : `${pathname}${search}`);
    if (!file) return notFound();
    const nonce = randomBytes(16).toString('base64');
    const isDark = theme() === 'dark' || (theme() === 'system' && nativeTheme.shouldUseDarkColors);
    const isPage = file.type.startsWith('text/html');
    const body = isPage ? fillIn(Buffer.from(file.bytes).toString(), nonce, isDark) : new Uint8Array(file.bytes);
    return new Response(body, {
      headers: {
        'content-type': file.type,
        'content-security-policy': policy(nonce, files.connections),
        'x-content-type-options': 'nosniff',
      },
    });
  });
}

// the theme is in the page before its first paint, as setting it by script would cause a flash
const fillIn = (html: string, nonce: string, isDark: boolean): string =>
  html
    .replaceAll('__CSP_NONCE__', nonce)
    .replace(/data-mantine-color-scheme="\w+"/, `data-mantine-color-scheme="${isDark ? 'dark' : 'light'}"`);

const policy = (nonce: string, connections: string[]): string =>
  [
    "default-src 'none'",
    // a development server puts scripts of its own into the page, which bear the nonce
    `script-src 'self'${connections.length > 0 ? ` 'nonce-${nonce}'` : ''}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    ["connect-src 'self'", ...connections].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');

const notFound = (): Response => new Response(null, { status: 404 });
