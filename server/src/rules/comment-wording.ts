/** A comment that tells its own history, or says a word twice. */
import { defineRule } from './rule.js';

export const commentWording = defineRule({
  id: 'comment-wording',
  classes: ['comment-doc-mismatch'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A comment tells where the code came from or what it was before, or has a slip of the pen.',
  why: 'A comment explains the code that is there. Where it was copied from and what this patch changes is for the commit message, which git keeps.',
  remedy: 'Say what holds now, and put the history into the commit message.',
  source:
    'Documentation/process/coding-style.rst, "Commenting" (6.12); review of "iommu: Prepare IOMMU domain for IOPF", 19 May 2022',
  bad: [
    {
      title: 'history',
      form: 'patch',
      code: `
+/*
+ * Copied from toy-core.c with a lock added
+ * ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ comment-wording: commit message
+ */
+int toy_get(struct toy *toy)
+{
+	return toy->users;
+}`,
    },
    {
      title: 'a word twice',
      form: 'patch',
      code: `
+/* Returns the the number of users. */
+// ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ comment-wording: the the
+int toy_get(struct toy *toy)
+{
+	return toy->users;
+}`,
    },
  ],
  good: [
    {
      title: 'what holds now',
      form: 'patch',
      code: `
+/* Returns the number of users; the caller holds the lock. */
+int toy_get(struct toy *toy)
+{
+	return toy->users;
+}`,
    },
  ],
  *check({ facts, isFresh }) {
    for (const { lines, owner } of facts.comments) {
      for (const { text, spot } of lines) {
        if (text === '' || !isFresh(spot)) continue;
        const message = slipIn(text);
        if (message) yield { at: spot, function: owner, message };
      }
    }
  },
});

const HISTORY =
  /\b(?:copied|borrowed|stolen|adapted) from (?!user)\S|\b(?:this|the previous|an earlier) (?:patch|commit)\b|\b(?:was|were) (?:renamed|moved) (?:from|to)\b|\bbefore this change\b/i;

const TWICE = /\b(the|is|of|to|and|in|for|a|if|be|with|are|this|will|not|it|we|from|by) \1\b/i;

/** Slips that codespell finds most often in the tree. */
const SLIPS: ReadonlyMap<string, string> = new Map([
  ...pairs('accross across', 'adress address', 'allready already', 'alredy already', 'aquire acquire'),
  ...pairs('availible available', 'avaliable available', 'becuase because', 'capabilites capabilities'),
  ...pairs('catagory category', 'compatability compatibility', 'compatiblity compatibility'),
  ...pairs('corresponing corresponding', 'correspoding corresponding', 'defintion definition'),
  ...pairs('dependant dependent', 'desciptor descriptor', 'dirver driver', 'disbale disable'),
  ...pairs('enviroment environment', 'exisiting existing', 'existance existence', 'explicitely explicitly'),
  ...pairs('garantee guarantee', 'hander handler', 'identifer identifier', 'immediatly immediately'),
  ...pairs('implemenation implementation', 'implmentation implementation', 'incompatable incompatible'),
  ...pairs(
    'indentifier identifier',
    'infomation information',
    'initalize initialize',
    'initalise initialise',
  ),
  ...pairs('intermidiate intermediate', 'invaild invalid', 'invaldate invalidate', 'isochornous isochronous'),
  ...pairs('lenght length', 'maintainance maintenance', 'managment management', 'maping mapping'),
  ...pairs('mechansim mechanism', 'neccessary necessary', 'necesary necessary', 'occured occurred'),
  ...pairs('occurence occurrence', 'ommited omitted', 'overriden overridden', 'paramater parameter'),
  ...pairs('paramter parameter', 'peform perform', 'permision permission', 'preceeding preceding'),
  ...pairs('priviledge privilege', 'proccess process', 'recieve receive', 'refered referred'),
  ...pairs('refernce reference', 'registred registered', 'relevent relevant', 'reponse response'),
  ...pairs(
    'requried required',
    'retreive retrieve',
    'seperate separate',
    'shoud should',
    'specifed specified',
  ),
  ...pairs('succesful successful', 'successfull successful', 'suported supported', 'supress suppress'),
  ...pairs('synchonize synchronize', 'teh the', 'transation translation', 'tranlation translation'),
  ...pairs('uncessary unnecessary', 'unneccessary unnecessary', 'untill until', 'useable usable'),
  ...pairs('virutal virtual', 'wich which', 'wheter whether', 'whith with'),
]);

function pairs(...list: readonly string[]): [string, string][] {
  return list.map((each) => {
    const [slip = '', word = ''] = each.split(' ');
    return [slip, word];
  });
}

function slipIn(text: string): string | null {
  const twice = TWICE.exec(text)?.[0];
  if (twice) return `"${twice}": once is enough.`;
  for (const [word] of text.matchAll(/[A-Za-z]+/g)) {
    const right = SLIPS.get(word.toLowerCase());
    if (right) return `s/${word}/${right}/`;
  }
  return HISTORY.test(text) ? 'History is for the commit message; let the comment say what holds now.' : null;
}
