/** What a bug report needs from the server: versions, counts and the log's last lines, without any source text. */
import { arch, platform } from 'node:os';
import type { Report } from '../../protocol/index.js';
import type { ClientFacts } from '../client-facts.js';
import type { Log } from '../log.js';
import type { Reviews } from '../reviews.js';

/** Answers the request for a report. */
export function report(version: string, client: ClientFacts, reviews: Reviews, log: Log): Report {
  const { open, reviewed } = reviews.count();
  const lines = [
    `- IOMMU Review server ${version}`,
    `- Node ${process.version} on ${platform()} ${arch()}`,
    `- Editor: ${client.name}`,
    `- Documents: ${open} open, ${reviewed} of them reviewed`,
    '',
    'Log of the server:',
    '',
    '```',
    log.recent() || '(nothing)',
    '```',
    '',
  ];
  return { markdown: lines.join('\n') };
}
