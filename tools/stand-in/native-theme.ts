import { EventEmitter } from 'node:events';

type ThemeSource = 'system' | 'light' | 'dark';

/** Electron's `nativeTheme`; pages follow its `updated` event through media emulation. */
class NativeTheme extends EventEmitter {
  shouldUseHighContrastColors = false;
  shouldUseInvertedColorScheme = false;
  prefersReducedTransparency = false;
  inForcedColorsMode = false;
  #source: ThemeSource = 'system';

  get themeSource(): ThemeSource {
    return this.#source;
  }
  set themeSource(source: ThemeSource) {
    if (source === this.#source) return;
    this.#source = source;
    this.emit('updated');
  }

  /** `STANDIN_DARK=1` simulates a dark system. */
  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? process.env.STANDIN_DARK === '1' : this.#source === 'dark';
  }
  get shouldUseDarkColorsForSystemIntegratedUI(): boolean {
    return this.shouldUseDarkColors;
  }

  /** The theme that pages get; empty means Chromium's own. */
  get emulated(): '' | 'light' | 'dark' {
    if (this.#source !== 'system') return this.#source;
    return process.env.STANDIN_DARK === '1' ? 'dark' : '';
  }
}

export const nativeTheme = new NativeTheme();
