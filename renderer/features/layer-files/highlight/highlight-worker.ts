import apache from 'highlight.js/lib/languages/apache';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import dos from 'highlight.js/lib/languages/dos';
import gradle from 'highlight.js/lib/languages/gradle';
import groovy from 'highlight.js/lib/languages/groovy';
import nginx from 'highlight.js/lib/languages/nginx';
import powershell from 'highlight.js/lib/languages/powershell';
import properties from 'highlight.js/lib/languages/properties';
import { common, createLowlight } from 'lowlight';
import { markText, type ShownLine } from './mark-text.ts';

// a file may be made so that its grammar takes for ever: here it holds up nothing, and whoever asked ends it
const lowlight = createLowlight({ ...common, apache, dockerfile, dos, gradle, groovy, nginx, powershell, properties });

globalThis.onmessage = ({ data }: MessageEvent<{ language: string; lines: ShownLine[] }>) => {
  if (!lowlight.registered(data.language)) return;
  const marks = markText(lowlight, data.language, data.lines);
  globalThis.postMessage(marks, { transfer: [marks.spans.buffer, marks.ends.buffer] });
};
