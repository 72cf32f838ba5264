import type { Asked } from './failure-reason.ts';

/** What a URL of the distribution protocol asks for. */
export function askedOf(url: string): Asked {
  if (/\/blobs\/uploads\//.test(url)) return 'upload';
  if (/\/v2\/.+\/manifests\//.test(url)) return 'manifest';
  if (/\/v2\/.+\/blobs\//.test(url)) return 'layer';
  if (/\/v2\/.+\/tags\/list/.test(url)) return 'tags';
  return /\/v2\/_catalog/.test(url) ? 'catalog' : 'registry';
}

export const repositoryIn = (url: string): string | undefined => /\/v2\/(.+?)\/(?:manifests|blobs|tags)\//.exec(url)?.[1];
