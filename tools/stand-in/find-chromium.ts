import { existsSync } from 'node:fs';

const places = [
  // Debian's wrapper script would be one more process between us and the one to kill: the binary itself comes first
  '/usr/lib/chromium/chromium',
  '/usr/lib/chromium-browser/chromium-browser',
  '/opt/google/chrome/chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The installed Chromium or Chrome, `STANDIN_CHROMIUM` first. */
export function findChromium(): string | undefined {
  return process.env.STANDIN_CHROMIUM ?? places.find((place) => existsSync(place));
}
