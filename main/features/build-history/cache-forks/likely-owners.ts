import { userInfo } from 'node:os';

/** Owners that a file may have had, the likeliest first; digests show which one it was. */
export function* owners(): Generator<[uid: number, gid: number]> {
  yield [0, 0];
  const { uid, gid } = userInfo();
  // -1 on Windows, which has no such numbers
  if (uid > 0) yield [uid, gid];
  // the first users on Linux and macOS, with their usual groups
  for (const first of [1000, 1001, 501, 502]) for (const group of [first, 100, 20, 0]) yield [first, group];
  // users of services and containers, and other people
  for (let each = 1; each < 2000; each++) for (const group of [each, 0, 100, 20, 1000]) yield [each, group];
  for (let each = 2000; each < 65_536; each++) yield [each, each];
}
