/** Errors in pointers and in entries of xarrays. */
import type { ErrorEffect } from './effects.js';
import { type Primitive, primitives } from './primitive.js';
import { BOOL, INTEGER, POINTER, POINTER_OR_NULL } from './rows.js';

const error = (what: ErrorEffect['what']): ErrorEffect => ({ do: 'error', what });

export const ERRORS: readonly Primitive[] = [
  ...primitives('include/linux/err.h', [
    ['ERR_PTR ERR_PTR_PCPU', 'error', error('make'), POINTER_OR_NULL],
    ['IS_ERR IS_ERR_PCPU', 'pointer', error('is'), BOOL],
    ['IS_ERR_OR_NULL', 'pointer', error('is-or-null'), BOOL],
    ['IS_ERR_VALUE', 'value', error('is-value'), BOOL],
    ['PTR_ERR PTR_ERR_PCPU', 'pointer', error('number'), INTEGER],
    ['PTR_ERR_OR_ZERO', 'pointer', error('number-or-zero'), { returns: 'errno' }],
    ['ERR_CAST', 'pointer', error('cast'), POINTER],
  ]),
  ...primitives('include/linux/xarray.h', [
    ['xa_is_err', 'entry', error('xa-is'), BOOL],
    ['xa_err', 'entry', error('xa-number'), { returns: 'errno' }],
  ]),
];
