import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeCommands } from '../../../tools/engine/docker-command.ts';
import { host, kind } from '../../support/engines/own-engine.ts';
import { loadable } from '../../support/layer-files/made-image.ts';
import { layerOf } from '../../support/layer-files/made-layers.ts';
import { filesIn, treeOf } from '../../support/layer-files/read-tree.ts';
import { listTar, withoutAdded } from '../../support/layer-files/seen-files.ts';
import { soundLayer } from '../../support/layer-files/sound-layers.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const { docker } = makeCommands(host);
/** Many more when run by hand. */
const numRuns = Number(process.env.LAYERDECK_FILES_RUNS ?? 15);

test(
  `whatever layers an image has, its files are as the engine exports them (${kind})`,
  async () => {
    const reference = 'it-made-layers:1';
    const property = fc.asyncProperty(fc.array(soundLayer, { minLength: 1, maxLength: 4 }), async (members) => {
      using folder = new WorkFolder();
      const layers = members.map(layerOf);
      await docker(['load', '--quiet', '--input', folder.write('made.tar', loadable(reference, layers))]);
      const container = (await docker(['create', reference])).trim();
      try {
        await docker(['export', '--output', folder.file('exported.tar'), container]);
      } finally {
        await docker(['rm', container]);
        await docker(['rmi', reference]);
      }
      expect(withoutAdded(filesIn(treeOf(layers)))).toEqual(withoutAdded(listTar(folder.file('exported.tar'))));
    });
    await fc.assert(property, { numRuns, seed: 17 });
  },
  60_000 + numRuns * 10_000,
);
