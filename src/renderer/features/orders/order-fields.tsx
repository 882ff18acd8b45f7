import { TextInput } from '@mantine/core';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';

import type { ClientUid } from '../../../shared/domain/ids';
import type { OrderContent } from '../../../shared/domain/order';
import { DateField } from '../../ui/date-field';
import { Choice, CurrencySelect } from '../../ui/fields/choosers';
import { ClientSelect } from '../documents/client-select';
import classes from './order-page.module.css';

interface OrderFieldsProps {
  readonly content: OrderContent;
  readonly patch: (patch: Partial<OrderContent>, topic: string) => void;
  readonly errors: Readonly<Record<string, string>>;
  readonly isReadOnly: boolean;
  readonly onClient: (uid: ClientUid) => void;
  readonly onCreateClient: (name: string) => void;
  readonly onLookUp: (choice: Promise<void>) => void;
  readonly clientRef: Ref<HTMLInputElement>;
}

/** Who ordered, when and under which reference. */
export function OrderFields(props: OrderFieldsProps) {
  const { content, patch, errors, isReadOnly } = props;
  const { t } = useTranslation();
  return (
    <div className={classes['fields']}>
      <div data-field="clientUid" className={classes['wide']}>
        <ClientSelect
          inputRef={props.clientRef}
          value={content.clientUid}
          onChange={props.onClient}
          onLookUp={props.onLookUp}
          onCreate={props.onCreateClient}
          error={errors['clientUid']}
          isReadOnly={isReadOnly}
        />
      </div>
      <div data-field="orderDate">
        <DateField
          label={t('document.orderDate')}
          isRequired
          value={content.orderDate}
          readOnly={isReadOnly}
          onChange={(orderDate) => orderDate && patch({ orderDate }, 'orderDate')}
          error={errors['orderDate']}
        />
      </div>
      <div data-field="buyerReference">
        <TextInput
          label={t('document.buyerReference')}
          maxLength={100}
          autoComplete="off"
          readOnly={isReadOnly}
          value={content.buyerReference}
          onChange={(event) => patch({ buyerReference: event.currentTarget.value }, 'reference')}
          error={errors['buyerReference']}
        />
      </div>
      <div data-field="currency" className={classes['wide']}>
        <CurrencySelect
          label={t('field.currency')}
          value={content.currency}
          disabled={isReadOnly}
          onChange={(currency) => currency && patch({ currency }, 'currency')}
          error={errors['currency']}
          comboboxProps={{ width: 260, position: 'bottom-start' }}
        />
      </div>
      <div data-field="pricesIncludeTax">
        <Choice
          label={t('document.prices')}
          disabled={isReadOnly}
          value={content.pricesIncludeTax ? 'gross' : 'net'}
          options={[
            { value: 'net', label: t('document.net') },
            { value: 'gross', label: t('document.gross') },
          ]}
          onChange={(value) => patch({ pricesIncludeTax: value === 'gross' }, 'prices')}
        />
      </div>
    </div>
  );
}
