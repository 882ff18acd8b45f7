import { useTranslation } from 'react-i18next';

import { addressLines } from '../../../shared/domain/address-lines';
import type { Client } from '../../../shared/domain/client';
import { countryName } from '../../../shared/domain/country-names';
import { useApiQuery } from '../../app/api';
import { useBusiness } from '../../app/business-context';
import page from '../../ui/page.module.css';
import { spokenLanguage } from '../../i18n/i18n';
import { termsText } from '../../ui/terms-text';
import classes from './client-page.module.css';

/** What is known of a client; what was left out is not shown. */
export function ClientDetails({ client }: { readonly client: Client }) {
  const { t, i18n } = useTranslation();
  const business = useBusiness();
  const { data: taxCodes = [] } = useApiQuery('taxCodes.list', { includeArchived: true });
  const languages = new Intl.DisplayNames([i18n.language], { type: 'language' });
  const address = addressLines(client.address, {
    homeCountry: business.address.country,
    countryName: countryName(client.address.country, spokenLanguage()),
  });
  const facts: readonly (readonly [string, string | null])[] = [
    [t('field.email'), client.email],
    [t('field.phone'), client.phone],
    [t('field.contactName'), client.contactName],
    [t('address.title'), address.join('\n')],
    [t('field.vatNumber'), client.vatNumber],
    [t('field.companyNumber'), client.companyNumber],
    [t('field.terms'), client.terms && termsText(t, client.terms)],
    [t('field.currency'), client.currency],
    [t('field.tax'), taxCodes.find((code) => code.uid === client.taxCodeUid)?.name ?? null],
    [t('field.language'), client.language && (languages.of(client.language) ?? client.language)],
    [t('clients.notes'), client.notes],
  ];
  return (
    <div className={page['scroll']}>
      <dl className={classes['details']}>
        {facts
          .filter(([, value]) => value !== null && value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </div>
  );
}
