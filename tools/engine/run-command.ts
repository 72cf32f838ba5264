import { spawn } from 'node:child_process';

export type CommandOptions = { input?: string | Buffer; cwd?: string; env?: NodeJS.ProcessEnv; signal?: AbortSignal };

/** Runs a program and returns its output; fails with its error text unless it exits with 0. */
export function runCommand(file: string, args: string[], { input, cwd, env, signal }: CommandOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, signal, stdio: ['pipe', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) return resolve(Buffer.concat(output).toString());
      reject(new Error(`${file} ${args.join(' ')} ended with ${code}:\n${Buffer.concat([...errors, ...output]).toString()}`));
    });
    // a program that ends early does not read its input
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
