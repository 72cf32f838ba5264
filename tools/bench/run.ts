import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../build/build-app.ts';
import type { Engine } from '../engine/engine.ts';
import { startEngine } from '../engine/start-engine.ts';
import { measureArchives } from './measure-archives.ts';
import { measureBrowsing } from './measure-browsing.ts';
import { measureBuilds } from './measure-builds.ts';
import { measureContextMap } from './measure-context-map.ts';
import { measureEvents } from './measure-events.ts';
import { measureFiles } from './measure-files.ts';
import { measureIdle } from './measure-idle.ts';
import { measureIndex } from './measure-index.ts';
import { measureList } from './measure-list.ts';
import { measureLog } from './measure-log.ts';
import { measureLongLine } from './measure-long-line.ts';
import { measureRegistry } from './measure-registry.ts';
import { measureSsh } from './measure-ssh.ts';
import { measureStart } from './measure-start.ts';
import { measureTags } from './measure-tags.ts';
import { measureTransfers } from './measure-transfers.ts';

// Figures, each next to its rival's from the same run: `npm run bench`, or `npm run bench start` for one of them.
const measurements = {
  start: measureStart,
  idle: measureIdle,
  list: measureList,
  archives: measureArchives,
  transfers: measureTransfers,
  builds: measureBuilds,
  ssh: measureSsh,
  'context-map': measureContextMap,
  'long-line': measureLongLine,
  log: measureLog,
  events: measureEvents,
  index: measureIndex,
  files: measureFiles,
  tags: measureTags,
  // one's own, and looking into any
  registry: async (engine: Engine, folder: string) => [
    ...(await measureRegistry(engine, folder)),
    ...(await measureBrowsing(engine, folder)),
  ],
};

const wanted = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'layerdeck-bench-'));
const engine = await startEngine();
try {
  await engine.makeBaseImage();
  await buildApp();
  for (const [name, measure] of Object.entries(measurements)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    console.log(`\n${name}`);
    for (const line of await measure(engine, folder)) console.log(`  ${line}`);
  }
} finally {
  await engine.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
