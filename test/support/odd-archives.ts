/** What a file of test/fixtures/tarball-cases.tar.gz is shown to hold, and what comes of a load where that is another thing. */
export type OddArchive = {
  /** Names as Docker has them, of each image; `undefined` where it is refused. */
  names?: string[][];
  /** Of the refusal. */
  title?: string;
  /** What is said to stay in the file. */
  note?: RegExp;
  /** Has to be loaded before. */
  before?: string;
};

/** Files that engines or other tools take, and that are odd in some way. */
export const oddArchives: Record<string, OddArchive> = {
  'annotations-differ': { names: [['hb-one:1']] },
  'artifact-beside-image': { names: [['hb-art:1']], note: /something that is none/ },
  'config-in-folder': { names: [['hb-sub:1']] },
  'cosign-layout': { names: [['hb-signed:1']], note: /something that is none/ },
  'docker-layer-bzip2': { names: [['hb-lbzip2:1']] },
  'docker-layer-gzip': { names: [['hb-lgzip:1']] },
  'docker-layer-xz': { names: [['hb-lxz:1']] },
  'gzip-in-gzip': { names: [['hb-good:1']] },
  'gzip-trailing-text': { names: [['hb-nopad:1']] },
  'hard-link-before-target': { names: [['hb-nopad:1']] },
  'index-in-index': { names: [['hb-nested:1']] },
  'manifest-bom': { names: [['hb-good:1']] },
  'no-last-padding': { names: [['hb-nopad:1']] },
  'oci-bare-tag': { names: [[]] },
  'oci-no-layout-file': { names: [['hb-nolayout:1']] },
  'oci-no-name': { names: [[]] },
  'plain-cut': { names: [['hb-nopad:1']] },
  'platform-without-layers': { names: [['hb-half:1']], note: /linux\/arm64 is not whole/ },
  'podman-short-name': { names: [['hb-good:1']] },
  'repotags-digest': { names: [[]], note: /“hb-digest@sha256:a+…” is left out/ },
  'repotags-empty-string': { names: [[]], note: /An empty name is left out/ },
  'repotags-none': { names: [[]], note: /“<none>:<none>” is left out/ },
  'repotags-tag-and-digest': { names: [['hb-tagdigest:1']] },
  'repotags-upper': { names: [[]], note: /“Hb-Upper:1” is left out/ },
  'two-images-one-tag': { names: [[], ['hb-same:1']], note: /the last of them gets it/ },
  'v25-index-null': { names: [['hb-null:1']] },
  'v25-manifest-no-layers': { names: [['hb-nolayers:1']], note: /second list of images/ },
  'only-a-chart': { title: 'The file holds no image' },
  'legacy-repositories-only': { title: 'The image was saved by a very old Docker' },
  powershell: { title: 'The file was written as text and is spoilt' },
  'split-second-part': { title: 'This is a part of a larger file' },
  'xz-sha256': { title: 'The file is packed in a way that Layerdeck cannot read' },
  'bzip2-outer': { title: 'This file is packed with bzip2' },
  'skopeo-dir-tarred': { title: 'This is a folder of skopeo, packed' },
};
