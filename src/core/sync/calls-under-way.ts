/** What has not been answered after this is given up, once there is a reason to doubt it. */
const LONG_MS = 3_000;

interface CallUnderWay {
  readonly began: number;
  readonly ending: AbortController;
  timer: NodeJS.Timeout | null;
}

/**
 * The calls that wait for an answer. A connection that died without a word keeps one waiting for its
 * whole patience; whoever learns that the network was away ends it sooner.
 */
export class CallsUnderWay {
  readonly #calls = new Set<CallUnderWay>();

  async run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const call: CallUnderWay = {
      began: performance.now(),
      ending: new AbortController(),
      timer: null,
    };
    this.#calls.add(call);
    try {
      return await work(call.ending.signal);
    } finally {
      this.#calls.delete(call);
      if (call.timer !== null) clearTimeout(call.timer);
    }
  }

  /** Ends what has waited for long, and what has begun just now as soon as it has. */
  giveUpHanging(): void {
    for (const call of this.#calls) {
      const rest = Math.max(0, LONG_MS - (performance.now() - call.began));
      call.timer ??= setTimeout(() => {
        call.ending.abort(new DOMException('no answer', 'TimeoutError'));
      }, rest);
    }
  }
}
