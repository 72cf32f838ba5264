import { EventEmitter } from 'node:events';
import { defaultSettings, Settings } from '../../../contract/settings.ts';
import { JsonFile } from '../../foundation/files/json-file.ts';

/** The settings in one small file; defaults apply to whatever cannot be read or is not valid. */
export class SettingsStore extends EventEmitter<{ settings: [Settings] }> {
  #settings: Settings = defaultSettings;
  readonly #file: JsonFile<Partial<Settings>>;

  constructor(file: string) {
    super();
    this.#file = new JsonFile(file, Settings.partial());
  }

  get settings(): Settings {
    return this.#settings;
  }

  async load(): Promise<void> {
    this.#settings = { ...defaultSettings, ...(await this.#file.read()) };
  }

  async change(change: Partial<Settings>): Promise<void> {
    this.#settings = { ...this.#settings, ...change };
    this.emit('settings', this.#settings);
    await this.#file.write(() => this.#settings);
  }

  /** Resolves when everything is on disk. */
  close(): Promise<void> {
    return this.#file.settled();
  }
}
