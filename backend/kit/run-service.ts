import type { FastifyInstance } from 'fastify';
import { sql } from 'drizzle-orm';

import type { EventName } from '../../src/shared/contracts/events/events';
import type { Route, ServiceName } from '../../src/shared/contracts/rest-v1/route';
import { SYNC_COLLECTIONS } from '../../src/shared/contracts/sync/collections';
import { checkpoint } from './checkpoint';
import type { Config } from './config';
import { loadConfig } from './config';
import type { Database } from './database/database';
import { openDatabase } from './database/database';
import { migrateDatabase } from './database/migrate';
import type { Environment } from './environment';
import { readEnvironment } from './environment';
import type { Handlers } from './http/handlers';
import { addRoutes, createHttpServer } from './http/http-server';
import type { InternalRoute } from './http/internal-routes';
import { addInternalRoutes } from './http/internal-routes';
import type { MembershipSource } from './identity/membership';
import { createMembershipProjection } from './identity/membership-projection';
import type { ServiceCalls } from './identity/service-calls';
import { createServiceCalls } from './identity/service-calls';
import { createServiceIdentity } from './identity/service-identity';
import { createTokenCheck } from './identity/token-check';
import type { Message, ReceivedEvent } from './messaging/message';
import { PoisonMessageError } from './messaging/message-errors';
import { startOutboxRelay } from './messaging/outbox-relay';
import type { Heartbeat } from './messaging/queue-consumer';
import { startQueueConsumer } from './messaging/queue-consumer';
import type { StepHandlers, StepObservers } from './messaging/workflow-steps';
import { createWorkflowSteps } from './messaging/workflow-steps';
import { renewEpochs } from './sync/heads';
import { startRetention } from './sync/retention';
import type { Logger } from './telemetry/log';
import { createLog, describeError } from './telemetry/log';
import { startTelemetry } from './telemetry/telemetry';

/** What the kit gives to a service. */
export interface ServiceKit {
  readonly environment: Environment;
  readonly config: Config;
  readonly db: Database;
  readonly log: Logger;
  readonly calls: ServiceCalls;
}

export type EventHandlers = {
  readonly [N in EventName]?: (event: ReceivedEvent<N>) => Promise<void>;
};

/** What a service is made of. */
export interface ServiceParts<T extends Readonly<Record<string, Route>>> {
  readonly handlers: Handlers<T>;
  readonly internal?: readonly InternalRoute[];
  /** Effects once: by the revision of what an event tells, or by a unique key. */
  readonly events?: EventHandlers;
  readonly steps?: StepHandlers;
  /** Steps of other services that arrive here to be shown; their tokens are not this service's. */
  readonly observedSteps?: StepObservers;
  readonly ses?: (detail: unknown) => Promise<void>;
  readonly daily?: () => Promise<void>;
  /** Work of its own in the background; ends when the service stops. */
  readonly background?: readonly { stop(): Promise<void> }[];
  /** The auth service's own table; every other service keeps a projection of it. */
  readonly memberships?: MembershipSource;
}

export interface Service<T extends Readonly<Record<string, Route>>> {
  readonly name: ServiceName;
  readonly routes: T;
  /** What putting back a backup means besides new epochs; may be done again. */
  readonly restored?: (db: Database) => Promise<void>;
  readonly build: (kit: ServiceKit) => Promise<ServiceParts<T>> | ServiceParts<T>;
}

/**
 * Runs a service until it is told to stop: `migrate` as the first argument migrates its database
 * and ends, `restore-epoch` does what has to follow on putting back a backup (R60) and ends. Prints `{"msg":"ready","port":…}` once it serves.
 */
export async function runService<T extends Readonly<Record<string, Route>>>(
  service: Service<T>,
): Promise<void> {
  const environment = readEnvironment();
  const config = await loadConfig(service.name);
  if (process.argv[2] === 'migrate') {
    await migrateDatabase(service.name, config.database);
    return;
  }
  if (process.argv[2] === 'restore-epoch') {
    await beginNewEpoch(service, config);
    return;
  }
  const log = createLog(service.name, environment.DOCCENTR_LOG_LEVEL);
  const running = await start(service, environment, config, log);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void running.stop());
  }
  process.on('unhandledRejection', (error) => {
    log.fatal(describeError(error), 'an unexpected failure');
    process.exit(1);
  });
}

