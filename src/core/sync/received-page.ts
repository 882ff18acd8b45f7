import { z } from 'zod';

import type { Change, PullAnswer } from '../../shared/contracts/sync/protocol';
import { change, pullAnswer } from '../../shared/contracts/sync/protocol';

const [page, epochChanged, cursorExpired] = pullAnswer.options;
const { version, deleted, record } = change.shape;
const { uid } = record.shape;

/**
 * `pullAnswer` as a device reads it: the same answers pass, but the records of a page are looked at
 * and not copied. Their own schemas parse them when they are stored; a copy beforehand costs a first
 * pull as much as reading the text does.
 */
export const receivedPullAnswer: z.ZodType<PullAnswer> = z.discriminatedUnion('kind', [
  page.extend({ changes: z.custom<Change[]>(areChanges) }),
  epochChanged,
  cursorExpired,
]);

function areChanges(value: unknown): boolean {
  return Array.isArray(value) && value.every(isChange);
}

function isChange(value: unknown): boolean {
  return (
    isRecord(value) &&
    version.safeParse(value['version']).success &&
    deleted.safeParse(value['deleted']).success &&
    isRecord(value['record']) &&
    uid.safeParse(value['record']['uid']).success
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
