import { expect, it } from 'vitest';
import type { LayerTransfer } from '../../../contract/transfer.ts';
import { countMoving, describeLayer, layerFraction } from '../../../renderer/transfer/describe-layer.ts';
import { suggestFileName } from '../../../renderer/transfer/suggest-file-name.ts';

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
  expect(countMoving(layers)).toEqual({ all: 4, moving: 2, done: 1 });
});

it('has no fraction without a total, and never more than the whole', () => {
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
