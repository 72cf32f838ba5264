import { beforeEach, expect, test } from 'vitest';
import { clearSelection, extendTo, toggleRow, useImageList } from '../../../../renderer/features/images/list-store.ts';

const shown = ['group app', 'a', 'step', 'b', 'group other', 'c'];
const selectable = new Set(['a', 'b', 'c']);

beforeEach(clearSelection);

test('with Shift, neither headings nor the steps of builds are selected along', () => {
  toggleRow('a');
  extendTo('c', shown, selectable);
  expect([...useImageList.getState().selected]).toEqual(['a', 'b', 'c']);
});

test('a selection that reaches a step or a heading stops at what can be selected', () => {
  toggleRow('a');
  extendTo('step', shown, selectable);
  expect([...useImageList.getState().selected]).toEqual(['a']);
  extendTo('group other', shown, selectable);
  expect([...useImageList.getState().selected]).toEqual(['a', 'b']);
});
