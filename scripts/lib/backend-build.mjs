import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { newestIn } from './build-state.mjs';
import { root } from './processes.mjs';

export const backendOut = join(root, 'out', 'backend');

/** Written last by the build: when that began, and which services it has. */
export const BACKEND_MARK = join(backendOut, 'built');

const SHARED_SOURCES = [
  'backend/infra',
  'backend/kit',
  'backend/local',
  'src/shared',
  'src/core/pdf',
  'scripts/build-backend.mjs',
  'package-lock.json',
];

/** All services, or those of `DOCCENTR_SERVICES` (`clients,orders`) for work on a few of them. */
export function wantedServices() {
  const folder = join(root, 'backend', 'services');
  const all = existsSync(folder)
    ? readdirSync(folder).filter((name) => existsSync(join(folder, name, 'main.ts')))
    : [];
  const wish = process.env.DOCCENTR_SERVICES;
  return wish ? all.filter((name) => wish.split(',').includes(name)) : all;
}

/** Whether `out/backend` holds all that is wanted, newer than everything it is made from. */
export function isBackendFresh() {
  const { begun, services } = readMark();
  const wanted = wantedServices();
  const sources = [...SHARED_SOURCES, ...wanted.map((name) => `backend/services/${name}`)];
  return (
    wanted.every((name) => services.includes(name)) &&
    sources.every((name) => newestIn(join(root, name)) < begun)
  );
}

function readMark() {
  try {
    return JSON.parse(readFileSync(BACKEND_MARK, 'utf8'));
  } catch {
    return { begun: 0, services: [] };
  }
}
