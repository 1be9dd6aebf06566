/** What a reviewer says of a mail, and where. */
export interface Comment {
  /** Index into the message's body of the line that it stands under; null for the mail as a whole. */
  readonly bodyLine: number | null;
  /** One or more lines, as typed. */
  readonly text: string;
}

/** Whoever answers. */
export interface Sender {
  readonly name: string | null;
  readonly mail: string;
}
