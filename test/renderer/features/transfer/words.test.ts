import { expect, it } from 'vitest';
import type { Task } from '../../../../contract/task.ts';
import type { LayerTransfer } from '../../../../contract/transfer.ts';
import { suggestFileName } from '../../../../renderer/desk/suggest-file-name.ts';
import { countMoving, describeLayer, layerFraction } from '../../../../renderer/features/transfer/describe-layer.ts';
import { downloadedWords, headline } from '../../../../renderer/features/transfer/transfer-words.ts';

it.each<[Partial<LayerTransfer>, string]>([
  [{ state: 'there-already' }, 'Already there'],
  [{ state: 'mounted', mountedFrom: 'hello-api' }, 'Mounted from hello-api'],
  [{ state: 'retrying', retryInSeconds: 1 }, 'Trying again in 1 second'],
  [{ state: 'unpacking', unpackingSeconds: 12 }, 'Unpacking, 12 s'],
  [{ state: 'retrying' }, 'Trying again'],
])('%o is %s', (layer, words) => expect(describeLayer({ id: 'a', state: 'done', ...layer }).replaceAll('\u00a0', ' ')).toBe(words));

it('counts only layers that have to move', () => {
  const layers: LayerTransfer[] = [
    { id: 'a', state: 'done' },
    { id: 'b', state: 'uploading' },
    { id: 'c', state: 'mounted' },
    { id: 'd', state: 'there-already' },
  ];
  expect(countMoving(layers, 'push')).toEqual({ all: 4, moving: 2, open: 0, done: 1 });
});

it('never says that a layer is sent before the registry was asked for it', () => {
  const layers: LayerTransfer[] = ['a', 'b'].map((id) => ({ id, state: 'preparing' }));
  const task = { kind: 'push', state: 'running', request: { kind: 'push', references: ['a:1'], to: 'own-registry' } } as Task;
  expect(headline(task, countMoving(layers, 'push'))).toBe('Comparing with what is already there');
  expect(headline(task, countMoving([{ id: 'a', state: 'mounted' }], 'push'))).toBe('Every layer is already there');
  const some: LayerTransfer[] = [...layers, { id: 'c', state: 'uploading' }];
  expect(headline(task, countMoving(some, 'push')).replaceAll('\u00a0', ' ')).toBe('1 of 3 layers is being sent');
});

it.each<[LayerTransfer[], string]>([
  [[{ id: 'a', state: 'there-already' }], 'Nothing had to be downloaded: the layer was already here.'],
  [
    [
      { id: 'a', state: 'done', bytes: { done: 1600, total: 1600 } },
      { id: 'b', state: 'there-already' },
    ],
    '1 of 2 layers downloaded, 1.6 kB. 1 was already here.',
  ],
])('what a pull brought is counted as it was before the pull: %j', (layers, words) =>
  expect(downloadedWords(layers).replaceAll('\u00a0', ' ')).toBe(words),
);

it('has no fraction without a total, and never exceeds the whole', () => {
  expect(layerFraction({ id: 'a', state: 'downloading', bytes: { done: 5 } })).toBeUndefined();
  expect(layerFraction({ id: 'a', state: 'downloading', bytes: { done: 12, total: 10 } })).toBe(1);
});

it.each([
  [['myteam/hello-web:1.4.2'], 'hello-web-1.4.2.tar'],
  [['localhost:5000/app'], 'app.tar'],
  [['app:1', 'app:stable'], 'app-1.tar'],
  [['app:1', 'db:2'], '2-images.tar'],
  [[`sha256:${'a'.repeat(64)}`], 'image-aaaaaaaaaaaa.tar'],
  [['app@sha256:abc'], 'app-sha256-abc.tar'],
])('%s is saved as %s', (references, name) => expect(suggestFileName(references)).toBe(name));
