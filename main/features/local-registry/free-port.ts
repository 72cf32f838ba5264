import { createServer } from 'node:net';
import { type ListedContainer, readContainerList } from '../../foundation/engine/answers/container-answers.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';

/** People expect 5000, but on macOS it is often taken. */
export const usualPorts = [5000, 5001, 5002, 5003, 5004, 5005, 5050, 5051] as const;

/** Those of caches stand apart, so that none is in the way of the registry. */
export const cachePorts = [5010, 5011, 5012, 5013, 5014, 5015, 5016, 5017] as const;

/** The first of some ports that is free, but for those; undefined if all are taken. */
export async function firstFreePort(but: ReadonlySet<number> = new Set(), of: readonly number[] = usualPorts): Promise<number | undefined> {
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
