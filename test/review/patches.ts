/** A patch mail as data that tests can change and write again, with hunk headers that stay true. */

export interface EditableHunk {
  oldStart: number;
  newStart: number;
  section: string;
  lines: string[];
}

export interface EditableFile {
  header: string[];
  hunks: EditableHunk[];
}

export interface EditablePatch {
  head: string[];
  files: EditableFile[];
  tail: string[];
}

/** Reads a git-style patch mail; only for well-formed ones. */
export function readEditable(mail: string): EditablePatch {
  const lines = mail.split('\n');
  const first = lines.findIndex((line) => line.startsWith('diff --git'));
  const tailAt = lines.findIndex((line, index) => index > first && line === '-- ');
  const patch: EditablePatch = { head: lines.slice(0, first), files: [], tail: lines.slice(tailAt) };
  for (const line of lines.slice(first, tailAt)) {
    const at = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@ ?(.*)$/.exec(line);
    if (line.startsWith('diff --git')) patch.files.push({ header: [line], hunks: [] });
    else if (at) {
      patch.files.at(-1)!.hunks.push({ oldStart: +at[1]!, newStart: +at[2]!, section: at[3]!, lines: [] });
    } else (patch.files.at(-1)!.hunks.at(-1)?.lines ?? patch.files.at(-1)!.header).push(line);
  }
  return patch;
}

/** Writes the mail again; counts and post-image starts follow from the lines. */
export function writeEditable({ head, files, tail }: EditablePatch): string {
  const out = [...head];
  for (const file of files) {
    out.push(...file.header);
    let shift = 0;
    for (const hunk of file.hunks) {
      const old = hunk.lines.filter((line) => !line.startsWith('+')).length;
      const fresh = hunk.lines.filter((line) => !line.startsWith('-')).length;
      const start = old === 0 ? hunk.oldStart + 1 : hunk.oldStart;
      out.push(
        `@@ -${hunk.oldStart},${old} +${start + shift},${fresh} @@ ${hunk.section}`.trimEnd(),
        ...hunk.lines,
      );
      shift += fresh - old;
    }
  }
  return [...out, ...tail].join('\n');
}

/** The mail with every added line changed by `change`, section headings and context left alone. */
export function mapAdded(patch: EditablePatch, change: (line: string) => string): EditablePatch {
  const files = patch.files.map((file) => ({
    ...file,
    hunks: file.hunks.map((hunk) => ({
      ...hunk,
      lines: hunk.lines.flatMap((line) =>
        line.startsWith('+')
          ? change(line.slice(1))
              .split('\n')
              .map((each) => `+${each}`)
          : [line],
      ),
    })),
  }));
  return { ...patch, files };
}

/** Words of the added code that its own declarations introduce: types, members, functions, variables, labels, macros. */
export function declaredNames(patch: EditablePatch): Set<string> {
  const added = patch.files.flatMap((file) =>
    file.hunks.flatMap((hunk) =>
      hunk.lines.filter((line) => line.startsWith('+')).map((line) => line.slice(1)),
    ),
  );
  const names = new Set<string>();
  for (const line of added) {
    for (const [, name] of line.matchAll(/\b(?:struct|enum|union)\s+(\w+)\s*\{/g)) names.add(name!);
    for (const [, name] of line.matchAll(/(?:\w|\*)\s+\**(\w+)\s*(?=[;=,)]|\[)/g))
      if (
        /^(?:static\s|const\s|struct\s|unsigned\s|void\s|bool\s|int\s|\t*\w+_t\s|.*[(,]\s*(?:struct|ioasid_t)|\s*(?:struct|ioasid_t|void|int|refcount_t)\b)/.test(
          line,
        )
      )
        names.add(name!);
    for (const [, name] of line.matchAll(/^(?:[\w*\s]*[\s*])?(\w+)\(.*(?:\)|,)$/g))
      if (!/^\s/.test(line)) names.add(name!);
    for (const [, name] of line.matchAll(/^(\w+):$/g)) names.add(name!);
    for (const [, name] of line.matchAll(/DEFINE_\w+\((\w+)\)/g)) names.add(name!);
  }
  for (const keyword of [
    'return',
    'goto',
    'if',
    'NULL',
    'sizeof',
    'struct',
    'mm_struct',
    'iommu_domain',
    'device',
  ])
    names.delete(keyword);
  return names;
}

/** Renames words in all added lines and section headings. `mm->pasid` is the kernel's, whatever the patch calls its own. */
export function rename(patch: EditablePatch, names: ReadonlyMap<string, string>): EditablePatch {
  return mapAdded(patch, (line) =>
    line.replace(/(\bmm->)?\b([A-Za-z_]\w*)\b/g, (whole, ofMm: string | undefined, word: string) =>
      ofMm ? `${names.get('mm') ?? 'mm'}->${word}` : (names.get(word) ?? whole),
    ),
  );
}

/** Every name the patch declares, replaced by one that says nothing. */
export function anonymous(patch: EditablePatch): EditablePatch {
  const keep = new Set(['type', 'ops', 'free', 'bus', 'dev_iommu_ops', 'iommu_ops', 'domain_alloc']);
  const names = [...declaredNames(patch)].filter((name) => !keep.has(name)).sort();
  return rename(patch, new Map(names.map((name, index) => [name, `q${index}x`])));
}
