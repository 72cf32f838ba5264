import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../build/build-app.ts';
import { launchApp } from '../drive/launch-app.ts';
import { startEngine } from '../engine/start-engine.ts';
import { Narrator } from './narrator.ts';
import { roundTrip } from './round-trip.ts';

// The main job from end to end on a private engine, through the window's own controls: `npm run demo`.
const screens = join(process.cwd(), 'demo-screens');
const headed = process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined;
const home = mkdtempSync(join(tmpdir(), 'layerdeck-demo-'));
mkdirSync(screens, { recursive: true });
const narrator = new Narrator(screens);

const engine = await narrator.step('Start a private engine', async () => {
  const started = await startEngine();
  await Promise.all([started.makeBaseImage(), started.makeRegistryImage()]);
  return started;
});
try {
  await narrator.step('Build the app', () => buildApp());
  const app = await narrator.step('Open the window', () => launchApp({ host: engine.host, home, headed }));
  try {
    await roundTrip(app, engine, home, narrator);
    narrator.end();
    if (headed) {
      console.log('The window stays open. Close it to end.');
      await app.waitForEvent('close', { timeout: 0 });
    }
  } finally {
    await app.close();
  }
} finally {
  await engine.stop();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}
