/**
 * How much memory a process takes that has analysed all of drivers/iommu and
 * still holds what it knows: a process of its own, since one that has measured
 * other things has their garbage. Run by `npm run bench` with the root of a
 * kernel tree.
 */
import { analyse, Program } from '../../server/src/analysis/index.js';
import { iommuUnits } from './iommu-units.js';

const program = new Program(iommuUnits(process.argv[2] ?? '.'));
const held = analyse(program, new Map(), { scope: 'all', severities: new Map() });

// The parser's memory is given back when the process comes to rest.
setTimeout(() => {
  const { rss, heapUsed } = process.memoryUsage();
  const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
  const peak = Math.round(process.resourceUsage().maxRSS / 1000);
  console.log(
    `memory with ${program.units.length} files and facts of ${held.facts.functions.length} functions held: ` +
      `${megabytes(rss)} MB resident, ${peak} MB at its highest, ${megabytes(heapUsed)} MB of objects`,
  );
}, 100);
