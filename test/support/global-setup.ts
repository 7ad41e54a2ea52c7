import { beginTestRun } from '../../libs/testing/src/run/lifecycle';

export default beginTestRun;
