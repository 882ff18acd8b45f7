/**
 * Defects that are put into the product's own source when `DOCCENTR_DEFECT` names one, to see that
 * the tests catch it: the product itself carries no switches. docs/sync.md lists them.
 */
export interface Defect {
  readonly edits: readonly {
    readonly file: string;
    readonly find: string;
    readonly replace: string;
  }[];
  /** How the name of the test that catches it begins. */
  readonly test: string;
  /** Where that is: with the schedules (tests/faults/sync/regressions.ts) unless told otherwise. */
  readonly project?: 'cloud-faults';
}

export const DEFECTS: Readonly<Record<string, Defect>> = {
  'cursor-before-page': {
    test: 'R53 a device',
    edits: [
      {
        file: 'src/core/sync/pull.ts',
        find: 'await parts.checkpoint(`pull ${collection}: after the call`);',
        replace: `if (answer.kind === 'page') parts.replica.write((scope) => {
          saveState(scope, collection, { epoch: answer.epoch, cursor: answer.cursor });
          return ok(undefined);
        });
        await parts.checkpoint('');`,
      },
    ],
  },
  'outcome-forgotten': {
    test: 'R16 a conflict',
    edits: [
      {
        file: 'backend/kit/sync/mutation-log.ts',
        find: 'outcome: isPlain ? null : JSON.stringify({ ...outcome, record: undefined }),',
        replace: 'outcome: null,',
      },
    ],
  },
  'client-clock': {
    test: 'R70 a device',
    edits: [
      {
        file: 'src/core/sync/pull.ts',
        find: 'const own = unseen.has(change.record.uid);',
        replace: `if (String(change.record['createdAt'] ?? '') > scope.now) continue;
        const own = unseen.has(change.record.uid);`,
      },
    ],
  },
  'unsent-edit-overwritten': {
    test: 'R54 a pull',
    edits: [
      {
        file: 'src/core/sync/pull.ts',
        find: 'const own = unseen.has(change.record.uid);',
        replace: `const own = false;
        if (unseen.has(change.record.uid)) scope.db.delete(outbox).where(and(
          eq(outbox.recordUid, change.record.uid), eq(outbox.state, 'queued'))).run();`,
      },
    ],
  },
  'fork-accepted': {
    test: 'R13 two devices',
    edits: [
      {
        file: 'backend/kit/sync/mutation-log.ts',
        find: "if (used.some((one) => !known.has(one.uuid))) return 'forked';",
        replace: `for (const one of used) if (!known.has(one.uuid)) known.set(one.uuid,
          { uuid: one.uuid, uid: one.uid, version: 0, outcome: null, needsRecord: false });`,
      },
      {
        file: 'backend/kit/sync/mutation-log.ts',
        find: "return isForked ? 'forked' : known;",
        replace: 'return known;',
      },
    ],
  },
  'double-finalise': {
    test: 'R42 two devices',
    edits: [
      {
        file: 'backend/kit/sync/merge-mutation.ts',
        find: 'if (standing === null || !isIssued(standing)) {',
        replace: 'if (standing === null || mutation.uid !== "") {',
      },
    ],
  },
  'epoch-ignored': {
    test: 'R63 what',
    edits: [
      {
        file: 'backend/kit/sync/push-batch.ts',
        find: 'if (request.epoch !== null && request.epoch !== epoch) {',
        replace: 'if (request.seq === -1) {',
      },
      {
        file: 'backend/kit/sync/pull-page.ts',
        find: 'if (epoch !== undefined && epoch !== head.epoch) {',
        replace: 'if (cursor < 0) {',
      },
    ],
  },
  'counter-too-early': {
    test: 'R50 no reader',
    edits: [
      {
        file: 'backend/kit/sync/heads.ts',
        find: 'const found = await readHead(db, tenant, collection);',
        replace: `globalThis.earlyHeads ??= new Map();
        globalThis.earlyHeads.set(collection, db);
        const found = await readHead(db, tenant, collection);`,
      },
      {
        file: 'backend/kit/sync/heads.ts',
        find: 'const [header] = (await transaction',
        replace: 'const [header] = (await (globalThis.earlyHeads?.get(collection) ?? transaction)',
      },
    ],
  },
  'dependent-too-soon': {
    test: 'R18 an invoice',
    edits: [
      {
        file: 'src/core/sync/push.ts',
        find: 'uid !== row.recordUid && !included.has(uid) && isPending(scope, pending, uid),',
        replace: 'uid === row.recordUid && !included.has(uid) && isPending(scope, pending, uid),',
      },
    ],
  },
  'tombstone-dropped': {
    test: 'R52 a tombstone',
    edits: [
      {
        file: 'backend/kit/sync/pull-page.ts',
        find: 'const changes = rows.map(',
        replace: 'const changes = rows.filter((row) => !row.deleted).map(',
      },
    ],
  },
  'rejection-hidden': {
    test: 'R17 what the cloud refuses',
    edits: [
      {
        file: 'src/core/sync/outcomes.ts',
        find: `    addRejection(scope, collection, recordUid, {
      body: bodyOf(row),`,
        replace: `    if (code === '') addRejection(scope, collection, recordUid, {
      body: bodyOf(row),`,
      },
    ],
  },
  'cursor-never-expires': {
    test: 'R56 what was deleted',
    edits: [
      {
        file: 'backend/kit/sync/pull-page.ts',
        find: 'if (isOlderThanKept || cursor > head.version) {',
        replace: 'if (cursor > head.version) {',
      },
    ],
  },
  'alike-unflagged': {
    test: 'R44 machines',
    edits: [
      {
        file: 'src/core/sync/collections/issued-numbers.ts',
        find: 'WHERE other.number = ${invoices.number} AND other.uid <> ${invoices.uid})',
        replace: "WHERE other.number = ${invoices.number} AND other.uid = '')",
      },
    ],
  },
  'one-uuid-for-two': {
    test: 'R15 a copy',
    edits: [
      {
        file: 'src/core/replica/outbox.ts',
        find: ".set({ uuid: sql`${sql.placeholder('uuid')}`, body:",
        replace: '.set({ body:',
      },
    ],
  },
  'token-redelivery-ignored': {
    project: 'cloud-faults',
    test: 'a service killed after-commit',
    edits: [
      {
        file: 'backend/kit/messaging/workflow-steps.ts',
        find: "if (known === undefined) checkpoint(request.step, 'before-effect');",
        replace: "if (known !== undefined) return; checkpoint(request.step, 'before-effect');",
      },
    ],
  },
  'mail-claimed-after-sending': {
    project: 'cloud-faults',
    test: 'a mail that was claimed',
    edits: [
      {
        file: 'backend/services/notifications/sending.ts',
        find: 'service.send(order.tenant, order.messageUid, prepared.composed),',
        replace: 'Promise.resolve(globalThis.sentUnclaimed),',
      },
      {
        file: 'backend/services/notifications/sending.ts',
        find: 'const claim = await ledger.claim(',
        replace: `globalThis.sentUnclaimed = await service.send(
          order.tenant, order.messageUid, prepared.value.composed);
        const claim = await ledger.claim(`,
      },
    ],
  },
};

/** A plugin of Vite and rolldown that puts a defect in; fails when the text that it changes is not there. */
export function seedDefect(name: string) {
  const defect = DEFECTS[name];
  if (defect === undefined) {
    throw new Error(`no defect is called ${name}; there are ${Object.keys(DEFECTS).join(', ')}`);
  }
  return {
    name: 'seeded-defect',
    enforce: 'pre' as const,
    transform(code: string, id: string): string | null {
      const edits = defect.edits.filter(({ file }) => id.split('?')[0]?.endsWith(`/${file}`));
      if (edits.length === 0) return null;
      return edits.reduce((text, { file, find, replace }) => {
        if (!text.includes(find)) throw new Error(`${name}: ${file} has no "${find}" any more`);
        return text.replace(find, () => replace);
      }, code);
    },
  };
}
