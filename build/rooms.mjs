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
  'sim/model': ['base'],
  'sim/kernel': ['base', 'sim/model'],
  'sim/engine': ['base', 'ir', 'sim/model', 'sim/kernel'],
  'sim/code': ['base', 'syntax', 'ir', 'sim/engine'],
  'sim/scenarios': ['base', 'ir', 'sim/model', 'sim/engine'],
  'sim/worlds': [
    'base',
    'patch',
    'syntax',
    'tree',
    'ir',
    'sim/model',
    'sim/engine',
    'sim/code',
    'sim/scenarios',
  ],
  iommu: ['base', 'syntax', 'tree', 'ir'],
  project: ['base', 'findings', 'syntax', 'sim/kernel'],
  rules: ['base', 'findings', 'patch', 'sim/engine', 'iommu', 'project'],
  analysis: [
    ...[
      'base',
      'findings',
      'patch',
      'syntax',
      'tree',
      'ir',
      'sim/model',
      'sim/engine',
      'sim/code',
      'sim/scenarios',
      'sim/worlds',
    ],
    ...['iommu', 'project', 'rules'],
  ],
  review: ['base', 'findings', 'patch', 'tree', 'project', 'analysis'],
  reply: ['base', 'patch'],
  disk: ['base'],
  lsp: ['base', 'disk', 'findings', 'protocol', 'patch', 'project', 'analysis', 'review', 'reply'],
  cli: ['base', 'disk', 'findings', 'patch', 'project', 'analysis', 'review', 'reply'],
};
