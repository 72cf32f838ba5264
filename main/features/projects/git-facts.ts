import { readdir } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { readSmallFile, readSmallText as text } from '../../foundation/files/read-small-file.ts';

export type GitFacts = {
  /** Names of the tags that point to the checked-out commit. */
  tags: string[];
  /** The full hash of the checked-out commit. */
  commit?: string;
  /** `user/app` of the remote it comes from. */
  origin?: string;
};

/** Limits in bytes; large projects have hundreds of thousands of refs. */
const longestRefs = 64 * 1024 * 1024;
const longestObject = 4 * 1024 * 1024;

/** What a folder's `.git` says about it, read without the git program. Empty if it is no checkout or cannot be understood. */
export async function readGit(folder: string): Promise<GitFacts> {
  try {
    const { own, common } = await findGitFolder(folder);
    const [packed, config] = await Promise.all([text(join(common, 'packed-refs'), longestRefs), text(join(common, 'config'))]);
    const head = await commitOfHead(own, common, packed);
    const origin = originOf(config);
    return { tags: head ? await tagsOf(common, packed, head) : [], ...(head && { commit: head }), ...(origin && { origin }) };
  } catch {
    return { tags: [] };
  }
}

// in a worktree or submodule, `.git` is a file that names another folder, which may share its refs with a third
async function findGitFolder(folder: string): Promise<{ own: string; common: string }> {
  const place = join(folder, '.git');
  const pointer = /^gitdir: (.+)$/m.exec(await text(place))?.[1];
  if (!pointer) return { own: place, common: place };
  const own = isAbsolute(pointer) ? pointer : resolve(folder, pointer);
  const shared = (await text(join(own, 'commondir'))).trim();
  return { own, common: shared ? resolve(own, shared) : own };
}

async function commitOfHead(own: string, common: string, packed: string): Promise<string | undefined> {
  const head = (await text(join(own, 'HEAD'))).trim();
  const branch = /^ref: (refs\/\S+)$/.exec(head)?.[1];
  if (!branch) return asCommit(head);
  if (branch.split('/').includes('..')) return undefined;
  const loose = (await text(join(own, branch))) || (await text(join(common, branch)));
  return asCommit(loose.trim()) ?? packedRefs(packed).get(branch)?.commit;
}

async function tagsOf(common: string, packed: string, head: string): Promise<string[]> {
  const prefix = 'refs/tags/';
  const inPack = [...packedRefs(packed)].filter(([ref, { commit }]) => ref.startsWith(prefix) && commit === head);
  const names = await readdir(join(common, prefix), { recursive: true, withFileTypes: true }).catch(() => []);
  const loose = await Promise.all(
    names
      .filter((entry) => entry.isFile())
      .slice(0, 5000)
      .map(async (entry) => {
        const file = join(entry.parentPath, entry.name);
        const commit = await peel(common, (await text(file)).trim());
        return commit === head ? [file.slice(join(common, prefix).length).replaceAll('\\', '/')] : [];
      }),
  );
  return [...new Set([...inPack.map(([ref]) => ref.slice(prefix.length)), ...loose.flat()])];
}

/** How many tags of tags to follow. */
const mostTags = 5;

/** Follows an annotated tag, an object that names the commit or another tag. Tags inside a pack are not followed. */
async function peel(common: string, id: string, left = mostTags): Promise<string | undefined> {
  if (!asCommit(id) || left === 0) return undefined;
  const packed = await readSmallFile(join(common, 'objects', id.slice(0, 2), id.slice(2)));
  if (!packed) return id;
  const object = (await promisify(inflate)(packed, { maxOutputLength: longestObject })).toString('latin1');
  const named = /^tag \d+\0object ([0-9a-f]{40,64})\n/.exec(object)?.[1];
  return named ? peel(common, named, left - 1) : id;
}

function packedRefs(packed: string): Map<string, { commit: string }> {
  const refs = new Map<string, { commit: string }>();
  let last: { commit: string } | undefined;
  for (const line of packed.split('\n')) {
    const peeled = /^\^([0-9a-f]{40,64})/.exec(line)?.[1];
    if (peeled && last) last.commit = peeled;
    const [, commit, ref] = /^([0-9a-f]{40,64}) (refs\/\S+)/.exec(line) ?? [];
    if (!commit || !ref) continue;
    last = { commit };
    refs.set(ref, last);
  }
  return refs;
}

/** `user/app` out of `git@host:user/app.git` or `https://host/user/app`. */
function originOf(config: string): string | undefined {
  const section = /\[remote "origin"\]([^[]*)/.exec(config)?.[1] ?? '';
  const url = /^\s*url\s*=\s*(\S+)\s*$/m.exec(section)?.[1] ?? '';
  return /^(?:[\w.-]+@[\w.-]+:|(?:https?|ssh|git):\/\/[^/]+\/)([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(url)?.[1];
}

const asCommit = (text: string): string | undefined => (/^[0-9a-f]{40,64}$/.test(text) ? text : undefined);
