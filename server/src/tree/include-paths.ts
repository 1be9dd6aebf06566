/**
 * Where an `#include` may lead, by its name alone: the directories that the
 * kernel's build searches, in its order. Which of the files exist is for the
 * tree to say.
 */

/** Searched for `asm/x.h` when nothing in the including file's path names an architecture. */
const USUAL_ARCHITECTURES = ['x86', 'arm64'];

/** Words of a driver's path that name the machines it is for. */
const BY_DIRECTORY: Readonly<Record<string, readonly string[]>> = {
  amd: ['x86'],
  intel: ['x86'],
  arm: ['arm64', 'arm'],
  riscv: ['riscv'],
  s390: ['s390'],
};

/** What the kernel's build includes before the first line of every file. */
export const ALWAYS_INCLUDED: readonly string[] = [
  'include/linux/kconfig.h',
  'include/linux/compiler_types.h',
];

/** Paths at which the header may lie, best first. `isLocal`: written with quotes. */
export function includeCandidates(name: string, isLocal: boolean, from: string): string[] {
  const candidates = [...(isLocal ? localCandidates(name, from) : []), ...globalCandidates(name, from)];
  return [...new Set(candidates)];
}

/**
 * Beside the file; then in the directories above it up to the driver's or the
 * subsystem's own, which is where a driver in several directories points
 * `ccflags-y += -I` to.
 */
function localCandidates(name: string, from: string): string[] {
  const folders = from.split('/').slice(0, -1);
  const candidates = [joinPath(folders, name)];
  if (!name.split('/').includes('..')) {
    for (let depth = folders.length - 1; depth >= 2; depth--)
      candidates.push(joinPath(folders.slice(0, depth), name));
  }
  return candidates.filter((path) => path !== null);
}

function globalCandidates(name: string, from: string): string[] {
  const asm = /^(uapi\/)?asm\/(.+)$/.exec(name);
  const roots = asm
    ? [
        ...architecturesOf(from).map((each) => `arch/${each}/include`),
        ...(asm[1] ? [] : architecturesOf(from).map((each) => `arch/${each}/include/uapi`)),
      ]
    : ['include', 'include/uapi'];
  const generic = asm
    ? (asm[1] ? ['include/uapi'] : ['include', 'include/uapi']).map((each) => `${each}/asm-generic/${asm[2]}`)
    : [];
  return [...roots.map((root) => `${root}/${name}`), ...generic]
    .map((path) => joinPath([], path))
    .filter((path) => path !== null);
}

function architecturesOf(from: string): readonly string[] {
  const own = /^arch\/([^/]+)\//.exec(from)?.[1];
  if (own) return [own];
  const named = from
    .split('/')
    .flatMap((folder) => (Object.hasOwn(BY_DIRECTORY, folder) ? BY_DIRECTORY[folder]! : []));
  return [...new Set([...named, ...USUAL_ARCHITECTURES])];
}

/** `[drivers, iommu, intel]` + `../irq.h`; null for what leads out of the tree. */
function joinPath(folders: readonly string[], name: string): string | null {
  if (name.startsWith('/')) return null;
  const parts = [...folders];
  for (const step of name.split('/')) {
    if (step === '..') {
      if (parts.pop() === undefined) return null;
    } else if (step !== '.' && step !== '') parts.push(step);
  }
  return parts.length === 0 ? null : parts.join('/');
}
