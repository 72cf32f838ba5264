// Builds made-up folders by the app and by docker's command on the same engine, and compares the images: `npm run fuzz -- contexts
// [--seconds 1200] [--seed 1] [--engine 26] [--builder classic]`. Fast-check prints the smallest context that differs.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import type { Builder } from '../../../contract/engine.ts';
import { openEngine } from '../../../main/foundation/engine/open-engine.ts';
import { programOf, provideRoot } from '../../engine/roots.ts';
import { startEngine } from '../../engine/start-engine.ts';
import { endless, type OtherClient } from './builds.ts';
import { type Arena, compareBuilds, type Verdict } from './compare-builds.ts';
import { madeContexts } from './made-context.ts';

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    path: { type: 'string' },
    engine: { type: 'string', default: '20.10' },
    builder: { type: 'string' },
  },
});

/** Seconds that four small builds should not take, even on a busy machine. */
const slow = 100;
const isNewer = values.engine === '26';
const own = await startEngine(isNewer ? { kind: 'docker-26' } : {});
try {
  const engine = await openEngine({ id: 'fuzz', label: 'fuzz', address: own.host });
  const builders = (['buildkit', 'classic'] as const).filter((builder) => !values.builder || builder === values.builder);
  const verdicts = new Map<string, number>();
  let cases = 0;
  const property = fc.asyncProperty(madeContexts({ plainPatterns: !isNewer, textLines: isNewer }), async (made) => {
    for (const builder of builders) {
      const begin = performance.now();
      const verdict = await compareBuilds(
        { engine, host: own.host, builder, client: clientFor(builder) } satisfies Arena,
        made,
        ++cases % 2 === 0,
      );
      note(verdicts, builder, verdict);
      const seconds = (performance.now() - begin) / 1000;
      if (seconds > slow && verdict.why !== endless)
        console.log(`${builder} took ${seconds.toFixed(0)} s: ${JSON.stringify(made).slice(0, 2000)}`);
    }
  });
  const details = await fc.check(property, {
    seed: Number(values.seed),
    ...(values.path && { path: values.path }),
    numRuns: 1_000_000,
    interruptAfterTimeLimit: Number(values.seconds) * 1000,
    markInterruptAsFailure: false,
  });
  console.log(`seed ${details.seed}: ${cases} builds by each`);
  for (const [verdict, count] of verdicts) console.log(`  ${count} × ${verdict}`);
  if (details.failed) console.log(await fc.asyncDefaultReportMessage(details), details.errorInstance);
  process.exitCode = details.failed ? 1 : 0;
} finally {
  await own.stop();
}

function note(verdicts: Map<string, number>, builder: Builder, verdict: Verdict): void {
  // names differ, the reasons are few
  const why = verdict.why
    ?.replace(/[\s\S]*(?:ERROR|error):/i, '')
    .replace(/"[^"]*"|\S*[/\\]\S*|[^ -~]+/g, '…')
    .slice(0, 120);
  const key = `${builder}: ${verdict.what}${why ? `: ${why}` : ''}`;
  verdicts.set(key, (verdicts.get(key) ?? 0) + 1);
}

/** The oldest engine's own command, which has BuildKit in it; the newer one's with its plugin. */
function clientFor(builder: Builder): OtherClient {
  if (!isNewer) return { program: [existsSync('/usr/bin/docker') ? '/usr/bin/docker' : 'docker'], modes: 'docker-20' };
  const root = provideRoot('trixie');
  const plugin = programOf(root, 'usr/libexec/docker/cli-plugins/docker-buildx');
  return { program: builder === 'buildkit' ? [...plugin] : programOf(root, 'usr/bin/docker'), modes: 'docker-24' };
}
