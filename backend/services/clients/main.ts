import { runService } from '../../kit/run-service';
import { clientsService } from './service';

await runService(clientsService);
