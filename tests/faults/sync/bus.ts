import { format, type RowDataPacket } from 'mysql2';

import { SERVICE_TABLE } from '../../../backend/infra/services';
import type { ReceivedEvent } from '../../../backend/kit/messaging/message';
import { dataOf } from '../../../backend/kit/messaging/moved-heads';
import { EVENTS, type EventName } from '../../../src/shared/contracts/events/events';
import type { BusinessUid } from '../../../src/shared/domain/ids';
import type { Databases, SyncingService } from './databases';
import { SYNCING } from './databases';
import type { FaultCount } from './fault-plan';
import { CloudDied } from './life';
import type { CloudServices } from './services';

interface Delivery {
  readonly to: SyncingService;
  readonly event: ReceivedEvent;
}

/** How events come: queues promise neither an order nor that a message comes once. */
export const EVENT_ORDERS = ['in_order', 'twice', 'backwards', 'cut_off'] as const;
export type EventOrder = (typeof EVENT_ORDERS)[number];

/** What services tell each other: from their outboxes to who hears of it. */
export class Bus {
  #isHeld = false;
  /** Of the services, when their outboxes were looked into. */
  #commits = -1;
  readonly #waiting: Delivery[] = [];

  constructor(
    private readonly databases: Databases,
    private readonly tenant: BusinessUid,
    private readonly services: () => CloudServices,
  ) {}

  /** `hold`: from now on nothing is delivered. */
  async happen(how: 'hold' | EventOrder, counts: FaultCount): Promise<void> {
    if (how === 'hold') {
      counts.add('events_held');
      this.#isHeld = true;
      return;
    }
    if (how !== 'in_order') counts.add(`events_${how}`);
    await this.deliver(how);
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
      if (order === 'cut_off') await this.#cutOff(all);
      for (const delivery of all) await this.#handle(delivery);
    }
  }

  /** The service that hears of the first two ends before or after its commit: the queue has them still. */
  async #cutOff(deliveries: readonly Delivery[]): Promise<void> {
    for (const [index, delivery] of deliveries.slice(0, 2).entries()) {
      const { life } = this.databases;
      life.endAt(index % 2 === 0 ? 'before_commit' : 'after_commit');
      await this.#handle(delivery).catch(ignoreDeath);
      life.endAt(null);
    }
  }

  /** Takes what outboxes hold, as the relay does; answers whether there was anything. */
  async #collect(): Promise<boolean> {
    const { commits } = this.databases;
    if (commits === this.#commits) return false;
    this.#commits = commits;
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

  async #handle({ to, event }: Delivery): Promise<void> {
    const handlers = this.services().events[to] as Partial<
      Record<EventName, (event: ReceivedEvent) => Promise<void>>
    >;
    await this.databases.life.serve(async () => await handlers[event.name]?.(event));
  }
}

function ignoreDeath(error: unknown): void {
  if (!(error instanceof CloudDied)) throw error;
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
