import { useSearchParams } from 'react-router';

interface EditedRecord {
  /** Its uid, or whatever else the page calls it; null: no dialog is open. */
  readonly edited: string | null;
  readonly edit: (uid: string) => void;
  readonly close: () => void;
}

/**
 * The record whose dialog is open over a list. The address names it (`edit`), so that other pages
 * can lead there; going back leaves the list, not the dialog alone.
 */
export function useEditedRecord(): EditedRecord {
  const [params, setParams] = useSearchParams();
  return {
    edited: params.get('edit'),
    edit: (uid) => setParams({ edit: uid }, { replace: true }),
    close: () => setParams({}, { replace: true }),
  };
}
