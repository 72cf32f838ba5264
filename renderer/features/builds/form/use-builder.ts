import type { Builder } from '../../../../contract/engine.ts';
import { useMirror } from '../../../connection/mirror.ts';

export type BuilderInUse = {
  builder: Builder;
  /** Why options that only BuildKit has can’t be used; absent if they can. */
  onlyBuildKit?: string;
  /** Why no steps of an image that was built elsewhere can be reused; absent if they can. */
  noReuse?: string;
  /** The engine's own, if one is connected. */
  platform?: string;
};

/** The builder that a build started now would use. */
export function useBuilder(): BuilderInUse {
  const engine = useMirror((mirror) => mirror.engine);
  const choice = useMirror((mirror) => mirror.settings.builder);
  if (engine.state !== 'connected') return { builder: 'buildkit' };
  const { platform, product } = engine;
  if (engine.builder === 'classic')
    return {
      builder: 'classic',
      platform,
      onlyBuildKit: 'Only BuildKit can do this, and this engine doesn’t have it.',
      ...(product === 'Podman' && { noReuse: 'Podman reuses only steps that it built itself, not those of a published image.' }),
    };
  if (choice === 'classic') return { builder: 'classic', platform, onlyBuildKit: chosen };
  return { builder: 'buildkit', platform };
}

const chosen = 'Only BuildKit can do this. The engine has it, but the settings say “Always the classic builder”.';
