import { expect, it } from 'vitest';

import { ok } from '../../shared/domain/result';
import { openTestDevice } from '../testing/test-device';
import { addNotice, forgetSettled } from './attention';
import { ScriptedCloud } from './testing/scripted-cloud';

it('R70 keeps the newest 500 of what was dealt with, and all that waits, whatever the clock says', () => {
  const device = openTestDevice({
    transport: new ScriptedCloud(),
    now: () => new Date('2126-03-10T10:00:00.000Z'),
  });
  const { replica } = device.context;
  replica.write((scope) => {
    for (let n = 1; n <= 503; n += 1)
      addNotice(scope, 'clients', `client ${n}`, 'restored_by_edit');
    return ok({});
  });
  replica.connection.exec(
    `UPDATE attention SET settled_at = '2026-03-10T10:00:00.000Z' WHERE id <> 1`,
  );
  replica.write((scope) => {
    forgetSettled(scope);
    return ok({});
  });
  const kept = replica.connection
    .prepare<[], number>('SELECT id FROM attention ORDER BY id')
    .pluck()
    .all();
  expect([kept.length, kept[0], kept[1]]).toEqual([501, 1, 4]);
  device.close();
});
