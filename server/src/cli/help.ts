/** What `--help` prints. */
import { TOOL } from '../findings/index.js';
import type { CommandName } from './arguments.js';

const OVERVIEW = `iommu-review ${TOOL.version}: reviews Linux IOMMU patches and C before anybody compiles them

Usage:
  iommu-review check INPUT...     say what is wrong, on the line, and what to do instead
  iommu-review simulate INPUT     run its functions on a simulated kernel, and show what breaks
  iommu-review simulate --design all   hold four designs of SVA against each other, run
  iommu-review reply PATCH        write the review as a mail that answers the patch
  iommu-review rules              list what is looked for
  iommu-review explain RULE       why a rule objects, with an example of both kinds
  iommu-review --version
  iommu-review COMMAND --help

Nothing is sent anywhere, and no configured kernel tree and no compiler is needed.
Exit status: 0 nothing to object to, 1 a warning or an error, 2 unusable arguments or input.
`;

const CHECK = `Usage: iommu-review check [OPTION]... INPUT...

INPUT is one of
  a patch mail, an mbox, a maildir, a directory of patches (a series), a plain diff
  a C file, a directory of C files
  a git range (base..head), run in the kernel tree
  -                        standard input
Any file may be compressed with gzip.

Options:
  --tree DIR               the kernel tree around the code; when not given, the directory above
                           INPUT that has include/linux/iommu.h. Without a tree less is said.
  --as PATH                where in the tree a lone C file stands, as drivers/iommu/iommu.c
  --scope changed|all      only what the patch introduces (for patches unless said otherwise),
                           or everything it shows (for C)
  --format FORMAT          text (unless said otherwise), json, sarif, or github (annotations)
  --min-severity SEVERITY  show only what is at least: error, warning, info, hint
  --severity RULE=SEVERITY another severity for one rule, or off; may be repeated
  --project FILE           what the project says of its code; when not given, .iommu-review.json
                           of the working directory or of the kernel tree
  --baseline FILE          leave out what FILE knows
  --write-baseline FILE    write all that is found to FILE, for --baseline
  --against OLD            compare with an earlier version of the same series, an INPUT of its own:
                           which findings are new, which are still there, and which are gone;
                           may be repeated. Findings are told by what they say and where, not by
                           their line numbers.

A comment in the code allows a finding: /* iommu-review: allow RULE -- reason */ on its line, above
it, or above the function for all of it.

Exit status: 2 when arguments or an INPUT cannot be used (the others are reviewed all the same),
otherwise 1 when there is an error or a warning that the baseline does not know, whether shown
or not, otherwise 0.
`;

const SIMULATE = `Usage: iommu-review simulate [OPTION]... INPUT
       iommu-review simulate --scenario ID [--tape TAPE] [OPTION]... INPUT
       iommu-review simulate --design NAME [--scenario ID [--tape TAPE]] [--format FORMAT]
       iommu-review simulate --design NAME [--scenario ID] --source

Runs every function that INPUT shows whole, each alone: from any input, with every call that can
fail failing in turn. Says of each what broke and how far was looked, and shows the run that broke
it step by step. Then, where INPUT has a function that takes a device and an mm and gives a handle
or a domain, and one that takes that back, plays them on a simulated IOMMU: devices are bound and
unbound, processes come and go, memory runs out. Each attach_dev and set_dev_pasid of a driver that
INPUT shows whole is played for devices behind two instances of its hardware.
INPUT is one of those that check takes.

Options:
  --tree DIR               the kernel tree around the code, as for check
  --as PATH                where in the tree a lone C file stands
  --project FILE           what the project says of its code, as for check
  --function NAME          only functions of this name; may be repeated
  --scenario ID            no function alone, and of the scenarios only this one, as
                           bind-last-put/unbind, or all of a row, as bind-last-put; each that
                           breaks a rule is shown step by step; two-instances for operations
                           of drivers, of all that INPUT has or of those that --function names,
                           or one programme of it, as two-instances/move. With a plus sign, the
                           scenario in another world: bind-bind+failures+two-iommus. There are
                           failures (calls may fail), device, iommu, foreign-iommu, process (one
                           more each), two-iommus, one-group, shared and no-drain
  --tape TAPE              only this run of the function or the scenario, broken rule or not; a
                           trace gives its tape. Refused when it was recorded on other code.
  --format FORMAT          text (unless said otherwise), json, markdown, or svg: a picture of the
                           first run that breaks a rule, or of the one that was asked for

Exit status: 2 when arguments or INPUT cannot be used, otherwise 1 when a rule broke for certain,
on no assumption but those shown, otherwise 0.

With --design no INPUT is read: designs of shared virtual addressing that come with this tool are
run, with devices, drivers and processes around them. Each scenario makes a cell, which says
whether a rule broke, which, where, and how far was looked. All cells of a design take a minute.
  --design NAME            rfc-v2      one domain per PASID number, as proposed in March 2022
                           enclosing   an object of the mm around its domains, as reviewers asked
                           per-group   one domain per group and PASID, as in Linux 6.2 to 6.7
                           list-per-mm a list of domains per mm, as in Linux 6.8 and later
                           all         all four, one after the other
  --scenario ID            only this row, as two-devices-two-iommus, or this scenario of a row, as
                           two-devices-two-iommus/strict, or that in another world, as above;
                           what breaks is then shown step by step
  --tape TAPE              only this run of the scenario, whole, broken rule or not
  --source                 print the C of the design, or with --scenario that of the scenario
  --format FORMAT          as above; svg draws the first run that breaks a rule

Exit status with --design: 0 whatever the cells say, as the designs are nobody's patch; 2 when
arguments cannot be used.
`;

const REPLY = `Usage: iommu-review reply [OPTION]... PATCH...

Writes on standard output the mail that answers each patch mail of PATCH, with what check says of
it under the lines that it is about. Nothing is sent: read it, change it, and give it to a mail
program or to git send-email. Answers to several mails make a mailbox.

Options:
  --tree DIR               the kernel tree around the code, as for check
  --from 'Name <mail>'     who answers; left out of the recipients
  --comments FILE          say what FILE says instead: JSON, a list of
                             {"text": "...", "file": "drivers/iommu/iommu.c", "line": 12}
                           with "side": "old" for a line before the patch and "message" for the
                           Message-ID of one patch of several; or of
                             {"text": "...", "source": {"line": 198}}
                           for a line of PATCH as it stands; without a place, of the whole mail
  --min-severity SEVERITY  say what is at least: error, warning, info (unless said otherwise), hint

Exit status: 2 when arguments, FILE or a PATCH cannot be used (the others are answered all the
same), otherwise 1 when there is something to say, otherwise 0, and nothing is written.
`;

const RULES = `Usage: iommu-review rules [--format text|json]

Lists the rules with their severity and what each objects to.
`;

const EXPLAIN = `Usage: iommu-review explain RULE [--format text|json]

Says why RULE objects, what to do instead, where the kernel says so, and shows C of both kinds.
`;

const TOPICS: Readonly<Record<CommandName, string>> = {
  check: CHECK,
  simulate: SIMULATE,
  reply: REPLY,
  rules: RULES,
  explain: EXPLAIN,
};

/** Null: all commands in short. */
export function helpText(topic: CommandName | null): string {
  return topic === null ? OVERVIEW : TOPICS[topic];
}
