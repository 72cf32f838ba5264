import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, linkSync, lutimesSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pack } from 'tar-stream';
import type { Builder } from '../../contract/engine.ts';
import { WorkFolder } from './work-folder.ts';

/** A folder for each thing that docker's cache may look at; each becomes a stage, so that a miss names its cause. */
const things: Record<string, (folder: WorkFolder, at: string) => void> = {
  owners: (folder, at) => {
    for (const [name, id] of Object.entries({ root: 0, person: 1000, nobody: 65_534 })) {
      chownSync(folder.write(`${at}/${name}`, name), process.getuid?.() === 0 ? id : -1, -1);
    }
  },
  modes: (folder, at) => {
    for (let mode = 0; mode <= 0o777; mode++) chmodSync(folder.write(`${at}/files/${mode.toString(8)}`, ''), mode);
    for (const mode of [0o700, 0o555, 0o777, 0o1777, 0o2755, 0o4755, 0o7777]) {
      folder.write(`${at}/folders/${mode.toString(8)}/a`, 'a');
      chmodSync(folder.file(`${at}/folders/${mode.toString(8)}`), mode);
    }
  },
  'special-modes': (folder, at) => {
    for (const mode of [0o1000, 0o1644, 0o2755, 0o2644, 0o4755, 0o4711, 0o6755, 0o7777]) {
      chmodSync(folder.write(`${at}/${mode.toString(8)}`, 'x'), mode);
    }
  },
  'symbolic-links': (folder, at) => {
    folder.write(`${at}/target/file`, 'x');
    const links = {
      dangling: 'nowhere',
      absolute: '/etc/passwd',
      folder: 'target',
      file: 'target/file',
      up: '..',
      long: 'far/'.repeat(50),
    };
    for (const [name, target] of Object.entries({ ...links, 'non-ascii': 'zïel-漢' })) symlinkSync(target, folder.file(`${at}/${name}`));
  },
  'hard-links': (folder, at) => {
    folder.write(`${at}/z-first-written`, 'same');
    mkdirSync(folder.file(`${at}/sub`));
    for (const name of ['a', 'sub/b']) linkSync(folder.file(`${at}/z-first-written`), folder.file(`${at}/${name}`));
  },
  nothing: (folder, at) => {
    mkdirSync(folder.file(`${at}/empty/deeper/deepest`), { recursive: true });
    folder.write(`${at}/empty-file`, '');
  },
  'long-names': (folder, at) => {
    for (const length of [98, 99, 100, 101, 102, 154, 155, 156, 200, 255]) folder.write(`${at}/${'n'.repeat(length)}`, 'x');
    for (const length of [85, 86, 87, 88, 200]) folder.write(`${at}/${'d'.repeat(length)}/f`, 'x');
    folder.write(`${at}/${'deep-folder/'.repeat(25)}file`, 'x');
  },
  'non-ascii': (folder, at) => {
    for (const name of ['ü', 'u\u0308', '漢字', '\uFF5E', '🐳', 'sp ace', 'qu"o\'te', 'back\\slash', 'li\nne', '#', '!', '-']) {
      folder.write(`${at}/${name}/${name}.txt`, name);
    }
  },
  sizes: (folder, at) => {
    for (const size of [1, 511, 512, 513, 32_767, 32_768, 32_769, 1_048_576, 3_000_001])
      folder.write(`${at}/${size}`, Buffer.alloc(size, 'x'));
  },
  ignored: (folder, at) => {
    for (const name of ['keep.txt', 'drop.tmp', 'logs/a.log', 'logs/keep.log', 'drop/deep/keep', 'drop/deep/gone'])
      folder.write(`${at}/${name}`, name);
  },
};

const capability = '0x0100000200200000000000000000000000000000';
// only some systems, users and file systems allow them; elsewhere the step is like the others
const setAttribute = (file: string, name: string, value: string): boolean =>
  spawnSync('setfattr', ['-n', name, '-v', value, file], { stdio: 'ignore' }).status === 0;

