import { LONG_LOG } from '../../src/core/replica/checkpointer';
import { openReplica } from '../../src/core/replica/replica';
import { meta } from '../../src/core/replica/schema';

const VALUE_PAGES = 512;
const PAGE_BYTES = 4_096;
const PARTS = Math.ceil(LONG_LOG / VALUE_PAGES);
const filler = 'x'.repeat(VALUE_PAGES * PAGE_BYTES);

/**
 * A process of its own, to be killed: writes transactions that make the log of a replica long, one
 * after the other. Each puts the number of its round into the same rows, and is told when it is
 * committed and again when it is in the file.
 */
const [path = '', firstRound = ''] = process.argv.slice(2);
const replica = openReplica(path, {
  now: () => new Date(),
  onChange: () => undefined,
  checkpointThread: new URL('checkpoint-thread.js', import.meta.url),
});
// The thread alone keeps no process alive.
process.channel?.ref();
for (let round = Number(firstRound); ; round += 1) {
  for (let part = 0; part < PARTS; part += 1) {
    const row = { key: `part-${part}`, value: `${round} ${filler}` };
    replica.writePart(({ db }) => {
      db.insert(meta).values(row).onConflictDoUpdate({ target: meta.key, set: row }).run();
    });
  }
  const inFile = replica.finishParts();
  process.send?.({ committed: round });
  await inFile;
  process.send?.({ inFile: round });
}
