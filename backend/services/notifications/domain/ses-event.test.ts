import { describe, expect, it } from 'vitest';

import { normalAddress, readMailEvent } from './ses-event';

const TENANT = '01890000-0000-7000-8000-000000000010';
const MESSAGE = '4f9c1a52-0d5e-8b1c-9a77-2f6f0c0e7a11';

function detail(eventType: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    eventType,
    mail: {
      messageId: 'ses-1',
      destination: ['accounts@example.org'],
      tags: { tenant: [TENANT], message_uid: [MESSAGE], 'ses:configuration-set': ['doccentr'] },
    },
    ...more,
  };
}

describe('an event of SES', () => {
  it('finds its message by the tags', () => {
    expect(readMailEvent(detail('Send'))).toEqual({
      tenant: TENANT,
      messageUid: MESSAGE,
      sesId: 'ses-1',
      fate: 'sent',
      reason: null,
      suppress: [],
      suppressReason: 'bounce',
    });
  });

  it('stops mail to addresses that do not exist and to those who complain', () => {
    const bouncedRecipients = [{ emailAddress: 'Accounts@Example.org' }];
    const hard = readMailEvent(
      detail('Bounce', { bounce: { bounceType: 'Permanent', bouncedRecipients } }),
    );
    expect(hard).toMatchObject({ fate: 'bounced', suppress: ['accounts@example.org'] });
    const soft = readMailEvent(
      detail('Bounce', { bounce: { bounceType: 'Transient', bouncedRecipients } }),
    );
    expect(soft).toMatchObject({ fate: 'bounced', suppress: [] });
    const complaint = readMailEvent(
      detail('Complaint', { complaint: { complainedRecipients: bouncedRecipients } }),
    );
    expect(complaint).toMatchObject({ reason: 'mail_complaint', suppressReason: 'complaint' });
    expect(complaint?.suppress).toEqual(['accounts@example.org']);
  });

  it('brings back what SES took and will not pass on', () => {
    expect(readMailEvent(detail('Reject', { reject: { reason: 'Bad content' } }))).toMatchObject({
      fate: 'bounced',
      reason: 'mail_rejected',
      suppress: [],
    });
  });

  it('leaves alone what is not ours or changes nothing', () => {
    expect(readMailEvent(detail('DeliveryDelay'))).toBeNull();
    expect(readMailEvent({ eventType: 'Send', mail: { messageId: 'x' } })).toBeNull();
    expect(() => readMailEvent({ eventType: 'Send' })).toThrow();
  });
});

it('compares addresses without names and capitals', () => {
  expect(normalAddress(' "Acme" <Billing@Example.ORG> ')).toBe('billing@example.org');
});
