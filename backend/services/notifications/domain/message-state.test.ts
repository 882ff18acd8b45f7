import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { MailFate, MessageState } from './message-state';
import { MESSAGE_STATES, settle } from './message-state';

const FATES: readonly MailFate[] = ['sent', 'delivered', 'bounced'];

function heard(start: MessageState, fates: readonly MailFate[]) {
  const told: string[] = [];
  let state = start;
  for (const fate of fates) {
    const settlement = settle(state, fate);
    if (settlement === null) continue;
    ({ state } = settlement);
    if (settlement.tell !== null) told.push(settlement.tell);
  }
  return { state, told };
}

describe('what SES tells', () => {
  it('settles what was unknown', () => {
    expect(heard('unknown', ['sent'])).toEqual({ state: 'sent', told: ['sent'] });
    expect(heard('unknown', ['bounced'])).toEqual({ state: 'bounced', told: ['bounced'] });
  });

  it('ends the same with Delivery before Send', () => {
    const expected = { state: 'delivered', told: ['sent'] };
    expect(heard('unknown', ['sent', 'delivered'])).toEqual(expected);
    expect(heard('unknown', ['delivered', 'sent'])).toEqual(expected);
  });

  it('never makes something sent of what came back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MESSAGE_STATES),
        fc.array(fc.constantFrom(...FATES), { maxLength: 8 }),
        (start, fates) => {
          const { state, told } = heard(start, [...fates, 'bounced', ...fates]);
          expect(state).toBe('bounced');
          expect(told.filter((one) => one === 'bounced')).toHaveLength(start === 'bounced' ? 0 : 1);
        },
      ),
    );
  });

  it('tells each thing once, however often it is heard', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MESSAGE_STATES),
        fc.array(fc.constantFrom(...FATES), { maxLength: 12 }),
        (start, fates) => {
          const { told } = heard(start, fates);
          expect(new Set(told).size).toBe(told.length);
        },
      ),
    );
  });

  it('ends the same in every order', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray<MailFate>(['sent', 'delivered', 'bounced', 'sent', 'delivered'], {
          minLength: 5,
        }),
        (fates) => {
          expect(heard('claimed', fates).state).toBe('bounced');
        },
      ),
    );
  });
});
