import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../build/build-app.ts';
import { launchApp } from '../drive/launch-app.ts';
import { startEngine } from '../engine/start-engine.ts';
import { Camera } from './camera.ts';
import { furnish } from './furnish.ts';
import { shootEngines } from './shoot-engines.ts';
import { shootScreens } from './shoot-screens.ts';

// Screenshots of every screen, light and dark, with a real engine's images: `npm run screens` writes docs/screens/.
const screens = join(import.meta.dirname, '../../docs/screens');
const home = mkdtempSync(join(tmpdir(), 'layerdeck-screens-'));
const engine = await startEngine();
try {
  await Promise.all([engine.makeBaseImage(), engine.makeRegistryImage(), buildApp()]);
  rmSync(screens, { recursive: true, force: true });
  mkdirSync(screens, { recursive: true });
  const furniture = await furnish(engine, home);
  const app = await launchApp({ host: engine.host, home });
  const camera = new Camera(await app.firstWindow(), screens);
  try {
    await shootScreens(app, engine, furniture, camera);
  } finally {
    await app.close();
  }
  // the last picture was of one that had stopped
  await engine.restart();
  await shootEngines(engine, mkdtempSync(join(home, 'elsewhere-')), (page) => new Camera(page, screens, camera.count));
} finally {
  await engine.stop();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}
