import type { ReactNode } from 'react';
import { bridge } from '../connection/bridge.ts';
import c from './Shell.module.css';
import { Sidebar } from './Sidebar.tsx';
import { TitleBar } from './TitleBar.tsx';

/** The frame around every page. */
export const Shell = ({ children }: { children: ReactNode }) => (
  <div className={c.shell} data-platform={bridge().platform}>
    <Sidebar />
    <TitleBar />
    <main className={c.main}>{children}</main>
  </div>
);
