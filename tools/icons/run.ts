// Renders assets/icon.svg into every format that the packages need: `npm run icons`.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { BICUBIC, createICNS, createICO } from 'png2icons';
import { projectRoot } from '../build/build-app.ts';
import { findChromium } from '../stand-in/find-chromium.ts';

const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const assets = join(projectRoot, 'assets');

const executablePath = findChromium();
const browser = await chromium.launch({ ...(executablePath && { executablePath }) });
const svg = await readFile(join(assets, 'icon.svg'), 'utf8');
await mkdir(join(assets, 'icons'), { recursive: true });
let largest: Buffer = Buffer.alloc(0);
for (const size of sizes) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
  largest = await page.screenshot({ omitBackground: true });
  await writeFile(join(assets, 'icons', `${size}x${size}.png`), largest);
  await page.close();
}
await browser.close();
await writeFile(join(assets, 'icon.png'), largest);
await writeFile(join(assets, 'icon.icns'), createICNS(largest, BICUBIC, 0) ?? '');
await writeFile(join(assets, 'icon.ico'), createICO(largest, BICUBIC, 0, false) ?? '');
