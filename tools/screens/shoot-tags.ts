import { globSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Engine } from '../engine/engine.ts';
import type { Camera } from './camera.ts';

const day = 86_400_000;
const versions = ['2.2.3', '2.2.4', '2.3.0', '2.3.1'] as const;
type Version = (typeof versions)[number];

/** So many days ago, the tag went there (null: it was removed); `unseen`: days before in which nobody looked. */
type Past = [daysAgo: number, to: Version | null, unseen?: number];

/** What nobody can wait for: two weeks of a repository's tags. */
const past: Record<string, Past[]> = {
  latest: [
    [30, '2.2.3'],
    [12.6, '2.2.4'],
    [6.5, '2.3.0'],
    [0.4, '2.3.1'],
  ],
  '2.3': [
    [6.5, '2.3.0'],
    [0.4, '2.3.1'],
  ],
  '2.3.1': [[0.41, '2.3.1']],
  '2.3.0': [[6.51, '2.3.0']],
  '2.2.4': [[12.61, '2.2.4']],
  '2.2.3': [[30.1, '2.2.3']],
  staging: [
    [20, '2.2.3'],
    [12.9, '2.2.4'],
    [11.6, '2.2.3'],
    [8.7, '2.3.0'],
    [8.1, '2.2.4'],
    [6.7, '2.2.3'],
    [4, '2.3.0', 1.8],
  ],
  nightly: Array.from({ length: 14 }, (_, at): Past => [13.9 - at, at % 2 === 0 ? '2.2.4' : '2.3.0']),
  '2.2': [
    [30, '2.2.3'],
    [12.6, '2.2.4'],
    [5.2, null],
  ],
};

/** A repository's tags over time, the card of a moment, and the same as a list. */
export async function shootTags(engine: Engine, home: string, camera: Camera): Promise<void> {
  const { page } = camera;
  const ids = new Map<Version, string>();
  for (const version of versions) {
    const name = `acme/shop:${version}`;
    await engine.docker(['build', '--quiet', '--tag', name, '-'], {
      input: `FROM my-team/hello-api:2.0\nLABEL version=${version}\n`,
      env: { DOCKER_BUILDKIT: '0' },
    });
    ids.set(version, (await engine.docker(['inspect', '--format', '{{.Id}}', name])).trim());
  }
  for (const [tag, moves] of Object.entries(past)) {
    const now = moves.at(-1)?.[1];
    if (now && tag !== now) await engine.docker(['tag', `acme/shop:${now}`, `acme/shop:${tag}`]);
  }
  await page.evaluate(() => {
    location.hash = '#/tags/acme%2Fshop';
  });
  await page.getByRole('list', { name: 'Tags over time' }).getByRole('listitem', { name: 'nightly' }).waitFor();
  const [path = ''] = globSync(join(home, '**/moves.db'));
  writePast(path, ids);
  // the page looks again when a tag moves
  await engine.docker(['tag', 'acme/shop:2.3.1', 'acme/shop-copy:1']);
  await page.getByRole('listitem', { name: '2.2', exact: true }).waitFor();
  await camera.shoot('tags-over-time');
  await page.getByRole('listitem', { name: 'latest' }).getByRole('button').nth(2).click();
  await page.getByRole('button', { name: /^Make latest what it was/ }).waitFor();
  await camera.shoot('tag-moved-back');
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('group', { name: 'How it is shown' }).getByRole('button', { name: 'List' }).click();
  await camera.shoot('tags-listed');
  for (const tag of [...Object.keys(past).filter((one) => one !== '2.2')]) await engine.docker(['rmi', `acme/shop:${tag}`]);
  await engine.docker(['rmi', 'acme/shop-copy:1']);
}

function writePast(path: string, ids: ReadonlyMap<Version, string>): void {
  const database = new DatabaseSync(path);
  const now = Date.now();
  const ago = (days: number) => Math.round(now - days * day);
  const place = String(database.prepare("SELECT place FROM names WHERE repository = 'acme/shop'").get()?.place);
  database.prepare('UPDATE places SET since = ? WHERE place = ?').run(ago(40), place);
  database.exec("DELETE FROM moves WHERE repository = 'acme/shop'");
  const add = database.prepare(
    'INSERT INTO moves (place, repository, tag, came_from, from_since, went_to, since, at, exact) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  for (const [tag, moves] of Object.entries(past)) {
    let [from, fromSince] = [null as string | null, null as number | null];
    for (const [days, version, unseen = 0] of moves) {
      const to = version === null ? null : (ids.get(version) ?? null);
      add.run(place, 'acme/shop', tag, from, fromSince, to, ago(days + unseen), ago(days), unseen > 0 ? 0 : 1);
      [from, fromSince] = [to, ago(days)];
    }
  }
  database.close();
}
