import type { MadeMember } from './made-layers.ts';

// What layers make, told as plainly as possible: the slow twin of main/features/layer-files.

/** A file behind one or more names. */
export type PlainFile = { kind: string; mode: number; modified: number; body: string; link: string; isBelow?: true };
export type PlainFolder = { kind: 'folder'; mode: number; modified: number; isImplied: boolean; in: Map<string, PlainNode> };
export type PlainNode = PlainFile | PlainFolder;

const newFolder = (): PlainFolder => ({ kind: 'folder', mode: 0o755, modified: 0, isImplied: true, in: new Map() });
const isFolder = (node: PlainNode | undefined): node is PlainFolder => node?.kind === 'folder';

/** Thrown for what no engine would unpack. */
export class Impossible extends Error {}

type Unpacked = { root: PlainFolder; hidden: string[][]; emptied: string[][] };

function unpack(members: MadeMember[], below: PlainFolder): Unpacked {
  const root = newFolder();
  const done: Unpacked = { root, hidden: [], emptied: [] };
  for (const { name, kind, linkName = '', mode = 0, modified = 0, body = '' } of members) {
    const parts = name.split('/').filter(Boolean);
    const base = parts.pop() ?? '';
    const [folder, where] = enter(root, parts);
    if (base === '.wh..wh..opq') done.emptied.push(where);
    else if (base.startsWith('.wh.')) done.hidden.push([...where, base.slice(4)]);
    else if (kind !== 'folder') forgetIn(done, [...where, base]);
    if (base.startsWith('.wh.')) continue;
    if (kind === 'folder') {
      const there = folder.in.get(base);
      const made = isFolder(there) ? there : newFolder();
      Object.assign(made, { mode, modified, isImplied: false });
      folder.in.set(base, made);
    } else if (kind === 'hard-link') {
      const target = find(root, linkName.split('/')) ?? plainFind(below, linkName.split('/'));
      if (isFolder(target)) {
        if (find(root, linkName.split('/'))) throw new Impossible();
      }
      if (!find(root, linkName.split('/'))) {
        // to a layer below: a copy of what is there
        folder.in.set(base, isFolder(target) || !target ? broken : { ...target, isBelow: true });
        continue;
      }
      if (!(target as PlainFile).isBelow) Object.assign(target as PlainFile, { mode, modified });
      folder.in.set(base, target as PlainFile);
    } else folder.in.set(base, { kind, mode, modified, body: String(body), link: linkName });
  }
  return done;
}

const broken: PlainFile = { kind: 'link-below', mode: 0, modified: 0, body: '', link: '' };

/** What was hidden in a folder that becomes something else is so no longer, as on an overlay. */
function forgetIn(done: Unpacked, path: string[]): void {
  const isIn = (other: string[]) => path.every((part, at) => other[at] === part);
  done.hidden = done.hidden.filter((other) => !isIn(other) || other.length === path.length);
  done.emptied = done.emptied.filter((other) => !isIn(other));
}

/** Into a folder, through links of the layer; makes what is missing. */
function enter(root: PlainFolder, parts: string[], left = 40): [PlainFolder, string[]] {
  let folder = root;
  const where: string[] = [];
  for (const [at, part] of parts.entries()) {
    let next = folder.in.get(part);
    // what a layer alone doesn't tell is no folder to it
    if (next?.kind === 'symlink' && !(next as PlainFile).isBelow) {
      if (left === 0) throw new Impossible();
      const target = (next as PlainFile).link;
      const from = target.startsWith('/') ? [] : where;
      return enter(root, clean([...from, ...target.split('/'), ...parts.slice(at + 1)]), left - 1);
    }
    if (next && !isFolder(next)) throw new Impossible();
    if (!next) {
      next = newFolder();
      folder.in.set(part, next);
    }
    folder = next as PlainFolder;
    where.push(part);
  }
  return [folder, where];
}

function clean(parts: string[]): string[] {
  const cleaned: string[] = [];
  for (const part of parts) {
    if (part === '..') cleaned.pop();
    else if (part !== '' && part !== '.') cleaned.push(part);
  }
  return cleaned;
}

function find(root: PlainFolder, parts: string[], left = 40): PlainNode | undefined {
  let node: PlainNode = root;
  const where: string[] = [];
  for (const [at, part] of parts.entries()) {
    if (!isFolder(node)) return undefined;
    const next: PlainNode | undefined = node.in.get(part);
    if (!next) return undefined;
    if (next.kind === 'symlink' && !(next as PlainFile).isBelow && at < parts.length - 1 && left > 0) {
      const target = (next as PlainFile).link;
      const from = target.startsWith('/') ? [] : where;
      return find(root, clean([...from, ...target.split('/'), ...parts.slice(at + 1)]), left - 1);
    }
    node = next;
    where.push(part);
  }
  return node;
}

function plainFind(root: PlainFolder, parts: string[]): PlainNode | undefined {
  let node: PlainNode | undefined = root;
  for (const part of parts) node = isFolder(node) ? node.in.get(part) : undefined;
  return node;
}

function overlay(below: PlainFolder, above: PlainFolder): PlainFolder {
  const merged: PlainFolder = above.isImplied ? { ...below, in: new Map(below.in) } : { ...above, in: new Map(below.in) };
  for (const [name, node] of above.in) {
    const under = below.in.get(name);
    merged.in.set(name, isFolder(node) && isFolder(under) ? overlay(under, node) : node);
  }
  return merged;
}

function without(root: PlainFolder, [part = '', ...rest]: string[]): PlainFolder {
  const next = root.in.get(part);
  const copy = { ...root, in: new Map(root.in) };
  if (rest.length === 0) copy.in.delete(part);
  else if (isFolder(next)) copy.in.set(part, without(next, rest));
  return copy;
}

function emptied(root: PlainFolder, [part, ...rest]: string[]): PlainFolder {
  if (part === undefined) return { ...root, in: new Map() };
  const next = root.in.get(part);
  return isFolder(next) ? { ...root, in: new Map([...root.in, [part, emptied(next, rest)]]) } : root;
}

/** The files of an image, by path. Throws `Impossible`. */
export function unpackPlainly(layers: MadeMember[][]): Map<string, Omit<PlainFile, 'link'> & { link: string }> {
  let whole = newFolder();
  for (const members of layers) {
    const { root, hidden, emptied: folders } = unpack(members, whole);
    for (const path of hidden) whole = without(whole, path);
    for (const path of folders) whole = emptied(whole, path);
    whole = overlay(whole, root);
  }
  const found = new Map<string, PlainFile>();
  const walk = (folder: PlainFolder, path: string) => {
    for (const [name, node] of folder.in) {
      if (isFolder(node)) {
        found.set(`${path}${name}`, { kind: 'folder', mode: node.mode, modified: node.modified, body: '', link: '' });
        walk(node, `${path}${name}/`);
      } else found.set(`${path}${name}`, node);
    }
  };
  walk(whole, '');
  return found;
}
