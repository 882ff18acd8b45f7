import type { Meter, Span } from '@opentelemetry/api';
import {
  context,
  metrics,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

import type { TraceContext } from '../../../src/shared/contracts/events/envelope';

const SCOPE = 'doccentr';

/** Starts traces and metrics of the process, exported by OTLP; answers how to end them. */
export function startTelemetry(service: string, endpoint: string | undefined): () => Promise<void> {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const resource = resourceFromAttributes({ 'service.name': `doccentr-${service}` });
  const traces = new TracerProvider({
    resource,
    spanProcessors:
      endpoint === undefined
        ? []
        : [
            new BatchSpanProcessor({
              exporter: new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }),
              scheduledDelayMillis: 500,
            }),
          ],
  });
  trace.setGlobalTracerProvider(traces);
  const meters = new MeterProvider({
    resource,
    readers:
      endpoint === undefined
        ? []
        : [
            new PeriodicExportingMetricReader({
              exporter: new OTLPMetricExporter({ url: `${endpoint}/v1/metrics` }),
              exportIntervalMillis: 15_000,
              exportTimeoutMillis: 5_000,
            }),
          ],
  });
  metrics.setGlobalMeterProvider(meters);
  return async () => {
    await Promise.allSettled([traces.shutdown(), meters.shutdown()]);
  };
}

/** The meter of the process. */
export function meter(): Meter {
  return metrics.getMeter(SCOPE);
}

/** The current trace, to be sent along. */
export function currentTrace(): TraceContext {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent === undefined ? {} : { traceparent: carrier.traceparent };
}

export interface SpanOptions {
  readonly name: string;
  readonly kind: 'server' | 'consumer' | 'producer' | 'client' | 'internal';
  /** Where the trace comes from; left out, it is the active one. */
  readonly parent?: TraceContext;
  readonly attributes?: Readonly<Record<string, string | number>>;
}

const KINDS = {
  server: SpanKind.SERVER,
  consumer: SpanKind.CONSUMER,
  producer: SpanKind.PRODUCER,
  client: SpanKind.CLIENT,
  internal: SpanKind.INTERNAL,
} as const;

/** Runs `work` inside a span; a throw marks the span as failed and goes on. */
export async function inSpan<T>(
  options: SpanOptions,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const parent =
    options.parent === undefined
      ? context.active()
      : propagation.extract(ROOT_CONTEXT, options.parent);
  const span = trace
    .getTracer(SCOPE)
    .startSpan(
      options.name,
      { kind: KINDS[options.kind], attributes: { ...options.attributes } },
      parent,
    );
  try {
    return await context.with(trace.setSpan(parent, span), () => work(span));
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}
