import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import { nativeTheme, protocol } from 'electron';

const scheme = 'app';
/** Where the window's page comes from; nothing else is ever loaded. */
export const pageOrigin = `${scheme}://bundle`;

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** Has to be called before the app is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

/** Serves the built page from `folder`, each time with a nonce of its own for the styles that Mantine makes. */
export function servePage(folder: string, theme: () => 'system' | 'light' | 'dark'): void {
  protocol.handle(scheme, async ({ url, method }) => {
    const { host, pathname } = new URL(url);
    const file = join(folder, decodeURIComponent(pathname === '/' ? '/index.html' : pathname));
    const type = types[extname(file)];
    if (`${scheme}://${host}` !== pageOrigin || method !== 'GET' || !type || relative(folder, file).startsWith('..')) return notFound();
    const bytes = await readFile(file).catch(() => undefined);
    if (!bytes) return notFound();
    const nonce = randomBytes(16).toString('base64');
    const isDark = theme() === 'dark' || (theme() === 'system' && nativeTheme.shouldUseDarkColors);
    const body = type.startsWith('text/html') ? fillIn(bytes.toString(), nonce, isDark) : new Uint8Array(bytes);
    return new Response(body, {
      headers: { 'content-type': type, 'content-security-policy': policy(nonce), 'x-content-type-options': 'nosniff' },
    });
  });
}

// The theme is in the page before its first paint: set by a script it would flash.
const fillIn = (html: string, nonce: string, isDark: boolean): string =>
  html
    .replaceAll('__CSP_NONCE__', nonce)
    .replace(/data-mantine-color-scheme="\w+"/, `data-mantine-color-scheme="${isDark ? 'dark' : 'light'}"`);

const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');

const notFound = (): Response => new Response(null, { status: 404 });
