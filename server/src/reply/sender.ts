/** Who answers, as given by hand. */
import { addressesIn } from '../patch/index.js';
import type { Sender } from './types.js';

/** `Name <mail>` or a bare address; null when it is neither, or several. */
export function addressIn(written: string): Sender | null {
  const [sender, ...more] = addressesIn(written);
  return sender && more.length === 0 ? sender : null;
}