/** The last step of putting back a backup, while the service does not run. */
async function beginNewEpoch<T extends Readonly<Record<string, Route>>>(
  service: Service<T>,
  config: Config,
): Promise<void> {
  const database = openDatabase(config.database, 2);
  try {
    // First: whatever this changes is told under the new epoch as well.
    await service.restored?.(database.db);
    await renewEpochs(database.db);
  } finally {
    await database.close();
  }
}

async function start<T extends Readonly<Record<string, Route>>>(
  service: Service<T>,
  environment: Environment,
  config: Config,
  log: Logger,
): Promise<{ stop(): Promise<void> }> {
  const endTelemetry = startTelemetry(service.name, config.otlpEndpoint);
  const database = openDatabase(config.database);
  const { db } = database;
  const identity = createServiceIdentity(
    service.name,
    environment.AWS_REGION,
    environment.AWS_ENDPOINT_URL,
    config,
  );
  const calls = createServiceCalls(identity, config);
  const projection = createMembershipProjection(db, calls);
  const relay = startOutboxRelay({ db, config, log });
  const kit: ServiceKit = { environment, config, db, log, calls };
  const parts = await service.build(kit);
  const steps = createWorkflowSteps(db, log);

  async function handle(message: Message, beat: Heartbeat): Promise<void> {
    switch (message.kind) {
      case 'event':
        checkpoint(message.event.name, 'before-effect');
        if (message.event.name === 'MembershipChanged' && parts.memberships === undefined) {
          await projection.apply((message.event as ReceivedEvent<'MembershipChanged'>).data);
        }
        await eventHandler(parts.events, message.event.name)?.(message.event);
        break;
      case 'step': {
        const observer = parts.observedSteps?.[message.request.step];
        if (observer !== undefined) {
          await observer(message.request);
          break;
        }
        const handler = parts.steps?.[message.request.step];
        if (handler === undefined) {
          throw new PoisonMessageError(`${message.request.step} is not a step of this service`);
        }
        await steps.perform(message.request, handler, beat);
        break;
      }
      case 'ses':
        await parts.ses?.(message.detail);
        break;
      case 'daily':
        await parts.daily?.();
        break;
    }
  }

  const consumer =
    config.queueUrl === undefined || config.deadLetterQueueUrl === undefined
      ? undefined
      : await startQueueConsumer({
          queueUrl: config.queueUrl,
          deadLetterQueueUrl: config.deadLetterQueueUrl,
          log,
          handle,
          async giveUp(message, reason) {
            if (message.kind !== 'step') return;
            // Only who does a step may say that it will not be done.
            if (parts.steps?.[message.request.step] === undefined) return;
            await steps.giveUp(message.request, reason);
          },
        });

  const stopping = new AbortController();
  const server = createHttpServer({ log, isReady: () => isReady(db) });
  addRoutes(server, service.routes, parts.handlers, {
    log,
    checkToken: createTokenCheck(config),
    memberships: parts.memberships ?? projection,
    isReady: () => isReady(db),
    stopping: stopping.signal,
  });
  addInternalRoutes(server, parts.internal ?? [], identity);
  const ownsCollections = Object.values(SYNC_COLLECTIONS).some(
    (collection) => collection.service === service.name,
  );
  const retention = ownsCollections ? startRetention(db, log) : null;
  const port = await listen(server, environment);
  log.info({ port }, 'ready');

  return {
    /** Stops taking in, finishes what was begun, then lets go of everything. */
    async stop() {
      stopping.abort();
      await server.close();
      await consumer?.stop();
      await Promise.allSettled((parts.background ?? []).map((one) => one.stop()));
      await retention?.stop();
      await relay.stop();
      steps.close();
      await database.close();
      await endTelemetry();
    },
  };
}

function eventHandler(
  handlers: EventHandlers | undefined,
  name: EventName,
): ((event: ReceivedEvent) => Promise<void>) | undefined {
  // The name decides the data's shape, which `readMessage` has parsed by it.
  return handlers?.[name] as ((event: ReceivedEvent) => Promise<void>) | undefined;
}

async function listen(server: FastifyInstance, environment: Environment): Promise<number> {
  await server.listen({
    host: environment.DOCCENTR_SERVICE_HOST,
    port: environment.DOCCENTR_SERVICE_PORT,
  });
  const address = server.server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function isReady(db: Database): Promise<boolean> {
  try {
    await db.execute(sql`select 1`);
    return true;
  } catch {
    return false;
  }
}
