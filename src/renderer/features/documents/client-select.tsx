import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { IconChevronDown, IconPlus } from '@tabler/icons-react';
import type { KeyboardEvent, Ref } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ClientRow } from '../../../shared/contracts/app-api/clients';
import type { ClientUid } from '../../../shared/domain/ids';
import { useApiQuery } from '../../app/api';
import { bridge } from '../../app/bridge';
import classes from './client-select.module.css';

interface ClientSelectProps {
  readonly value: ClientUid | null;
  readonly onChange: (uid: ClientUid) => void;
  /** Opens the form of a new client with what was typed as its name. */
  readonly onCreate: (name: string) => void;
  /** Told of a choice whose client is still being looked up. */
  readonly onLookUp: (choice: Promise<void>) => void;
  readonly error?: string | undefined;
  readonly isReadOnly?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
}

const CREATE = 'create';
const SHOWN = 12;

/** Chooses a client by typing; who is not found is created from here. */
export function ClientSelect(props: ClientSelectProps) {
  const { t } = useTranslation();
  const labelId = useId();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [text, setText] = useState<string | null>(null);
  /** What stands in the field now, for an answer that comes later. */
  const latest = useRef(text);
  const [isLookingUp, setLookingUp] = useState(false);
  const chosen = useClientName(props.value);
  const search = (text ?? '').trim();
  const { data, isPlaceholderData } = useApiQuery(
    'clients.list',
    search === '' ? { limit: SHOWN } : { search, limit: SHOWN },
    { keepPrevious: true, still: true, enabled: combobox.dropdownOpened || text !== null },
  );
  const rows = data?.rows ?? [];
  const isCurrent = data !== undefined && !isPlaceholderData;
  const {
    dropdownOpened: isOpen,
    selectFirstOption,
    selectNextOption,
    resetSelectedOption,
  } = combobox;
  /** How far down the arrows went before the choices were there. */
  const steps = useRef(0);
  // Enter chooses the first that was found; never one that an earlier text had found.
  useEffect(() => {
    if (!isOpen) return;
    if (!isCurrent) return resetSelectedOption();
    if (text !== null && search !== '') selectFirstOption();
    else if (text !== null) resetSelectedOption();
    for (; steps.current > 0; steps.current -= 1) selectNextOption();
  }, [
    isOpen,
    isCurrent,
    search,
    text,
    data,
    selectFirstOption,
    selectNextOption,
    resetSelectedOption,
  ]);

  const type = (typed: string | null): void => {
    latest.current = typed;
    steps.current = 0;
    setText(typed);
  };
  const choose = (uid: ClientUid): void => {
    type(null);
    combobox.closeDropdown();
    if (uid !== props.value) props.onChange(uid);
  };
  const submit = (value: string): void => {
    if (value !== CREATE) return choose(value as ClientUid);
    type(null);
    combobox.closeDropdown();
    props.onCreate(search);
  };
  /** Goes on with what is found for the text, unless something else is typed meanwhile. */
  const lookUp = (act: (found: readonly ClientRow[]) => void): void => {
    const asked = text;
    const look = async (): Promise<void> => {
      setLookingUp(true);
      const found = await findClients(search);
      setLookingUp(false);
      if (latest.current === asked) act(found);
    };
    props.onLookUp(look());
  };
  const chooseExact = (found: readonly ClientRow[]): void => {
    const exact = found.filter((row) => row.name.toLowerCase() === search.toLowerCase());
    if (exact.length === 1 && exact[0]) choose(exact[0].uid);
  };
  const leave = (): void => {
    combobox.closeDropdown();
    if (search === '' || search === chosen) return type(null);
    // A name typed to its end is chosen without the list, even before the list is there.
    if (isCurrent) chooseExact(rows);
    else lookUp(chooseExact);
  };
  /** Keys before the choices are there do what they would have done then. */
  const onEarlyKey = (event: KeyboardEvent): void => {
    switch (event.key) {
      case 'ArrowDown':
        steps.current += 1;
        return event.preventDefault();
      case 'ArrowUp':
        steps.current = Math.max(0, steps.current - 1);
        return event.preventDefault();
      case 'Escape':
        return combobox.closeDropdown();
      case 'Enter': {
        if (search === '') return;
        const at = steps.current;
        return lookUp((found) => {
          const row = found[Math.min(at, found.length)];
          return row === undefined ? submit(CREATE) : choose(row.uid);
        });
      }
    }
  };

  const unknown =
    text !== null && search !== '' && search !== chosen && !combobox.dropdownOpened && !isLookingUp
      ? t('document.clientNotChosen')
      : undefined;
  return (
    <Combobox store={combobox} onOptionSubmit={submit} disabled={props.isReadOnly ?? false}>
      <Combobox.Target withKeyboardNavigation={isCurrent || !isOpen}>
        <TextInput
          ref={props.inputRef}
          label={<span id={labelId}>{t('document.client')}</span>}
          autoComplete="off"
          maxLength={200}
          placeholder={t('document.clientHint')}
          error={unknown ?? props.error}
          readOnly={props.isReadOnly ?? false}
          value={text ?? chosen}
          rightSection={<IconChevronDown size={14} stroke={1.7} aria-hidden />}
          rightSectionPointerEvents="none"
          onFocus={(event) => event.currentTarget.select()}
          onClick={() => combobox.openDropdown()}
          onChange={(event) => {
            type(event.currentTarget.value);
            combobox.openDropdown();
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'Escape' && text !== null) type(null);
            if (isOpen && !isCurrent) onEarlyKey(event);
          }}
          onBlur={leave}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options
          aria-label={t('document.suggestions')}
          mah={320}
          className={classes['options'] ?? ''}
        >
          {rows.map((row) => (
            <ClientOption key={row.uid} row={row} />
          ))}
          {data && rows.length === 0 && search === '' && (
            <Combobox.Empty>{t('document.noClients')}</Combobox.Empty>
          )}
          <Combobox.Option value={CREATE} className={classes['create'] ?? ''}>
            <IconPlus size={14} stroke={1.8} aria-hidden />
            {search === ''
              ? t('document.createClient')
              : t('document.createClientNamed', { name: search })}
          </Combobox.Option>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

async function findClients(search: string): Promise<readonly ClientRow[]> {
  const result = await bridge.call('clients.list', { search, limit: SHOWN });
  return result.ok ? result.value.rows : [];
}

function ClientOption({ row }: { readonly row: ClientRow }) {
  const detail = [row.city, row.email].filter((part) => part !== '').join(' · ');
  return (
    <Combobox.Option value={row.uid}>
      <span className={classes['option']}>
        <span>{row.name}</span>
        <span className={classes['detail']}>{detail}</span>
      </span>
    </Combobox.Option>
  );
}

/** The chosen client's name; a client that is not on this machine shows as such. */
function useClientName(uid: ClientUid | null): string {
  const { t } = useTranslation();
  const { data, isError } = useApiQuery(
    'clients.get',
    { uid: uid ?? '' },
    { enabled: uid !== null },
  );
  if (uid === null) return '';
  if (isError) return t('document.clientMissing');
  return data?.name ?? '';
}
