/** Steps that can be taken back and repeated. Immutable: every change answers a new history. */
export interface History<Content> {
  readonly present: Content;
  readonly past: readonly Content[];
  readonly future: readonly Content[];
  /** What the last change was about; typing on in the same field is one step. */
  readonly topic: string | null;
}

const MAX_STEPS = 200;

export function startHistory<Content>(present: Content): History<Content> {
  return { present, past: [], future: [], topic: null };
}

/**
 * Makes `next` the present. Changes with the same `topic` in a row are one step; a null topic is
 * always a step of its own.
 */
export function change<Content>(
  history: History<Content>,
  next: Content,
  topic: string | null,
): History<Content> {
  if (next === history.present) return history;
  const continues = topic !== null && topic === history.topic;
  const past = continues ? history.past : [...history.past, history.present].slice(-MAX_STEPS);
  return { present: next, past, future: [], topic };
}

/** Ends the current step, so that typing in the same field again is another one. */
export function endStep<Content>(history: History<Content>): History<Content> {
  return history.topic === null ? history : { ...history, topic: null };
}

/** The same steps on top of what came from outside: it is in every one of them. */
export function rebase<Content>(
  history: History<Content>,
  onto: (content: Content) => Content,
): History<Content> {
  const { present, past, future, topic } = history;
  return { present: onto(present), past: past.map(onto), future: future.map(onto), topic };
}

export function undo<Content>(history: History<Content>): History<Content> {
  const previous = history.past.at(-1);
  if (previous === undefined) return history;
  return {
    present: previous,
    past: history.past.slice(0, -1),
    future: [history.present, ...history.future],
    topic: null,
  };
}

export function redo<Content>(history: History<Content>): History<Content> {
  const next = history.future[0];
  if (next === undefined) return history;
  return {
    present: next,
    past: [...history.past, history.present],
    future: history.future.slice(1),
    topic: null,
  };
}
