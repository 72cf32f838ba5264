import type { TarMember } from '../formats/tar/tar-member.ts';

const systemFolders = new Set(
  'bin boot dev etc home lib lib32 lib64 libx32 media mnt opt proc root run sbin srv sys tmp usr var'.split(' '),
);
/** What a container can be started with, best first. */
const starters = ['bin/sh', 'bin/bash', 'sbin/init'];
const programs = /^(?:bin|sbin|lib|usr\/bin|usr\/sbin|usr\/lib|usr\/local\/bin)\//;
/** The most names kept to describe the tarball. */
const mostNames = 5;

/** What the names in a tarball reveal about it if it is not an image. */
export class SystemSigns {
  readonly topNames = new Set<string>();
  /** The very first names. */
  readonly firstNames: string[] = [];
  files = 0;
  hasPrograms = false;
  /** Marks of removed files, which only layers have. */
  hasWhiteouts = false;
  /** Left by `docker export`. */
  isExport = false;
  /** A file that is stored without its holes in a format that no engine reads. */
  holed: string | undefined;
  dockerfile: string | undefined;
  /** An image's folder that was packed from outside it. */
  innerImage: string | undefined;
  readonly #starters = new Set<string>();
  /** `bin` where that is a link to `usr/bin`. */
  readonly #links = new Map<string, string>();

  see(name: string, { kind, linkName, isSparse }: TarMember): void {
    if (name === '') return;
    const [top = ''] = name.split('/', 1);
    if (systemFolders.has(top)) this.topNames.add(top);
    if (this.firstNames.length < mostNames) this.firstNames.push(kind === 'folder' ? `${name}/` : name);
    if (kind !== 'folder') this.files++;
    this.hasPrograms ||= kind !== 'folder' && programs.test(name);
    this.hasWhiteouts ||= /(?:^|\/)\.wh\./.test(name);
    if (isSparse) this.holed ??= name;
    this.isExport ||= name === '.dockerenv';
    if (/^(?:[^/]+\/)?Dockerfile$/.test(name)) this.dockerfile ??= name;
    if (/^[^/]+\/(?:oci-layout|manifest\.json)$/.test(name)) this.innerImage ??= top;
    if (kind === 'symlink' && /^s?bin$/.test(name)) this.#links.set(name, linkName.replace(/^\/+/, ''));
    if (/^(?:usr\/)?s?bin\/(?:sh|bash|init)$/.test(name)) this.#starters.add(name);
  }

  /** Whether this is a whole system: its folders are there, and so is something that can be run. */
  get looksWhole(): boolean {
    return this.isExport || (this.topNames.size >= 3 && this.hasPrograms && !this.hasWhiteouts);
  }

  get suggestedCommand(): string | undefined {
    const found = starters.find((path) => this.#starters.has(path) || this.#starters.has(this.#throughLink(path)));
    return found && `/${found}`;
  }

  #throughLink(path: string): string {
    const [folder = '', program = ''] = path.split('/');
    return `${this.#links.get(folder) ?? folder}/${program}`;
  }
}
