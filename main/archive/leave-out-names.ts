import { annotatedName, withoutName } from '../formats/image-archive/annotated-name.ts';
import { familiarName } from '../formats/image-archive/familiar-name.ts';
import { excessive, RefusedArchive } from '../formats/refused-archive.ts';

/** Lists of images in a tarball, by their file's name, each with how names are left out of it. */
const lists: Record<string, (list: unknown, isKept: (name: string) => boolean) => unknown> = {
  'manifest.json': leaveOutOfManifest,
  'index.json': leaveOutOfIndex,
  repositories: leaveOutOfRepositories,
};

/** Whether an entry may be a list of images: also in folders, as a link may lead to the top from there. */
export const mayListNames = (entry: string): boolean => Object.hasOwn(lists, lastPart(entry));

/** The list without the names that are kept back, and which of those were in it. What is no list stays as it is. */
export function leaveOutNames(entry: string, text: Buffer, keptBack: ReadonlySet<string>): { text: Buffer; found: string[] } {
  const found: string[] = [];
  const isKept = (name: string): boolean => {
    if (!keptBack.has(name)) return false;
    found.push(name);
    return true;
  };
  try {
    const list = lists[lastPart(entry)]?.(JSON.parse(text.toString('utf8'), refuseOddKeys), isKept);
    return found.length > 0 ? { text: Buffer.from(JSON.stringify(list)), found } : { text, found };
  } catch (error) {
    if (error instanceof RefusedArchive) throw error;
    return { text, found: [] };
  }
}

// engines read “repotags” like “RepoTags”: a file that plays with it is up to no good
function refuseOddKeys(key: string, value: unknown): unknown {
  const usual = usualKeys.get(key.toUpperCase());
  if (usual !== undefined && usual !== key) throw excessive(`“${usual}” is spelt “${key}”`);
  return value;
}

const usualKeys = new Map(['RepoTags', 'manifests', 'annotations'].map((key) => [key.toUpperCase(), key]));

const lastPart = (entry: string): string => entry.replace(/\/+$/, '').split('/').pop() ?? '';

type Entry = { RepoTags?: string[] | null };

function leaveOutOfManifest(list: unknown, isKept: (name: string) => boolean): unknown {
  return (list as Entry[]).map(({ RepoTags, ...image }) => ({
    ...image,
    RepoTags: RepoTags?.filter((tag) => !isKept(familiarName(tag) ?? tag)) ?? null,
  }));
}

type Index = { manifests: { annotations?: Record<string, string> }[] };

function leaveOutOfIndex(list: unknown, isKept: (name: string) => boolean): unknown {
  const { manifests, ...index } = list as Index;
  return {
    ...index,
    manifests: manifests.map(({ annotations, ...image }) => {
      const name = annotatedName(annotations);
      return { ...image, ...(annotations && { annotations: name && isKept(name) ? withoutName(annotations) : annotations }) };
    }),
  };
}

// docker before 1.10 reads this one only: {"repository": {"tag": "id"}}
function leaveOutOfRepositories(list: unknown, isKept: (name: string) => boolean): unknown {
  const repositories = Object.entries(list as Record<string, Record<string, string>>).map(([repository, tags]) => {
    const given = Object.entries(tags).filter(([tag]) => !isKept(familiarName(`${repository}:${tag}`) ?? ''));
    return [repository, Object.fromEntries(given)] as const;
  });
  return Object.fromEntries(repositories.filter(([, tags]) => Object.keys(tags).length > 0));
}
