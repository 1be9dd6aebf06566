/** Who speaks: the name and version that JSON, SARIF, `--version` and the language server give. A test compares it with package.json. */
export const TOOL = { name: 'iommu-review', version: '0.2.0' } as const;

/** Where a project says what the tool cannot know of its code. */
export const PROJECT_FILE = '.iommu-review.json';
