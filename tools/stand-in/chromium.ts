import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { Cdp } from './cdp.ts';
import { findChromium } from './find-chromium.ts';

export type Chromium = {
  cdp: Cdp;
  /** Resolves with the reason for its end. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Ends it in an orderly way, by force after a while. */
  close(): Promise<void>;
  /** Ends it at once; for a process that is ending itself. */
  kill(): void;
};

export type LaunchOptions = { profile: string; headed: boolean; switches: Map<string, string>; debuggingPort?: string };

const fixedSwitches = [
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-extensions',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--disable-quic',
  '--disable-breakpad',
  '--disable-search-engine-choice-screen',
  '--disable-dev-shm-usage',
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-back-forward-cache',
  '--metrics-recording-only',
  '--password-store=basic',
];

const tempPrefix = 'stand-in-temp-';

/** Starts Chromium with a debugging pipe and nothing visible yet. */
export function launchChromium(options: LaunchOptions): Chromium {
  const executable = findChromium();
  if (!executable) throw new Error('No Chromium or Chrome found. Install one, or name it in STANDIN_CHROMIUM.');
  mkdirSync(options.profile, { recursive: true });
  // its own temp folder, because a killed Chromium leaves its lock files there
  removeStaleTemp();
  const temp = mkdtempSync(join(tmpdir(), `${tempPrefix}${process.pid}-`));
  const child = spawn(executable, commandLine(options), {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, TMPDIR: temp },
  });
  passOn(child);
  const removeTemp = () => rmSync(temp, { recursive: true, force: true, maxRetries: 3 });
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve({ code, signal }));
  });
  const cdp = new Cdp(child.stdio[3] as Writable, child.stdio[4] as Readable);
  const kill = () => {
    child.kill('SIGKILL');
    removeTemp();
  };
  const close = async () => {
    const deadline = setTimeout(() => child.kill('SIGKILL'), 3000);
    cdp.post('Browser.close', {});
    await ended;
    clearTimeout(deadline);
    removeTemp();
  };
  return { cdp, ended, close, kill };
}

/** Removes what earlier runs left behind because they were killed themselves. */
function removeStaleTemp(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(tempPrefix) ? Number(name.slice(tempPrefix.length).split('-')[0]) : 0;
    if (pid > 0 && existsSync('/proc') && !existsSync(`/proc/${pid}`)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function commandLine({ profile, headed, switches, debuggingPort }: LaunchOptions): string[] {
  // a window of Chromium without tabs and address bar; the first BrowserWindow takes it over
  const look = headed ? ['--app=data:text/html,<title>Starting</title>'] : ['--headless=new', '--disable-gpu', '--no-startup-window'];
  return [
    ...fixedSwitches,
    `--user-data-dir=${profile}`,
    ...look,
    ...(debuggingPort ? [debuggingPort] : []),
    // Chromium's sandbox refuses to work for root
    ...(process.getuid?.() === 0 ? ['--no-sandbox', '--test-type'] : []),
    ...[...switches].map(([name, value]) => (value ? `--${name}=${value}` : `--${name}`)),
  ];
}

/** Playwright waits for this one line; the rest only helps to debug. */
function passOn(child: ChildProcess): void {
  child.stderr?.on('data', (chunk: Buffer) => {
    for (const line of chunk.toString().split('\n')) {
      if (line.startsWith('DevTools listening') || process.env.STANDIN_DEBUG) process.stderr.write(`${line}\n`);
    }
  });
}
