import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface SearchBoxProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What is searched: "Search clients". Also its accessible name. */
  readonly label: string;
}

/** Searches while one types; Escape clears. The list's `/` key comes here. */
export function SearchBox({ value, onChange, label }: SearchBoxProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const report = useDebouncedCallback(onChange, 120);
  const reported = useRef(value);

  useEffect(() => {
    if (value === reported.current) return;
    reported.current = value;
    setText(value);
  }, [value]);

  const change = (typed: string): void => {
    setText(typed);
    reported.current = typed;
    report(typed);
  };

  return (
    <TextInput
      ref={input}
      type="search"
      role="searchbox"
      data-search
      aria-label={label}
      placeholder={label}
      maxLength={200}
      w={240}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || text === '') return;
        event.preventDefault();
        event.stopPropagation();
        change('');
      }}
      leftSection={<IconSearch size={14} stroke={1.8} />}
      rightSection={
        text === '' ? null : (
          <CloseButton
            size={22}
            aria-label={t('list.clearSearch')}
            onClick={() => {
              change('');
              input.current?.focus();
            }}
          />
        )
      }
    />
  );
}
