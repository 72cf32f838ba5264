import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Builder } from '../../contract/engine.ts';
import { openEngine } from '../../main/foundation/engine/open-engine.ts';
import type { OtherClient } from '../../tools/fuzz/contexts/builds.ts';
import { compareBuilds } from '../../tools/fuzz/contexts/compare-builds.ts';
import { type MadeContext, type MadeEntry, type MadeLimits, madeContexts } from '../../tools/fuzz/contexts/made-context.ts';

const file = (path: string, content = 'x'): MadeEntry => ({ path: path.split('/'), kind: 'file', mode: 0o644, content });
const copyAll: MadeContext['copies'] = [{ keyword: 'COPY', sources: ['.'], asJson: false }];
const copyOf = (...sources: string[]): MadeContext['copies'] => [{ keyword: 'COPY', sources, asJson: true }];
const many = (count: number): string[] => Array.from({ length: count }, (_, place) => `other/place/of-many-${place}.txt`);
const special = (path: string, kind: MadeEntry['kind']): MadeEntry => ({ path: [path], kind, mode: 0o644, content: '' });

/** Real contexts, each of which once went wrong. */
const cases: Record<string, Omit<MadeContext, 'depth'>> = {
  'a line that is no ASCII': {
    entries: [file('geheim.txt'), file('.env', 'SECRET=1'), file('übung/x'), file('ok.txt')],
    ignore: ['geheim.txt', '.env', 'übung'],
    copies: copyAll,
  },
  'such a line beside patterns': {
    entries: [file('src/.env'), file('keys/a/key.pem'), file('ü'), file('ok.txt')],
    ignore: ['src/.env', '**/*.pem', 'ü+ %41'],
    copies: copyAll,
  },
  '200 lines': { entries: [file('.env'), file('ok.txt')], ignore: [...many(200), '.env'], copies: copyAll },
  '5,000 lines': { entries: [file('.env'), file('ok.txt')], ignore: [...many(5000), '.env'], copies: copyAll },
  // ten by ten: 20.10's BuildKit gives up ("flightcontrol") over 150 of one line on a busy machine, for docker's command as well
  'a COPY of 150 files': {
    entries: [file('a'), ...many(150).map((path) => file(path))],
    copies: Array.from({ length: 15 }, (_, place) => copyOf(...many(150).slice(place * 10, place * 10 + 10))).flat(),
  },
  'a COPY of names that are no ASCII': { entries: [file('grüße.txt'), file('漢/字'), file('other')], copies: copyOf('grüße.txt', '漢') },
  'a comma and a space': {
    entries: [file('a, b.txt'), file('a'), file('ok.txt')],
    ignore: ['x, Dockerfile, ok.txt'],
    copies: copyOf('a, b.txt', '.'),
  },
  'an exclamation mark': { entries: [file('!a.txt'), file('a.txt')], copies: copyOf('!a.txt') },
  'a space in front': { entries: [file(' a.txt'), file('b')], copies: copyOf(' a.txt') },
  'names that are no UTF-8': { entries: [file('caf\udce9.txt'), file('d\udce9/x'), file('caf\udcea.txt')], copies: copyAll },
  'such a line to ignore': { entries: [file('caf\udce9.txt'), file('ok.txt')], ignore: ['caf\udce9.txt'], copies: copyAll },
  'a socket, a pipe and a device': {
    entries: [special('s', 'socket'), special('p', 'pipe'), special('d', 'device'), file('ok')],
    copies: copyAll,
  },
  'a second name of a socket': {
    entries: [special('s', 'socket'), { ...file('t', '0'), kind: 'hard-link' }, file('ok')],
    copies: copyAll,
  },
  'white space that is none elsewhere': {
    entries: [file('secret'), file('b')],
    ignore: ['\u0085secret\u0085'],
    copies: copyAll,
  },
  'a folder named as a method is': {
    entries: [file('src/constructor/a.js'), file('__proto__/b'), file('src/index.js')],
    ignore: ['__proto__'],
    copies: copyAll,
  },
};

/** An image gets the same files, whether the app or docker's command built it, and the other finds it in the cache. */
export function testContextParity(
  arena: () => { host: string; client: (builder: Builder) => OtherClient },
  limits: MadeLimits,
  { namesAreText = false, builders = ['buildkit', 'classic'] }: { namesAreText?: boolean; builders?: readonly Builder[] } = {},
): void {
  describe.each(builders)('contexts beside docker’s command, %s', (builder) => {
    const compare = async (made: MadeContext, appIsFirst: boolean) => {
      const { host, client } = arena();
      const engine = await openEngine({ id: 'test', label: 'test', address: host });
      return compareBuilds({ engine, host, builder, client: client(builder) }, made, appIsFirst);
    };

    // newer commands forget the bytes of such a line on its way through BuildKit, and send the file that it should keep back; we do not
    const isForgotten = (name: string) => name === 'such a line to ignore' && builder === 'buildkit' && !limits.plainPatterns;
    // buildx itself does not find such names
    const isNotFound = (name: string) =>
      builder === 'buildkit' && !limits.plainPatterns && (name === 'an exclamation mark' || name === 'a space in front');
    const isRefused = (name: string) => builder === 'buildkit' && namesAreText && name === 'names that are no UTF-8';
    const expected = (name: string) =>
      isNotFound(name) ? 'refused by docker’s command alone' : isRefused(name) ? 'refused by both' : 'the same';
    const tried = Object.entries(cases).filter(([name]) => !isForgotten(name));
    // the two take turns at being first
    test.each(tried.map(([name, made], place) => [name, made, place % 2 === 0] as const))('%s', async (name, made, appIsFirst) => {
      const { what } = await compare({ ...made, depth: 0 }, appIsFirst);
      expect(what).toBe(expected(name));
    });

    test('made-up ones', async () => {
      let isOdd = false;
      let same = 0;
      const property = fc.asyncProperty(madeContexts(limits), async (made) => {
        isOdd = !isOdd;
        if ((await compare(made, isOdd)).what === 'the same') same += 1;
      });
      const numRuns = Number(process.env.LAYERDECK_CONTEXTS ?? 8);
      await fc.assert(property, { seed: 9, numRuns });
      // both refuse many of them; but if they refused all, nothing would have been compared
      expect(same).toBeGreaterThanOrEqual(numRuns / 4);
    });
  });
}
