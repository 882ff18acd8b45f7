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
import { showError, showToast } from '../../ui/toasts';
import classes from './account-page.module.css';

type Businesses = MethodOutput<'account.businesses'>;
type LocalBusiness = Businesses['local'][number];
type CloudBusiness = Businesses['cloud'][number];

/** What is in the account, and what is on this machine alone. */
export function AccountBusinesses() {
  const { t } = useTranslation();
  const { data } = useApiQuery('account.businesses', {});
  const tell = useTell();
  const adopt = useApiAction('account.adopt');
  const join = useApiAction('account.join');
  if (data === undefined) return null;

  const upload = async (business: LocalBusiness, into: BusinessUid | null): Promise<void> => {
    await tell(
      adopt.run({ uid: business.uid, into }),
      t('account.businesses.adopted', { name: business.name }),
    );
  };
  const bringHere = async (business: CloudBusiness): Promise<void> => {
    await tell(
      join.run({ uid: business.uid }),
      t('account.businesses.joined', { name: business.name }),
    );
  };

  return (
    <>
      {data.local.length > 0 && (
        <section>
          <h2 className={classes['heading']}>{t('account.businesses.local')}</h2>
          <p className={classes['hint']}>{t('account.businesses.localHint')}</p>
          <ul className={classes['items']}>
            {data.local.map((business) => (
              <li key={business.uid} className={classes['item']}>
                <div className={classes['what']}>
                  <strong>{business.name}</strong>
                  <span className={classes['quiet']}>
                    <Counts counts={business.counts} />
                  </span>
                </div>
                <div className={classes['actions']}>
                  <Button
                    loading={adopt.isRunning}
                    aria-label={t('account.businesses.uploadOf', { name: business.name })}
                    onClick={() => void upload(business, null)}
                  >
                    {t('account.businesses.upload')}
                  </Button>
                  {data.cloud.length > 0 && (
                    <IntoMenu
                      name={business.name}
                      targets={data.cloud}
                      onChoose={(into) => void upload(business, into)}
                    />
                  )}
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2 className={classes['heading']}>{t('account.businesses.cloud')}</h2>
        {data.cloud.length === 0 && (
          <p className={classes['hint']}>{t('account.businesses.none')}</p>
        )}
        <ul className={classes['items']}>
          {data.cloud.map((business) => (
            <li key={business.uid} className={classes['item']}>
              <div className={classes['what']}>
                <strong>{business.name}</strong>
                <span className={classes['quiet']}>{t(`account.role.${business.role}`)}</span>
              </div>
              {business.isHere ? (
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
              )}
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function Counts({ counts }: { readonly counts: LocalBusiness['counts'] }) {
  const { t } = useTranslation();
  return (
    <>
      {[
        t('account.count.clients', { count: counts.clients }),
        t('account.count.products', { count: counts.products }),
        t('account.count.orders', { count: counts.orders }),
        t('account.count.invoices', { count: counts.invoices }),
        t('account.count.payments', { count: counts.payments }),
      ].join(' · ')}
    </>
  );
}

interface IntoMenuProps {
  readonly name: string;
  readonly targets: readonly CloudBusiness[];
  readonly onChoose: (uid: BusinessUid) => void;
}

/** Two machines that worked apart become one business. */
function IntoMenu({ name, targets, onChoose }: IntoMenuProps) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
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
