import { create } from 'zustand';

/** What a list remembers while the person is elsewhere: what is shown, where, and what is chosen. */
export interface ListState<Filters, Row> {
  readonly search: string;
  readonly filters: Filters;
  readonly sort: { readonly by: string; readonly direction: 'asc' | 'desc' };
  /** Chosen rows by uid, with what they showed when they were chosen (sums, names). */
  readonly selected: ReadonlyMap<string, Row>;
  /** Key of the row the keyboard is on, null before the first key. */
  readonly active: string | null;
  readonly scrollTop: number;
}

type AnyListState = ListState<unknown, unknown>;

interface ListStates {
  readonly lists: Readonly<Record<string, AnyListState>>;
  readonly change: (id: string, initial: AnyListState, patch: Partial<AnyListState>) => void;
  readonly forgetAll: () => void;
}

const useListStates = create<ListStates>((set) => ({
  lists: {},
  change: (id, initial, patch) =>
    set((state) => ({
      lists: { ...state.lists, [id]: { ...(state.lists[id] ?? initial), ...patch } },
    })),
  forgetAll: () => set({ lists: {} }),
}));

export interface ListHandle<Filters, Row> extends ListState<Filters, Row> {
  /** Filters, search and sort change what is shown: the list starts at its top again. */
  readonly show: (
    patch: Partial<Pick<ListState<Filters, Row>, 'search' | 'filters' | 'sort'>>,
  ) => void;
  readonly move: (patch: Partial<Pick<ListState<Filters, Row>, 'active' | 'scrollTop'>>) => void;
  readonly select: (selected: ReadonlyMap<string, Row>) => void;
}

const NONE: ReadonlyMap<string, never> = new Map<string, never>();

/**
 * The state of one list by its id, kept while other screens are open. `initial` is what it starts
 * with, and what `Clear` goes back to; it must be a constant.
 */
export function useListState<Filters, Row>(
  id: string,
  initial: Pick<ListState<Filters, Row>, 'filters' | 'sort'>,
): ListHandle<Filters, Row> {
  const start: AnyListState = {
    search: '',
    selected: NONE,
    active: null,
    scrollTop: 0,
    ...initial,
  };
  // The store holds lists of all kinds; an id belongs to one kind of row, which the caller names.
  const state = useListStates((states) => states.lists[id] ?? null) as ListState<
    Filters,
    Row
  > | null;
  const change = useListStates((states) => states.change);
  const current = state ?? (start as ListState<Filters, Row>);
  return {
    ...current,
    show: (patch) => change(id, start, { ...patch, active: null, scrollTop: 0 }),
    move: (patch) => change(id, start, patch),
    select: (selected) => change(id, start, { selected }),
  };
}

/** Opens a list with given filters from elsewhere (a figure of the dashboard). */
export function presetList<Filters>(
  id: string,
  initial: Pick<ListState<Filters, unknown>, 'filters' | 'sort'>,
  patch: Partial<Pick<ListState<Filters, unknown>, 'search' | 'filters' | 'sort'>>,
): void {
  const start: AnyListState = {
    search: '',
    selected: NONE,
    active: null,
    scrollTop: 0,
    ...initial,
  };
  useListStates.getState().change(id, start, { ...start, ...patch });
}

/** Another business has other lists. */
export function forgetLists(): void {
  useListStates.getState().forgetAll();
}
