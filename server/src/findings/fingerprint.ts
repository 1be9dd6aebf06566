/**
 * Tells a finding from all others of the same code, today and after the code
 * around it has moved: what a baseline and SARIF compare.
 */
import type { Finding } from './finding.js';

/**
 * Sixteen hexadecimal digits that stay the same while line numbers change:
 * made from rule, file, function, message without numbers, and the line it
 * stands on without its spacing. `lineText` is that line as it stands in the
 * input, null where it cannot be shown (encoded mails).
 */
export function fingerprint(finding: Finding, lineText: string | null): string {
  const parts = [
    finding.rule,
    finding.region?.file ?? '',
    finding.function ?? '',
    finding.message.replace(/\d+/g, '#'),
    lineOfCode(finding, lineText ?? ''),
  ];
  return hash64(parts.join('\u0000'));
}

/** A line that a finding stands on without its spacing and without the `+` of a patch: the same in the patch and in the file. */
export function lineOfCode(finding: Finding, lineText: string): string {
  const code = finding.source.decodedLine !== null && finding.region ? lineText.slice(1) : lineText;
  return code.replace(/\s+/g, ' ').trim();
}

/** Two 32-bit multiply-and-xor hashes side by side: enough to tell findings apart, not meant to withstand an attacker. */
function hash64(text: string): string {
  let high = 0x9e3779b9;
  let low = 0x85ebca6b;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ unit, 0x5bd1e995);
    low ^= high >>> 15;
  }
  high = Math.imul(high ^ (high >>> 16), 0xc2b2ae35) ^ low;
  low = Math.imul(low ^ (low >>> 13), 0x27d4eb2f) ^ high;
  return hex(high) + hex(low);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
