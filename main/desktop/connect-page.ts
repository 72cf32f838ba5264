import { RPCHandler } from '@orpc/server/message-port';
import { ipcMain } from 'electron';
import * as z from 'zod';
import { connectChannel, dropChannel } from '../../contract/bridge.ts';
import type { GrantedPath } from '../../contract/file.ts';
import type { Router } from '../procedures/router.ts';
import { isFromOurPage } from './lock-down.ts';

const DroppedPaths = z.array(z.string().min(1).max(4096)).max(1000);

/** Serves the contract over the port that the page hands over, and grants files dropped on the page; refuses everybody else. */
export function connectPage(router: Router, grant: (paths: string[]) => Promise<GrantedPath[]>): void {
  const handler = new RPCHandler(router);
  ipcMain.on(connectChannel, (event) => {
    const [port] = event.ports;
    if (!port) return;
    if (!isFromOurPage(event)) return port.close();
    handler.upgrade(port);
    port.start();
  });
  ipcMain.handle(dropChannel, (event, paths: unknown) => {
    if (!isFromOurPage(event)) throw new Error('refused');
    return grant(DroppedPaths.parse(paths));
  });
}
