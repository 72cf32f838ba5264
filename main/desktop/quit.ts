import { app } from 'electron';

/** Milliseconds for cancelled operations to clean up. */
const cleanUpWithin = 5000;

/** Quits only once everything is stopped and cleaned up, and asks first if that would interrupt something. */
export function quitCleanly(countRunning: () => number, confirm: (running: number) => Promise<boolean>, stop: () => Promise<void>): void {
  let stopping = false;
  let asking = false;
  app.on('before-quit', (event) => {
    if (stopping) return;
    event.preventDefault();
    void leave();
  });

  async function leave(): Promise<void> {
    if (stopping || asking) return; // a second Quit must not ask a second time
    asking = true;
    const running = countRunning();
    stopping = running === 0 || (await confirm(running).catch(() => true));
    asking = false;
    if (!stopping) return;
    const late = new Promise<void>((resolve) => setTimeout(resolve, cleanUpWithin).unref());
    await Promise.race([stop(), late]);
    app.exit();
  }
}
