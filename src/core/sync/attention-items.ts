import type { MethodOutput } from '../../shared/contracts/app-api';
import type { NoticeItem } from '../../shared/contracts/app-api/sync';
import type { ReadScope } from '../replica/replica';
import type { AttentionRow } from './attention';
import { dataOf, openAttention, openOf } from './attention';
import { conflictItem, decidedItems } from './choices';
import { rejectionItem } from './rejections';
import { nameOf } from './shown-record';

/** What needs a person, what one should know, and what was decided last. */
export function attentionItems(scope: ReadScope): MethodOutput<'sync.attention'> {
  const rows = openAttention(scope);
  return {
    conflicts: rows
      .filter(({ kind }) => kind === 'conflict')
      .map((row) => conflictItem(scope, row)),
    rejections: rows
      .filter(({ kind }) => kind === 'rejection')
      .map((row) => rejectionItem(scope, row)),
    notices: rows.filter(({ kind }) => kind === 'notice').map((row) => noticeItem(scope, row)),
    decided: decidedItems(scope),
  };
}

function noticeItem(scope: ReadScope, row: AttentionRow): NoticeItem {
  return { ...nameOf(scope, row), ...dataOf('notice', row) };
}

/** What is open of one record. */
export function itemsOfRecord(scope: ReadScope, uid: string): MethodOutput<'sync.ofRecord'> {
  return {
    conflicts: openOf(scope, 'conflict', uid).map((row) => conflictItem(scope, row)),
    rejections: openOf(scope, 'rejection', uid).map((row) => rejectionItem(scope, row)),
    notices: openOf(scope, 'notice', uid).map((row) => noticeItem(scope, row)),
  };
}
