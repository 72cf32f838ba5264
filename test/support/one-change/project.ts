import { chmodSync, linkSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';

export type Entry = { content: string; mode?: number } | { link: string } | { hardLink: string } | { folderMode: number };

/** A small project: the lines of its Dockerfile, the files beside it and what is ignored. */
export type Project = { lines: string[]; entries: Record<string, Entry>; ignore: string[] };

const entries: Project['entries'] = {
  'src/a.txt': { content: 'a' },
  'src/b.sh': { content: 'b', mode: 0o644 },
  'src/deep/c': { content: 'c' },
  'src/link': { link: 'a.txt' },
  'src/more/same': { content: 'twin' },
  'src/more/twin': { hardLink: 'src/more/same' },
  'other.txt': { content: 'other' },
  '!odd name.txt': { content: 'odd' },
  'gr\u00fc\u00dfe': { content: 'umlaut' },
  'app.log': { content: 'left out' },
};

/** Kinds of lines; two RUNs at most, as each takes a second. */
const kinds = [
  'run',
  'run-arg',
  'copy-src',
  'copy-file',
  'copy-all',
  'copy-odd',
  'copy-umlaut',
  'add',
  'env',
  'env-arg',
  'arg',
  'workdir',
  'user',
  'label',
  'cmd',
] as const;
type Kind = (typeof kinds)[number];

const lineOf = (kind: Kind, place: number): string =>
  ({
    run: `RUN echo w${place} > /w${place}`,
    'run-arg': `RUN echo w${place} $A0 > /w${place}`,
    'copy-src': `COPY src /c${place}/`,
    'copy-file': `COPY other.txt /c${place}/`,
    'copy-all': `COPY . /c${place}/`,
    'copy-odd': `COPY ["!odd name.txt", "/c${place}/"]`,
    'copy-umlaut': `COPY gr* /c${place}/`,
    add: `ADD other.txt src/b.sh /c${place}/`,
    env: `ENV E${place}=e${place}`,
    'env-arg': `ENV F${place}=$A0`,
    arg: `ARG A${place}=a${place}`,
    workdir: `WORKDIR /d${place}`,
    user: 'USER 0',
    label: `LABEL l${place}=l`,
    cmd: `CMD ["c${place}"]`,
  })[kind];

const isRun = (kind: Kind): boolean => kind.startsWith('run');

/** Projects whose RUNs no cache has seen, where the `@` in them is replaced by something new. */
export const madeProjects = (base: string): fc.Arbitrary<Project> =>
  fc
    .record({
      kinds: fc.array(fc.constantFrom(...kinds), { minLength: 2, maxLength: 6 }),
      runAt: fc.nat(6),
      stages: fc.constantFrom('one', 'named', 'numbered'),
      ignore: fc.constantFrom(['*.log'], ['*.log', 'src/deep'], ['# nothing', 'app.log', '!other.txt']),
    })
    .map(({ kinds: all, runAt, stages, ignore }): Project => {
      const first = all.findIndex(isRun);
      const few = all.filter((kind, place) => !isRun(kind) || place === first);
      few.splice(Math.min(runAt, few.length), 0, 'run');
      const lines = few.map(lineOf);
      const start = [`FROM ${base}`, `ENV MARK=@`, 'ARG A0=zero'];
      if (stages === 'one') return { lines: [...start, ...lines], entries, ignore: [...ignore] };
      const name = stages === 'named' ? 'made' : '0';
      const from = stages === 'named' ? `FROM ${base} AS made` : `FROM ${base}`;
      const made = [from, `ENV MARK=@`, 'COPY other.txt /made', 'RUN echo w90 > /w90'];
      return { lines: [...made, ...start, `COPY --from=${name} /w90 /made /got/`, ...lines], entries, ignore: [...ignore] };
    });

/** Makes a folder hold only this. Unchanged files are not touched. */
export function writeProject(folder: string, project: Project, before?: Project): void {
  writeFileSync(join(folder, 'Dockerfile'), `${project.lines.join('\n')}\n`);
  writeFileSync(join(folder, '.dockerignore'), `${project.ignore.join('\n')}\n`);
  const isAsItWas = (path: string): boolean => {
    const [was, is] = [before?.entries[path], project.entries[path]];
    if (JSON.stringify(was) !== JSON.stringify(is)) return false;
    return !(is && 'hardLink' in is) || isAsItWas(is.hardLink);
  };
  const paths = Object.keys({ ...before?.entries, ...project.entries }).filter((path) => !isAsItWas(path));
  for (const path of paths) if (before?.entries[path]) rmSync(join(folder, path), { recursive: true, force: true });
  for (const path of paths) {
    const entry = project.entries[path];
    if (entry) writeEntry(folder, path, entry);
  }
}

function writeEntry(folder: string, path: string, entry: Entry): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  if ('link' in entry) symlinkSync(entry.link, file);
  else if ('hardLink' in entry) linkSync(join(folder, entry.hardLink), file);
  else if ('folderMode' in entry) mkdirSync(file, { recursive: true });
  else writeFileSync(file, entry.content);
  if ('folderMode' in entry) chmodSync(file, entry.folderMode);
  else if ('content' in entry) chmodSync(file, entry.mode ?? 0o644);
}
