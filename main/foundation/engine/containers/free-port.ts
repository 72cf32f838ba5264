import { createServer } from 'node:net';
import { type ListedContainer, readContainerList } from '../answers/container-answers.ts';
import type { Engine } from '../open-engine.ts';

/** The first of some ports that is free, but for those; undefined if all are taken. */
export async function firstFreePort(of: Iterable<number>, but: ReadonlySet<number> = new Set()): Promise<number | undefined> {
  for (const port of of) if (!but.has(port) && (await isFree(port))) return port;
  return undefined;
}

/** Whether nothing listens at a port of this computer, whichever of its two addresses “localhost” means. */
export const isFree = async (port: number): Promise<boolean> => (await canListen(port, '127.0.0.1')) && (await canListen(port, '::1'));

/** The container of this engine that has a port; undefined if none has. */
export async function containerAt(engine: Engine, port: number): Promise<string | undefined> {
  const has = (await readContainerList(engine)).find(({ Ports }) => Ports.some(({ PublicPort }) => PublicPort === port));
  return has && nameOf(has);
}

/** What people call a container by. */
export const nameOf = ({ Names, Id }: Pick<ListedContainer, 'Names' | 'Id'>): string => Names[0]?.replace(/^\//, '') ?? Id.slice(0, 12);

function canListen(port: number, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
      // a computer without IPv6 has nobody there
      .once('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT'))
      .listen(port, address, () => server.close(() => resolve(true)));
  });
}
