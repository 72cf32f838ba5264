import { EventEmitter } from 'node:events';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { defaultSettings, Settings } from '../../contract/settings.ts';

/** The settings in one small file; what cannot be read or is not valid counts as the default. */
export class SettingsStore extends EventEmitter<{ settings: [Settings] }> {
  #settings: Settings = defaultSettings;
  #written: Promise<void> = Promise.resolve();
  readonly #file: string;

  constructor(file: string) {
    super();
    this.#file = file;
  }

  get settings(): Settings {
    return this.#settings;
  }

  async load(): Promise<void> {
    try {
      const saved = Settings.partial().safeParse(JSON.parse(await readFile(this.#file, 'utf8')));
      if (saved.success) this.#settings = { ...defaultSettings, ...saved.data };
    } catch {
      // first start, or a file that somebody broke
    }
  }

  async change(change: Partial<Settings>): Promise<void> {
    this.#settings = { ...this.#settings, ...change };
    this.emit('settings', this.#settings);
    // one after the other: two at once would rename each other's file away
    this.#written = this.#written.catch(() => {}).then(() => this.#write());
    await this.#written;
  }

  async #write(): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true });
    const partial = `${this.#file}.part`;
    await writeFile(partial, `${JSON.stringify(this.#settings, null, 2)}\n`);
    await rename(partial, this.#file);
  }
}
