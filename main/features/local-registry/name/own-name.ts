import { lookup } from 'node:dns/promises';
import { isLoopback } from '../../../../contract/reference.ts';
import type { NameLook } from '../../../../contract/registry.ts';
import { changeHosts, type Hosts, readHosts, wayOf } from './change-hosts.ts';
import { lineFor, nameIn, otherLineWith } from './hosts-file.ts';
import { isTaken } from './name-failures.ts';

/** Milliseconds that the name servers may take. */
const lookWithin = 3000;

/** The name that leads to this computer by Layerdeck's line in the hosts file, and so to its registry. The file alone says so. */
export class OwnName {
  readonly #hosts: Hosts;
  #name: string | undefined;

  constructor(hosts: Hosts) {
    this.#hosts = hosts;
  }

  get name(): string | undefined {
    return this.#name;
  }

  /** Reads the file again, which people change by hand as well. */
  async refresh(): Promise<string | undefined> {
    this.#name = await readHosts(this.#hosts).then(nameIn, () => undefined);
    return this.#name;
  }

  /** The registry by its address on loopback: `localhost:5000` for `dev.docker.local:5000`; any other as it is. */
  localNameOf(registry: string): string {
    const [host = '', port] = registry.toLowerCase().split(':');
    return this.#name !== undefined && host === this.#name && port !== undefined ? `localhost:${port}` : registry;
  }

  /** The same the other way round; undefined if there is no name, or the address is elsewhere. */
  aliasOf(address: string | undefined): string | undefined {
    if (this.#name === undefined || address === undefined || !isLoopback(address)) return undefined;
    return address.replace(/^.*(?=:\d+$)/, this.#name);
  }

  /** What giving a name would change, and what stands in the way. */
  async look(name: string): Promise<Omit<NameLook, 'engine' | 'product'>> {
    const text = await readHosts(this.#hosts);
    const taken = otherLineWith(text, name);
    const leadsTo = taken || nameIn(text) === name ? [] : await addressesOf(name);
    return {
      file: this.#hosts.file,
      line: lineFor(name),
      way: await wayOf(this.#hosts),
      ...(taken && { taken }),
      ...(leadsTo.length > 0 && { leadsTo }),
    };
  }

  /** Gives the name, or takes it away. Throws the failure to show. */
  async set(name: string | undefined): Promise<void> {
    const taken = name === undefined ? undefined : otherLineWith(await readHosts(this.#hosts), name);
    if (taken) throw isTaken(this.#hosts.file, name ?? '', taken);
    try {
      await changeHosts(this.#hosts, name);
    } finally {
      await this.refresh();
    }
  }
}

/** Where a name leads elsewhere by now; empty if nowhere, or if nobody answers in time. */
async function addressesOf(name: string): Promise<string[]> {
  const late = new Promise<[]>((resolve) => setTimeout(resolve, lookWithin, []).unref());
  const found = await Promise.race([lookup(name, { all: true }).catch(() => []), late]);
  return [...new Set(found.map(({ address }) => address))].filter((address) => !/^127\.|^::1$/.test(address)).slice(0, 3);
}

/** The hosts file of a system. */
export const hostsFileOf = (platform: NodeJS.Platform, env: Record<string, string | undefined>): string =>
  platform === 'win32' ? `${env.SystemRoot ?? 'C:\\Windows'}\\System32\\drivers\\etc\\hosts` : '/etc/hosts';
