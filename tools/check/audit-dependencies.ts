import { execFile } from 'node:child_process';
import type { Found } from './run-program.ts';

type Audit = { metadata?: { vulnerabilities?: Record<string, number> } };

/** Asks the package registry about what ships. If it cannot be asked, or does not know, that is noted but stops nobody. */
export const auditDependencies = (): Promise<Found> =>
  new Promise((resolve) => {
    execFile('npm', ['audit', '--omit=dev', '--json'], { maxBuffer: 16 * 1024 * 1024 }, (_error, stdout) => {
      const found = parse(stdout)?.metadata?.vulnerabilities;
      if (!found) resolve({ isGood: true, output: '', note: 'the package registry could not be asked' });
      else resolve({ isGood: (found.total ?? 0) === 0, output: stdout });
    });
  });

function parse(text: string): Audit | undefined {
  try {
    return JSON.parse(text) as Audit;
  } catch {
    return undefined;
  }
}
