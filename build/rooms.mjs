/**
 * The rooms of server/src in the order of their dependencies: a room may use
 * only what is listed beside it. The one table behind the layer test, the
 * TypeScript projects and the room table of ARCHITECTURE.md.
 */
export const ROOMS = {
  base: [],
  findings: ['base'],
  protocol: ['base', 'findings'],
  patch: ['base'],
  syntax: ['base'],
  tree: ['base', 'patch', 'syntax'],
  ir: ['base', 'syntax'],
  iommu: ['base', 'syntax', 'tree', 'ir'],
  rules: ['base', 'findings', 'patch', 'iommu'],
  analysis: ['base', 'findings', 'patch', 'syntax', 'tree', 'ir', 'iommu', 'rules'],
  review: ['base', 'findings', 'patch', 'tree', 'analysis'],
  disk: ['base'],
  lsp: ['base', 'disk', 'findings', 'protocol', 'analysis', 'review'],
  cli: ['base', 'disk', 'findings', 'analysis', 'review'],
};
