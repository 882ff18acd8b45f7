import type { ServiceName } from '../../../src/shared/contracts/rest-v1/route';
import { METRICS_NAMESPACE } from '../platform/observability';
import { metricsLogGroup } from '../platform/roles';

/** Where a service finds the collector in its task. */
export const OTLP_PORT = 4318;

/**
 * The OpenTelemetry collector's configuration beside a service (JSON is YAML): traces go to X-Ray,
 * metrics to CloudWatch through its embedded format, with the dimension `service` that the alarms
 * ask for.
 */
export function collectorConfiguration(service: ServiceName, region: string): string {
  return JSON.stringify({
    extensions: { health_check: { endpoint: '127.0.0.1:13133' } },
    receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${OTLP_PORT}` } } } },
    processors: {
      memory_limiter: { check_interval: '1s', limit_mib: 100 },
      batch: { timeout: '5s' },
      attributes: { actions: [{ key: 'service', value: service, action: 'upsert' }] },
    },
    exporters: {
      awsxray: { region },
      awsemf: {
        region,
        namespace: METRICS_NAMESPACE,
        log_group_name: metricsLogGroup(service),
        log_stream_name: '{TaskId}',
        dimension_rollup_option: 'NoDimensionRollup',
        metric_declarations: [
          { dimensions: [['service']], metric_name_selectors: ['^doccentr\\..*', '^http\\..*'] },
        ],
      },
    },
    service: {
      extensions: ['health_check'],
      pipelines: {
        traces: {
          receivers: ['otlp'],
          processors: ['memory_limiter', 'batch'],
          exporters: ['awsxray'],
        },
        metrics: {
          receivers: ['otlp'],
          processors: ['memory_limiter', 'attributes', 'batch'],
          exporters: ['awsemf'],
        },
      },
    },
  });
}
