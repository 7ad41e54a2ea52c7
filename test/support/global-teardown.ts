import { endTestRun } from '../../libs/testing/src/run/lifecycle';

export default endTestRun;
