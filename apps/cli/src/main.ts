import 'reflect-metadata';
import { CommandFactory } from 'nest-commander';
import { CliModule } from './cli.module';
import { EXIT, failureText } from './output';

/** Commander tells wrong usage by itself, and asks for help with an error of exit code 0. */
function endWith(error: Error): void {
  const isCommanders = 'code' in error && typeof error.code === 'string' && error.code.startsWith('commander.');
  if (!isCommanders) process.stderr.write(`${failureText(error)}\n`);
  const exitCode = 'exitCode' in error && typeof error.exitCode === 'number' ? error.exitCode : EXIT.failed;
  process.exit(exitCode);
}

CommandFactory.run(CliModule, {
  cliName: 'npm run cli --',
  logger: false,
  errorHandler: endWith,
  serviceErrorHandler: endWith,
}).catch(endWith);
