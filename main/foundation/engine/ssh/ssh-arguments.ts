import type { SshSettings } from './ssh-settings.ts';
import type { SshTarget } from './ssh-target.ts';

/** Seconds in which the other computer must answer: what docker's command gives it, and less for a try that nobody waits for. */
const answerWithin = { asking: 30, silent: 10 };
/** Seconds between two signs of life of a connection, three of which may be missed; ssh itself never notices that a cable was pulled. */
const aliveEvery = 10;
/** Seconds for which a shared connection stays open without use. */
const keepFor = 60;

export type SshManner = {
  /** Questions are put to a person; otherwise ssh ends where it would ask one. */
  mayAsk: boolean;
  /** The socket of a connection that all sessions share. */
  shared?: string;
  settings: SshSettings;
};

/** What ssh is told so that it speaks with the engine there on its standard input and output, as docker's command has it done. */
export function argumentsFor(target: SshTarget, manner: SshManner): string[] {
  return [...optionsFor(manner), ...placeOf(target), ...commandFor(target)];
}

/** Where to: nothing behind the `--` can be an option. */
export const placeOf = ({ host, user, port }: SshTarget): string[] => [
  ...(user === undefined ? [] : ['-l', user]),
  ...(port === undefined ? [] : ['-p', port]),
  '--',
  host,
];

export const sharing = (shared: string): string[] => ['-o', `ControlPath=${shared}`];

function optionsFor({ mayAsk, shared, settings }: SshManner): string[] {
  const options = [
    `ConnectTimeout=${mayAsk ? answerWithin.asking : answerWithin.silent}`,
    `BatchMode=${mayAsk ? 'no' : 'yes'}`,
    // the words of a failure are chosen by what ssh says
    'LogLevel=INFO',
    // what a person set up for a shell there is of no use here
    'RemoteCommand=none',
    'ClearAllForwardings=yes',
    'ForwardAgent=no',
    'ForwardX11=no',
    ...(settings.isAliveSet ? [] : [`ServerAliveInterval=${aliveEvery}`, 'ServerAliveCountMax=3']),
    ...(shared === undefined ? [] : ['ControlMaster=auto']),
    // the first of those that share would otherwise stay for as long as any other, and its client would wait for its end
    ...(shared !== undefined || settings.endsWithFirst ? [`ControlPersist=${keepFor}`] : []),
  ];
  return ['-T', ...options.flatMap((option) => ['-o', option]), ...(shared === undefined ? [] : sharing(shared))];
}

// a shell over there reads this
const commandFor = ({ socket }: SshTarget): string[] => [
  'docker',
  ...(socket === undefined ? [] : ['--host', quoted(`unix://${socket}`)]),
  'system',
  'dial-stdio',
];

// not every shell knows quotes, so they stand only where they are needed
const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
