import { readFile } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';

/** A file of the page. */
export type PageFile = { type: string; bytes: Uint8Array };

/** Where the page's files come from: undefined where there is none at a path. */
export type PageFiles = {
  read(path: string): Promise<PageFile | undefined>;
  /** What the page may connect to besides itself, as sources of a content security policy. */
  connections: string[];
};

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** The built page. */
export const filesIn = (folder: string): PageFiles => ({
  connections: [],
  read: async (path) => {
    const file = join(folder, decodeURIComponent(path.replace(/\?.*$/s, '')));
    const type = types[extname(file)];
    if (!type || relative(folder, file).startsWith('..')) return undefined;
    const bytes = await readFile(file).catch(() => undefined);
    return bytes && { type, bytes: new Uint8Array(bytes) };
  },
});

/** The page as a development server has it, which changes it while it is shown. */
export const filesOfServer = (origin: string): PageFiles => ({
  connections: [origin.replace(/^http/, 'ws')],
  read: async (path) => {
    const answer = await fetch(new URL(path, origin), { headers: { accept: '*/*' } });
    if (!answer.ok) return undefined;
    return { type: answer.headers.get('content-type') ?? 'text/plain', bytes: new Uint8Array(await answer.arrayBuffer()) };
  },
});
