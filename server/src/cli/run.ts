/**
 * One run of the command line, from words to exit status. Each command is in
 * a file of its own and loaded only when asked for; the process itself is
 * seen through `Io` alone.
 */
import { TOOL } from '../findings/index.js';
import { type Command, parseCommandLine } from './arguments.js';
import { type Dependencies, FINE, type Io, UNUSABLE } from './io.js';
import { parserMissing } from './parser-missing.js';
import { UsageError } from './usage-error.js';

/** The exit status. Throws only for faults of this program itself. */
export async function run(argv: readonly string[], io: Io, dependencies: Dependencies): Promise<number> {
  try {
    return await carryOut(parseCommandLine(argv), io, dependencies);
  } catch (error) {
    const told = error instanceof UsageError ? error : parserMissing(error);
    if (!told) throw error;
    io.complain(`${TOOL.name}: ${told.message}`);
    io.complain(told.help);
    return UNUSABLE;
  }
}

async function carryOut(command: Command, io: Io, dependencies: Dependencies): Promise<number> {
  switch (command.name) {
    case 'version':
      await io.write(`${TOOL.name} ${TOOL.version}\n`);
      return FINE;
    case 'help': {
      const { helpText } = await import('./help.js');
      await io.write(helpText(command.topic));
      return FINE;
    }
    case 'rules': {
      const { listRules } = await import('./rules.js');
      return listRules(command, io, dependencies);
    }
    case 'explain': {
      const { explain } = await import('./explain.js');
      return explain(command, io, dependencies);
    }
    case 'simulate': {
      const { simulate } = await import('./simulate.js');
      return simulate(command, io, dependencies);
    }
    case 'reply': {
      const { reply } = await import('./reply.js');
      return reply(command, io, dependencies);
    }
    case 'design': {
      const { runDesign } = await import('./design.js');
      return runDesign(command, io, dependencies);
    }
    case 'check': {
      const { check } = await import('./check.js');
      return check(command, io, dependencies);
    }
  }
}
