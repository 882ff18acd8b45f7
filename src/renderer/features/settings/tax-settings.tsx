import { ActionIcon, Button, Menu, UnstyledButton } from '@mantine/core';
import { IconArchive, IconArchiveOff, IconDots, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import type { TaxCode } from '../../../shared/domain/tax';
import { useApiQuery } from '../../app/api';
import { bridge } from '../../app/bridge';
import { describeError } from '../../app/describe-error';
import { ActionItems } from '../../ui/action-items';
import { useFormats } from '../../ui/formats-context';
import { PageHeader } from '../../ui/page-header';
import page from '../../ui/page.module.css';
import { SimpleTable } from '../../ui/simple-table';
import { showError, showUndo } from '../../ui/toasts';
import { TaxCodeDialog } from './tax-code-dialog';
import { useEditedRecord } from './use-edited-record';

/** What the address calls a tax code that is not there yet. */
const NEW = 'new';

/** The taxes that lines can carry. */
export function TaxSettings() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data: codes = [] } = useApiQuery('taxCodes.list', { includeArchived: true });
  const { edited, edit, close } = useEditedRecord();
  const code = codes.find(({ uid }) => uid === edited) ?? null;

  const move = async (code: TaxCode, to: 'archive' | 'unarchive'): Promise<void> => {
    const result = await bridge.call(`taxCodes.${to}`, { uid: code.uid });
    if (!result.ok) return describeError(t, result.error, formats).forEach(showError);
    if (to === 'unarchive') return;
    showUndo({
      message: t('tax.archived', { name: code.name }),
      undoLabel: t('action.undo'),
      onUndo: () => void move(code, 'unarchive'),
    });
  };

  return (
    <>
      <PageHeader
        title={t('settings.taxCodes')}
        primary={
          <Button leftSection={<IconPlus size={15} stroke={2} />} onClick={() => edit(NEW)}>
            {t('tax.new')}
          </Button>
        }
      />
      <div className={page['scroll']}>
        <SimpleTable
          label={t('settings.taxCodes')}
          columns={[
            { id: 'name', header: t('field.name') },
            { id: 'category', header: t('tax.category') },
            { id: 'rate', header: t('tax.rate'), align: 'end' },
            { id: 'menu', header: '', width: 36 },
          ]}
          rows={codes.map((code) => ({
            key: code.uid,
            isMuted: code.archivedAt !== null,
            cells: [
              <UnstyledButton key="name" className="doc-row-link" onClick={() => edit(code.uid)}>
                {code.name}
              </UnstyledButton>,
              code.archivedAt === null
                ? t(`tax.categories.${code.category}`)
                : `${t(`tax.categories.${code.category}`)} (${t('list.archived')})`,
              `${formats.percent(code.rate)} %`,
              <CodeMenu key="menu" code={code} onMove={(to) => void move(code, to)} />,
            ],
          }))}
        />
      </div>
      {/* As it is now: it may change elsewhere while it is edited. */}
      {(code !== null || edited === NEW) && <TaxCodeDialog code={code} onClose={close} />}
    </>
  );
}

interface CodeMenuProps {
  readonly code: TaxCode;
  readonly onMove: (to: 'archive' | 'unarchive') => void;
}

function CodeMenu({ code, onMove }: CodeMenuProps) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={24} aria-label={t('action.moreFor', { name: code.name })}>
          <IconDots size={15} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <ActionItems
          actions={[
            code.archivedAt === null
              ? {
                  id: 'archive',
                  label: t('action.archive'),
                  icon: <IconArchive size={15} stroke={1.7} />,
                  onRun: () => onMove('archive'),
                }
              : {
                  id: 'unarchive',
                  label: t('action.unarchive'),
                  icon: <IconArchiveOff size={15} stroke={1.7} />,
                  onRun: () => onMove('unarchive'),
                },
          ]}
        />
      </Menu.Dropdown>
    </Menu>
  );
}
