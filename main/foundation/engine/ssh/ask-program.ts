import { execFile } from 'node:child_process';
import { constants, openSync } from 'node:fs';
import { open, rm, writeFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A question of an ssh. `hint` is what it says of the kind: `confirm`, `none`, or nothing; `isAgain`: the same ssh has asked it before. */
export type SshQuestion = { text: string; hint: string; isAgain: boolean };

/** Answers a question; null leaves it unanswered. */
export type Answer = (question: SshQuestion, signal: AbortSignal) => Promise<string | null>;

// A shell is all that every system with a Unix has; the app's own program can't be run as another one (see electron-builder.yml).
// It holds the pipe open for writing (3) only until the app does so: from then on the app's end is the pipe's end, too.
const script = `#!/bin/sh
# Passes a question of ssh to Layerdeck and prints the answer. Layerdeck made this file and removes it when it ends.
umask 077
answer="$LAYERDECK_ASK/answer-$$"
mkfifo "$answer" && exec 3<> "$answer" 4< "$answer" || exit 1
printf '%s\\037%s\\037%s\\037%s\\036' "$$" "$PPID" "$SSH_ASKPASS_PROMPT" "$1" > "$LAYERDECK_ASK/questions" || exit 1
read -r heard <&4 && exec 3>&- && IFS= read -r line <&4 || exit 1
printf '%s\\n' "$line"
`;

/**
 * The program that ssh starts to ask something (SSH_ASKPASS), in a folder that nobody else may read. Question and answer go through
 * named pipes: the answer is in no file, no environment and no list of arguments.
 */
export class AskProgram {
  readonly #folder: string;
  readonly #answer: Answer;
  readonly #questions: Socket;
  /** Which ssh has asked what. */
  readonly #asked = new Set<string>();
  readonly #closing = new AbortController();

  private constructor(folder: string, questions: number, answer: Answer) {
    this.#folder = folder;
    this.#answer = answer;
    this.#questions = new Socket({ fd: questions, readable: true, writable: false });
    let rest = '';
    this.#questions.setEncoding('utf8').on('data', (text: string) => {
      const parts = (rest + text).split('\x1e');
      rest = parts.pop() ?? '';
      // an ssh that has ended meanwhile needs no answer
      for (const part of parts) this.#ask(part).catch(() => {});
    });
  }

  /** Rejects if the system has no named pipes. */
  static async open(folder: string, answer: Answer): Promise<AskProgram> {
    await promisify(execFile)('mkfifo', ['-m', '600', join(folder, 'questions')]);
    await writeFile(join(folder, 'ask'), script, { mode: 0o700 });
    // open for writing as well, so that it neither waits for a writer nor ends with one
    const questions = openSync(join(folder, 'questions'), constants.O_RDWR | constants.O_NONBLOCK);
    return new AskProgram(folder, questions, answer);
  }

  /** What ssh's environment needs, so that it asks this program and no terminal. */
  get environment(): Record<string, string> {
    return { SSH_ASKPASS: join(this.#folder, 'ask'), SSH_ASKPASS_REQUIRE: 'force', LAYERDECK_ASK: this.#folder };
  }

  /** Leaves all open questions unanswered. */
  close(): void {
    this.#closing.abort();
    this.#questions.destroy();
  }

  async #ask(part: string): Promise<void> {
    const [id = '', ssh = '', hint = '', text = ''] = part.split('\x1f');
    if (!/^\d+$/.test(id)) return;
    const path = join(this.#folder, `answer-${id}`);
    const pipe = await open(path, constants.O_RDWR | constants.O_NONBLOCK);
    try {
      await pipe.write('heard\n');
      const isAgain = this.#asked.has(`${ssh} ${text}`);
      this.#asked.add(`${ssh} ${text}`);
      const answer = await this.#answer({ text: text.trim(), hint, isAgain }, this.#closing.signal);
      // closed without a line, the pipe says that there is no answer
      if (answer !== null) await pipe.write(`${answer}\n`);
    } finally {
      await rm(path, { force: true });
      await pipe.close();
    }
  }
}
