/** Which calls have failed for want of memory when they give nothing. */
import { ALLOCATES } from '../kernel-api.table.js';

/** Of the kernel, and by their names those of drivers: `toy_alloc_table`. */
export function allocates(name: string): boolean {
  return ALLOCATES.has(name) || /(?:^|_)(?:[kv]|kv)?[mcz]?alloc(?:_|$)/.test(name);
}
