import { IconArchive, IconArchiveOff, IconEdit, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import type { ApiError } from '../../../shared/contracts/core-protocol';
import type { ClientUid } from '../../../shared/domain/ids';
import type { Result } from '../../../shared/domain/result';
import { bridge } from '../../app/bridge';
import { describeError } from '../../app/describe-error';
import type { Action } from '../../ui/action';
import { useFormats } from '../../ui/formats-context';
import { showError, showUndo } from '../../ui/toasts';

const ICON = { size: 15, stroke: 1.7 } as const;

interface Named {
  readonly uid: ClientUid;
  readonly name: string;
  readonly isArchived: boolean;
}

/** What can be done with clients, each with its way back. */
export interface ClientActions {
  readonly archive: (clients: readonly Named[]) => Promise<void>;
  readonly unarchive: (clients: readonly Named[]) => Promise<void>;
  /** Answers whether the client is gone (it stays when it has documents). */
  readonly remove: (client: Named) => Promise<boolean>;
  /** The menu of one client. */
  readonly menu: (client: Named, onRemoved?: () => void) => readonly Action[];
}

export function useClientActions(): ClientActions {
  const { t } = useTranslation();
  const formats = useFormats();
  const navigate = useNavigate();

  const isDone = (result: Result<unknown, ApiError>): boolean => {
    if (!result.ok) describeError(t, result.error, formats).forEach(showError);
    return result.ok;
  };
  const uidsOf = (clients: readonly Named[]): ClientUid[] => clients.map((client) => client.uid);
  const said = (key: 'archived' | 'unarchived', clients: readonly Named[]): string =>
    clients.length === 1
      ? t(`clients.${key}One`, { name: clients[0]?.name ?? '' })
      : t(`clients.${key}Many`, { count: clients.length });

  const archive = async (clients: readonly Named[]): Promise<void> => {
    if (!isDone(await bridge.call('clients.archive', { uids: uidsOf(clients) }))) return;
    showUndo({
      message: said('archived', clients),
      undoLabel: t('action.undo'),
      onUndo: () => void bridge.call('clients.unarchive', { uids: uidsOf(clients) }).then(isDone),
    });
  };
  const unarchive = async (clients: readonly Named[]): Promise<void> => {
    if (!isDone(await bridge.call('clients.unarchive', { uids: uidsOf(clients) }))) return;
    showUndo({
      message: said('unarchived', clients),
      undoLabel: t('action.undo'),
      onUndo: () => void bridge.call('clients.archive', { uids: uidsOf(clients) }).then(isDone),
    });
  };
  const remove = async (client: Named): Promise<boolean> => {
    if (!isDone(await bridge.call('clients.delete', { uid: client.uid }))) return false;
    showUndo({
      message: t('clients.deleted', { name: client.name }),
      undoLabel: t('action.undo'),
      onUndo: () => void bridge.call('clients.restore', { uid: client.uid }).then(isDone),
    });
    return true;
  };

  const menu = (client: Named, onRemoved?: () => void): readonly Action[] => [
    {
      id: 'edit',
      label: t('action.edit'),
      icon: <IconEdit {...ICON} />,
      onRun: () => void navigate(`/clients/${client.uid}/edit`),
    },
    client.isArchived
      ? {
          id: 'unarchive',
          label: t('action.unarchive'),
          icon: <IconArchiveOff {...ICON} />,
          onRun: () => void unarchive([client]),
        }
      : {
          id: 'archive',
          label: t('action.archive'),
          icon: <IconArchive {...ICON} />,
          onRun: () => void archive([client]),
        },
    {
      id: 'delete',
      label: t('clients.delete', { name: client.name }),
      icon: <IconTrash {...ICON} />,
      isDestructive: true,
      onRun: () =>
        void remove(client).then((isGone) => {
          if (isGone) onRemoved?.();
        }),
    },
  ];
  return { archive, unarchive, remove, menu };
}
