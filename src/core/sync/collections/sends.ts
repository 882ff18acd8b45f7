import { asc, eq } from 'drizzle-orm';

import { sendRecord } from '../../../shared/contracts/sync/records';
import { findSend, saveSend } from '../../features/sends/send-repository';
import { sends } from '../../replica/schema';
import type { CollectionAdapter } from '../collection-adapter';
import { invoicesAdapter } from './invoices';

export const sendsAdapter: CollectionAdapter<'sends'> = {
  collection: 'sends',

  read(scope, uid) {
    const record = findSend(scope, uid);
    return record === null ? null : { record, deleted: false };
  },

  store(scope, records) {
    for (const { record } of records) saveSend(scope, sendRecord.parse(record));
    scope.touch(['invoices']);
    return [];
  },

  referencesOf: ({ invoiceUid }) => [{ collection: 'invoices', uid: invoiceUid }],
  title(scope, uid) {
    const found = scope.db
      .select({ invoiceUid: sends.invoiceUid })
      .from(sends)
      .where(eq(sends.uid, uid))
      .get();
    return found === undefined ? '' : invoicesAdapter.title(scope, found.invoiceUid);
  },
  uids: (scope) =>
    scope.db
      .select({ uid: sends.uid })
      .from(sends)
      .orderBy(asc(sends.id))
      .all()
      .map(({ uid }) => uid),
};
