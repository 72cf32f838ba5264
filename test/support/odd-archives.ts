/** What a file of test/fixtures/tarball-cases.tar.gz is shown to hold, and what a load gives if that differs. */
export type OddArchive = {
  /** Names of each image as Docker has them; `undefined` if it is refused. */
  names?: string[][];
  /** Title of the refusal. */
  title?: string;
  /** What is said to stay in the file. */
  note?: RegExp;
  /** Has to be loaded first. */
  before?: string;
};

/** Files that engines or other tools accept, and that are odd in some way. */
export const oddArchives: Record<string, OddArchive> = {
  'annotations-differ': { names: [['hb-one:1']] },
  'artifact-beside-image': { names: [['hb-art:1']], note: /something else, such as/ },
  'attestation-missing': { names: [['hb-att:1']] },
  'bzip2-outer': { names: [['hb-good:1']] },
  'config-in-folder': { names: [['hb-sub:1']] },
  'cosign-layout': { names: [['hb-signed:1']], note: /something else, such as/ },
  'docker-layer-bzip2': { names: [['hb-lbzip2:1']] },
  'docker-layer-gzip': { names: [['hb-lgzip:1']] },
  'docker-layer-xz': { names: [['hb-lxz:1']] },
  'duplicate-layers-one-entry': { names: [['hb-dup1:1']] },
  'empty-tags-parent': { names: [[]] },
  'gzip-in-gzip': { names: [['hb-good:1']] },
  'gzip-trailing-text': { names: [['hb-nopad:1']] },
  'gzip-trailing-zeros': { names: [['hb-nopad:1']] },
  'hard-link-before-target': { names: [['hb-nopad:1']] },
  'index-in-index': { names: [['hb-nested:1']] },
  'layer-sources': { names: [['hb-ls:1']] },
  'layers-absolute-names': { names: [['hb-abs:1']] },
  'legacy-repositories-only': { names: [['hb-legacy:1']] },
  'manifest-bom': { names: [['hb-good:1']] },
  'newline-and-non-ascii-names': { names: [['hb-nopad:1']] },
  'no-diff-ids': { names: [['hb-nodiff:1']] },
  'no-last-padding': { names: [['hb-nopad:1']] },
  'no-layers-null': { names: [['hb-nolayer:1']] },
  'null-config-fields': { names: [['hb-nullf:1']] },
  'oci-bare-tag': { names: [[]] },
  'oci-no-layout-file': { names: [['hb-nolayout:1']] },
  'oci-no-name': { names: [[]] },
  'one-image-twice': { names: [['hb-same:1', 'hb-same:2']] },
  'plain-cut': { names: [['hb-nopad:1']] },
  'platform-without-layers': { names: [['hb-half:1']], note: /linux\/arm64 is incomplete/ },
  'podman-short-name': { names: [['hb-good:1']] },
  'repotags-digest': { names: [[]], note: /“hb-digest@sha256:a+…” is left out/ },
  'repotags-empty-string': { names: [[]], note: /An empty name is left out/ },
  'repotags-none': { names: [[]], note: /“<none>:<none>” is left out/ },
  'repotags-tag-and-digest': { names: [['hb-tagdigest:1']] },
  'repotags-upper': { names: [[]], note: /“Hb-Upper:1” is left out/ },
  'sparse-repacked/pax.tar': { names: [['hb-sparse:1']] },
  'two-images-one-tag': { names: [[], ['hb-same:1']], note: /the last of them gets it/ },
  'v25-index-null': { names: [['hb-null:1']] },
  'v25-manifest-no-layers': { names: [['hb-nolayers:1']], note: /second list of images/ },
  'wrong-ext-gz-plain': { names: [['hb-good:1']] },
  'xz-crc-none': { names: [['hb-nopad:1']] },
  'xz-padded': { names: [['hb-nopad:1']] },
  'xz-sha256': { names: [['hb-nopad:1']] },
  'xz-two-streams': { names: [['hb-nopad:1']] },
  'gzip-cut': { title: 'The file is cut off' },
  'only-a-chart': { title: 'The file holds no image' },
  powershell: { title: 'The file was written as text, which has ruined it' },
  'skopeo-dir-tarred': { title: 'This is a packed skopeo folder' },
  'sparse-repacked/gnu.tar': { title: 'A layer is stored with holes' },
  'split-second-part': { title: 'This is one part of a larger file' },
};
