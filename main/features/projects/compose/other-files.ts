import { dirname, isAbsolute, join, normalize } from 'node:path';
import { readDocuments } from './read-documents.ts';
import { servicesIn } from './read-services.ts';
import { layServices, type Service, takeOut } from './service.ts';
import type { Lookup } from './substitute.ts';
import { isMapping, type Mapping, type Value } from './values.ts';

/** Texts of files that services extend, by their path from the project's folder; null for one that can't be read. */
export type OtherFiles = ReadonlyMap<string, string | null>;

/** The services of such a file, with their folders as seen from the project's; undefined if it isn't there to be read. */
export type OpenOther = (path: string) => ReadonlyMap<string, Service> | undefined;

/** Reads each of the files once. `want` is told those that nobody has looked for yet. */
export function openOthers(others: OtherFiles, lookup: Lookup, want: (path: string) => void): OpenOther {
  const read = new Map<string, ReadonlyMap<string, Service>>();
  return (path) => {
    const text = others.get(path);
    if (text === undefined) want(path);
    if (text === undefined || text === null) return undefined;
    const services = read.get(path) ?? readOther({ name: path, text }, lookup);
    read.set(path, services);
    return services;
  };
}

function readOther(file: { name: string; text: string }, lookup: Lookup): ReadonlyMap<string, Service> {
  const services = new Map<string, Service>();
  for (const { content, replaced } of readDocuments(file)) {
    for (const path of replaced) takeOut(services, path);
    layServices(services, servicesIn(content.get('services'), lookup));
  }
  const folder = dirname(file.name);
  return new Map([...services].map(([name, service]) => [name, { ...service, content: moved(service.content, folder) }]));
}

/** What a service says, with paths that are seen from another folder. */
function moved(content: Mapping, folder: string): Mapping {
  const left = new Map(content);
  const build = content.get('build');
  const extended = content.get('extends');
  if (typeof build === 'string') left.set('build', movedIn(new Map([['context', build]]), 'context', folder));
  if (isMapping(build)) left.set('build', movedIn(build, 'context', folder));
  if (isMapping(extended)) left.set('extends', movedIn(extended, 'file', folder));
  return left;
}

function movedIn(content: Mapping, key: string, folder: string): Mapping {
  const path: Value | undefined = content.get(key);
  if (typeof path !== 'string' || path === '' || isElsewhere(path)) return content;
  return new Map(content).set(key, join(folder, path));
}

/** Whether a path means the same from every folder. */
const isElsewhere = (path: string): boolean => isAbsolute(path) || /^(?:~(?:$|[\\/])|github\.com\/|git@)|:\/\//.test(path);

/** How the path of a file that is extended is written here. */
export const otherPath = (written: string): string => normalize(written);
