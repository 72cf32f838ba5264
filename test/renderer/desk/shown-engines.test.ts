import { expect, test } from 'vitest';
import type { EngineBeside, EngineFacts, EngineState } from '../../../contract/engine.ts';
import { shownEngines } from '../../../renderer/desk/shown-engines.ts';

const connected = (label: string): EngineState => ({
  state: 'connected',
  ...({ product: 'Podman', candidate: { id: label, label, address: label } } as EngineFacts),
});
const beside = (place: string, label: string, more: Partial<EngineBeside> = {}): EngineBeside => ({
  place,
  label,
  engine: { state: 'searching' },
  ...more,
});

test('engines are called as people call them', () => {
  const others = [beside('a', 'docker context build-server'), beside('b', 'Colima'), beside('unix:///x', 'unix:///x')];
  const names = shownEngines(connected('DOCKER_HOST'), undefined, others).map(({ name }) => name);
  expect(names).toEqual(['Podman', 'build-server', 'Colima', 'unix:///x']);
});

test('one that is shown already stands once, and the others keep their colours', () => {
  const others = [beside('a', 'a', { isShownAlready: true }), beside('b', 'b')];
  expect(shownEngines(connected('x'), undefined, others).map(({ at, hue }) => [at, hue])).toEqual([
    [undefined, 0],
    ['b', 2],
  ]);
});
