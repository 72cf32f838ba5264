/**
 * The folder of the package that a bundled file belongs to; undefined for the app's own files and for what a bundler generates. A
 * package inside another one's folder counts as its own.
 */
export function packageFolder(file: string): string | undefined {
  if (file.startsWith('\0')) return undefined;
  const path = file.replaceAll('\\', '/').replace(/[?#].*$/, '');
  const [, folder] = /^((?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/@.][^/]*)\//.exec(path) ?? [];
  return folder;
}
