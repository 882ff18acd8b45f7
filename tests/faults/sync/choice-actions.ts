import type { BusinessContext } from '../../../src/core/context';
import { dataOf, findAttention } from '../../../src/core/sync/attention';
import { type Acting, type Actors, pickFrom, value } from './acting';
import { wordsIn } from './edit-log';
import { type Decision, DECISIONS } from './fault-plan';

/** What each of these is about, among what needs attention. */
const ABOUT: Readonly<Record<Decision, string>> = {
  keep_mine: `kind = 'conflict' AND settled_at IS NULL`,
  keep_theirs: `kind = 'conflict' AND settled_at IS NULL`,
  undo_choice: `kind = 'conflict' AND settled_at IS NOT NULL`,
  retry_rejection: `kind = 'rejection' AND settled_at IS NULL
    AND json_extract(data, '$.code') = 'forbidden'`,
  dismiss_rejection: `kind = 'rejection' AND settled_at IS NULL`,
  dismiss_notice: `kind = 'notice' AND settled_at IS NULL`,
};

/** What takes two people to come about is decided more often than what one alone brings about. */
const MORE_OFTEN: readonly Decision[] = [
  'keep_mine',
  'keep_mine',
  'keep_theirs',
  'keep_theirs',
  'undo_choice',
  'undo_choice',
  'undo_choice',
];
const CHANCES = [...DECISIONS, ...MORE_OFTEN];

/** The decisions that something on the device asks for. */
export function decisionsOn(context: BusinessContext): readonly Decision[] {
  return CHANCES.filter((action) => idsOf(context, ABOUT[action]).length > 0);
}

function idsOf({ replica }: BusinessContext, about: string): readonly number[] {
  return replica.connection
    .prepare<[], number>(`SELECT id FROM attention WHERE ${about}`)
    .pluck()
    .all();
}

/** What a person decides about conflicts, rejections and notices, by what he is shown of them. */
export const CHOICE_ACTORS = {
  async keep_mine(acting) {
    await choose(acting, 'mine');
  },

  async keep_theirs(acting) {
    await choose(acting, 'theirs');
  },

  async undo_choice(acting) {
    const { context, pick, sync, edits, happened } = acting;
    const id = pickFrom(idsOf(context, ABOUT.undo_choice), pick);
    if (id === null) return;
    const row = context.replica.read((scope) => findAttention(scope, id));
    const undone = await value(sync['sync.undoResolve']({ id }));
    if (row === null || undone === null) return;
    happened('undo_choice');
    // What was typed since stays, over what was let go for it.
    const paths = dataOf('conflict', row).fields.map(({ path }) => path);
    for (const path of paths.filter((one) => !undone.left.includes(one))) {
      edits.takeBack(`${nameOf(acting, id)} ${path}`);
    }
  },

  async retry_rejection(acting) {
    const { pick, sync, happened, edits } = acting;
    const { rejections } = await shown(sync);
    const retriable = rejections.filter(({ remedies }) => remedies.includes('retry'));
    const rejection = pickFrom(retriable, pick);
    if (rejection === null) return;
    const { id, fields } = rejection;
    if ((await value(sync['sync.retry']({ id, shown: fields }))) === null) return;
    happened('retry_rejection');
    // It takes the place of what stands there by now, which is shown beside it.
    const replaced = fields.map(({ theirs }) => theirs ?? null);
    edits.letGo(nameOf(acting, id), wordsIn(JSON.stringify(replaced)));
  },

  async dismiss_rejection(acting) {
    const { rejections } = await shown(acting.sync);
    const rejection = pickFrom(rejections, acting.pick);
    if (rejection === null) return;
    const row = acting.context.replica.read((scope) => findAttention(scope, rejection.id));
    if (row === null || !(await dismiss(acting, rejection))) return;
    acting.happened('dismiss_rejection');
    // A record that the cloud never took is given up with it, and every word that stood in it.
    const { body, record } = dataOf('rejection', row);
    if (record === null) acting.deleted('record' in body ? body.record : rejection);
  },

  async dismiss_notice(acting) {
    const { notices } = await shown(acting.sync);
    const notice = pickFrom(notices, acting.pick);
    if (notice === null) return;
    if (await dismiss(acting, notice)) acting.happened('dismiss_notice');
  },
} satisfies Actors;

async function shown(sync: Acting['sync']) {
  const found = await value(sync['sync.attention']({}));
  return found ?? { conflicts: [], rejections: [], notices: [] };
}

/** Every third choice is one field mine, the next theirs. */
const MIXED = 3;

async function choose(acting: Acting, wish: 'mine' | 'theirs'): Promise<void> {
  const { pick, sync, edits, happened } = acting;
  const { conflicts } = await shown(sync);
  const conflict = pickFrom(conflicts, pick);
  if (conflict === null) return;
  const isMine = (index: number) => (wish === 'mine') === (pick % MIXED !== 0 || index % 2 === 0);
  const decisions = conflict.fields.map((field, index) => ({
    ...field,
    keep: isMine(index) ? ('mine' as const) : ('theirs' as const),
  }));
  if ((await value(sync['sync.resolve']({ id: conflict.id, decisions }))) === null) return;
  happened(wish === 'mine' ? 'keep_mine' : 'keep_theirs');
  const wordsOf = (side: (one: (typeof decisions)[number]) => unknown) =>
    decisions.flatMap((one) => wordsIn(JSON.stringify(side(one) ?? null)));
  const kept = new Set(wordsOf(({ keep, mine, theirs }) => (keep === 'mine' ? mine : theirs)));
  for (const { path, keep, mine, theirs } of decisions) {
    const dropped = wordsIn(JSON.stringify((keep === 'mine' ? theirs : mine) ?? null));
    edits.letGo(
      `${nameOf(acting, conflict.id)} ${path}`,
      dropped.filter((word) => !kept.has(word)),
    );
  }
}

/** Lets an item go, with every word that was shown in it. */
async function dismiss(acting: Acting, item: { readonly id: number }): Promise<boolean> {
  if ((await value(acting.sync['sync.dismiss']({ id: item.id }))) === null) return false;
  acting.edits.letGo(nameOf(acting, item.id), wordsIn(JSON.stringify(item)));
  return true;
}

function nameOf({ device }: Acting, id: number): string {
  return `${device} ${id}`;
}
