export { LARGEST_FILE, listBelow, realPathBelow, withFile } from './confined.js';
export { isKernelTree, kernelTreeAt } from './kernel-tree.js';
export { projectFileIn, readProjectFile } from './project-file.js';
