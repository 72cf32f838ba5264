import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const userDataFlag = '--user-data-dir=';
// read at once: Playwright's loader cuts process.argv
const givenUserData = process.argv.find((argument) => argument.startsWith(userDataFlag))?.slice(userDataFlag.length);

/** Where Electron keeps things on Linux, for `app.getPath`. */
export function findAppPath(name: string, appName: string): string {
  const home = homedir();
  const appData = process.env.XDG_CONFIG_HOME ?? join(home, '.config');
  const userData = givenUserData ?? join(appData, appName);
  const known: Record<string, string> = {
    home,
    appData,
    userData,
    sessionData: userData,
    temp: tmpdir(),
    logs: join(userData, 'logs'),
    crashDumps: join(userData, 'Crashpad'),
    exe: process.argv[0] ?? '',
  };
  // desktop, documents, downloads, …
  return known[name] ?? join(home, `${name.charAt(0).toUpperCase()}${name.slice(1)}`);
}
