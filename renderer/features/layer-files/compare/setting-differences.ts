import type { ComparedImage, ImageSettings } from '../../../../contract/compare.ts';

/** One thing that is set in another way. Undefined is not set. */
export type SettingDifference = {
  setting: string;
  /** The name of a variable or a label. */
  key?: string;
  first?: string;
  second?: string;
};

type Told = Pick<ComparedImage, 'platform' | 'settings'>;

/** Everything that containers of two images begin with in another way; order counts only in what is run. */
export function settingDifferences(first: Told, second: Told): SettingDifference[] {
  const [one, other] = [first.settings, second.settings];
  const words = (setting: string, of: (settings: ImageSettings) => string[]) => single(setting, command(of(one)), command(of(other)));
  const set = (setting: string, of: (settings: ImageSettings) => string[]) => byKey(setting, present(of(one)), present(of(other)));
  return [
    ...single('Built for', first.platform, second.platform),
    ...words('Program', ({ entrypoint }) => entrypoint),
    ...words('Command', ({ command: started }) => started),
    ...single('Working folder', one.workingDirectory, other.workingDirectory),
    ...single('Runs as', one.user, other.user),
    ...byKey('Environment', variables(one.environment), variables(other.environment)),
    ...set('Listens on', ({ ports }) => ports),
    ...set('Volumes', ({ volumes }) => volumes),
    ...byKey('Labels', new Map(Object.entries(one.labels)), new Map(Object.entries(other.labels))),
    ...single('Stopped by', one.stopSignal, other.stopSignal),
    ...single('Health check', one.healthCheck.join(', '), other.healthCheck.join(', ')),
    ...words('Shell', ({ shell }) => shell),
    ...single('For images built on it', one.onBuild.join('\n'), other.onBuild.join('\n')),
  ];
}

function single(setting: string, first: string, second: string): SettingDifference[] {
  if (first === second) return [];
  return [{ setting, ...(first !== '' && { first }), ...(second !== '' && { second }) }];
}

function byKey(setting: string, first: ReadonlyMap<string, string>, second: ReadonlyMap<string, string>): SettingDifference[] {
  return [...new Set([...first.keys(), ...second.keys()])].sort().flatMap((key) => {
    const [one, other] = [first.get(key), second.get(key)];
    if (one === other) return [];
    return [{ setting, key, ...(one !== undefined && { first: one }), ...(other !== undefined && { second: other }) }];
  });
}

/** Of a variable that is set twice, the last counts. */
const variables = (environment: string[]): Map<string, string> =>
  new Map(
    environment.map((line) => {
      const equals = line.indexOf('=');
      return equals < 0 ? [line, ''] : [line.slice(0, equals), line.slice(equals + 1)];
    }),
  );

/** What is only there or not has no value. */
const present = (names: string[]): Map<string, string> => new Map(names.map((name) => [name, '']));

const command = (words: string[]): string => words.map(quoted).join(' ');

// two words must not look like one with a space
const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word));
