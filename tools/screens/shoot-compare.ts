import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Engine } from '../engine/engine.ts';
import type { Camera } from './camera.ts';

const images = ['my-team/shop:2.3.1', 'my-team/shop:2.4.0'] as const;

/** Two images beside each other: what is chosen, what is read, and the files, packages, settings and steps that differ. */
export async function shootCompare(engine: Engine, home: string, camera: Camera): Promise<void> {
  const { page } = camera;
  const project = join(home, 'shop-compared');
  for (const [at, image] of images.entries()) {
    writeShop(project, at === 1);
    await engine.docker(['build', '--quiet', '--tag', image, project]);
  }
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Images' }).click();
  await page.getByRole('row', { name: images[0], exact: true }).getByRole('link').click();
  await page.getByRole('button', { name: 'Compare with…' }).click();
  const field = page.getByRole('region', { name: 'Second image' }).getByLabel('Name and tag');
  await field.fill(images[1]);
  await page.getByRole('button', { name: /^Take the one on / }).waitFor();
  await camera.shoot('compare-choose');
  await page.getByRole('button', { name: /^Take the one on / }).click();
  await page.getByRole('button', { name: /^Read / }).waitFor();
  await camera.shoot('compare-first');
  await page.getByRole('button', { name: /^Read / }).click();
  const tree = page.getByRole('treegrid', { name: 'Files that differ' });
  await tree.getByText('settings.py').waitFor();
  await camera.shoot('compare');
  await tree.getByText('settings.py').click();
  await page.getByRole('button', { name: 'Show the lines that differ' }).click();
  await page.getByRole('region', { name: 'Lines that differ' }).waitFor();
  await camera.shoot('compare-lines');
  await page.getByRole('tab', { name: 'Packages' }).click();
  await page.getByRole('list', { name: 'Packages that differ' }).waitFor();
  await camera.shoot('compare-packages');
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByRole('region', { name: 'Settings' }).waitFor();
  await camera.shoot('compare-settings');
  await page.getByRole('tab', { name: 'Steps' }).click();
  await page.getByRole('region', { name: 'Steps' }).waitFor();
  await camera.shoot('compare-steps');
}

const settings = (isLater: boolean) => `# Settings for the shop. No secrets in here.
import os
from pathlib import Path

BASE_DIR = Path(__file__).parent.parent
DEBUG = ${isLater ? 'os.environ.get("SHOP_DEBUG") == "1"' : 'False'}
SECRET_KEY = os.environ["SHOP_KEY"]
ALLOWED_HOSTS = ["shop.acme.example"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "shop.catalogue",
    "shop.cart",
${isLater ? '    "shop.checkout",\n' : ''}]

CURRENCY = "EUR"
VAT_RATE = ${isLater ? '0.21' : '0.19'}
PAGE_SIZE = 24
`;

const packages = (all: Record<string, string>): string =>
  Object.entries(all)
    .map(([name, version]) => `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n`)
    .join('\n');

const dockerfile = (isLater: boolean) => `FROM layerdeck/base:1
RUN mkdir -p /usr/lib/python3.12 && dd if=/dev/urandom of=/usr/lib/python3.12/libpython.so bs=1M count=7
COPY status /var/lib/dpkg/status
RUN mkdir -p /srv/node_modules && dd if=/dev/urandom of=/srv/node_modules/react.js bs=1M count=${isLater ? 4 : 3}
COPY app /app
ENV SHOP_PAGES=${isLater ? 'static' : 'dynamic'} PYTHONUNBUFFERED=1
LABEL org.opencontainers.image.version=${isLater ? '2.4.0' : '2.3.1'}
${isLater ? 'EXPOSE 8080\nUSER 1000\n' : ''}CMD ["python", "-m", "shop"${isLater ? ', "--workers", "4"' : ''}]
`;

function writeShop(project: string, isLater: boolean): void {
  const write = (name: string, content: string | Buffer, mode = 0o644) => {
    mkdirSync(dirname(join(project, name)), { recursive: true });
    writeFileSync(join(project, name), content, { mode });
  };
  write('Dockerfile', dockerfile(isLater));
  write(
    'status',
    packages({
      'ca-certificates': '20230311',
      curl: isLater ? '7.88.1-10+deb12u8' : '7.88.1-10+deb12u5',
      libc6: '2.36-9+deb12u7',
      libssl3: isLater ? '3.0.15-1~deb12u1' : '3.0.13-1~deb12u1',
      ...(isLater ? { libvips42: '8.14.1-3', tzdata: '2026a-0+deb12u1' } : { tzdata: '2025b-0+deb12u2', wget: '1.21.3-1+b2' }),
    }),
  );
  write('app/shop/settings.py', settings(isLater));
  write('app/start.sh', '#!/bin/sh\nexec python -m shop\n');
  write('app/shop/version.py', `VERSION = "${isLater ? '2.4.0' : '2.3.1'}"\n`);
  for (const room of ['cart', 'catalogue', ...(isLater ? ['checkout'] : [])])
    for (let at = 0; at < 24; at++) write(`app/shop/${room}/part_${at}.py`, `# ${room} ${at} `.padEnd(900 + ((at * 731) % 9000), '#'));
  if (isLater) {
    write('app/start.sh', '#!/bin/sh\nexec python -m shop\n', 0o755);
    write('app/static/photos/winter-sale.jpg', Buffer.alloc(310_000, 7));
    write('app/templates/checkout.html', '<main>\n  <h1>Checkout</h1>\n</main>\n');
  } else write('app/static/old-banner.png', Buffer.alloc(91_200, 3));
}
