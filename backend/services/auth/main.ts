import { runService } from '../../kit/run-service';
import { authService } from './service';

await runService(authService);
