import { Button } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { RejectionItem } from '../../../shared/contracts/app-api/sync';
import { useApiAction } from '../../app/api';
import { describeError } from '../../app/describe-error';
import { confirm } from '../../ui/confirm';
import { ErrorSummary } from '../../ui/error-summary';
import { fieldLabel } from '../../ui/field-label';
import { useFormats } from '../../ui/formats-context';
import { Item, ItemList } from '../../ui/item-list';
import { describeIssue } from '../../ui/issues';
import classes from './cloud-page.module.css';
import { telling } from './field-text';
import { readItemsAnew } from './read-items';
import { RecordName, recordTitle } from './record-name';
import { editPath, itemAnchor } from './record-path';
import { SidesTable } from './sides-table';
import { useDismiss } from './use-dismiss';

interface RejectionListProps {
  readonly rejections: readonly RejectionItem[];
  readonly onSettled: () => void;
}

/** Changes that the cloud refused: what was typed, why not, and what can be done. */
export function RejectionList({ rejections, onSettled }: RejectionListProps) {
  const { t } = useTranslation();
  const title = t('cloud.rejections.title', { count: rejections.length });
  return (
    <section aria-label={title}>
      <h2 className={classes['heading']}>{title}</h2>
      <p className={classes['quiet']}>{t('cloud.rejections.hint')}</p>
      <ItemList>
        {rejections.map((rejection) => (
          <Rejection key={rejection.id} rejection={rejection} onDone={onSettled} />
        ))}
      </ItemList>
    </section>
  );
}

interface RejectionProps {
  readonly rejection: RejectionItem;
  readonly onDone: () => void;
}

function Rejection({ rejection, onDone }: RejectionProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const dismiss = useDismiss(onDone);
  const retry = useApiAction('sync.retry');
  const [errors, setErrors] = useState<readonly string[]>([]);
  const { kind, currency, remedies } = rejection;
  const fields = telling(rejection.fields);
  const title = recordTitle(t, rejection);
  const editor = remedies.includes('edit') ? editPath(rejection) : null;
  const nameFor = (action: string): string => t('cloud.of', { action, title });
  const letGo = async (): Promise<void> => {
    const isSure = await confirm({
      ...lettingGo(t, rejection, title),
      confirmLabel: t('cloud.rejections.dismiss'),
      cancelLabel: t('action.cancel'),
      isDestructive: true,
    });
    if (isSure) await dismiss(rejection.id);
  };
  const tryAgain = async (): Promise<void> => {
    const result = await retry.run({ id: rejection.id, shown: rejection.fields });
    if (result.ok) return onDone();
    setErrors([...new Set(describeError(t, result.error, formats))]);
    return readItemsAnew();
  };
  return (
    <Item
      id={itemAnchor(rejection.id)}
      title={<RecordName record={rejection} />}
      note={t('cloud.recordAt', {
        kind: t(`cloud.record.${rejection.collection}`),
        time: formats.instant(rejection.at),
      })}
      actions={
        <>
          {editor !== null && (
            <Button
              component={Link}
              to={editor}
              variant="default"
              aria-label={nameFor(t('action.edit'))}
            >
              {t('action.edit')}
            </Button>
          )}
          {remedies.includes('retry') && (
            <Button
              variant="default"
              aria-label={nameFor(t('action.retry'))}
              onClick={() => void tryAgain()}
            >
              {t('action.retry')}
            </Button>
          )}
          <Button
            variant="subtle"
            aria-label={nameFor(t('cloud.rejections.dismiss'))}
            onClick={() => void letGo()}
          >
            {t('cloud.rejections.dismiss')}
          </Button>
        </>
      }
    >
      <Reason rejection={rejection} />
      <ErrorSummary messages={errors} />
      {fields.length === 0 && kind !== 'patch' && <span>{t(`cloud.rejections.kind.${kind}`)}</span>}
      {fields.length > 0 && (
        <SidesTable
          label={t('cloud.rejections.refused', { title })}
          fields={fields}
          sides={[
            { side: 'mine', header: t('cloud.rejections.typed') },
            { side: 'theirs', header: t('cloud.rejections.now') },
          ]}
          currency={currency}
        />
      )}
    </Item>
  );
}

/** Why, in words; with the field where it is one of several. */
function Reason({ rejection: { code, field, fields } }: { readonly rejection: RejectionItem }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const reason = describeIssue(t, { field, code }, formats);
  const isClear = field === '' || telling(fields).length === 1;
  return (
    <span>
      {isClear ? reason : t('cloud.rejections.reason', { field: fieldLabel(t, field), reason })}
    </span>
  );
}

/** What discarding means: of words, of what only this machine has, and of what was issued. */
function lettingGo(t: TFunction, { kind, fields, remedies }: RejectionItem, title: string) {
  switch (fields.length > 0 ? 'patch' : kind) {
    case 'create':
    case 'finalise': {
      const isIssued = !remedies.includes('edit');
      return {
        title: t('cloud.rejections.dismissNewTitle', { title }),
        body: t(
          isIssued ? 'cloud.rejections.dismissIssuedBody' : 'cloud.rejections.dismissNewBody',
        ),
      };
    }
    case 'patch':
    case 'delete':
    case 'restore':
      return {
        title: t('cloud.rejections.dismissTitle', { title }),
        body: t('cloud.rejections.dismissBody'),
      };
  }
}
