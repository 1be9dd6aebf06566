/** A directory to work in and a process to run in, neither of them the real one's. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import * as designs from '../../server/src/analysis/index.js';
import { type Dependencies, type Io, run } from '../../server/src/cli/index.js';
import { simulate } from '../../server/src/review/index.js';
import { type Call, fakeReview, fakeRules } from './fake-review.js';

/** Files by their path below a fresh directory, which is removed when the tests of the file are over. */
export function workshop(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(join(tmpdir(), 'iommu-review-cli-'));
  after(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

export interface Outcome {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  readonly calls: readonly Call[];
}

export interface Surroundings {
  readonly cwd?: string;
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number | null;
  /** Filled with what is said while it goes on. */
  readonly progress?: (string | null)[];
  readonly dependencies?: Partial<Dependencies>;
}

/** Runs one command line. */
export async function cli(args: readonly string[], around: Surroundings = {}): Promise<Outcome> {
  const calls: Call[] = [];
  let out = '';
  let err = '';
  const io: Io = {
    cwd: around.cwd ?? process.cwd(),
    env: around.env ?? {},
    columns: around.columns ?? null,
    readStandardInput: async () => Buffer.from(around.stdin ?? ''),
    write: async (text) => {
      out += text;
    },
    complain: (line) => {
      err += `${line}\n`;
    },
    progress: (words) => {
      around.progress?.push(words);
    },
    now: () => 0,
  };
  const status = await run(args, io, {
    reviewer: async () => fakeReview(calls),
    simulator: async () => simulate,
    designs: async () => designs,
    rules: async () => fakeRules,
    helpers: null,
    ...around.dependencies,
  });
  return { status, out, err, calls };
}

/** A patch mail that adds `line` to drivers/iommu/iommu.c at line 12. */
export function mail(line: string, { title = 'iommu: Add a line', headers = '' } = {}): string {
  return `From 1111111111111111111111111111111111111111 Mon Sep 17 00:00:00 2001
From: Somebody <somebody@example.org>
Subject: [PATCH] ${title}
Message-ID: <1@example.org>
${headers}
Says why.
---
diff --git a/drivers/iommu/iommu.c b/drivers/iommu/iommu.c
--- a/drivers/iommu/iommu.c
+++ b/drivers/iommu/iommu.c
@@ -10,3 +10,4 @@ static int attach(void)
 {
 	int ret;
+${line}
 	return ret;
--${' '}
2.40.0
`;
}

/** The least that makes a directory a kernel tree. */
export const TREE = { 'include/linux/iommu.h': '/* declarations */\n' } as const;
