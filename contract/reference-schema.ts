import * as z from 'zod';
import { digest } from './grammar.ts';
import { isReference } from './reference.ts';

/** A reference that comes from the window. */
export const Reference = z.string().max(400).refine(isReference);

/** `sha256:…`, or of another algorithm. */
export const Digest = z.string().max(200).regex(digest);
