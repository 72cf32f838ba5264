import '@fontsource-variable/inter/opsz.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '@mantine/spotlight/styles.layer.css';
import './ui/tokens.css';
import './ui/base.css';
import './ui/contrast.css';
import { setNonce } from 'get-nonce';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { followFacts } from './connection/facts.ts';
import { openFiles } from './desk/dialogs.ts';

// One nonce per window, put into the page by main.
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
// Dialogs and the palette lock scrolling through react-remove-scroll, which makes its own <style>.
setNonce(nonce);
void followFacts(openFiles);
// Local files: waiting for them means that no text ever jumps.
await Promise.allSettled(['400 13px "Inter Variable"', '400 12px "JetBrains Mono Variable"'].map((font) => document.fonts.load(font)));
const root = document.getElementById('root');
if (root) createRoot(root).render(<App nonce={nonce} />);
