import { hostname } from 'node:os';
import { infoOf } from './engine-info.ts';
import type { Engine } from './open-engine.ts';

/** Whether an engine's containers answer on another computer: one that is reached by a network, unless it is on this computer after all. */
export async function isFar(engine: Engine): Promise<boolean> {
  const { address } = engine.candidate;
  const way = /^(?:ssh|tcp|https?):/.test(address) ? URL.parse(address.replace(/^(?:ssh|tcp):/, 'http:'))?.hostname : undefined;
  if (way === undefined || /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(way)) return false;
  return (await infoOf(engine)).computer !== hostname();
}
