import * as z from 'zod';
import { isReference } from './reference.ts';

/** A reference that comes from the window. */
export const Reference = z.string().max(400).refine(isReference);
