import { type CloudFile, cloudFileOf, removeCloudFile, writeCloudFile } from './cloud-file';
import { type CloudOptions, usualDataDirectory } from './cloud-options';
import { serveCredentials } from './credentials';
import { type DataDirectory, emptyDataDirectory, openDataDirectory } from './data-directory';
import { lockDirectory } from './directory-lock';
import type { Emulator } from './emulator';
import { startGuard } from './guard';
import { endLeftovers } from './leftovers';
import { lastLines } from './managed-process';
import { deployStack } from './platform';
import { withPendingMigrations } from './pending-migrations';
import { choosePorts, LOOPBACK } from './ports';
import { listPrograms, migrateAll, startAll } from './run-services';
import { startServers } from './servers';
import { createServiceDatabases } from './service-databases';
import type { ServiceProcess } from './service-process';
import { StopList } from './stop-list';
import { superviseDatabase, type SupervisedDatabase } from './supervised-database';
import { readDatabases } from './database-secrets';
import { platformDefinition } from './platform-definition';
import { serveTelemetry, type TelemetrySink } from './telemetry-sink';

/** A crash of the emulator costs what happened since. */
const SAVE_EVERY_MS = 5 * 60_000;

export interface Cloud {
  /** The base address of the REST API: paths of the contract follow (`/clients`). */
  readonly api: string;
  /** What `.local/cloud.json` holds. */
  readonly file: CloudFile;
  readonly services: Readonly<Record<string, ServiceProcess>>;
  readonly emulator: Emulator;
  readonly database: SupervisedDatabase;
  readonly telemetry: TelemetrySink;
  /** Resolves with the reason when it cannot go on by itself. */
  readonly failed: Promise<string>;
  /** Stops everything in order; users, rows and objects are kept. */
  readonly stop: () => Promise<void>;
}

/** Starts the whole cloud on this machine; resolves when every service is ready. */
export async function startCloud(options: CloudOptions = {}): Promise<Cloud> {
  const directory = options.dataDirectory ?? usualDataDirectory;
  const data = openDataDirectory(directory);
  const stops = new StopList();
  stops.add(await lockDirectory(directory));
  try {
    return await start(data, options, stops);
  } catch (error) {
    await stops.run();
    throw error;
  }
}

async function start(data: DataDirectory, options: CloudOptions, stops: StopList): Promise<Cloud> {
  const definition = options.definition ?? platformDefinition();
  const tell = options.tell ?? (() => undefined);
  const stopIfAborted = () => options.signal?.throwIfAborted();
  await endLeftovers(data.path);
  if (options.reset === true) emptyDataDirectory(data);

  const guard = startGuard(data.path);
  stops.add(() => guard.dismiss());
  const names = ['api', 'database', 'credentials', 'telemetry', ...definition.services] as const;
  const given = options.port === undefined ? {} : { api: options.port };
  const ports = await choosePorts(names, data.ports, given);
  const portOf = (name: string) => ports[name] ?? 0;
  const addresses = Object.fromEntries(
    definition.services.map((name) => [name, `http://${LOOPBACK}:${portOf(name)}`]),
  );

  const telemetry = await serveTelemetry(portOf('telemetry'));
  stops.add(telemetry.stop);
  const template = definition.synthesise({
    services: addresses,
    databasePort: portOf('database'),
    awsEndpoint: `http://${LOOPBACK}:${portOf('api')}`,
    otlpEndpoint: telemetry.address,
  });
  // Awaited below; a failure of the servers comes first.
  template.catch(() => undefined);
  const servers = { api: portOf('api'), database: portOf('database') };
  const { emulator, mariadb } = await startServers(data, servers, tell);
  const services: Record<string, ServiceProcess> = {};
  function listProcesses(): void {
    const pids = Object.values(services).map((service) => service.pid);
    guard.list([...pids, emulator.process.pid, mariadb.process().pid]);
  }
  listProcesses();
  const database = superviseDatabase(mariadb, tell, listProcesses);
  stops.add(() => Promise.all([emulator.stop(), database.stop()]));

  stopIfAborted();
  const outputs = await deployStack(emulator, await template);
  emulator.save();
  const saving = setInterval(emulator.save, SAVE_EVERY_MS);
  stops.add(() => clearInterval(saving));

  const databases = await readDatabases(emulator, definition.services);
  await createServiceDatabases(mariadb.connection, databases);
  const credentials = await serveCredentials(emulator, definition.services, portOf('credentials'));
  stops.add(credentials.stop);

  const surroundings = {
    data,
    emulator,
    credentials,
    addresses,
    extraEnvironment: options.serviceEnvironment ?? {},
    tell,
    onProcess: listProcesses,
  };
  stopIfAborted();
  const programs = listPrograms(definition, tell);
  await migrateAll(
    await withPendingMigrations(mariadb.connection, definition, programs),
    surroundings,
  );
  stopIfAborted();
  stops.add(() => Promise.all(Object.values(services).map((service) => service.stop())));
  await startAll(programs, surroundings, (name, service) => {
    services[name] = service;
    listProcesses();
  });

  const file: CloudFile = {
    apiUrl: `${emulator.endpoint}/restapis/${outputs['ApiId'] ?? ''}/v1/_user_request_`,
    region: emulator.region,
    userPoolId: outputs['UserPoolId'] ?? '',
    userPoolClientId: outputs['UserPoolClientId'] ?? '',
    userPoolEndpoint: emulator.endpoint,
    mailUrl: `${emulator.endpoint}/_ministack/ses/messages`,
    telemetryUrl: telemetry.address,
    services: addresses,
  };
  const cloudFile = cloudFileOf(data.path);
  writeCloudFile(cloudFile, file);
  stops.add(() => removeCloudFile(cloudFile));
  return {
    api: file.apiUrl,
    file,
    services,
    emulator,
    database,
    telemetry,
    failed: emulatorEnd(emulator, stops),
    stop: () => stops.run(),
  };
}

async function emulatorEnd(emulator: Emulator, stops: StopList): Promise<string> {
  const reason = await emulator.process.ended;
  // An end in order is no failure; nobody needs to hear of it.
  if (stops.hasBegun) return await new Promise<string>(() => undefined);
  return [`the AWS emulator ended (${reason})`, ...lastLines(emulator.logFile, 15)].join('\n  ');
}
