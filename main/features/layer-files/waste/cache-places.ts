import { none } from '../index/path-tree.ts';
import type { ImageTree } from '../stack/image-tree.ts';

/** `~` is the home of root and of every user, `*` any one name. */
const known: Record<string, string[]> = {
  apt: ['var/cache/apt', 'var/lib/apt/lists'],
  apk: ['var/cache/apk', 'etc/apk/cache'],
  dnf: ['var/cache/dnf', 'var/cache/libdnf5', 'var/cache/yum'],
  zypper: ['var/cache/zypp'],
  pacman: ['var/cache/pacman/pkg'],
  pip: ['~/.cache/pip'],
  uv: ['~/.cache/uv'],
  poetry: ['~/.cache/pypoetry/cache', '~/.cache/pypoetry/artifacts'],
  conda: ['opt/conda/pkgs', '~/miniconda3/pkgs'],
  npm: ['~/.npm'],
  yarn: ['~/.cache/yarn', 'usr/local/share/.cache', '~/.yarn/berry/cache'],
  pnpm: ['~/.cache/pnpm', '~/.local/share/pnpm/store'],
  go: ['~/.cache/go-build', 'go/pkg/mod/cache', '~/go/pkg/mod/cache'],
  cargo: ['~/.cargo/registry', '~/.cargo/git', 'usr/local/cargo/registry', 'usr/local/cargo/git'],
  maven: ['~/.m2/repository'],
  gradle: ['~/.gradle/caches'],
  composer: ['~/.composer/cache', '~/.cache/composer'],
  gem: ['usr/local/bundle/cache', '~/.cache/gem', '~/.bundle/cache'],
  nuget: ['~/.local/share/NuGet/v3-cache', '~/.local/share/NuGet/http-cache'],
  ccache: ['~/.cache/ccache', '~/.ccache'],
};

export type CachePlace = { cache: string; place: number };

/** The folders of an image in which package managers keep what they got, by the places that everybody leaves them at. */
export function findCaches(tree: ImageTree): CachePlace[] {
  return Object.entries(known).flatMap(([cache, paths]) =>
    paths.flatMap((path) => {
      const homes = path.startsWith('~/') ? ['root', 'home/*'].map((home) => `${home}${path.slice(1)}`) : [path];
      return homes.flatMap((one) => placesOf(tree, one)).map((place) => ({ cache, place }));
    }),
  );
}

function placesOf({ paths }: ImageTree, path: string): number[] {
  let places = [0];
  for (const part of path.split('/')) {
    const name = Buffer.from(part);
    places = places
      .flatMap((place) => (part === '*' ? [...paths.childrenOf(place)] : [paths.find(place, name)]))
      .filter((one) => one !== none);
  }
  return places;
}
