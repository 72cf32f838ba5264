const hard = '\u00a0';
const units = ['kB', 'MB', 'GB', 'TB'];

/** Decimal units as the engines print them, three digits at most: "41.7 MB". */
export function bytes(count: number): string {
  if (count < 1000) return `${Math.round(count)}${hard}B`;
  let value = count;
  let unit = -1;
  do {
    value /= 1000;
    unit++;
  } while (value >= 999.5 && unit < 3);
  return `${value.toFixed(decimals(value, unit))}${hard}${units[unit]}`;
}

function decimals(value: number, unit: number): number {
  if (unit === 0) return value < 9.95 ? 1 : 0;
  if (unit === 1) return value < 99.95 ? 1 : 0;
  return value < 9.995 ? 2 : 1;
}

/** "27.3 of 42.0 MB": the first unit is left out if both are the same. */
export function bytesOf(done: number, total: number): string {
  const [doneValue, doneUnit] = bytes(done).split(hard);
  const all = bytes(total);
  return `${doneUnit === all.split(hard)[1] ? doneValue : bytes(done)} of ${all}`;
}

export const speed = (bytesPerSecond: number): string => `${bytes(bytesPerSecond)}/s`;

/** How long something took or takes: "0.8 s", "12 s", "1 m 05 s", "2 h 03 m". */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)}${hard}s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}${hard}s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}${hard}m ${padded(whole % 60)}${hard}s`;
  return `${Math.floor(minutes / 60)}${hard}h ${padded(minutes % 60)}${hard}m`;
}

/** Time that is still passing, in whole seconds so that it doesn’t flicker. */
export const elapsed = (seconds: number): string =>
  seconds < 60 ? `${Math.max(0, Math.floor(seconds))}${hard}s` : duration(Math.floor(seconds));

/** A guess, worded as one: "about 12 s left", "about 4 min left", "almost done". */
export function timeLeft(seconds: number): string {
  if (seconds < 1.5) return 'almost done';
  if (seconds < 20) return `about ${Math.round(seconds)}${hard}s left`;
  if (seconds < 57.5) return `about ${Math.round(seconds / 5) * 5}${hard}s left`;
  if (seconds < 3570) return `about ${Math.round(seconds / 60)}${hard}min left`;
  return `about ${Math.round(seconds / 3600)}${hard}h left`;
}

export const count = (number: number, one: string, many = `${one}s`): string => `${grouped(number)}${hard}${number === 1 ? one : many}`;

/** "5,000" */
export const grouped = (number: number): string => number.toLocaleString('en');

const spans: [seconds: number, name: string][] = [
  [31_557_600, 'year'],
  [2_629_800, 'month'],
  [604_800, 'week'],
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
];

/** "2 hours ago", as precise as a person would say it. */
export function ago(then: number, now: number): string {
  if (then <= 0) return 'unknown';
  const seconds = (now - then) / 1000;
  // clocks of two computers differ a little
  if (seconds < -120) return 'in the future';
  if (seconds < 45) return 'just now';
  for (const [length, name] of spans) {
    const number = Math.floor(seconds / length);
    if (number >= 1) return `${number} ${name}${number === 1 ? '' : 's'} ago`;
  }
  return '1 minute ago';
}

/** Day and time for a tooltip: "12 Nov 2026, 09:41". */
export const dateAndTime = (time: number): string =>
  new Date(time).toLocaleString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });

/** "12 Nov", as days are counted everywhere. */
export const dayAndMonth = (time: number): string =>
  new Date(time).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** "09:41" today, "12 Nov" before. */
export function clockTime(time: number, now: number): string {
  const date = new Date(time);
  const today = new Date(now).toDateString() === date.toDateString();
  return today
    ? date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
    : date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
}

/** "09:41:07", for lines of a log. */
export const timeOfDay = (time: number): string => new Date(time).toLocaleTimeString('en-GB');

/** With a capital letter, as a sentence begins. */
export const capitalised = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** "a, b and c" */
export function listed(words: string[]): string {
  if (words.length <= 1) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/** "a, b, c and 4 more" */
export const listedUpTo = (words: string[], most = 3): string =>
  words.length <= most ? listed(words) : `${words.slice(0, most).join(', ')} and ${grouped(words.length - most)} more`;

const padded = (number: number): string => String(number).padStart(2, '0');

/** What a load brought: the engine names references, and one image may have many. */
export const loadedWords = (names: number): string => (names === 1 ? `${count(1, 'image')} loaded` : `${count(names, 'name')} loaded`);

/** The first twelve digits, as the engines show an id. */
export const shortId = (id: string): string => id.replace(/^sha256:/, '').slice(0, 12);
