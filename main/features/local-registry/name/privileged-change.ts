import { lineFor } from './hosts-file.ts';

/** A program to run as it is, without a shell. */
export type Command = { program: string; args: string[] };

/** The names of Layerdeck's line before and after; both are checked names, of letters, digits, dots and hyphens. */
export type Change = { before: string | undefined; after: string | undefined };

/** Programs that the ways below need, by where they are; undefined if they are missing. */
export type Found = { pkexec: string | undefined; sed: string | undefined };

/**
 * What changes Layerdeck's line in a hosts file after the system asked the person for permission, and nothing else there; undefined if this
 * system has no such way. The change is made to the file as it is by then, and whatever the system shows names the program and the line.
 */
export function privilegedChange(platform: NodeJS.Platform, file: string, change: Change, { pkexec, sed }: Found): Command | undefined {
  if (platform === 'win32') return windows(file, change);
  if (platform === 'darwin') return mac(file, change);
  // sed writes a new file and renames it; with -z it sees the file as one text
  if (platform === 'linux' && pkexec && sed)
    return { program: pkexec, args: [sed, '-z', '-i', '--follow-symlinks', ...sedScript(change), file] };
  return undefined;
}

function sedScript({ before, after }: Change): string[] {
  const removal = before === undefined ? [] : removals(before, '\\r\\{0,1\\}').map((pattern) => `s/${pattern}`);
  const addition = after === undefined ? [] : ['t r', ':r', `s/\\n$/\\n${lineFor(after)}\\n/`, 't', `s/$/\\n${lineFor(after)}/`];
  return [...removal, ...addition].flatMap((part) => ['-e', part]);
}

/** In the middle, at the beginning, and as a last line without an end. */
const removals = (name: string, carriage: string): string[] => {
  const line = escaped(lineFor(name));
  return [`\\n${line}${carriage}\\n/\\n/`, `^${line}${carriage}\\n//`, `${carriage}\\n${line}$//`];
};

const escaped = (line: string): string => line.replaceAll('.', '\\.');

/** AppleScript has no other way to the system's question than a shell; perl's program is quoted for it by AppleScript itself. */
function mac(file: string, { before, after }: Change): Command {
  const removal =
    before === undefined
      ? ''
      : removals(before, '\\r?')
          .map((pattern) => `s/${pattern.replace(/\$\/\/$/, '\\z//')};`)
          .join('');
  const line = after === undefined ? '' : lineFor(after);
  const addition = after === undefined ? '' : `s/\\n\\z/\\n${line}\\n/ or $_ .= "\\n${line}";`;
  const script = [
    'on run argv',
    'do shell script "/usr/bin/perl -0777 -i -pe " & quoted form of item 1 of argv & " " & quoted form of item 2 of argv with administrator privileges',
    'end run',
  ];
  return { program: '/usr/bin/osascript', args: [...script.flatMap((part) => ['-e', part]), removal + addition, file] };
}

/** The inner program is handed over in base64, so that nothing in it is read as a part of a command line. */
function windows(file: string, { before, after }: Change): Command {
  const line = (name: string) => lineFor(name).replaceAll("'", "''");
  const inner = [
    `$e = [Text.Encoding]::GetEncoding(28591); $p = '${file.replaceAll("'", "''")}'; $t = [IO.File]::ReadAllText($p, $e)`,
    ...(before === undefined ? [] : [`$t = $t -replace ('(?m)^' + [Regex]::Escape('${line(before)}') + '\\r?(\\n|\\z)'), ''`]),
    ...(after === undefined ? [] : [`if ($t -ne '' -and -not $t.EndsWith("\`n")) { $t += "\`r\`n" }; $t += '${line(after)}' + "\`r\`n"`]),
    '[IO.File]::WriteAllText($p, $t, $e)',
  ].join('; ');
  const encoded = Buffer.from(inner, 'utf16le').toString('base64');
  const outer = `$p = Start-Process -FilePath powershell.exe -Verb RunAs -WindowStyle Hidden -Wait -PassThru -ArgumentList '-NoProfile','-EncodedCommand','${encoded}'; exit $p.ExitCode`;
  return { program: 'powershell.exe', args: ['-NoProfile', '-NonInteractive', '-Command', outer] };
}
