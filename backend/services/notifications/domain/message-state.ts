/** Where a mail stands. `claimed` before SES answered; `unknown` when it never did. */
export const MESSAGE_STATES = [
  'claimed',
  'sent',
  'delivered',
  'failed',
  'unknown',
  'bounced',
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** What SES tells of a mail that it was handed. `bounced`: it came back, from whoever refused it. */
export type MailFate = 'sent' | 'delivered' | 'bounced';

export interface Settlement {
  readonly state: MessageState;
  /** What the other services have to hear of it. */
  readonly tell: 'sent' | 'bounced' | null;
}

/**
 * What SES's word makes of a message; null when it changes nothing. Words come in any order and
 * more than once: Delivery may be heard before Send, and what came back never counts as sent again.
 */
export function settle(state: MessageState, fate: MailFate): Settlement | null {
  if (state === 'bounced') return null;
  switch (fate) {
    case 'sent':
      return isOpen(state) ? { state: 'sent', tell: 'sent' } : null;
    case 'delivered':
      if (isOpen(state)) return { state: 'delivered', tell: 'sent' };
      return state === 'sent' ? { state: 'delivered', tell: null } : null;
    case 'bounced':
      return { state: 'bounced', tell: 'bounced' };
  }
}

/** Nobody has told yet that it went out. */
export function isOpen(state: MessageState): boolean {
  return state === 'claimed' || state === 'unknown';
}
