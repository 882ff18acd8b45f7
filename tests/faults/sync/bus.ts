import { format, type RowDataPacket } from 'mysql2';

import { SERVICE_TABLE } from '../../../backend/infra/services';
import type { ReceivedEvent } from '../../../backend/kit/messaging/message';
import { dataOf } from '../../../backend/kit/messaging/moved-heads';
import { EVENTS, type EventName } from '../../../src/shared/contracts/events/events';
import type { BusinessUid } from '../../../src/shared/domain/ids';
import type { Databases, SyncingService } from './databases';
import { SYNCING } from './databases';
import type { CloudServices } from './services';

interface Delivery {
  readonly to: SyncingService;
  readonly event: ReceivedEvent;
}

/** How events come: queues promise neither an order nor that a message comes once. */
export const EVENT_ORDERS = ['in_order', 'twice', 'backwards'] as const;
export type EventOrder = (typeof EVENT_ORDERS)[number];

/** What services tell each other: from their outboxes to who hears of it. */
export class Bus {
  #isHeld = false;
  readonly #waiting: Delivery[] = [];

  constructor(
    private readonly databases: Databases,
    private readonly tenant: BusinessUid,
    private readonly services: CloudServices,
  ) {}

  /** From now on nothing is delivered. */
  hold(): void {
    this.#isHeld = true;
  }

  /** Delivers what was told so far, unless it is held. */
  async carry(): Promise<void> {
    if (!this.#isHeld) await this.deliver('in_order');
  }

  async deliver(order: EventOrder): Promise<void> {
    this.#isHeld = false;
    // What is delivered may have been the reason for more.
    while ((await this.#collect()) || this.#waiting.length > 0) {
      const deliveries = this.#waiting.splice(0);
      const again = order === 'twice' ? deliveries : [];
      const all = order === 'backwards' ? deliveries.toReversed() : [...deliveries, ...again];
      for (const { to, event } of all) await this.#handle(to, event);
    }
  }

  /** Takes what outboxes hold, as the relay does; answers whether there was anything. */
  async #collect(): Promise<boolean> {
    const found = await this.databases.runAll(
      SYNCING.map((service) =>
        format(
          `select position, event_id, name, occurred_at, data from ${this.#outbox(service)}
           where tenant = ? and published_at is null order by position`,
          [this.tenant],
        ),
      ),
    );
    const published: string[] = [];
    for (const [index, service] of SYNCING.entries()) {
      const rows = found[index] ?? [];
      for (const row of rows) this.#waiting.push(...deliveriesOf(row, this.tenant));
      if (rows.length === 0) continue;
      const positions = rows.map((row) => row['position'] as number);
      published.push(
        format(`update ${this.#outbox(service)} set published_at = now(3) where position in (?)`, [
          positions,
        ]),
      );
    }
    await this.databases.runAll(published);
    return published.length > 0;
  }

  #outbox(service: SyncingService): string {
    return this.databases.nameOf(service, 'outbox');
  }

  async #handle(to: SyncingService, event: ReceivedEvent): Promise<void> {
    const handlers = this.services.events[to] as Partial<
      Record<EventName, (event: ReceivedEvent) => Promise<void>>
    >;
    await handlers[event.name]?.(event);
  }
}

/** One for each service whose rule names the event; what starts a workflow is for nobody here. */
function deliveriesOf(row: RowDataPacket, tenant: BusinessUid): readonly Delivery[] {
  const name = String(row['name']) as EventName;
  if (!Object.hasOwn(EVENTS, name)) return [];
  const text = row['data'] as unknown;
  const data = (typeof text === 'string' ? JSON.parse(text) : text) as unknown;
  const occurredAt = new Date(row['occurred_at'] as Date);
  const event = {
    name,
    id: String(row['event_id']),
    tenant,
    occurredAt,
    data: EVENTS[name].data.parse(dataOf([{ name, tenant, occurredAt, data }])),
  } as ReceivedEvent;
  return SYNCING.filter((service) => SERVICE_TABLE[service].events.includes(name)).map((to) => ({
    to,
    event,
  }));
}
