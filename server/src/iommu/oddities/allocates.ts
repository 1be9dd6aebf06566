/** Calls that make something: which have failed for want of memory when they give nothing, and which objects a function made itself. */
import { calledName } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { ALLOCATES } from '../kernel-api.table.js';
import { assignmentsIn } from '../shapes.js';

/** Of the kernel, and by their names those of drivers: `toy_alloc_table`. */
export function allocates(name: string): boolean {
  return ALLOCATES.has(name) || /(?:^|_)(?:[kv]|kv)?[mcz]?alloc(?:_|$)/.test(name);
}

/** Whether a variable is given an object that the function makes: until it is handed out nobody else sees that. */
export function isMadeIn(body: Body, name: string): boolean {
  return assignmentsIn(body).some(
    ({ target, value }) => target === name && MAKES.test(calledName(value) ?? ''),
  );
}

const MAKES = /alloc|create|_new|^kmemdup/;
