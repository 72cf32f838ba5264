import { describe, expect, it } from 'vitest';
import { first, rules } from '../../../support/advice-on.ts';

describe('no ignore file', () => {
  it('matters if everything is copied', () => {
    const lines = ['FROM node:22', 'COPY package.json .', 'RUN npm ci', 'COPY . .'];
    expect(rules(lines, { hasIgnoreFile: false })).toEqual([['no-ignore-file', 4, 4]]);
    expect(first(lines, { hasIgnoreFile: false })?.suggestion).toBe('.git\n.env\nnode_modules');
    expect(rules(['FROM a:1', 'COPY src /src'], { hasIgnoreFile: false })).toEqual([]);
  });
});
