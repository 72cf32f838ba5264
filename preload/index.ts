import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { type Bridge, connectChannel, connectMessage, dropChannel } from '../contract/bridge.ts';
import type { GrantedPath } from '../contract/file.ts';

// A port can only be handed over by a message of the page itself; one from a frame or another origin is not ours.
window.addEventListener('message', ({ source, origin, data, ports }) => {
  if (source !== window || origin !== window.location.origin || data !== connectMessage) return;
  ipcRenderer.postMessage(connectChannel, null, [...ports]);
});

const bridge: Bridge = {
  grantDropped: (files) =>
    ipcRenderer.invoke(
      dropChannel,
      // what was dragged out of a web page has no path and cannot be granted
      files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== ''),
    ) as Promise<GrantedPath[]>,
  platform: process.platform,
};

contextBridge.exposeInMainWorld('layerdeck', bridge);
