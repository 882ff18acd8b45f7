import { expect, it } from 'vitest';
import { z } from 'zod';

import type { InvoiceUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import { ladderOf, reminderSendUid } from './reminders';

it('names the send of a reminder by its invoice and its step alone', () => {
  const [one, other] = [newUid<InvoiceUid>(), newUid<InvoiceUid>()];
  const uids = [one, other].flatMap((uid) => [1, 2, 3].map((step) => reminderSendUid(uid, step)));
  expect(new Set(uids).size).toBe(6);
  expect(uids.every((uid) => z.uuid().safeParse(uid).success)).toBe(true);
  expect(reminderSendUid(one, 2)).toBe(uids[1]);
});

it('goes up a ladder in order, each day once', () => {
  expect(ladderOf([20, 3, 10, 3])).toEqual([3, 10, 20]);
});
