/** What everything above lsp/ and cli/ asks of a kernel tree, and of whoever reads it. */
/** The only way to a tree's files; paths are relative and use `/`. */
export interface TreeReader {
  /** The tree's root as shown to people; never joined with a path here. */
  readonly root: string;
  /**
   * The text of the file at `path` (relative, with `/`), or null when there is
   * none, when it is not a regular file below the root after resolving links,
   * or when it is larger than the reader accepts.
   */
  read(path: string): string | null;
  /**
   * Names in the directory at `path`, in the order of their code units, those
   * of directories with a `/` behind them; null when there is no such directory
   * below the root. A link to a directory is left out, so that no walk goes
   * round in circles. A reader that cannot list has no such member.
   */
  list?(path: string): readonly string[] | null;
  /** Stands for the tree where several readers show the same one: what is parsed of it is kept as long as this is. */
  readonly identity?: object;
}
