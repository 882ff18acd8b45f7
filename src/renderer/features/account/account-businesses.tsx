import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import type { MethodOutput } from '../../../shared/contracts/app-api';
import type { ApiError } from '../../../shared/contracts/core-protocol';
import type { BusinessUid } from '../../../shared/domain/ids';
import type { Result } from '../../../shared/domain/result';
import { useApiAction, useApiQuery } from '../../app/api';
import { describeError } from '../../app/describe-error';
import { queryClient } from '../../app/query-client';
import { useFormats } from '../../ui/formats-context';
import { Item, ItemList } from '../../ui/item-list';
import { showError, showToast } from '../../ui/toasts';
import { TransferBar } from '../cloud/transfer-bar';
import classes from './account-page.module.css';

type Businesses = MethodOutput<'account.businesses'>;
type LocalBusiness = Businesses['local'][number];
type CloudBusiness = Businesses['cloud'][number];

/** What is in the account, and what is on this machine alone. */
export function AccountBusinesses() {
  const { t } = useTranslation();
  const formats = useFormats();
  // The cloud is asked: what it knows changes without this machine, and a failure is no answer.
  const { data, error, isFetching, refetch } = useApiQuery(
    'account.businesses',
    {},
    { fresh: true },
  );
  if (data === undefined) {
    if (error === null) return null;
    return (
      <section>
        <h2 className={classes['heading']}>{t('account.businesses.cloud')}</h2>
        <p className={classes['hint']}>{describeError(t, error.error, formats).join(' ')}</p>
        <Button variant="default" loading={isFetching} onClick={() => void refetch()}>
          {t('action.retry')}
        </Button>
      </section>
    );
  }
  // What signing up made is empty and gives way to the first business that is uploaded.
  const cloud = data.local.length > 0 ? data.cloud.filter((one) => !one.isPristine) : data.cloud;
  return (
    <>
      {data.local.length > 0 && <LocalBusinesses local={data.local} targets={cloud} />}
      <CloudBusinesses cloud={cloud} />
    </>
  );
}

interface LocalBusinessesProps {
  readonly local: readonly LocalBusiness[];
  /** What each can be added to. */
  readonly targets: readonly CloudBusiness[];
}

/** What can be uploaded, and how much that is. */
function LocalBusinesses({ local, targets }: LocalBusinessesProps) {
  const { t } = useTranslation();
  const tell = useTell();
  const adopt = useApiAction('account.adopt');
  const upload = async (business: LocalBusiness, into: BusinessUid | null): Promise<void> => {
    await tell(
      adopt.run({ uid: business.uid, into }),
      t('account.businesses.adopted', { name: business.name }),
    );
  };
  return (
    <section>
      <h2 className={classes['heading']}>{t('account.businesses.local')}</h2>
      <p className={classes['hint']}>{t('account.businesses.localHint')}</p>
      <ItemList>
        {local.map((business) => (
          <Item
            key={business.uid}
            title={<strong>{business.name}</strong>}
            note={<Counts counts={business.counts} />}
            actions={
              <>
                <Button
                  loading={adopt.isRunning}
                  aria-label={t('account.businesses.uploadOf', { name: business.name })}
                  onClick={() => void upload(business, null)}
                >
                  {t('account.businesses.upload')}
                </Button>
                {targets.length > 0 && (
                  <IntoMenu
                    name={business.name}
                    targets={targets}
                    isDisabled={adopt.isRunning}
                    onChoose={(into) => void upload(business, into)}
                  />
                )}
              </>
            }
          />
        ))}
      </ItemList>
    </section>
  );
}

/** What the account has: here already, or to be brought here. */
function CloudBusinesses({ cloud }: { readonly cloud: readonly CloudBusiness[] }) {
  const { t } = useTranslation();
  const tell = useTell();
  const join = useApiAction('account.join');
  const { data: app } = useApiQuery('app.state', {});
  const { data: status } = useApiQuery('sync.status', {});
  const bringHere = async (business: CloudBusiness): Promise<void> => {
    await tell(
      join.run({ uid: business.uid }),
      t('account.businesses.joined', { name: business.name }),
    );
  };
  return (
    <section>
      <h2 className={classes['heading']}>{t('account.businesses.cloud')}</h2>
      {cloud.length === 0 && <p className={classes['hint']}>{t('account.businesses.none')}</p>}
      <ItemList>
        {cloud.map((business) => {
          const transfer = app?.currentUid === business.uid ? (status?.transfer ?? null) : null;
          return (
            <Item
              key={business.uid}
              title={<strong>{business.name}</strong>}
              note={t(
                business.isPristine ? 'account.businesses.empty' : `account.role.${business.role}`,
              )}
              actions={
                business.isHere ? (
                  <span className={classes['quiet']}>{t('account.businesses.isHere')}</span>
                ) : (
                  <Button
                    variant="default"
                    loading={join.isRunning}
                    aria-label={t('account.businesses.joinOf', { name: business.name })}
                    onClick={() => void bringHere(business)}
                  >
                    {t('account.businesses.join')}
                  </Button>
                )
              }
            >
              {transfer !== null && <TransferBar transfer={transfer} />}
            </Item>
          );
        })}
      </ItemList>
    </section>
  );
}

function Counts({ counts }: { readonly counts: LocalBusiness['counts'] }) {
  const { t } = useTranslation();
  const parts = [
    counts.clients > 0 && t('account.count.clients', { count: counts.clients }),
    counts.products > 0 && t('account.count.products', { count: counts.products }),
    counts.orders > 0 && t('account.count.orders', { count: counts.orders }),
    counts.invoices > 0 && t('account.count.invoices', { count: counts.invoices }),
    counts.payments > 0 && t('account.count.payments', { count: counts.payments }),
  ].filter((part) => part !== false);
  return <>{parts.length === 0 ? t('account.count.nothing') : parts.join(' · ')}</>;
}

interface IntoMenuProps {
  readonly name: string;
  readonly targets: readonly CloudBusiness[];
  readonly isDisabled: boolean;
  readonly onChoose: (uid: BusinessUid) => void;
}

/** Two machines that worked apart become one business. */
function IntoMenu({ name, targets, isDisabled, onChoose }: IntoMenuProps) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          disabled={isDisabled}
          rightSection={<IconChevronDown size={14} stroke={1.8} />}
          aria-label={t('account.businesses.intoOf', { name })}
        >
          {t('account.businesses.into')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {targets.map((target) => (
          <Menu.Item key={target.uid} onClick={() => onChoose(target.uid)}>
            {target.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Says how a call went, and reads everything again: another business may be open now. */
function useTell() {
  const { t } = useTranslation();
  const formats = useFormats();
  return async (call: Promise<Result<unknown, ApiError>>, done: string): Promise<void> => {
    const result = await call;
    if (!result.ok) return describeError(t, result.error, formats).forEach(showError);
    showToast(done);
    await queryClient.invalidateQueries();
  };
}
