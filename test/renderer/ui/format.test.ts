import { describe, expect, it } from 'vitest';
import { ago, bytes, bytesOf, count, duration, elapsed, listed, speed, timeLeft } from '../../../renderer/ui/format.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const second = 1000;
const day = 86_400 * second;

describe('bytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [9949, '9.9 kB'],
    [18_200, '18 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [41_700_000, '41.7 MB'],
    [99_960_000, '100 MB'],
    [227_200_000, '227 MB'],
    [4_210_000_000, '4.21 GB'],
    [9_996_000_000, '10.0 GB'],
    [1_500_000_000_000_000, '1500.0 TB'],
  ])('%d is %s', (number, words) => expect(plain(bytes(number))).toBe(words));

  it('leaves out a unit that appears twice', () => {
    expect(plain(bytesOf(27_300_000, 42_000_000))).toBe('27.3 of 42.0 MB');
    expect(plain(bytesOf(900_000, 42_000_000))).toBe('900 kB of 42.0 MB');
  });

  it('has a speed', () => expect(plain(speed(2_100_000))).toBe('2.1 MB/s'));
});

describe('time', () => {
  it.each([
    [0.04, '0.0 s'],
    [9.94, '9.9 s'],
    [9.96, '10 s'],
    [59.6, '1 m 00 s'],
    [65, '1 m 05 s'],
    [3780, '1 h 03 m'],
  ])('%d seconds take %s', (seconds, words) => expect(plain(duration(seconds))).toBe(words));

  it('goes on in whole seconds', () => {
    expect(plain(elapsed(0.9))).toBe('0 s');
    expect(plain(elapsed(-3))).toBe('0 s');
    expect(plain(elapsed(61.9))).toBe('1 m 01 s');
  });

  it.each([
    [0.4, 'almost done'],
    [7.2, 'about 7 s left'],
    [43, 'about 45 s left'],
    [58, 'about 1 min left'],
    [240, 'about 4 min left'],
    [7300, 'about 2 h left'],
  ])('with %d seconds left says %s', (seconds, words) => expect(plain(timeLeft(seconds))).toBe(words));

  it.each([
    [10 * second, 'just now'],
    [-30 * second, 'just now'],
    [-day, 'in the future'],
    [50 * second, '1 minute ago'],
    [2 * 3600 * second, '2 hours ago'],
    [3 * day, '3 days ago'],
    [15 * day, '2 weeks ago'],
    [150 * day, '4 months ago'],
    [400 * day, '1 year ago'],
  ])('%d ms before now is %s', (before, words) => expect(ago(10_000 * day - before, 10_000 * day)).toBe(words));

  it('calls a missing time unknown', () => expect(ago(0, day)).toBe('unknown'));
});

describe('words', () => {
  it('counts', () => {
    expect(plain(count(1, 'image'))).toBe('1 image');
    expect(plain(count(5000, 'image'))).toBe('5,000 images');
    expect(plain(count(2, 'entry', 'entries'))).toBe('2 entries');
  });

  it('lists', () => {
    expect(listed([])).toBe('');
    expect(listed(['a'])).toBe('a');
    expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
  });
});
