import { useCallback, useState } from 'react';

import { bridge } from '../../app/bridge';
import { useApiQuery } from '../../app/api';

const KEY = 'invoice preview';
const ROOM_FOR_BOTH = 1_050;

export interface PreviewShown {
  readonly isShown: boolean;
  readonly toggle: () => void;
}

/** Whether the preview stands beside the form: as it was left, at first where there is room. */
export function usePreviewShown(): PreviewShown {
  const { data } = useApiQuery('screen.load', { key: KEY });
  const [chosen, setChosen] = useState<boolean | null>(null);
  const hasRoom = window.innerWidth > ROOM_FOR_BOTH;
  const isShown = chosen ?? (hasRoom && data !== undefined && data.value !== 'hidden');
  const toggle = useCallback(() => {
    setChosen(!isShown);
    void bridge.call('screen.save', { key: KEY, value: isShown ? 'hidden' : 'shown' });
  }, [isShown]);
  return { isShown, toggle };
}
