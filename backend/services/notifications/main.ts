import { runService } from '../../kit/run-service';
import { notificationsService } from './service';

await runService(notificationsService);
