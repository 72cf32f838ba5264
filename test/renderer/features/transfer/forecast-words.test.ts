import { describe, expect, it } from 'vitest';
import type { FailureKind } from '../../../../contract/failure.ts';
import type { CopyForecast, PullForecast, PushForecast, PushForecastLayer, RegistryFacts } from '../../../../contract/transfer.ts';
import { registryThatMayLetIn } from '../../../../renderer/desk/registry-that-may-let-in.ts';
import { adjustForecasts } from '../../../../renderer/features/transfer/adjust-forecasts.ts';
import { copyWords, layerWords, placeWords, pullWords, pushWords } from '../../../../renderer/features/transfer/forecast-words.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const registry: RegistryFacts = { registry: 'ghcr.io', repository: 'me/app', visibility: 'unknown', isPlain: false };
const layer = (id: string, size: number, state: PushForecastLayer['state']): PushForecastLayer => ({ id, size, state });
const push = (layers: PushForecastLayer[]): Pick<PushForecast, 'layers' | 'toSend'> => ({
  layers,
  toSend: layers.reduce((sum, { state, size = 0 }) => sum + (state === 'send' ? size : 0), 0),
});

describe('what a push sends', () => {
  it.each([
    [[layer('a', 42_000_000, 'send')], 'Sends 42.0 MB: 1 layer.'],
    [[layer('a', 1_000_000, 'send'), layer('b', 2, 'there-already')], 'Sends 1.0 MB: 1 of 2 layers. 1 layer is already there.'],
    [[layer('a', 1, 'there-already'), layer('b', 2, 'there-already')], 'Sends nothing: every layer is already there.'],
    [[layer('a', 1, 'mount')], 'Sends nothing. The registry takes 1 layer from another of its repositories.'],
    [
      [layer('a', 1_000_000, 'send'), layer('b', 1, 'there-already'), layer('c', 1, 'there-already'), layer('d', 1, 'mount')],
      'Sends 1.0 MB: 1 of 4 layers. 2 layers are already there. The registry takes 1 layer from another of its repositories.',
    ],
  ])('%#', (layers, words) => expect(plain(pushWords(push(layers)))).toBe(words));

  it('lets names that are pushed one after another share what the first has sent', () => {
    const forecast = (repository: string): PushForecast => ({
      ...{ reference: 'x', target: 'x', registry: { ...registry, repository } },
      ...push([layer('a', 10, 'send'), layer('b', 5, 'there-already')]),
    });
    const [first, same, other, elsewhere] = adjustForecasts([
      { forecast: forecast('me/app') },
      { forecast: forecast('me/app') },
      { forecast: forecast('me/other') },
      { forecast: { ...forecast('me/app'), registry: { ...registry, registry: 'quay.io' } } },
    ]);
    expect(first?.forecast?.toSend).toBe(10);
    expect(same?.forecast).toMatchObject({ toSend: 0, layers: [{ state: 'there-already' }, { state: 'there-already' }] });
    expect(other?.forecast).toMatchObject({ toSend: 0, layers: [{ state: 'mount', mountedFrom: 'me/app' }, { state: 'there-already' }] });
    expect(elsewhere?.forecast?.toSend).toBe(10);
  });

  it('says of each layer what happens to it', () => {
    expect(layerWords(layer('a', 1, 'send'))).toBe('Will be sent');
    expect(layerWords({ ...layer('a', 1, 'send'), sentAgain: true })).toMatch(/^Will be sent again/);
    expect(layerWords({ ...layer('a', 1, 'mount'), mountedFrom: 'me/base' })).toBe('Taken from me/base');
  });
});

it('says what a pull brings', () => {
  const forecast = (layers: [number, boolean][], isHere = false) =>
    ({
      layers: layers.map(([size, here], index) => ({ digest: `sha256:${index}`, size, isHere: here })),
      toDownload: layers.reduce((sum, [size, here]) => sum + (here ? 0 : size), 0),
      isHere,
    }) as PullForecast;
  expect(plain(pullWords(forecast([[1000, false]])))).toBe('Downloads at most 1.0 kB: 1 layer.');
  expect(
    plain(
      pullWords(
        forecast([
          [1000, true],
          [3000, false],
        ]),
      ),
    ),
  ).toBe('Downloads at most 3.0 kB: 1 of 2 layers. 1 layer is already here.');
  expect(pullWords(forecast([[1, true]]))).toMatch(/^Every layer is already here/);
  expect(pullWords(forecast([[1, true]], true))).toMatch(/^The image is already here/);
});

it('says what a copy sends or writes', () => {
  const forecast: CopyForecast = { platforms: [], ...push([layer('a', 1_000_000, 'send')]), isAtMost: true };
  expect(plain(copyWords(forecast))).toBe('Writes about 1.0 MB: 1 layer.');
  expect(plain(copyWords({ ...forecast, target: registry }))).toBe('Sends at most 1.0 MB: 1 layer.');
});

it('says where it goes, as whom, and who else sees it', () => {
  expect(placeWords(registry)).toBe('ghcr.io, me/app · without a sign-in');
  expect(placeWords({ ...registry, registry: 'docker.io', username: 'me', visibility: 'public' })).toBe(
    'Docker Hub (docker.io), me/app · signed in as me · anyone can get it',
  );
  expect(placeWords({ ...registry, visibility: 'private', isPlain: true })).toContain('not for everyone · not encrypted');
});

it('offers a sign-in only if that could help', () => {
  const failure = (kind: FailureKind) => ({ kind, title: '', detail: '', registry: 'ghcr.io' });
  expect(registryThatMayLetIn(failure('sign-in'))).toBe('ghcr.io');
  expect(registryThatMayLetIn(failure('not-found'))).toBe('ghcr.io');
  expect(registryThatMayLetIn(failure('registry-unreachable'))).toBeUndefined();
});
