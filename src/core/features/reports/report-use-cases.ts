import { ok } from '../../../shared/domain/result';
import { readBusiness } from '../../businesses/business-repository';
import type { UseCases } from '../../context';
import { readActivity } from './activity';
import { readDashboard } from './dashboard';
import { searchEverything } from './search-everything';
import { readStanding } from './standing';

/** What reads across the features. */
export const reportUseCases: UseCases<
  'reports.dashboard' | 'activity.ofRecord' | 'records.standing' | 'search.everything'
> = {
  'reports.dashboard': (context) =>
    ok(
      context.replica.read((scope) =>
        readDashboard(scope, context.today(), readBusiness(scope).currency),
      ),
    ),

  'activity.ofRecord': (context, input) =>
    ok(context.replica.read((scope) => readActivity(scope, input))),

  'records.standing': (context, input) =>
    ok({ uids: context.replica.read((scope) => readStanding(scope, input)) }),

  'search.everything': (context, { text }) =>
    ok(context.replica.read((scope) => searchEverything(scope, text))),
};
