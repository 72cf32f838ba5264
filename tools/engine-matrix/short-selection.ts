/** The integration tests that see most of what differs between engines, in few minutes. */
export const shortSelection = [
  'engine/reaching-engines',
  'images/images.test',
  'images/layers',
  'builds/build.test',
  'builds/parity.test',
  'load-save/archive.test',
  'transfer/transfer.test',
  'transfer/forecast',
];

/** The window's tests of the whole way: built, named, saved, loaded, published and got again. */
export const windowSelection = [
  'builds/build.spec',
  'images/tags.spec',
  'archives/load.spec',
  'archives/save.spec',
  'transfer/transfer.spec',
];
