import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Engine } from '../engine/engine.ts';
import type { Camera } from './camera.ts';

const image = 'my-team/shop:2.3.1';

/** The files of an image: what is read for them, a layer with a file that it changed, and what the image carries for nothing. */
export async function shootFiles(engine: Engine, home: string, camera: Camera): Promise<void> {
  const { page } = camera;
  const project = join(home, 'shop');
  writeShop(project);
  await engine.docker(['build', '--quiet', '--tag', image, project]);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Images' }).click();
  await page.getByRole('row', { name: image, exact: true }).getByRole('link').click();
  await page.getByRole('tab', { name: 'Files' }).click();
  await page.getByRole('button', { name: /^Read / }).waitFor();
  await camera.shoot('files-first');
  await page.getByRole('button', { name: /^Read / }).click();
  const tree = page.getByRole('treegrid');
  const line = (name: string) => tree.getByRole('row', { name: new RegExp(`^${name}\\b`) });
  await line('app').waitFor();
  await page.getByRole('navigation', { name: 'Layers' }).getByRole('button').nth(1).click();
  // what is in a folder moves the lines below
  for (const [name, first] of [
    ['static', 'fonts'],
    ['shop', 'cart'],
  ] as const) {
    await line(name).getByText(name, { exact: true }).dblclick();
    await line(first).waitFor();
  }
  await line('settings.py').click();
  await page.getByRole('button', { name: 'Show what is in it' }).click();
  await page.getByRole('region', { name: 'What is in the file' }).getByText('CURRENCY').waitFor();
  await camera.shoot('files');
  await line('photos').click();
  await page.getByRole('button', { name: 'Show the list' }).click();
  const list = page.getByRole('list', { name: 'What is wasted' });
  await list.getByRole('checkbox').first().check();
  await page.getByText(/less, without 1/).waitFor();
  await camera.shoot('files-waste');
  await page.getByRole('button', { name: 'Hide the list' }).click();
}

const settings = (more: string) => `# Settings for the shop. No secrets in here.
import os
from pathlib import Path

BASE_DIR = Path(__file__).parent.parent
DEBUG = False
SECRET_KEY = os.environ["SHOP_KEY"]
ALLOWED_HOSTS = ["shop.acme.example"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "shop.catalogue",
    "shop.cart",
${more}]

CURRENCY = "EUR"
VAT_RATE = 0.21
PAGE_SIZE = 24
`;

const dockerfile = `FROM layerdeck/base:1
RUN mkdir -p /root/.npm /var/cache/apt/archives && dd if=/dev/urandom of=/root/.npm/packages bs=1M count=21 && dd if=/dev/urandom of=/var/cache/apt/archives/gcc.deb bs=1M count=8
COPY before /app/shop/
RUN rm -r /root/.npm
COPY app /app
`;

function writeShop(project: string): void {
  const write = (name: string, content: string | Buffer) => {
    mkdirSync(dirname(join(project, name)), { recursive: true });
    writeFileSync(join(project, name), content);
  };
  write('Dockerfile', dockerfile);
  write('before/settings.py', settings(''));
  write('before/version.py', 'VERSION = "2.3.0"\n');
  write('app/shop/settings.py', settings('    "shop.checkout",\n'));
  write('app/shop/version.py', 'VERSION = "2.3.1"\n');
  write('app/shop/routes.json', Buffer.alloc(4100, ' '));
  for (const [room, files] of Object.entries({ cart: 19, catalogue: 64, checkout: 27 }))
    for (let at = 0; at < files; at++) write(`app/shop/${room}/part_${at}.py`, `# ${room} ${at} `.padEnd(900 + ((at * 731) % 9000), '#'));
  const photo = (at: number) => Buffer.alloc(120_000 + ((at * 7919) % 90_000), at + 1);
  for (let at = 0; at < 42; at++) write(`app/static/photos/photo-${at}.jpg`, photo(at));
  write('app/static/banner.jpg', photo(3));
  for (let at = 0; at < 6; at++) write(`app/static/fonts/inter-${at}.woff2`, Buffer.alloc(48_000 + at * 900, at + 100));
  write('app/static/logo.svg', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4"/></svg>\n');
  write('app/manage.py', '#!/usr/bin/env python\n');
}
