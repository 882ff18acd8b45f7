import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import type { BusinessUid, InvoiceUid } from '../../../src/shared/domain/ids';
import { newUid } from '../../../src/shared/domain/ids';
import { outbox } from '../../kit/database/kit-tables';
import type { ScratchDatabase } from '../../kit/testing/scratch-database';
import { createScratchDatabase } from '../../kit/testing/scratch-database';
import { dailyUsage, messages } from './db/schema';
import type { MailOrder } from './domain/delivery';
import { orderOfSend } from './domain/delivery';
import type { Claim, MessageLedger } from './message-ledger';
import { createMessageLedger } from './message-ledger';

const ADDRESSED = { mail: { invoice_id: 1, to: ['a@example.com'] }, subject: 'Invoice' };

let database: ScratchDatabase;
let ledger: MessageLedger;

beforeAll(async () => {
  database = await createScratchDatabase(inject('cloud').database, 'notifications');
  ledger = createMessageLedger(database.db, 500);
});

afterAll(() => database.drop());

/** A mail that is being handed over. */
async function claimed(): Promise<{ readonly order: MailOrder; readonly claim: Claim }> {
  const sendUid = newUid<InvoiceUid>();
  const order = orderOfSend({
    tenant: newUid<BusinessUid>(),
    sendUid,
    invoiceUid: newUid<InvoiceUid>(),
    kind: 'invoice',
    execution: `${sendUid}-1`,
  });
  const claim = await ledger.claim(order, ADDRESSED, false);
  if (typeof claim === 'string') throw new Error(claim);
  return { order, claim };
}

async function stateOf({ tenant }: MailOrder) {
  const { db } = database;
  const rows = await db.select().from(messages).where(eq(messages.tenant, tenant));
  const days = await db.select().from(dailyUsage).where(eq(dailyUsage.tenant, tenant));
  const events = await db.select().from(outbox).where(eq(outbox.tenant, tenant));
  return {
    rows: rows.map(({ state, reason }) => [state, reason]),
    counted: days.map(({ mails }) => mails),
    told: events.map(({ name, data }) => [name, data]),
  };
}

it('leaves nothing of a mail that SES has no time for', async () => {
  const { order, claim } = await claimed();
  await ledger.release(order, 'mail_throttled', claim);
  expect(await stateOf(order)).toEqual({ rows: [], counted: [0], told: [] });
  expect(await ledger.claim(order, ADDRESSED, false)).toEqual(claim);
});

it('tells that a mail came back whose refusal was later than the end of the claim', async () => {
  const settled = {
    counted: [0],
    told: [
      ['EmailFailed', expect.objectContaining({ outcome: 'unknown' })],
      ['EmailFailed', expect.objectContaining({ outcome: 'bounced' })],
    ],
  };
  const busy = await claimed();
  await ledger.markUnknown(busy.order);
  await ledger.release(busy.order, 'mail_throttled', busy.claim);
  expect(await stateOf(busy.order)).toEqual({ ...settled, rows: [['bounced', 'mail_throttled']] });

  const refused = await claimed();
  await ledger.markUnknown(refused.order);
  await ledger.fail(refused.order, ADDRESSED, 'mail_rejected', refused.claim);
  expect(await stateOf(refused.order)).toEqual({
    ...settled,
    rows: [['bounced', 'mail_rejected']],
  });
});
