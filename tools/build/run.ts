import { buildApp } from './build-app.ts';

const start = performance.now();
await buildApp();
console.log(`Built dist/ in ${((performance.now() - start) / 1000).toFixed(1)} s`);
