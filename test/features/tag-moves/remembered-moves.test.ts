import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TagMove } from '../../../contract/tag-moves.ts';
import { SeenOnEngine } from '../../../main/features/tag-moves/seen-on-engine.ts';
import { TagMemory } from '../../../main/features/tag-moves/tag-memory.ts';
import type { EngineEvent } from '../../../main/foundation/engine/events.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const image = (number: number) => `sha256:${String(number).padStart(64, '0')}`;
const place = 'engine';
const start = 1_000_000_000_000;

/** What happens to one of two tags, or to whom it is told. */
type Step =
  | { act: 'tag'; tag: string; image: number }
  | { act: 'untag'; tag: string }
  /** The list is asked for, and comes after so many further steps. */
  | { act: 'list'; after: number }
  | { act: 'flush' }
  /** From now on events are told so many steps late. */
  | { act: 'delay'; steps: number }
  /** The app is killed, with what it had not written down, and is started again after so many steps. */
  | { act: 'kill'; for: number; remembers: boolean };

const tag = fc.constantFrom('a', 'b');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ act: fc.constant('tag' as const), tag, image: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('untag' as const), tag }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('list' as const), after: fc.integer({ min: 0, max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('flush' as const) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('delay' as const), steps: fc.integer({ min: 0, max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('kill' as const), for: fc.integer({ min: 0, max: 4 }), remembers: fc.boolean() }) },
);

type Truth = { at: number; tag: string; from: string | undefined; to: string | undefined };

/** An engine by the naivest account, and the app beside it. */
class World {
  now = start;
  readonly names = new Map<string, string>();
  readonly truth: Truth[] = [];
  /** All that the engine told, and what of it an engine with a memory tells again. */
  readonly told: EngineEvent[] = [];
  readonly path: string;
  memory: TagMemory;
  seen: SeenOnEngine | undefined = new SeenOnEngine();
  lists: { due: number; names: [string, string][]; began: number }[] = [];
  late: { event: EngineEvent; due: number }[] = [];
  delay = 0;
  down = 0;
  remembers = false;

  constructor(path: string) {
    this.path = path;
    this.memory = this.open();
  }

  open = () => new TagMemory(this.path, { days: 10_000, moves: 1000 });

  move(name: string, to: string | undefined): void {
    const from = this.names.get(name);
    if (from === to) return;
    this.truth.push({ at: this.now, tag: name, from, to });
    if (to === undefined) this.names.delete(name);
    else this.names.set(name, to);
    const event: EngineEvent =
      to === undefined
        ? { Type: 'image', Action: 'untag', id: from ?? '', name: from ?? '', at: this.now }
        : { Type: 'image', Action: 'tag', id: to, name: `app:${name}`, at: this.now };
    this.told.push(event);
    this.late.push({ event, due: this.now + 10 * this.delay });
    this.hear();
  }

  /** Podman tells what happened some time later, but in its order. */
  hear(): void {
    while (this.late[0] && this.late[0].due <= this.now) {
      const [{ event } = {}] = this.late.splice(0, 1);
      if (event) this.seen?.notice(event, this.now);
    }
  }

  read = () => ({ names: [...this.names].map(([name, id]): [string, string] => [`app:${name}`, id]), began: this.now });

  flush(list?: { names: [string, string][]; began: number }): void {
    if (!this.seen) return;
    const { events, doings } = this.seen.take();
    const told = list && { ...list, ended: this.now, ...this.seen.listed(list) };
    this.memory.see({ place, now: this.now, events, doings, ...(told && { list: told }) });
  }

  tick(): void {
    this.now += 10;
    this.hear();
    if (this.down > 0 && --this.down === 0) this.begin();
    for (const list of this.lists.filter(({ due }) => due <= this.now)) this.flush(list);
    this.lists = this.lists.filter(({ due }) => due > this.now);
  }

  begin(): void {
    this.memory = this.open();
    this.seen = new SeenOnEngine();
    const known = this.memory.seen(place);
    if (known !== undefined && this.remembers)
      this.seen.repeat(
        this.told.filter(({ at = 0 }) => at >= known && at <= this.now),
        this.now,
      );
  }

