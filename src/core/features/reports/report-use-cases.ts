import { ok } from '../../../shared/domain/result';
import { readBusiness } from '../../businesses/business-repository';
import type { UseCases } from '../../context';
import { readActivity } from './activity';
import { readDashboard } from './dashboard';
import { searchEverything } from './search-everything';

/** What reads across the features. */
export const reportUseCases: UseCases<
  'reports.dashboard' | 'activity.ofRecord' | 'search.everything'
> = {
  'reports.dashboard': (context) =>
    ok(
      context.replica.read((scope) =>
        readDashboard(scope, context.today(), readBusiness(scope).currency),
      ),
    ),

  'activity.ofRecord': (context, input) =>
    ok(context.replica.read((scope) => readActivity(scope, input))),

  'search.everything': (context, { text }) =>
    ok(context.replica.read((scope) => searchEverything(scope, text))),
};
