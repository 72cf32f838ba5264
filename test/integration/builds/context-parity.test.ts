import type { Builder } from '../../../contract/engine.ts';
import { factsOf } from '../../../tools/engine/engine-kinds.ts';
import { programOf, provideRoot } from '../../../tools/engine/roots.ts';
import type { OtherClient } from '../../../tools/fuzz/contexts/builds.ts';
import { testContextParity } from '../../support/context-parity-tests.ts';
import { builders, host, kind, traits } from '../../support/engines/own-engine.ts';
import { installedCommands } from '../../support/parity-tests.ts';

const suite = kind && factsOf(kind).suite;
const { older } = await installedCommands();

// an engine is compared with the command that comes with it; the oldest command alone has BuildKit in it
if (suite) {
  const root = provideRoot(suite);
  const clients: Record<Builder, OtherClient> = {
    buildkit: { program: programOf(root, 'usr/libexec/docker/cli-plugins/docker-buildx'), modes: 'docker-24' },
    classic: { program: programOf(root, 'usr/bin/docker'), modes: 'docker-24' },
  };
  const limits = { plainPatterns: false, textLines: true };
  testContextParity(() => ({ host, client: (builder) => clients[builder] }), limits, { namesAreText: traits.namesAreText, builders });
} else if (older) {
  testContextParity(() => ({ host, client: () => older }), { plainPatterns: true }, { builders });
}
