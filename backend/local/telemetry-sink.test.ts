import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { serveTelemetry, type TelemetrySink } from './telemetry-sink';

const TRACE = '0af7651916cd43dd8448eb211c80319c';

function exported(name: string, traceId: string, startMs: number) {
  return {
    resourceSpans: [
      {
        resource: {
          attributes: [{ key: 'service.name', value: { stringValue: 'doccentr-pdf' } }],
        },
        scopeSpans: [
          {
            scope: { name: 'doccentr' },
            spans: [
              {
                traceId,
                spanId: 'b7ad6b7169203331',
                name,
                kind: 2,
                startTimeUnixNano: `${startMs}000000`,
                endTimeUnixNano: `${startMs + 12}500000`,
                attributes: [{ key: 'attempt', value: { intValue: '2' } }],
                status: { code: 2 },
                droppedEventsCount: 0,
              },
            ],
          },
        ],
      },
    ],
  };
}

describe('the telemetry sink', () => {
  let sink: TelemetrySink;
  beforeEach(async () => {
    sink = await serveTelemetry(0);
  });
  afterEach(() => sink.stop());

  function post(path: string, body: string | Buffer, headers: Record<string, string> = {}) {
    return fetch(`${sink.address}${path}`, {
      method: 'POST',
      body: new Uint8Array(Buffer.from(body)),
      headers,
    });
  }

  test('shows the spans of a trace in the order of their time', async () => {
    await post('/v1/traces', JSON.stringify(exported('later', TRACE, 1_700_000_000_500)));
    await post('/v1/traces', JSON.stringify(exported('first', TRACE, 1_700_000_000_000)));
    await post('/v1/traces', JSON.stringify(exported('other', TRACE.replace('0', '1'), 1)));
    const answer: unknown = await (await fetch(`${sink.address}/traces/${TRACE}`)).json();
    expect(answer).toMatchObject({
      traceId: TRACE,
      spans: [
        {
          service: 'doccentr-pdf',
          name: 'first',
          parentSpanId: null,
          startedAt: '2023-11-14T22:13:20.000Z',
          durationMs: 12.5,
          isError: true,
          attributes: { attempt: 2 },
        },
        { name: 'later' },
      ],
    });
  });

  test('takes compressed bodies', async () => {
    const body = gzipSync(JSON.stringify(exported('packed', TRACE, 5)));
    const answer = await post('/v1/traces', body, { 'content-encoding': 'gzip' });
    expect(answer.status).toBe(200);
    expect(sink.spansOf(TRACE).map((span) => span.name)).toEqual(['packed']);
  });

  test('keeps the newest value of each metric', async () => {
    for (const asInt of ['1', '2']) {
      const metrics = [{ name: 'outbox_lag', gauge: { dataPoints: [{ asInt }] } }];
      const body = { resourceMetrics: [{ scopeMetrics: [{ metrics }] }] };
      await post('/v1/metrics', JSON.stringify(body));
    }
    const answer: unknown = await (await fetch(`${sink.address}/metrics`)).json();
    expect(answer).toEqual({
      'unknown/outbox_lag': { name: 'outbox_lag', gauge: { dataPoints: [{ asInt: '2' }] } },
    });
  });

  test('refuses what is no OTLP', async () => {
    expect((await post('/v1/traces', '{"resourceSpans":3}')).status).toBe(500);
    expect((await fetch(`${sink.address}/elsewhere`)).status).toBe(404);
  });
});
