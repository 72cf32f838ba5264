// Starts a private engine and keeps it until Ctrl-C: `npm run engine`.
import { startEngine } from './start-engine.ts';

const start = performance.now();
const engine = await startEngine();
await Promise.all([engine.makeBaseImage(), engine.makeRegistryImage()]);
console.log(
  `A private engine runs (${((performance.now() - start) / 1000).toFixed(1)} s). It ends with Ctrl-C.\nexport DOCKER_HOST=${engine.host}`,
);
setInterval(() => {}, 1 << 30);
