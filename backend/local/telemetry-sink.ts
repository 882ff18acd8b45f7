import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';

import { z } from 'zod';

import { type Reply, readBody, serveLoopback } from './loopback-server';

const KEPT_SPANS = 20_000;
const BODY_LIMIT = 16 * 1024 * 1024;

const valueSchema = z.looseObject({
  stringValue: z.string().optional(),
  intValue: z.union([z.string(), z.number()]).optional(),
  doubleValue: z.number().optional(),
  boolValue: z.boolean().optional(),
});
const attributesSchema = z
  .array(z.object({ key: z.string(), value: valueSchema }))
  .default([])
  .transform((list) => Object.fromEntries(list.map(({ key, value }) => [key, plain(value)])));
const resourceSchema = z.object({ attributes: attributesSchema }).prefault({});
const timeSchema = z
  .union([z.string(), z.number()])
  .transform((nanoseconds) => BigInt(nanoseconds));

/** OTLP 1.x as JSON (ExportTraceServiceRequest); what nobody reads here is let go. */
const tracesSchema = z.object({
  resourceSpans: z
    .array(
      z.object({
        resource: resourceSchema,
        scopeSpans: z.array(
          z.object({
            spans: z.array(
              z.object({
                traceId: z.string(),
                spanId: z.string(),
                parentSpanId: z.string().optional(),
                name: z.string(),
                kind: z.number().optional(),
                startTimeUnixNano: timeSchema,
                endTimeUnixNano: timeSchema,
                attributes: attributesSchema,
                status: z.object({ code: z.number().optional() }).optional(),
              }),
            ),
          }),
        ),
      }),
    )
    .default([]),
});

/** ExportMetricsServiceRequest: the newest points of each metric are kept as they came. */
const metricsSchema = z.object({
  resourceMetrics: z
    .array(
      z.object({
        resource: resourceSchema,
        scopeMetrics: z.array(
          z.object({ metrics: z.array(z.looseObject({ name: z.string() })).default([]) }),
        ),
      }),
    )
    .default([]),
});

export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  /** The resource's `service.name`. */
  readonly service: string;
  readonly name: string;
  readonly kind: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly isError: boolean;
  readonly attributes: Readonly<Record<string, string | number | boolean | null>>;
}

export interface TelemetrySink {
  /** Where OTLP/HTTP is taken, and where `/traces`, `/traces/<traceId>` and `/metrics` are read. */
  readonly address: string;
  readonly spansOf: (traceId: string) => readonly Span[];
  readonly stop: () => Promise<void>;
}

/** Takes traces and metrics by OTLP/HTTP (JSON) and keeps the last of them in memory. */
export async function serveTelemetry(port: number): Promise<TelemetrySink> {
  const spans: Span[] = [];
  const metrics = new Map<string, unknown>();

  function spansOf(traceId: string): readonly Span[] {
    return spans
      .filter((span) => span.traceId === traceId)
      .sort((one, other) => one.startedAt.localeCompare(other.startedAt));
  }

  async function answer(request: IncomingMessage): Promise<Reply> {
    const path = new URL(request.url ?? '/', 'http://sink').pathname;
    if (request.method === 'POST' && path === '/v1/traces') {
      spans.push(...toSpans(tracesSchema.parse(await readJson(request))));
      spans.splice(0, Math.max(0, spans.length - KEPT_SPANS));
      return { status: 200, body: {} };
    }
    if (request.method === 'POST' && path === '/v1/metrics') {
      keepMetrics(metrics, metricsSchema.parse(await readJson(request)));
      return { status: 200, body: {} };
    }
    if (path === '/metrics') return { status: 200, body: Object.fromEntries(metrics) };
    if (path === '/traces') return { status: 200, body: { traces: latestTraces(spans) } };
    const traceId = /^\/traces\/([0-9a-f]{32})$/u.exec(path)?.[1];
    if (traceId !== undefined) return { status: 200, body: { traceId, spans: spansOf(traceId) } };
    return { status: 404, body: {} };
  }

  const server = await serveLoopback(port, answer);
  return { address: server.address, spansOf, stop: server.stop };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const body = await readBody(request, BODY_LIMIT);
  const isCompressed = request.headers['content-encoding'] === 'gzip';
  const text = isCompressed ? gunzipSync(body, { maxOutputLength: BODY_LIMIT }) : body;
  return JSON.parse(text.toString('utf8'));
}

function toSpans({ resourceSpans }: z.infer<typeof tracesSchema>): readonly Span[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap((scope) =>
      scope.spans.map((span) => ({
        traceId: span.traceId,
        spanId: span.spanId,
        parentSpanId: span.parentSpanId ?? null,
        service: serviceOf(resource),
        name: span.name,
        kind: span.kind ?? 0,
        startedAt: new Date(Number(span.startTimeUnixNano / 1_000_000n)).toISOString(),
        durationMs: Number((span.endTimeUnixNano - span.startTimeUnixNano) / 1_000n) / 1_000,
        // STATUS_CODE_ERROR
        isError: span.status?.code === 2,
        attributes: span.attributes,
      })),
    ),
  );
}

function keepMetrics(
  metrics: Map<string, unknown>,
  { resourceMetrics }: z.infer<typeof metricsSchema>,
): void {
  for (const { resource, scopeMetrics } of resourceMetrics) {
    for (const metric of scopeMetrics.flatMap((scope) => scope.metrics)) {
      metrics.set(`${serviceOf(resource)}/${metric.name}`, metric);
    }
  }
}

/** The last hundred traces, newest first, each by its first span. */
function latestTraces(spans: readonly Span[]): readonly unknown[] {
  const first = new Map<string, Span>();
  for (const span of spans) if (!first.has(span.traceId)) first.set(span.traceId, span);
  return [...first.values()]
    .slice(-100)
    .reverse()
    .map(({ traceId, service, name, startedAt }) => ({ traceId, service, name, startedAt }));
}

function serviceOf(resource: z.infer<typeof resourceSchema>): string {
  return String(resource.attributes['service.name'] ?? 'unknown');
}

function plain(value: z.infer<typeof valueSchema>): string | number | boolean | null {
  if (value.intValue !== undefined) return Number(value.intValue);
  return value.stringValue ?? value.doubleValue ?? value.boolValue ?? null;
}
