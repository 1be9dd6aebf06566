/** The only way by which anything above lsp/ and cli/ sees a kernel tree. */
export interface TreeReader {
  /** The tree's root as shown to people; never joined with a path here. */
  readonly root: string;
  /**
   * The text of the file at `path` (relative, with `/`), or null when there is
   * none, when it is not a regular file below the root after resolving links,
   * or when it is larger than the reader accepts.
   */
  read(path: string): string | null;
}
