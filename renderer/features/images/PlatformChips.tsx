import type { ImagePlatform } from '../../../contract/image.ts';
import { Chip } from '../../ui/Chip.tsx';
import c from './PlatformChips.module.css';
import { platformsHere, platformWords } from './size-words.ts';

/** A chip for each platform whose layers are on the engine, for the row of an image. */
export function PlatformsHere({ platforms }: { platforms: ImagePlatform[] }) {
  const here = platforms.filter(({ isHere }) => isHere);
  return (
    <span className={c.small}>
      {here.map((platform) => (
        <Chip key={platform.name} title={platformWords(platform)}>
          {platform.name}
        </Chip>
      ))}
    </span>
  );
}

/** All platforms of an image, those that it only names set apart, and the one whose layers and settings the page shows. */
export function AllPlatforms({ platforms, shown }: { platforms: ImagePlatform[]; shown: string }) {
  const named = platforms.filter(({ isHere }) => !isHere);
  return (
    <p className={`t2 num ${c.all}`}>
      <span>{platformsHere(platforms)}</span>
      {platforms
        .filter(({ isHere }) => isHere)
        .map((platform) => (
          <Chip key={platform.name} title={platformWords(platform)}>
            {platform.name}
          </Chip>
        ))}
      {named.length > 0 && (
        <span>
          only named: <span className="strong">{named.map(({ name }) => name).join(', ')}</span>
        </span>
      )}
      <span className="t3">Shown below: {shown}</span>
    </p>
  );
}
