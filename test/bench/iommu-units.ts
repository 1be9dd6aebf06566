/** The code that is measured: all of drivers/iommu in a kernel tree, and the header that it stands on. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Unit, unitOf } from '../../server/src/analysis/index.js';
import { contextImage, wholeFileImage } from '../../server/src/tree/index.js';

const FOLDER = 'drivers/iommu';
const HEADER = 'include/linux/iommu.h';

export function textsOf(root: string): { readonly path: string; readonly text: string }[] {
  return readdirSync(join(root, FOLDER), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.[ch]$/.test(path))
    .map((path) => join(FOLDER, path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

export function iommuUnits(root: string): Unit[] {
  const header = readFileSync(join(root, HEADER), 'utf8');
  const units = textsOf(root).map(({ path, text }) => unitOf(wholeFileImage(path, text), 0, true));
  return [...units, unitOf(contextImage(HEADER, header), 0, false)];
}
