/**
 * A core process that behaves as its first argument says, to see how a shell copes with it:
 * `good` answers every call with its input, `silent` answers none, `stillborn` ends before it is
 * ready, `crowded` finds the data directory in use.
 */
const [behaviour] = process.argv.slice(2);

if (behaviour === 'stillborn') process.exit(70);
if (behaviour === 'crowded') process.exit(75);

process.on('message', ({ id, method, input }) => {
  if (method === 'die') process.kill(process.pid, 'SIGKILL');
  if (method === 'babble') process.send({ nonsense: true });
  if (behaviour === 'good') process.send({ id, ok: true, value: input });
});
process.on('disconnect', () => process.exit(0));
process.send({ event: 'ready' });
