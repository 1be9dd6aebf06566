import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KernelTreeFinder } from '../../client/src/kernel-tree.js';
import { isRelevant, touchesKernelC } from '../../client/src/relevance.js';
import { includesKernelHeader } from '../../server/src/protocol/index.js';

const inNoTree = () => false;
const inTree = () => true;

function candidate(languageId: string, text = '', path: string | null = '/home/ada/x.c') {
  return { languageId, path, text: () => text };
}

test('C is ours in a kernel tree or with a linux/ header', () => {
  assert.equal(isRelevant(candidate('c', 'int main(void) { }'), inNoTree), false);
  assert.equal(isRelevant(candidate('c', 'int main(void) { }'), inTree), true);
  assert.equal(isRelevant(candidate('c', '#include <linux/iommu.h>\n'), inNoTree), true);
  assert.equal(isRelevant(candidate('c', '#include <linux/iommu.h>\n', null), inNoTree), true);
});

test('a header is ours although the editor calls it C++; C++ never is', () => {
  assert.equal(isRelevant(candidate('cpp', '', '/tree/include/linux/x.h'), inTree), true);
  assert.equal(isRelevant(candidate('cpp', '#include <linux/input.h>\n', '/home/ada/x.cpp'), inTree), false);
});

test('a mail always is, a diff when it touches kernel C, and nothing else', () => {
  assert.equal(isRelevant(candidate('kernel-patch'), inNoTree), true);
  assert.equal(
    isRelevant(candidate('diff', '--- a/drivers/iommu/x.c\n+++ b/drivers/iommu/x.c\n'), inNoTree),
    true,
  );
  assert.equal(isRelevant(candidate('diff', '--- a/src/x.ts\n+++ b/src/x.ts\n'), inNoTree), false);
  assert.equal(isRelevant(candidate('python', '#include <linux/iommu.h>'), inTree), false);
});

test('what counts as a linux/ header', () => {
  for (const line of [
    '#include <linux/iommu.h>',
    '# include <linux/mm.h>',
    '#include "../include/linux/x.h"',
    '#include <uapi/linux/x.h>',
  ])
    assert.equal(includesKernelHeader(`\n${line}\n`), true, line);
  for (const line of ['#include <stdio.h>', '// #include <linux/x.h>', '#include <mylinux/x.h>'])
    assert.equal(includesKernelHeader(`\n${line}\n`), false, line);
});

test('what counts as kernel C in a diff', () => {
  assert.equal(touchesKernelC('diff --git a/mm/x.h b/mm/x.h\n'), true);
  assert.equal(touchesKernelC('--- drivers/iommu/x.c\t2022-03-30\n'), true);
  assert.equal(touchesKernelC('+++ b/Documentation/x.rst\n'), false);
  assert.equal(touchesKernelC('+++ b/drivers/iommu/Kconfig\n'), false);
});

test('a tree is looked for once in each folder', () => {
  const asked: string[] = [];
  const finder = new KernelTreeFinder((path) => {
    asked.push(path);
    return path === '/src/linux/include/linux/iommu.h';
  });
  assert.equal(finder.isInTree('/src/linux/drivers/iommu/x.c'), true);
  assert.equal(finder.isInTree('/src/linux/drivers/iommu/y.c'), true);
  assert.equal(asked.length, 3);
  assert.equal(finder.isInTree('/src/other.c'), false);
  finder.forget();
  assert.equal(finder.isInTree('/src/linux/mm/z.c'), true);
});
