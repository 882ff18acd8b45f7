import { v7 } from 'uuid';

const BYTES = 16;
/** Random bytes are fetched for many uids at once: asking for a few costs as much as for many. */
const pool = new Uint8Array(BYTES * 256);
let used = pool.length;

let lastTime = 0;
let counter = 0;
const COUNTER_END = 2 ** 32;

/**
 * A new UUIDv7 (RFC 9562, 5.7): 48 bits of milliseconds, a counter of 32 bits that begins at
 * random in each millisecond, and 42 random bits. Each is greater than the one before.
 */
export function newUuid(): string {
  const now = Date.now();
  const random = randomBytes();
  if (now > lastTime) {
    lastTime = now;
    // The first bit is left clear, so that there is always room to count.
    counter = random.subarray(0, 4).reduce((number, byte) => number * 256 + byte, 0) % 2 ** 31;
  } else {
    counter += 1;
    // Running ahead of the clock keeps the order; it takes billions in a millisecond.
    if (counter === COUNTER_END) {
      lastTime += 1;
      counter = 0;
    }
  }
  return v7({ random, msecs: lastTime, seq: counter });
}

function randomBytes(): Uint8Array {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  used += BYTES;
  return pool.subarray(used - BYTES, used);
}
