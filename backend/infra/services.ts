import {
  type EventData,
  type EventName,
  eventSource,
} from '../../src/shared/contracts/events/events';
import {
  WORKFLOW_SOURCE,
  WORKFLOW_STEPS,
  type WorkflowStep,
} from '../../src/shared/contracts/events/workflow';
import { SERVICES, type ServiceName } from '../../src/shared/contracts/rest-v1/route';

/** What a service may do besides its own queue, its own events, its own secret and its parameters. */
export type Permission =
  /** Answers the task tokens of the workflow's requests. */
  | 'answer_workflow'
  /** Starts deliveries, and looks which are under way. */
  | 'start_workflow'
  | 'write_documents'
  | 'read_documents'
  | 'send_mail'
  | 'manage_users';

export interface ServiceDefinition {
  /** The port that the service listens on behind the load balancer. */
  readonly port: number;
  /** Events of other services that its rule puts into its queue. */
  readonly events: readonly EventName[];
  /** Of InvoiceUpdated, the changes that it has something to do at; left out, all of them. */
  readonly invoiceChanges?: readonly EventData<'InvoiceUpdated'>['change'][];
  /** Steps of the workflow whose requests it gets. */
  readonly requests: readonly WorkflowStep[];
  /** Steps of others of which it gets what the workflow asks for again. */
  readonly retries?: readonly WorkflowStep[];
  /** What SES tells of a mail's fate arrives in its queue. */
  readonly mailEvents?: true;
  /** The hourly wake-up arrives in its queue. */
  readonly dailyJobs?: true;
  readonly permissions: readonly Permission[];
  /** Megabytes that its objects may fill, where the largest it takes needs more than the usual. */
  readonly heap?: number;
}

const USUAL_HEAP = 96;

/**
 * What Node is run with, on AWS as on one machine. By itself it lets garbage pile up as far as the
 * machine has memory; a service holds little, and nothing for long.
 */
export function nodeLimits(service: ServiceName) {
  const { heap = USUAL_HEAP } = SERVICE_TABLE[service];
  return {
    NODE_OPTIONS: `--max-semi-space-size=4 --max-old-space-size=${heap}`,
    /** Each of glibc's arenas keeps what its threads have freed. */
    MALLOC_ARENA_MAX: '1',
    /** Its usual start, set to stay: by itself it rises, and large buffers end between small ones. */
    MALLOC_MMAP_THRESHOLD_: '131072',
  };
}

/**
 * Who hears what and may do what. Rules, queues, policies, roles, alarms and the ECS services are
 * all made from this table.
 */
export const SERVICE_TABLE: Readonly<Record<ServiceName, ServiceDefinition>> = {
  auth: {
    port: 8081,
    // It is who knows the memberships; what moved it tells those who wait (GET /sync/poll).
    events: ['ClientsMoved', 'OrdersMoved', 'InvoicesMoved'],
    requests: [],
    permissions: ['manage_users'],
  },
  clients: {
    port: 8082,
    events: ['MembershipChanged', 'BusinessUpdated'],
    requests: [],
    permissions: [],
  },
  orders: {
    port: 8083,
    events: [
      'MembershipChanged',
      'BusinessUpdated',
      'ClientCreated',
      'ClientUpdated',
      'ClientDeleted',
      'InvoiceCreated',
      'InvoiceUpdated',
    ],
    // What becomes of a mail or of money changes nothing of what a document takes of its order.
    invoiceChanges: ['created', 'edited', 'finalised', 'credited', 'deleted'],
    requests: [],
    permissions: [],
  },
  invoices: {
    port: 8084,
    events: [
      'MembershipChanged',
      'BusinessUpdated',
      'ClientCreated',
      'ClientUpdated',
      'ClientDeleted',
      'OrderCreated',
      'OrderUpdated',
      'PDFGenerated',
      'EmailSent',
      'EmailFailed',
    ],
    requests: ['create_invoice', 'mark_sent', 'record_failure'],
    // For the timeline; when the first try begins, it knows by itself.
    retries: ['generate_pdf', 'notify_client'],
    dailyJobs: true,
    permissions: ['start_workflow', 'answer_workflow'],
    // Several documents of two megabytes of text at once.
    heap: 192,
  },
  pdf: {
    port: 8085,
    events: ['MembershipChanged'],
    requests: ['generate_pdf'],
    permissions: ['answer_workflow', 'write_documents'],
    // The pages of a document of two megabytes of text.
    heap: 320,
  },
  notifications: {
    port: 8086,
    events: ['MembershipChanged', 'BusinessUpdated', 'ReminderRequested', 'InvoiceUpdated'],
    // It sends receipts.
    invoiceChanges: ['paid'],
    requests: ['notify_client'],
    mailEvents: true,
    permissions: ['answer_workflow', 'read_documents', 'send_mail'],
  },
};

/** The services that have a queue: those that anything is told to. */
export const CONSUMERS: readonly ServiceName[] = SERVICES.filter((service) => {
  const { events, requests } = SERVICE_TABLE[service];
  return events.length + requests.length > 0;
});

/** Whom events of the bus may come from: each service speaks for itself, the workflow too. */
export const EVENT_SOURCES = [
  ...SERVICES.map((service) => ({ speaker: service, source: sourceOf(service) })),
  { speaker: 'workflow' as const, source: WORKFLOW_SOURCE },
];

/** The source of the events that a service publishes. */
export function sourceOf(service: ServiceName): string {
  return `doccentr.${service}`;
}

export interface EventPatternPart {
  readonly source: readonly string[];
  readonly 'detail-type': readonly string[];
  readonly detail?: Readonly<Record<string, unknown>>;
}

/**
 * What a service's rule lets through: for each source the names that this source owns, so that a
 * service which is taken over cannot pass its events off as somebody else's.
 */
export function eventPattern(
  service: ServiceName,
): EventPatternPart | { readonly $or: readonly EventPatternPart[] } {
  const { events, requests, retries, invoiceChanges } = SERVICE_TABLE[service];
  const bySource = new Map<string, string[]>();
  for (const name of events) {
    if (name === 'InvoiceUpdated' && invoiceChanges !== undefined) continue;
    const source = eventSource(name);
    bySource.set(source, [...(bySource.get(source) ?? []), name]);
  }
  const namesOf = (steps: readonly WorkflowStep[]) =>
    steps.map((step) => WORKFLOW_STEPS[step].event);
  if (requests.length > 0) bySource.set(WORKFLOW_SOURCE, namesOf(requests));
  const parts: EventPatternPart[] = [...bySource].map(([source, names]) => ({
    source: [source],
    'detail-type': names,
  }));
  if (invoiceChanges !== undefined) {
    parts.push({
      source: [eventSource('InvoiceUpdated')],
      'detail-type': ['InvoiceUpdated'],
      detail: { data: { change: invoiceChanges } },
    });
  }
  if (retries !== undefined) {
    parts.push({
      source: [WORKFLOW_SOURCE],
      'detail-type': namesOf(retries),
      detail: { retry: [{ numeric: ['>', 0] }] },
    });
  }
  const [first] = parts;
  // EventBridge wants two alternatives at least.
  return parts.length === 1 && first !== undefined ? first : { $or: parts };
}
