import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './processes.mjs';

/** Each process that runs schedules, or kills others, leaves a file here. */
const reports = join(root, 'artifacts', 'faults');

/** For the beginning of a run. */
export function forgetFaultReports() {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
}

/** How many schedules ran and what struck in them, over all processes of a run, line by line. */
export function faultReport({ withCounts }) {
  const files = existsSync(reports) ? readdirSync(reports) : [];
  const parts = files.map((file) => JSON.parse(readFileSync(join(reports, file), 'utf8')));
  const sum = (name) => parts.reduce((total, part) => total + (part[name] ?? 0), 0);
  const [schedules, wanted] = [sum('schedules'), sum('wanted')];
  const mean = (sum('seconds') / Math.max(1, schedules)).toFixed(2);
  const all = `schedules of faults: ${schedules} of ${wanted}, ${mean} s each`;
  const lines = [
    schedules < wanted ? `${all} (CUT SHORT: the time was up, or too many had failed)` : all,
  ];
  if (!withCounts) return lines;
  const counts = new Map();
  for (const part of parts) {
    for (const [kind, times] of Object.entries(part.counts)) {
      counts.set(kind, (counts.get(kind) ?? 0) + times);
    }
  }
  return [...lines, ...[...counts].map(([kind, times]) => `  ${kind.padEnd(18)} ${times}`)];
}
