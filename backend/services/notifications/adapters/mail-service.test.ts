import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { BusinessUid } from '../../../../src/shared/domain/ids';
import { newUid } from '../../../../src/shared/domain/ids';
import { createMailService, handoverOf } from './mail-service';

function failure(name: string, status?: number, message = 'no') {
  return Object.assign(new Error(message), {
    name,
    ...(status === undefined ? {} : { $metadata: { httpStatusCode: status } }),
  });
}

describe('an error of SES', () => {
  it.each([
    ['a time-out', failure('TimeoutError')],
    ['an aborted call', failure('AbortError')],
    ['a reset', Object.assign(new Error('reset'), { code: 'ECONNRESET' })],
    ['an error of the server', failure('InternalServiceErrorException', 500)],
    ['no capacity', failure('ServiceUnavailable', 503)],
    ['an answer that cannot be read', failure('SyntaxError', 200)],
  ])('leaves open whether the mail went out: %s', (_, error) => {
    expect(handoverOf(error)).toMatchObject({ kind: 'unknown' });
  });

  it.each([
    ['throttling', failure('TooManyRequestsException', 429), 'mail_throttled'],
    ['the limit of the account', failure('LimitExceededException', 400), 'mail_throttled'],
    ['a role that may not', failure('AccessDeniedException', 403), 'mail_service_refused'],
    [
      'nobody there',
      Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
      'mail_service_unreachable',
    ],
  ])('says that it did not, and may later: %s', (_, error, reason) => {
    expect(handoverOf(error)).toEqual({ kind: 'refused', reason, isTransient: true });
  });

  it.each([
    ['a rejected message', failure('MessageRejected', 400), 'mail_rejected'],
    ['a bad request', failure('BadRequestException', 400), 'mail_rejected'],
    [
      'an unverified sender',
      failure('MessageRejected', 400, 'Email address is not verified.'),
      'sender_unverified',
    ],
  ])('says that it never will: %s', (_, error, reason) => {
    expect(handoverOf(error)).toEqual({ kind: 'refused', reason, isTransient: false });
  });
});

describe('handing a mail over', () => {
  beforeEach(() => {
    vi.stubEnv('AWS_REGION', 'eu-central-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  });

  afterEach(() => {
    vi.unstubAllEnvs();
  });

  const MAIL = {
    from: 'invoices@doccentr.example',
    to: ['a@example.com'],
    cc: [],
    bcc: [],
    raw: Buffer.from('Subject: Invoice'),
  };

  async function sendTimes(times: number, port: number) {
    vi.stubEnv('AWS_ENDPOINT_URL_SESV2', `http://127.0.0.1:${port}`);
    const service = createMailService(MAIL.from, 'doccentr');
    const kinds: string[] = [];
    for (let time = 0; time < times; time += 1) {
      kinds.push((await service.send(newUid<BusinessUid>(), newUid(), MAIL)).kind);
    }
    await service.stop();
    return kinds;
  }

  it('is certain where SES closes connections that were used', async () => {
    const used = new WeakSet<Socket>();
    const server = createServer((incoming, answer) => {
      if (used.has(incoming.socket)) {
        incoming.socket.resetAndDestroy();
        return;
      }
      used.add(incoming.socket);
      incoming.resume().once('end', () => answer.end(JSON.stringify({ MessageId: 'ses-1' })));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      expect(await sendTimes(3, port)).toEqual(['accepted', 'accepted', 'accepted']);
    } finally {
      server.close();
    }
  });

  it('may be tried again where no connection comes about', async () => {
    const script = `
      const server = require('node:net').createServer();
      server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
        process.stdout.write(String(server.address().port));
      });`;
    const stopped = spawn(process.execPath, ['-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [printed] = (await once(stopped.stdout, 'data')) as [Buffer];
    const port = Number(printed);
    // Nobody takes connections any more: some wait in line, and the others get no answer at all.
    stopped.kill('SIGSTOP');
    const waiting = Array.from({ length: 4 }, () => connect(port, '127.0.0.1').on('error', ignore));
    try {
      await vi.waitFor(() =>
        expect(waiting.filter(({ connecting }) => !connecting).length).toBeGreaterThan(0),
      );
      expect(await sendTimes(1, port)).toEqual(['refused']);
    } finally {
      for (const socket of waiting) socket.destroy();
      stopped.kill('SIGKILL');
    }
  });
});

function ignore(): void {
  // Whatever becomes of those in line.
}
