/**
 * The folder of the package that a bundled file is of; undefined for the app's own files and for what a bundler makes up. A
 * package inside of another one's folder is its own.
 */
export function packageFolder(file: string): string | undefined {
  if (file.startsWith('\0')) return undefined;
  const path = file.replaceAll('\\', '/').replace(/[?#].*$/, '');
  const [, folder] = /^((?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/@.][^/]*)\//.exec(path) ?? [];
  return folder;
}
