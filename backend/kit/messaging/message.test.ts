import { describe, expect, it } from 'vitest';

import type { BusinessUid, InvoiceUid } from '../../../src/shared/domain/ids';
import { newUid } from '../../../src/shared/domain/ids';
import { readMessage } from './message';
import { PoisonMessageError } from './message-errors';

const TENANT = newUid<BusinessUid>();

function onBus(source: string, name: string, detail: unknown): string {
  return JSON.stringify({ source, 'detail-type': name, detail });
}

function enveloped(data: unknown) {
  return {
    version: 1,
    id: newUid(),
    tenant: TENANT,
    occurred_at: '2026-03-01T10:00:00.000Z',
    trace: {},
    data,
  };
}

const LOGGED_IN = enveloped({ user_id: 7 });

describe('reading a message', () => {
  it('reads an event of a service', () => {
    expect(readMessage(onBus('doccentr.auth', 'UserLoggedIn', LOGGED_IN))).toMatchObject({
      kind: 'event',
      event: { name: 'UserLoggedIn', tenant: TENANT, data: { user_id: 7 } },
    });
  });

  it('reads a request of the workflow, with the trace that it belongs to', () => {
    const trace = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
    const request = {
      version: 1,
      tenant: TENANT,
      send_uid: newUid(),
      invoice_uid: newUid<InvoiceUid>(),
      attempt: 1,
      trace,
      task_token: 'token',
      execution: 'name',
      step: 'generate_pdf',
      retry: '2',
    };
    expect(readMessage(onBus('doccentr.workflow', 'PdfRequested', request))).toMatchObject({
      kind: 'step',
      trace,
      request: { step: 'generate_pdf', retry: 2 },
    });
  });

  it('reads the call of the scheduler and the events of SES', () => {
    expect(readMessage('{"kind":"daily","version":1}').kind).toBe('daily');
    expect(readMessage(onBus('aws.ses', 'Email Bounced', {})).kind).toBe('ses');
  });

  it.each([
    ['no JSON', 'hello'],
    ['something else', '{"a":1}'],
    ['an unknown event', onBus('doccentr.auth', 'Unheard', LOGGED_IN)],
    ['an event that another service pretends to', onBus('doccentr.pdf', 'UserLoggedIn', LOGGED_IN)],
    ['an event without its data', onBus('doccentr.auth', 'UserLoggedIn', enveloped({}))],
    ['a request without a token', onBus('doccentr.workflow', 'PdfRequested', { version: 1 })],
  ])('calls %s poison', (_, body) => {
    expect(() => readMessage(body)).toThrow(PoisonMessageError);
  });
});
