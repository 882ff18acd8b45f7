import { describe, expect, it } from 'vitest';

import { EVENTS, eventSource } from '../../src/shared/contracts/events/events';
import { WORKFLOW_SOURCE, WORKFLOW_STEPS } from '../../src/shared/contracts/events/workflow';
import { SERVICES } from '../../src/shared/contracts/rest-v1/route';
import { CONSUMERS, EVENT_SOURCES, SERVICE_TABLE, eventPattern } from './services';

/** Every (source, name) that the rule of a service lets through. */
function letThrough(service: (typeof SERVICES)[number]): readonly string[] {
  const pattern = eventPattern(service);
  const parts = '$or' in pattern ? pattern.$or : [pattern];
  return parts.flatMap((part) =>
    part.source.flatMap((source) => part['detail-type'].map((name) => `${source} ${name}`)),
  );
}

describe('the table of services', () => {
  it('lets a name through from its owner alone', () => {
    const owned = new Set([
      ...(Object.keys(EVENTS) as (keyof typeof EVENTS)[]).map(
        (name) => `${eventSource(name)} ${name}`,
      ),
      ...Object.values(WORKFLOW_STEPS).map(({ event }) => `${WORKFLOW_SOURCE} ${event}`),
    ]);
    for (const service of CONSUMERS) {
      for (const pair of letThrough(service)) expect(owned).toContain(pair);
    }
  });

  it('tells a service nothing that it said itself', () => {
    for (const service of CONSUMERS) {
      expect(letThrough(service).filter((pair) => pair.startsWith(`doccentr.${service} `))).toEqual(
        [],
      );
    }
  });

  it('brings every request of the workflow to the service that does the step', () => {
    for (const { event, service } of Object.values(WORKFLOW_STEPS)) {
      expect(letThrough(service)).toContain(`${WORKFLOW_SOURCE} ${event}`);
      expect(SERVICE_TABLE[service].permissions).toContain('answer_workflow');
    }
  });

  it('shows the steps of others to nobody but when the workflow asks for them again', () => {
    const pattern = eventPattern('invoices');
    const parts = '$or' in pattern ? pattern.$or : [pattern];
    const observed = parts.filter((part) => part['detail-type'].includes('PdfRequested'));
    expect(observed).toEqual([
      {
        source: [WORKFLOW_SOURCE],
        'detail-type': ['PdfRequested', 'NotificationRequested'],
        detail: { retry: [{ numeric: ['>', 0] }] },
      },
    ]);
  });

  it('keeps every consumer told of memberships, but their owner', () => {
    for (const service of CONSUMERS) {
      if (service === 'auth') continue;
      expect(SERVICE_TABLE[service].events).toContain('MembershipChanged');
    }
  });

  it('gives each service a port and a source of its own', () => {
    const ports = SERVICES.map((service) => SERVICE_TABLE[service].port);
    expect(new Set(ports).size).toBe(SERVICES.length);
    expect(new Set(EVENT_SOURCES.map(({ source }) => source)).size).toBe(SERVICES.length + 1);
  });
});
