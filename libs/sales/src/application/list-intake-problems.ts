import type { ListIntakeProblemsQuery, ListIntakeProblemsResult } from './commands';

export abstract class ListIntakeProblems {
  abstract execute(command: ListIntakeProblemsQuery): Promise<ListIntakeProblemsResult>;
}
