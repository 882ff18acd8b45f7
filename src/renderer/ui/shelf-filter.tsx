import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export type Shelf = 'active' | 'archived';

interface ShelfFilterProps {
  readonly value: Shelf;
  readonly onChange: (shelf: Shelf) => void;
}

/** Which records a list shows: those in use, or those put away. */
export function ShelfFilter({ value, onChange }: ShelfFilterProps) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      aria-label={t('list.shelf')}
      value={value}
      data={[
        { value: 'active', label: t('list.active') },
        { value: 'archived', label: t('list.archived') },
      ]}
      onChange={(shelf) => onChange(shelf === 'archived' ? 'archived' : 'active')}
    />
  );
}
