import { QueryClient } from '@tanstack/react-query';

import type { MethodName } from '../../shared/contracts/app-api';
import type { Collection } from '../../shared/contracts/app-api/reports';
import type { SyncStatus } from '../../shared/contracts/app-api/sync';
import { askAgain } from './ask-again';
import { bridge } from './bridge';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The core tells what changed; nothing else makes an answer old.
      staleTime: Infinity,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      // The core is on this machine; a failed call fails for a reason, except while it restarts.
      retry: (count, error) => count < 5 && isUnavailable(error),
      retryDelay: (count) => Math.min(250 * 2 ** count, 2_000),
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

function isUnavailable(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'error' in error &&
    (error as { error: { kind?: string } }).error.kind === 'unavailable'
  );
}

/** Which collections an answer is made of, by the method's name or the first part of it. */
const SOURCES: Readonly<Record<string, readonly Collection[]>> = {
  clients: ['clients', 'invoices', 'orders', 'payments'],
  products: ['products', 'settings'],
  orders: ['orders', 'clients', 'invoices'],
  invoices: ['invoices', 'payments', 'clients', 'orders', 'settings'],
  payments: ['payments', 'invoices'],
  reports: ['invoices', 'payments', 'orders', 'clients', 'settings'],
  activity: ['clients', 'products', 'orders', 'invoices', 'payments', 'settings'],
  records: ['clients', 'products', 'orders', 'invoices'],
  search: ['clients', 'products', 'orders', 'invoices'],
  businesses: ['settings'],
  app: ['settings'],
  taxCodes: ['settings'],
  series: ['settings', 'invoices', 'orders'],
  backups: [],
  sends: ['invoices'],
  account: ['settings'],
  // Comes by its own event; an answer from before it would be taken for newer.
  'sync.status': [],
  // What stands beside a conflict or a refused edit is the record as it is now.
  sync: ['clients', 'products', 'orders', 'invoices', 'payments', 'settings'],
};

/** The frame shows it at once; what hangs on it is read again: what waits, what would be lost. */
function showSyncStatus(status: SyncStatus): void {
  queryClient.setQueryData(['sync.status', {}], status);
  void askAgain(queryClient, ({ queryKey }) => {
    const method = String(queryKey[0]);
    if (method === 'account.signOutPreview') return true;
    return method.startsWith('sync.') && method !== 'sync.status';
  });
}

/** A burst of changes (an import) is answered by reading once. */
const GATHER_MS = 120;

/** Reads again what the core says has changed. Answers how to stop. */
export function followChanges(): () => void {
  let gathered = new Set<Collection>();
  let timer: number | null = null;
  const readAgain = (): void => {
    timer = null;
    const changed = gathered;
    gathered = new Set();
    void askAgain(queryClient, (query) => {
      const method = String(query.queryKey[0]) as MethodName;
      const sources = SOURCES[method] ?? SOURCES[method.split('.')[0] ?? ''] ?? [];
      return sources.some((source) => changed.has(source));
    });
  };
  const stop = bridge.onEvent((event) => {
    switch (event.event) {
      case 'changed':
        event.collections.forEach((collection) => gathered.add(collection));
        timer ??= window.setTimeout(readAgain, GATHER_MS);
        return;
      case 'app_state':
      case 'ready':
        void askAgain(queryClient);
        return;
      case 'sync_status':
        showSyncStatus(event.status);
        return;
      case 'import_progress':
        return;
    }
  });
  return () => {
    stop();
    if (timer !== null) window.clearTimeout(timer);
  };
}
