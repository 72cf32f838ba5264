// The app during development: `npm run dev`. A change to the window shows at once, one to main or the preload script restarts the app.
import { join } from 'node:path';
import { context } from 'esbuild';
import { projectRoot } from '../build/build-app.ts';
import { mainBundles } from '../build/bundle-main.ts';
import { preloadBundle } from '../build/bundle-preload.ts';
import { RunningApp } from './running-app.ts';
import { servePage } from './serve-page.ts';

const dist = join(projectRoot, 'dist');
const page = await servePage(projectRoot);
// separate from an installed Layerdeck, whose settings and history must stay untouched
const profile = `--user-data-dir=${join(projectRoot, '.dev-profile')}`;
const app = new RunningApp([profile, ...process.argv.slice(2)], { LAYERDECK_DEV_SERVER: page.origin });

const bundles = [...mainBundles(projectRoot, dist, 'development'), preloadBundle(projectRoot, dist)];
let built = 0;
const restart = {
  name: 'restart',
  setup: ({ onEnd }: { onEnd(callback: (result: { errors: unknown[] }) => void): void }) =>
    onEnd(({ errors }) => {
      built += 1;
      // the first time all of them have to be built
      if (errors.length === 0 && built >= bundles.length) app.restart();
    }),
};
const contexts = await Promise.all(bundles.map((options) => context({ ...options, plugins: [restart] })));
await Promise.all(contexts.map((one) => one.watch()));
console.log(`The window’s page comes from ${page.origin}. Close the app, or press Ctrl-C, to end.`);
await app.closed;
await Promise.all([...contexts.map((one) => one.dispose()), page.close()]);
