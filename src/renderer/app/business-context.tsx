import type { ReactNode } from 'react';
import { createContext, useContext } from 'react';

import type { Business } from '../../shared/domain/business';
import { FormatsProvider } from '../ui/formats-context';
import { useApiQuery } from './api';

const BusinessContext = createContext<Business | null>(null);

/** Reads the current business once for all screens, and its formats with it. */
export function BusinessProvider({ children }: { readonly children: ReactNode }) {
  const { data: business } = useApiQuery('businesses.get', {});
  if (!business) return null;
  return (
    <BusinessContext value={business}>
      <FormatsProvider locale={business.formats} homeCurrency={business.currency}>
        {children}
      </FormatsProvider>
    </BusinessContext>
  );
}

/** The current business. Only for screens inside the frame, where there always is one. */
export function useBusiness(): Business {
  const business = useContext(BusinessContext);
  if (!business) throw new Error('no business here');
  return business;
}
