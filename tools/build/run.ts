import { buildApp } from './build-app.ts';

const start = performance.now();
// this build is for tests; packages are built by tools/pack
await buildApp({ mode: 'development' });
console.log(`Built dist/ in ${((performance.now() - start) / 1000).toFixed(1)} s`);
