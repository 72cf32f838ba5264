import { tarEnd, tarHeader } from '../../main/foundation/formats/tar/tar-header.ts';
import { digestOf, entryBytes, hexOf, patched, tarball } from './make-tarball.ts';
import { blob, dockerEntries, layer, ociImage, ociIndex, ociLists } from './sample-archives.ts';

const good = () => dockerEntries([{ layers: [layer('a')], tags: ['a:1'] }]);
const list = (value: unknown) =>
  tarball(...good().filter(({ name }) => name !== 'manifest.json'), { name: 'manifest.json', body: JSON.stringify(value) });
const fileHeader = (size = 0) => tarHeader({ name: 'x', kind: 'file', mode: 0o644, size, modified: 0 });
const pax = (records: string) => entryBytes({ name: 'PaxHeaders/x', body: records });
const asPax = (bytes: Buffer) => patched(bytes, { 156: 'x' });
const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

/** Tarballs that somebody made to do harm, or that an accident made: each must be refused with an explanation, and nothing else. */
export const hostileArchives: Record<string, () => Buffer> = {
  'leads out': () => tarball({ name: '../../etc/passwd', body: 'x' }, ...good()),
  'leads out deep inside': () => tarball({ name: 'a/../../x', body: 'x' }, ...good()),
  'layer leads out': () => list([{ Config: good().at(-2)?.name, RepoTags: null, Layers: ['../../etc/shadow'] }]),
  'absolute link as layer': () =>
    tarball(
      ...good().map((entry) =>
        /layer\.tar$/.test(entry.name) ? { name: entry.name, kind: 'symlink' as const, linkName: '/etc/shadow' } : entry,
      ),
    ),
  'layers that link to each other': () => {
    const entries = good().filter(({ name }) => !/layer\.tar$/.test(name));
    const name = good().find((entry) => /layer\.tar$/.test(entry.name))?.name ?? '';
    return tarball(
      { name, kind: 'symlink', linkName: '../b/layer.tar' },
      { name: 'b/layer.tar', kind: 'symlink', linkName: `../${name}` },
      ...entries,
    );
  },
  'hard link to itself': () => tarball({ name: 'manifest.json', kind: 'hard-link', linkName: 'manifest.json' }),
  'list that is a link': () =>
    tarball({ name: 'real.json', body: '[]' }, { name: 'manifest.json', kind: 'symlink', linkName: 'real.json' }),
  'list twice': () => tarball(...good(), { name: 'manifest.json', body: '[]' }),
  'list twice under two spellings': () => tarball(...good(), { name: './manifest.json', body: '[]' }),
  'layer missing': () => tarball(...good().filter(({ name }) => !/layer\.tar$/.test(name))),
  'configuration missing': () => list([{ Config: `${'0'.repeat(64)}.json`, RepoTags: ['a:1'], Layers: [] }]),
  'configuration changed': () =>
    tarball(...good().map((entry) => (/^[0-9a-f]{64}\.json$/.test(entry.name) ? { ...entry, body: `${entry.body} ` } : entry))),
  'fewer layers than told': () => list([{ Config: good().at(-2)?.name, RepoTags: null, Layers: [] }]),
  'a hundred thousand layers': () => list([{ Config: good().at(-2)?.name, RepoTags: null, Layers: Array(100_000).fill('a') }]),
  'no list': () => list({ Config: 'x' }),
  'wrong types': () => list([{ Config: 7, RepoTags: 'a:1', Layers: { length: 3 } }]),
  'null in the list': () => list([null]),
  'prototype names': () =>
    tarball(...good().slice(0, -1), { name: 'manifest.json', body: '[{"__proto__":{"x":1},"constructor":{"prototype":{}}}]' }),
  'prototype as a name': () =>
    tarball({ name: '__proto__', body: '{}' }, { name: 'constructor', body: '{}' }, { name: 'manifest.json', body: '[]' }),
  'nested JSON': () => tarball(...good().slice(0, -1), { name: 'manifest.json', body: deep(200_000) }),
  'JSON of half a million openings': () => tarball({ name: 'manifest.json', body: '['.repeat(500_000) }),
  'broken JSON': () => tarball({ name: 'manifest.json', body: '[{"Config": ' }),
  'sparse layer': () => {
    const entries = good();
    return Buffer.concat([
      ...entries.map((entry) => (/layer\.tar$/.test(entry.name) ? patched(entryBytes(entry), { 156: 'S' }) : entryBytes(entry))),
      tarEnd(),
    ]);
  },
  'label of a volume': () => Buffer.concat([patched(fileHeader(), { 156: 'V', 124: '00000000000\0' }), tarball(...good())]),
  'sparse map without end': () => Buffer.concat([patched(fileHeader(), { 156: 'S', 482: Buffer.from([1]) }), Buffer.alloc(512 * 40, 1)]),
  'giant size': () => Buffer.concat([patched(fileHeader(), { 124: '77777777777\0' }), Buffer.alloc(1024)]),
  'negative size': () => patched(fileHeader(), { 124: Buffer.alloc(12, 0xff) }),
  'size beyond all numbers': () => patched(fileHeader(), { 124: Buffer.from([0x80, ...Array(11).fill(0xff)]) }),
  'size in base 256': () =>
    Buffer.concat([patched(fileHeader(), { 124: Buffer.from([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3]) }), Buffer.alloc(512, 97), tarEnd()]),
  'size that is no number': () => patched(fileHeader(), { 124: 'hello world!' }),
  'pax header of a gigabyte': () => asPax(tarHeader({ name: 'p', kind: 'file', mode: 0, size: 2 ** 30, modified: 0 })),
  'pax records that lie': () => Buffer.concat([asPax(pax('9999 path=x\n')), fileHeader(), tarEnd()]),
  'pax size that lies': () => Buffer.concat([asPax(pax('13 size=1e99\n')), fileHeader(), tarEnd()]),
  'pax size below zero': () => Buffer.concat([asPax(pax('11 size=-1\n')), fileHeader(), tarEnd()]),
  'pax without an entry': () => asPax(pax('9 path=x\n')),
  'pax headers without end': () => Buffer.concat(Array(1500).fill(asPax(pax('9 path=x\n')))),
  'name that is not UTF-8': () => Buffer.concat([patched(fileHeader(), { 0: Buffer.from([0xff, 0xfe, 0x41]) }), tarEnd()]),
  'OCI lists of nothing, many times': () => {
    let one = ociIndex();
    const entries = [one.entry];
    for (let depth = 0; depth < 4; depth++) {
      one = ociIndex(...Array(900).fill(one.descriptor));
      entries.push(one.entry);
    }
    return tarball(...entries, ...ociLists(...Array(900).fill(one.descriptor)));
  },
  'one configuration for many images': () => {
    const config = JSON.stringify({ os: 'linux', architecture: 'amd64', rootfs: { diff_ids: [] }, filler: 'x'.repeat(1_000_000) });
    const entry = { Config: 'config', RepoTags: null, Layers: [] };
    return tarball(
      { name: 'config', body: config },
      { name: 'manifest.json', body: JSON.stringify([...Array(9000).fill(entry), { ...entry, Layers: ['a'] }]) },
    );
  },
  'OCI lists that name an image without end': () => {
    const inner = ociIndex(...Array(200).fill(ociImage({ layers: [layer('a')], tags: [] }).descriptor));
    const outer = ociIndex(...Array(200).fill(inner.descriptor));
    return tarball(
      ...ociImage({ layers: [layer('a')], tags: [] }).entries,
      inner.entry,
      outer.entry,
      ...ociLists(...Array(20).fill(outer.descriptor)),
    );
  },
  'OCI manifest changed': () => {
    const image = ociImage({ layers: [layer('a')], tags: [] });
    const name = `blobs/sha256/${image.descriptor.digest.slice(7)}`;
    return tarball(
      ...image.entries.map((entry) => (entry.name === name ? { ...entry, body: `${entry.body} ` } : entry)),
      ...ociLists(image.descriptor),
    );
  },
  'OCI digest that leads out': () =>
    tarball(...ociLists({ mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: `sha256:../../../${'0'.repeat(64)}`, size: 1 })),
  'OCI manifest that is a list of nothing': () => tarball(blob('[]'), ...ociLists({ mediaType: 'x', digest: digestOf('[]'), size: 2 })),
  'OCI layer of another size': () => {
    const image = ociImage({ layers: [layer('a')], tags: [] });
    const name = `blobs/sha256/${hexOf(layer('a'))}`;
    return tarball(
      ...image.entries.map((entry) => (entry.name === name ? { ...entry, body: 'short' } : entry)),
      ...ociLists(image.descriptor),
    );
  },
};