/** A context with all these things, whose Dockerfile has a stage for each. Salted, so that no cache knows it. */
export async function makeParityContext(builder: Builder): Promise<{ folder: WorkFolder; dockerfiles: string[] }> {
  const folder = new WorkFolder({
    salt: String(Math.random()),
    '.dockerignore': 'ignored/**/*.log\n!**/keep.log\n**/*.tmp\nignored/drop\n!ignored/drop/deep/keep\n',
  });
  for (const [name, make] of Object.entries(things)) {
    mkdirSync(folder.file(name));
    make(folder, name);
  }
  makeAttributes(folder);
  await makeArchive(folder);
  makeLinkedPaths(folder);
  folder.write('Dockerfile', stagesFor(copies(Object.keys(things)), builder));
  folder.write('Dockerfile.paths', stagesFor(builder === 'buildkit' ? [...followed, ...followedByBuildKit] : followed, builder));
  return { folder, dockerfiles: ['Dockerfile', 'Dockerfile.paths'] };
}

function makeAttributes(folder: WorkFolder): void {
  for (const name of ['tool', 'plain']) {
    setAttribute(folder.write(`capabilities/${name}`, name), 'security.capability', capability);
  }
  chmodSync(folder.file('capabilities/tool'), 0o755);
  setAttribute(folder.write('attributes/noted', 'x'), 'user.note', '0x6869');
}

async function makeArchive(folder: WorkFolder): Promise<void> {
  const tar = pack();
  tar.entry({ name: 'inside/file', mode: 0o640, uid: 7, gid: 8 }, 'from the archive');
  tar.entry({ name: 'inside/link', type: 'symlink', linkname: 'file' });
  tar.finalize();
  folder.write('archive.tar', Buffer.concat((await Array.fromAsync(tar)) as Buffer[]));
}

// Paths that lead through links: BuildKit asks for them by name, and has to be sent what is behind them. Each link is
// used by one step only: with two, docker's own command forgets the second.
function makeLinkedPaths(folder: WorkFolder): void {
  for (const name of ['real/file.txt', 'real/other.txt', 'real/sub/deep.txt', 'elsewhere/far.txt', 'elsewhere/lone.txt'])
    folder.write(name, name);
  const links = {
    folder: 'real',
    absolute: '/real',
    second: 'to-first',
    first: 'real',
    wild: 'real',
    'wild-absolute': '/real',
    file: 'real/file.txt',
  };
  for (const [name, target] of Object.entries(links)) symlinkSync(target, folder.file(`to-${name}`));
  symlinkSync('../elsewhere', folder.file('real/out'));
}

const copies = (names: string[]): string[] => [
  ...[...names, 'capabilities', 'attributes'].map((name) => `COPY ${name} /${name}/`),
  'COPY --chown=5:6 owners /owned/',
  'ADD archive.tar /unpacked/',
  'ADD salt archive.tar /both/',
  'COPY sizes/5* long-names/* /wild/',
  'COPY . /all/',
];

const followed = [
  'COPY to-folder/file.txt /a/',
  'COPY to-absolute/file.txt /b/',
  'COPY real/out/far.txt /c/',
  'COPY to-file /d/',
  'COPY ./real/../real/./other.txt /e/',
];

// the classic builder itself finds nothing there
const followedByBuildKit = [
  'COPY to-second/sub/deep.txt /f/',
  'COPY to-wild/*.txt /g/',
  'COPY to-wild-absolute/sub/*.txt /h/',
  'COPY real/f*.txt to-f?le /i/',
  'COPY to-l?ne /j/',
];

function stagesFor(instructions: string[], builder: Builder): string {
  const stages = instructions.map((instruction, place) => `FROM scratch AS s${place}\nCOPY salt /\n${instruction}\n`);
  // BuildKit builds only what the last stage needs
  const last = instructions.map((_, place) => `COPY --from=s${place} /salt /${place}\n`);
  return [...stages, ...(builder === 'buildkit' ? ['FROM scratch\n', ...last] : [])].join('');
}

/** Touches everything: modification times must not matter to the cache. */
export function touchAll(folder: string): void {
  // not with readdir's own recursion, which follows links out of the folder
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) touchAll(path);
    lutimesSync(path, Math.random() * 1e9, Math.random() * 1e9);
  }
}
