import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { app } from 'electron';

/** Calls back with paths that the system opens with the app: by double click, on the dock, or by a second start. */
export function onFilesOpened(callback: (paths: string[]) => void): void {
  app.on('open-file', (event, path) => {
    event.preventDefault();
    callback([path]);
  });
  app.on('second-instance', (_event, argv, folder) => {
    const paths = pathsIn(argv, folder);
    if (paths.length > 0) callback(paths);
  });
}

/** The paths among a command line's arguments. */
export function pathsIn(argv: string[], folder: string): string[] {
  // the first is the program; in development the second is the app's own folder
  const own = resolve(app.getAppPath());
  return argv
    .slice(1)
    .filter((word) => !word.startsWith('-'))
    .map((word) => resolve(folder, word))
    .filter((path) => path !== own && existsSync(path));
}
