import type { ComparedImage, CompareRow, CompareSummary, ImageSettings } from '../../../contract/compare.ts';

const noSettings: ImageSettings = {
  entrypoint: [],
  command: [],
  environment: [],
  workingDirectory: '',
  user: '',
  labels: {},
  ports: [],
  volumes: [],
  stopSignal: '',
  healthCheck: [],
  shell: [],
  onBuild: [],
};

type Made = Partial<Omit<ComparedImage, 'settings' | 'layers'>> & { settings?: Partial<ImageSettings>; layers?: string[] };

/** An image as main describes it; layers by their letters. */
export const madeImage = ({ settings, layers = ['a'], ...more }: Made = {}): ComparedImage => ({
  name: 'acme/shop:1',
  ids: [],
  platform: 'linux/amd64',
  createdAt: 0,
  history: [],
  sizes: {},
  ...more,
  settings: { ...noSettings, ...settings },
  layers: layers.map((letter) => ({ diffId: letter, instruction: `RUN make ${letter}` })),
});

const nothing = { added: 0, changed: 0, removed: 0 };

export const madeSummary = (more: Partial<CompareSummary> = {}): CompareSummary => ({
  files: nothing,
  folders: nothing,
  onlyTimes: 0,
  same: 5,
  aspects: {},
  bytes: { added: 0, removed: 0, changed: [0, 0] },
  totals: [
    { files: 5, bytes: 1000 },
    { files: 5, bytes: 1000 },
  ],
  layerBytes: [[], []],
  listed: [[], []],
  ...more,
});

const facts = { kind: 'file' as const, mode: 0o644, uid: 0, gid: 0, modified: 0, size: 10 };

/** A changed file; what is another one in the second image stands in `second`. */
export const madeRow = (more: Partial<CompareRow> = {}, second: Partial<typeof facts> = {}): CompareRow => ({
  place: 1,
  name: 'file',
  kind: 'file',
  change: 'changed',
  aspects: ['content'],
  facts: [facts, { ...facts, ...second }],
  sums: { added: 0, changed: 1, removed: 0, bytes: [10, 10] },
  hasMore: false,
  ...more,
});
