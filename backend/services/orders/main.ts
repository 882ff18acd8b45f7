import { runService } from '../../kit/run-service';
import { ordersService } from './service';

await runService(ordersService);
