import { ipcRenderer } from 'electron';
import { portMessage } from './port.ts';

// The whole bridge: the page receives one message port from the main process, once a load. Neither
// ipcRenderer nor any function of Electron's crosses into the page.
ipcRenderer.once(portMessage, (event) => {
  window.postMessage(portMessage, location.origin, [...event.ports]);
});
