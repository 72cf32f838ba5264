import { describe, expect, it } from 'vitest';
import { first, rules } from '../../../support/advice-on.ts';

describe('a base that may be a different one tomorrow', () => {
  it.each([
    ['FROM node', 'FROM node:VERSION'],
    ['FROM --platform=linux/amd64 ghcr.io/a/b:latest AS x', 'FROM --platform=linux/amd64 ghcr.io/a/b:VERSION AS x'],
    ['FROM localhost:5000/a', 'FROM localhost:5000/a:VERSION'],
  ])('%s', (line, suggestion) => expect(first([line])).toMatchObject({ rule: 'unpinned-base', line: 1, suggestion }));

  it('also if an argument names it', () => expect(rules(['ARG TAG=latest', 'FROM node:$TAG'])).toEqual([['unpinned-base', 2, 2]]));

  it('not a stage of the same Dockerfile', () => expect(rules(['FROM node:22 AS Base', 'FROM base', 'FROM scratch'])).toEqual([]));
});
