import { useApiQuery } from '../../app/api';
import { useBusiness } from '../../app/business-context';

/** Whether the open business belongs to an account, so that the cloud can e-mail its documents. */
export function useHasAccount(): boolean {
  const business = useBusiness();
  const { data: account } = useApiQuery('account.state', {});
  return account?.bound.includes(business.uid) ?? false;
}
