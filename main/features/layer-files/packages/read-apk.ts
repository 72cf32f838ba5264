import type { InstalledPackage } from './file-packages.ts';

/** Packages in apk's database with their files: lines of a letter and a value, `F:` for a folder and `R:` for a file in it. */
export function readApk(text: string): { installed: InstalledPackage; files: string[] }[] {
  return text.split(/\n{2,}/).flatMap((record) => {
    const [name, version] = [/^P:(.+)$/m, /^V:(.+)$/m].map((line) => line.exec(record)?.[1]);
    if (!name || !version) return [];
    const files: string[] = [];
    let folder = '';
    for (const line of record.split('\n')) {
      if (line.startsWith('F:')) {
        folder = line.slice(2);
        if (folder !== '') files.push(`/${folder}`);
      } else if (line.startsWith('R:')) files.push(folder === '' ? `/${line.slice(2)}` : `/${folder}/${line.slice(2)}`);
    }
    return [{ installed: { manager: 'apk' as const, name, version }, files }];
  });
}
