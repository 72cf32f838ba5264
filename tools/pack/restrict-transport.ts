import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

type Packed = { electronPlatformName: string; appOutDir: string; packager: { appInfo: { productFilename: string } } };

/** electron-builder lets every macOS app load anything without TLS; this app loads nothing from the network. */
export default async function restrictTransport({ electronPlatformName, appOutDir, packager }: Packed): Promise<void> {
  if (electronPlatformName !== 'darwin') return;
  const file = join(appOutDir, `${packager.appInfo.productFilename}.app`, 'Contents/Info.plist');
  const list = await readFile(file, 'utf8');
  await writeFile(file, list.replace(/(<key>NSAllowsArbitraryLoads<\/key>\s*)<true\s*\/>/, '$1<false/>'));
}
