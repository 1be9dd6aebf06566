import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CrashGuard, MAX_RESTARTS } from '../../client/src/crash-guard.js';

test('the document under review is the one that is kept out', () => {
  const guard = new CrashGuard();
  guard.documentTouched('file:///a.patch');
  guard.documentTouched('file:///b.patch');
  guard.reviewStarted('file:///a.patch');
  assert.deepEqual(guard.crashed(), { restart: true, suspect: 'file:///a.patch' });
  assert.equal(guard.isExcluded('file:///a.patch'), true);
  assert.equal(guard.isExcluded('file:///b.patch'), false);
});

test('a server that tells nothing is taken to have died of what was touched last', () => {
  const guard = new CrashGuard();
  guard.documentTouched('file:///a.patch');
  assert.equal(guard.crashed().suspect, 'file:///a.patch');
});

test('a finished review clears its document', () => {
  const guard = new CrashGuard();
  guard.documentTouched('file:///a.patch');
  guard.reviewStarted('file:///a.patch');
  guard.reviewEnded('file:///a.patch');
  assert.deepEqual(guard.crashed(), { restart: true, suspect: null });
});

test(`it is started anew ${MAX_RESTARTS} times, and again when the user says so`, () => {
  const guard = new CrashGuard();
  guard.documentTouched('file:///a.patch');
  for (let n = 0; n < MAX_RESTARTS; n++) assert.equal(guard.crashed().restart, true);
  assert.equal(guard.crashed().restart, false);
  guard.forgive();
  assert.equal(guard.isExcluded('file:///a.patch'), false);
  assert.equal(guard.crashed().restart, true);
});