  do(what: Step): void {
    if (what.act === 'tag') this.move(what.tag, image(what.image));
    else if (what.act === 'untag') this.move(what.tag, undefined);
    else if (what.act === 'flush') this.flush();
    else if (what.act === 'delay') this.delay = what.steps;
    else if (what.act === 'list') {
      if (this.seen) this.lists.push({ due: this.now + 10 * what.after, ...this.read() });
    } else if (this.seen) {
      this.seen = undefined;
      this.lists = [];
      this.late = [];
      this.memory.close();
      this.down = what.for + 1;
      this.remembers = what.remembers;
    }
    this.tick();
  }

  /** Where a tag was just before a time, and from then on. */
  holder(name: string, at: number): Set<string | undefined> {
    const before = this.truth.findLast((one) => one.tag === name && one.at < at)?.to;
    const after = this.truth.findLast((one) => one.tag === name && one.at <= at)?.to;
    return new Set([before, after]);
  }

  /** Everything is told in the end. */
  end(): Map<string, { now: string | undefined; moves: TagMove[] }> {
    while (!this.seen || this.late.length > 0) this.tick();
    this.tick();
    this.flush(this.read());
    const { lines } = this.memory.timeline(place, 'app', 0);
    this.memory.close();
    return new Map(lines.map(({ tag: name, now, moves }) => [name, { now, moves }]));
  }
}

const runs = Number(process.env.LAYERDECK_TAG_RUNS ?? 100);

test('whatever is told late, twice or not at all: each move is a true one, within its span, and the end is right', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      using work = new WorkFolder({});
      const world = new World(work.file('moves.db'));
      world.flush(world.read());
      for (const one of steps) world.do(one);
      const lines = world.end();
      for (const name of ['a', 'b']) {
        const { now, moves } = lines.get(name) ?? { now: undefined, moves: [] };
        expect(now).toBe(world.names.get(name));
        let before: TagMove | undefined;
        for (const move of moves) {
          expect(move.from).toBe(before ? before.to : undefined);
          expect(move.since).toBeLessThanOrEqual(move.at);
          expect(move.since).toBeGreaterThanOrEqual(before?.since ?? 0);
          expect(world.holder(name, move.since)).toContain(move.from);
          const within = world.truth.filter((one) => one.tag === name && one.at >= move.since && one.at <= move.at);
          expect(within.map(({ to }) => to)).toContain(move.to);
          if (move.isExact) expect(world.truth).toContainEqual(expect.objectContaining({ at: move.at, tag: name, to: move.to }));
          before = move;
        }
        expect(before?.to).toBe(now);
      }
    }),
    { numRuns: runs },
  );
});

test('while it listens, and with a list after each removal, every move is there at its time', () => {
  fc.assert(
    fc.property(
      fc.array(
        step.filter(({ act }) => act === 'tag' || act === 'untag' || act === 'flush'),
        { maxLength: 30 },
      ),
      (steps) => {
        using work = new WorkFolder({});
        const world = new World(work.file('moves.db'));
        world.flush(world.read());
        for (const one of steps) {
          world.do(one);
          if (one.act === 'untag') world.flush(world.read());
        }
        const lines = world.end();
        const found = [...lines].flatMap(([name, { moves }]) =>
          moves.map(({ from, to, at, isExact }) => ({ tag: name, from, to, at, isExact })),
        );
        const byTime = (a: { at: number; tag: string }, b: { at: number; tag: string }) => a.at - b.at || a.tag.localeCompare(b.tag);
        expect(found.sort(byTime)).toEqual(world.truth.map((one) => ({ ...one, isExact: true })).sort(byTime));
      },
    ),
    { numRuns: runs },
  );
});

test('two apps on one file write each move once', () => {
  using folder = new WorkFolder({});
  const one = new TagMemory(folder.file('moves.db'), { days: 100, moves: 1000 });
  const other = new TagMemory(folder.file('moves.db'), { days: 100, moves: 1000 });
  const now = Date.now();
  const list = {
    names: [['app:1', image(1)]] as [string, string][],
    began: now - 100,
    ended: now - 90,
    skip: [],
    hints: [],
    isWatched: false,
  };
  for (const memory of [one, other]) memory.see({ place, now, events: [], doings: [], list });
  const events = [{ name: 'app:1', image: image(2), at: now, isWatched: true }];
  expect([one, other].map((memory) => memory.see({ place, now, events, doings: [] }))).toEqual([1, 0]);
  expect(other.timeline(place, 'app', 0).lines[0]?.moves).toHaveLength(1);
  one.close();
  other.close();
});
