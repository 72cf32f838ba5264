import { Ring } from '../ui/Ring.tsx';
import c from './EngineMissing.module.css';

export const EngineSearching = () => (
  <div className={c.searching} role="status">
    <Ring size={18} />
    <p className="t2">Looking for an engine</p>
  </div>
);
