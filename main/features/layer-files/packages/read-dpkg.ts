import type { InstalledPackage } from './file-packages.ts';

/** Packages in dpkg's list of what is installed: paragraphs of `Field: value`. */
export function readDpkgStatus(text: string): InstalledPackage[] {
  return text.split(/\n{2,}/).flatMap((paragraph) => {
    const field = (name: string) => new RegExp(`^${name}:[ \\t]*(.*)$`, 'm').exec(paragraph)?.[1]?.trim() ?? '';
    const [name, version, status, architecture] = ['Package', 'Version', 'Status', 'Architecture'].map(field);
    // distroless images write no status
    const isThere = status === '' || / installed$/.test(status ?? '');
    return name && version && isThere ? [{ manager: 'dpkg' as const, name, version, ...(architecture && { architecture }) }] : [];
  });
}

/** The package that a file in dpkg's folder lists the files of: `libc6:amd64.list`. */
export const packageOfList = (path: string): string => /([^/:]+)(?::[^/]*)?\.list$/.exec(path)?.[1] ?? '';

/** The paths in such a list; of a root, dpkg writes `/.`. */
export const readDpkgList = (text: string): string[] => text.split('\n').filter((line) => line.startsWith('/') && line !== '/.');
