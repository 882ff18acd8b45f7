import type { SyncCollection } from '../../../src/shared/contracts/sync/collections';
import type { StoredOutcome, ToldMutations } from './cloud-contents';
import type { Device } from './device';
import type { Quiet } from './quiet';

interface Acknowledged {
  readonly uuid: string;
  readonly collection: SyncCollection;
  readonly kind: string;
}

/** What a device takes for told was applied (and once: the log's key sees to that). */
export function findUnapplied({ devices }: Quiet, told: ToldMutations): readonly string[] {
  return devices.flatMap((device) =>
    acknowledgedOn(device)
      .filter(({ uuid }) => !told.has(uuid))
      .map(({ collection, kind }) => `${device.name}: a told ${kind} of ${collection} is unknown`),
  );
}

/**
 * Each conflict, rejection, duplicate and notice that the cloud answered is an item on every device
 * that told the mutation: open, or settled by somebody who saw it.
 */
export function findHiddenOutcomes(
  { devices, counts }: Quiet,
  told: ToldMutations,
): readonly string[] {
  for (const { outcome } of told.values()) {
    if (outcome?.kind === 'conflict') counts.add('conflict');
    if (outcome?.kind === 'rejected') counts.add('rejection');
    if (outcome?.kind === 'duplicated') counts.add('duplicate_document');
  }
  return devices.flatMap((device) => {
    const items = itemsOn(device);
    return acknowledgedOn(device).flatMap(({ uuid, kind, collection }) => {
      const mutation = told.get(uuid);
      if (mutation === undefined || mutation.outcome === null) return [];
      const { uid, outcome } = mutation;
      const own = items.filter((item) => item.uid === uid);
      return missingOf(outcome, kind, own).map(
        (what) => `${device.name} does not show the ${what} of ${collection} ${uid}`,
      );
    });
  });
}

/** What of an outcome no item tells. */
function missingOf(
  outcome: StoredOutcome,
  kind: string,
  items: readonly Item[],
): readonly string[] {
  const hasNotice = (code: string) =>
    items.some((item) => item.kind === 'notice' && item.data['code'] === code);
  switch (outcome.kind) {
    case 'applied':
      return (outcome.notices ?? []).filter((code) => !hasNotice(code)).map((code) => code);
    case 'duplicated':
      return hasNotice('duplicate_document') ? [] : ['duplicate'];
    case 'conflict': {
      const paths = new Set(
        items
          .filter((item) => item.kind === 'conflict')
          .flatMap(({ data }) => data['fields'] as readonly { readonly path: string }[])
          .map(({ path }) => path),
      );
      return (outcome.fields ?? [])
        .filter(({ path }) => !paths.has(path))
        .map(({ path }) => `conflict in ${path}`);
    }
    case 'rejected': {
      // What the cloud does not know it is told as a whole.
      const isToldWhole = outcome.code === 'record_unknown' && kind !== 'delete';
      const isShown = items.some(
        ({ kind: what, data }) =>
          what === 'rejection' && data['code'] === outcome.code && data['field'] === outcome.field,
      );
      return isToldWhole || isShown ? [] : [`rejection ${outcome.code ?? ''}`];
    }
  }
}

interface Item {
  readonly kind: 'conflict' | 'rejection' | 'notice';
  readonly uid: string;
  readonly data: Readonly<Record<string, unknown>>;
}

function itemsOn({ context }: Device): readonly Item[] {
  return context.replica.connection
    .prepare<[], { readonly kind: Item['kind']; readonly uid: string; readonly data: string }>(
      'SELECT kind, record_uid AS uid, data FROM attention',
    )
    .all()
    .map((row) => ({ ...row, data: JSON.parse(row.data) as Item['data'] }));
}

function acknowledgedOn({ context }: Device): readonly Acknowledged[] {
  return context.replica.connection
    .prepare<[], Acknowledged>(
      `SELECT uuid, collection, kind FROM outbox WHERE state = 'acknowledged'`,
    )
    .all();
}
