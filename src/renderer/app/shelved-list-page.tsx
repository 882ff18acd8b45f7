import { Button } from '@mantine/core';
import { IconArchive, IconArchiveOff, IconFileImport, IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import type { Action } from '../ui/action';
import { DataTable } from '../ui/data-table';
import type { CurrencySum, DataColumn, PagedRows } from '../ui/data-table-types';
import { EmptyState, NoMatch } from '../ui/empty-state';
import type { ListHandle } from '../ui/list-state';
import { PageHeader } from '../ui/page-header';
import { SearchBox } from '../ui/search-box';
import { SelectionBar } from '../ui/selection-bar';
import type { Shelf } from '../ui/shelf-filter';
import { ShelfFilter } from '../ui/shelf-filter';

export interface ShelfFilters {
  readonly shelf: Shelf;
}

/** What such a list starts with, and what "Clear" goes back to. */
export const SHELVED_LIST_START = {
  filters: { shelf: 'active' } as ShelfFilters,
  sort: { by: 'name', direction: 'asc' },
} as const;

interface ShelvedRow {
  readonly uid: string;
  readonly name: string;
}

interface ShelvedListPageProps<Row extends ShelvedRow> {
  /** Where the records live and are imported: `clients`. */
  readonly place: string;
  readonly words: {
    readonly title: string;
    readonly search: string;
    readonly create: string;
    readonly empty: string;
    readonly importInto: string;
  };
  readonly list: ListHandle<ShelfFilters, Row>;
  readonly columns: readonly DataColumn<Row>[];
  readonly page: PagedRows<Row>;
  readonly count: number | null;
  readonly footerLabel: ReactNode;
  /** What the selected rows come to, by currency. */
  readonly sumsOf: (rows: readonly Row[]) => readonly CurrencySum[];
  readonly actions: {
    readonly archive: (rows: readonly Row[]) => Promise<void>;
    readonly unarchive: (rows: readonly Row[]) => Promise<void>;
    readonly menu: (row: Row) => readonly Action[];
  };
}

/** The list of records that are found by name and can be archived. */
export function ShelvedListPage<Row extends ShelvedRow>(props: ShelvedListPageProps<Row>) {
  const { place, words, list, page, actions } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const open = (row: Row): void => void navigate(`/${place}/${row.uid}`);
  const goImport = (): void => void navigate(`/import/${place}`);
  const search = list.search.trim();
  const isActive = list.filters.shelf === 'active';
  const selected = [...list.selected.values()];
  const selectNone = (): void => list.select(new Map());
  const shelving: Action = isActive
    ? {
        id: 'archive',
        label: t('action.archive'),
        icon: <IconArchive size={15} stroke={1.7} />,
        onRun: () => void actions.archive(selected).then(selectNone),
      }
    : {
        id: 'unarchive',
        label: t('action.unarchive'),
        icon: <IconArchiveOff size={15} stroke={1.7} />,
        onRun: () => void actions.unarchive(selected).then(selectNone),
      };

  return (
    <>
      <PageHeader
        title={words.title}
        tools={
          <>
            <SearchBox
              label={words.search}
              value={list.search}
              onChange={(text) => list.show({ search: text })}
            />
            <ShelfFilter
              value={list.filters.shelf}
              onChange={(shelf) => {
                list.show({ filters: { shelf } });
                selectNone();
              }}
            />
          </>
        }
        menu={[
          {
            id: 'import',
            label: t('imports.import'),
            icon: <IconFileImport size={15} stroke={1.7} />,
            onRun: goImport,
          },
        ]}
        primary={
          <Button
            leftSection={<IconPlus size={15} stroke={2} />}
            onClick={() => void navigate(`/${place}/new`)}
          >
            {words.create}
          </Button>
        }
      />
      <DataTable
        label={words.title}
        columns={props.columns}
        page={page}
        rowKey={(row) => row.uid}
        rowName={(row) => row.name}
        list={list}
        count={props.count}
        onOpen={open}
        rowActions={(row) => [
          { id: 'open', label: t('action.open'), shortcut: 'Enter', onRun: () => open(row) },
          ...actions.menu(row),
        ]}
        footerLabel={props.footerLabel}
        selectionBar={
          <SelectionBar
            count={selected.length}
            sums={props.sumsOf(selected)}
            actions={[shelving]}
            onClear={selectNone}
          />
        }
        whenEmpty={
          search !== '' || !isActive ? (
            <NoMatch
              filters={[
                ...(search === '' ? [] : [t('list.searchFilter', { text: search })]),
                ...(isActive ? [] : [t('list.archivedFilter')]),
              ]}
              onClear={() => list.show({ search: '', filters: SHELVED_LIST_START.filters })}
            />
          ) : (
            <EmptyState
              text={words.empty}
              action={
                <Button variant="default" onClick={goImport}>
                  {words.importInto}
                </Button>
              }
            />
          )
        }
      />
    </>
  );
}
