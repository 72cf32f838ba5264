import { startEngine } from '../../../tools/engine/start-engine.ts';

/** Whether tests of the newer engine are skipped. Only asked if that is allowed: otherwise a computer without it fails. */
export async function isNewerMissing(): Promise<boolean> {
  if (process.env.LAYERDECK_NEWER_ENGINE !== 'if-possible') return false;
  try {
    await (await startEngine({ kind: 'docker-26' })).stop();
    return false;
  } catch (error) {
    console.warn(`Docker Engine 26 cannot be started here, its tests step aside: ${error}`);
    return true;
  }
}
