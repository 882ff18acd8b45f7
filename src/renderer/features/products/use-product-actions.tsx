import { IconArchive, IconArchiveOff, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import type { ApiError } from '../../../shared/contracts/core-protocol';
import type { ProductUid } from '../../../shared/domain/ids';
import type { Result } from '../../../shared/domain/result';
import { bridge } from '../../app/bridge';
import { describeError } from '../../app/describe-error';
import type { Action } from '../../ui/action';
import { useFormats } from '../../ui/formats-context';
import { showError, showUndo } from '../../ui/toasts';

const ICON = { size: 15, stroke: 1.7 } as const;

interface Named {
  readonly uid: ProductUid;
  readonly name: string;
  readonly isArchived: boolean;
}

/** What can be done with products, each with its way back. */
export interface ProductActions {
  readonly archive: (products: readonly Named[]) => Promise<void>;
  readonly unarchive: (products: readonly Named[]) => Promise<void>;
  readonly menu: (product: Named, onRemoved?: () => void) => readonly Action[];
}

export function useProductActions(): ProductActions {
  const { t } = useTranslation();
  const formats = useFormats();

  const isDone = (result: Result<unknown, ApiError>): boolean => {
    if (!result.ok) describeError(t, result.error, formats).forEach(showError);
    return result.ok;
  };
  const move = async (to: 'archived' | 'unarchived', products: readonly Named[]): Promise<void> => {
    const uids = products.map((product) => product.uid);
    const [there, back] =
      to === 'archived'
        ? (['products.archive', 'products.unarchive'] as const)
        : (['products.unarchive', 'products.archive'] as const);
    if (!isDone(await bridge.call(there, { uids }))) return;
    showUndo({
      message:
        products.length === 1
          ? t(`products.${to}One`, { name: products[0]?.name ?? '' })
          : t(`products.${to}Many`, { count: products.length }),
      undoLabel: t('action.undo'),
      onUndo: () => void bridge.call(back, { uids }).then(isDone),
    });
  };
  const remove = async (product: Named): Promise<boolean> => {
    if (!isDone(await bridge.call('products.delete', { uid: product.uid }))) return false;
    showUndo({
      message: t('products.deleted', { name: product.name }),
      undoLabel: t('action.undo'),
      onUndo: () => void bridge.call('products.restore', { uid: product.uid }).then(isDone),
    });
    return true;
  };
  const archive = (products: readonly Named[]): Promise<void> => move('archived', products);
  const unarchive = (products: readonly Named[]): Promise<void> => move('unarchived', products);

  const menu = (product: Named, onRemoved?: () => void): readonly Action[] => [
    product.isArchived
      ? {
          id: 'unarchive',
          label: t('action.unarchive'),
          icon: <IconArchiveOff {...ICON} />,
          onRun: () => void unarchive([product]),
        }
      : {
          id: 'archive',
          label: t('action.archive'),
          icon: <IconArchive {...ICON} />,
          onRun: () => void archive([product]),
        },
    {
      id: 'delete',
      label: t('products.delete', { name: product.name }),
      icon: <IconTrash {...ICON} />,
      isDestructive: true,
      onRun: () =>
        void remove(product).then((isGone) => {
          if (isGone) onRemoved?.();
        }),
    },
  ];
  return { archive, unarchive, menu };
}
