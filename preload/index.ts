import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { type Bridge, connectChannel, connectMessage, dropChannel } from '../contract/bridge.ts';
import type { GrantedPath } from '../contract/file.ts';

// a port is accepted only from the page itself, not from a frame or another origin
window.addEventListener('message', ({ source, origin, data, ports }) => {
  if (source !== window || origin !== window.location.origin || data !== connectMessage) return;
  ipcRenderer.postMessage(connectChannel, null, [...ports]);
});

const bridge: Bridge = {
  grantDropped: (files) =>
    ipcRenderer.invoke(
      dropChannel,
      // something dragged out of a web page has no path and cannot be granted
      files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== ''),
    ) as Promise<GrantedPath[]>,
  platform: process.platform,
};

contextBridge.exposeInMainWorld('layerdeck', bridge);
