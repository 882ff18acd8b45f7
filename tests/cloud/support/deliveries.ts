import { ListBucketsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { z } from 'zod';

import { mailsTo } from '../../../backend/kit/testing/cloud-mail';
import type { TestAnswer } from '../../../backend/kit/testing/cloud-user';
import type { InvoiceView } from '../../../src/shared/contracts/rest-v1/invoices';
import { invoiceView, timelineEntry } from '../../../src/shared/contracts/rest-v1/invoices';
import type { OwnCloud } from './own-cloud';
import type { Tenant } from './rest';
import { createClient, expectBody, restAt, restPatiently, until } from './rest';

export interface Posted {
  readonly invoice: InvoiceView;
  readonly recipient: string;
}

const ITEMS = [{ description: 'Work', quantity: 2, unit_price: 12.5 }];

/** What a tenant of a test's own cloud sends, and what becomes of it. */
export class Deliveries {
  readonly #api: string;
  readonly #token: string;

  constructor(
    private readonly own: OwnCloud,
    private readonly tenant: Tenant,
  ) {
    this.#api = own.cloud.api;
    this.#token = tenant.token;
  }

  /** Posts an invoice to a client of its own. */
  async post(): Promise<Posted> {
    const client = await createClient(this.tenant, this.#api);
    const answer = await restPatiently(this.#api, 'POST', '/invoices', {
      token: this.#token,
      body: { client_id: client.id, items: ITEMS },
    });
    return { invoice: expectBody(answer, 201, invoiceView), recipient: client.email };
  }

  /** Asks for it again (`POST /invoices/{id}/send`). */
  send({ invoice }: Posted, body: object): Promise<TestAnswer> {
    return restAt(this.#api, 'POST', `/invoices/${invoice.id}/send`, { token: this.#token, body });
  }

  async #read(id: number): Promise<InvoiceView | null> {
    const answer = await restAt(this.#api, 'GET', `/invoices/${id}`, { token: this.#token });
    return answer.status === 200 ? invoiceView.parse(answer.body) : null;
  }

  untilSent({ invoice }: Posted, seconds = 90): Promise<InvoiceView> {
    return until(
      `invoice ${invoice.id} to be sent`,
      async () => {
        const now = await this.#read(invoice.id);
        return now?.delivery?.state === 'sent' && now;
      },
      seconds,
    );
  }

  untilSettled({ invoice }: Posted): Promise<InvoiceView> {
    return until(
      'the mail to be settled',
      async () => {
        const now = await this.#read(invoice.id);
        return now?.delivery?.state !== 'pending' && now;
      },
      90,
    );
  }

  /** What came of each step: `<attempt> <step> <state>`. */
  async steps({ invoice }: Posted): Promise<readonly string[]> {
    const path = `/invoices/${invoice.id}/timeline`;
    const told = await restAt(this.#api, 'GET', path, { token: this.#token });
    return expectBody(told, 200, z.array(timelineEntry))
      .filter(({ state }) => state !== 'started')
      .map(({ step, state, attempt }) => `${attempt} ${step} ${state}`);
  }

  async countMails({ recipient }: Posted): Promise<number> {
    return (await mailsTo(recipient, this.own.cloud.file.mailUrl)).length;
  }

  async countPdfs({ invoice }: Posted): Promise<number> {
    const { endpoint, region, adminCredentials } = this.own.cloud.emulator;
    const s3 = new S3Client({
      endpoint,
      region,
      credentials: adminCredentials,
      forcePathStyle: true,
    });
    const { Buckets } = await s3.send(new ListBucketsCommand({}));
    const bucket = Buckets?.find(({ Name }) => Name?.includes('documents'));
    const listed = await s3.send(
      new ListObjectsV2Command({
        Bucket: bucket?.Name,
        Prefix: `documents/${this.tenant.business}/${invoice.uid}/`,
      }),
    );
    return listed.Contents?.length ?? 0;
  }

  /** One record, one PDF, one mail, one number: the end that every fault must lead to. */
  async expectOnce(posted: Posted): Promise<void> {
    const sent = await this.untilSent(posted);
    expect(sent.status).toBe('sent');
    expect(sent.invoice_number).toBe(posted.invoice.invoice_number);
    expect(await this.countPdfs(posted)).toBe(1);
    expect(await this.countMails(posted)).toBe(1);
    const answer = await restAt(this.#api, 'GET', `/invoices?client_id=${sent.client_id}`, {
      token: this.#token,
    });
    expect(expectBody(answer, 200, z.array(invoiceView))).toHaveLength(1);
  }

  async expectGapless(): Promise<void> {
    const rows = await this.own.rows(
      'invoices',
      'select sequence from invoices where tenant = ? and sequence is not null order by sequence',
      [this.tenant.business],
    );
    expect(rows.map((row) => Number(row['sequence']))).toEqual(rows.map((_, index) => index + 1));
  }
}
