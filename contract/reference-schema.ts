import * as z from 'zod';
import { isReference } from './reference.ts';

/** A reference as it may come from the window. */
export const Reference = z.string().max(400).refine(isReference);
