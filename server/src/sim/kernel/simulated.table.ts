/**
 * What the simulated drivers tell the machine of their hardware, and what a
 * scenario tells of its calls. No function of the kernel has such a name; the
 * C of the simulated world calls them.
 */
import type { SimulatedEffect } from './effects.js';
import { type Primitive, primitives } from './primitive.js';
import { mayFail, POINTER_OR_NULL, SUCCEEDS, UNSIGNED } from './rows.js';

const does = (what: SimulatedEffect['what']): SimulatedEffect => ({ do: 'simulated', what });

export const SIMULATED: readonly Primitive[] = primitives('server/simulated/kernel.h', [
  ['simulated_begin', 'what device mm', does('begin')],
  ['simulated_end', 'result wants', does('end')],
  ['simulated_member', 'group device instance pasids', does('member')],
  ['simulated_made', 'domain instance', does('made')],
  ['simulated_program', 'device pasid domain instance', does('program')],
  ['simulated_block', 'device pasid', does('block')],
  ['simulated_asked', 'device domain', does('asked')],
  ['simulated_refuse', 'device domain', does('refuse')],
  ['simulated_suits', 'device domain whether', does('suits')],
  ['simulated_taken', 'device domain status', does('taken')],
  ['simulated_prepare', 'whether', does('prepare')],
  ['simulated_foreign', 'device domain', does('foreign')],
  ['simulated_domain', 'device pasid', does('domain'), POINTER_OR_NULL],
  ['simulated_pasid', 'device', does('pasid'), UNSIGNED],
  ['simulated_ask', 'device group', does('ask')],
  ['simulated_answer', 'device group', does('answer')],
  ['simulated_gone', 'mm', does('gone')],
  ['simulated_open', 'place size', does('open')],
  ['simulated_incapable', 'place', does('incapable')],
  ['simulated_heap', 'place', does('heap')],
  ['simulated_alike', 'one other', does('alike')],
  ['simulated_mark', 'what', does('mark')],
  ['simulated_map', 'domain iova physical size', does('map')],
  ['simulated_unmap', 'domain iova', does('unmap'), UNSIGNED],
  ['simulated_translate', 'domain iova', does('translate'), UNSIGNED],
  ['simulated_flush', 'domain', does('flush')],
  ['simulated_pin', 'page', does('pin')],
  ['simulated_unpin', 'page', does('unpin')],
  ['simulated_command', '', SUCCEEDS, mayFail('ENOMEM')],
]);
