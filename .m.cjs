var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target2) => (target2 = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target2, "default", { value: mod, enumerable: true }) : target2,
  mod
));

// server/src/base/never.ts
var BrokenInvariant = class extends Error {
  name = "BrokenInvariant";
};
function never(why) {
  throw new BrokenInvariant(why);
}

// server/src/base/text.ts
function contains(outer, inner2) {
  return outer.start <= inner2.start && inner2.end <= outer.end;
}

// server/src/syntax/configuration.ts
var DEFAULT_CONFIGURATION = /* @__PURE__ */ new Map([
  // Address spaces of processes are shared with devices on arm64 first; x86 adds its own way (ENQCMD) on top.
  ["CONFIG_X86", false],
  // Without it the code under review is stubs that return -ENODEV.
  ["CONFIG_IOMMU_SVA", true],
  // PASIDs and page requests are PCI's, and nearly all drivers that use them are built with it.
  ["CONFIG_PCI", true],
  // What is reviewed is the kernel, not what a program sees of its headers. MODULE is left open: the same file is both.
  ["__KERNEL__", true]
]);
function holds({ name: name2, condition }, configuration) {
  if (name2 === "else") return true;
  if (name2 === "if" || name2 === "elif") return evaluateCondition(condition, configuration);
  const [word] = tokens(condition);
  const isDefined = word && IS_WORD.test(word) ? option(word, configuration).truth : null;
  return name2.endsWith("ndef") ? not(isDefined) : isDefined;
}
function evaluateCondition(condition, configuration) {
  return new Evaluation(tokens(condition), configuration).run();
}
var IS_WORD = /^[A-Za-z_]/;
var ASKS = /* @__PURE__ */ new Map([
  ["defined", (on) => on],
  ["IS_ENABLED", (on) => on],
  ["IS_BUILTIN", (on) => on],
  ["IS_REACHABLE", (on) => on],
  ["IS_MODULE", (on) => on === null ? null : false]
]);
var LONGEST = 4e3;
var DEEPEST = 100;
function tokens(condition) {
  if (condition.length > LONGEST) return ["?"];
  const words = condition.replace(/\\\r?\n/g, " ").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, " ").match(/[A-Za-z_]\w*|\d\w*|&&|\|\||[=!<>]=|<<|>>|\S/g);
  return words ?? [];
}
var UNKNOWN = { truth: null, number: null };
var ofTruth = (truth2) => ({ truth: truth2, number: truth2 === null ? null : Number(truth2) });
var ofNumber = (number) => ({ truth: number !== 0, number });
var not = (truth2) => truth2 === null ? null : !truth2;
function option(name2, configuration) {
  const known2 = configuration.get(name2);
  if (known2 !== void 0) return known2 ? { truth: true, number: null } : ofNumber(0);
  const isModuleOfKnown = name2.endsWith("_MODULE") && configuration.has(name2.slice(0, -"_MODULE".length));
  return isModuleOfKnown ? ofNumber(0) : UNKNOWN;
}
function both(left, right) {
  if (left.truth === false || right.truth === false) return ofTruth(false);
  return left.truth && right.truth ? ofTruth(true) : UNKNOWN;
}
function either(left, right) {
  if (left.truth || right.truth) return ofTruth(true);
  return left.truth === false && right.truth === false ? ofTruth(false) : UNKNOWN;
}
var COMPARE = {
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  "<": (a, b) => a < b,
  ">": (a, b) => a > b,
  "<=": (a, b) => a <= b,
  ">=": (a, b) => a >= b
};
function compare(operator, left, right) {
  if (left.number === null || right.number === null) return UNKNOWN;
  return ofTruth(COMPARE[operator](left.number, right.number));
}
var Evaluation = class {
  constructor(words, configuration) {
    this.words = words;
    this.configuration = configuration;
  }
  words;
  configuration;
  at = 0;
  depth = 0;
  run() {
    const { truth: truth2 } = this.any();
    return this.at === this.words.length ? truth2 : null;
  }
  next(word) {
    if (this.words[this.at] !== word) return false;
    this.at++;
    return true;
  }
  any() {
    let left = this.all();
    while (this.next("||")) left = either(left, this.all());
    return left;
  }
  all() {
    let left = this.equal();
    while (this.next("&&")) left = both(left, this.equal());
    return left;
  }
  equal() {
    let left = this.ordered();
    for (let word = this.words[this.at]; word === "==" || word === "!="; word = this.words[this.at]) {
      this.at++;
      left = compare(word, left, this.ordered());
    }
    return left;
  }
  ordered() {
    let left = this.unary();
    for (let word = this.words[this.at]; word && /^[<>]=?$/.test(word); word = this.words[this.at]) {
      this.at++;
      left = compare(word, left, this.unary());
    }
    return left;
  }
  unary() {
    let negations = 0;
    while (this.next("!")) negations++;
    const value = this.primary();
    if (negations === 0) return value;
    return ofTruth(negations % 2 === 0 ? value.truth : not(value.truth));
  }
  primary() {
    const word = this.words[this.at] ?? "";
    if (this.next("(")) return this.inner();
    if (/^\d/.test(word)) {
      this.at++;
      return integer(word);
    }
    if (!IS_WORD.test(word)) return UNKNOWN;
    this.at++;
    const ask = ASKS.get(word);
    if (ask) return this.asked(word, ask);
    if (this.words[this.at] !== "(") return option(word, this.configuration);
    this.skipArguments();
    return UNKNOWN;
  }
  inner() {
    if (this.depth >= DEEPEST) return UNKNOWN;
    this.depth++;
    const value = this.any();
    this.depth--;
    return this.next(")") ? value : UNKNOWN;
  }
  /** `defined X`, `defined(X)`, `IS_ENABLED(X)`. */
  asked(word, ask) {
    const from = this.at;
    const isInParentheses = this.next("(");
    const name2 = this.words[this.at] ?? "";
    if (IS_WORD.test(name2) && (isInParentheses || word === "defined")) {
      this.at++;
      if (!isInParentheses || this.next(")")) return ofTruth(ask(option(name2, this.configuration).truth));
    }
    this.at = from;
    if (isInParentheses) this.skipArguments();
    return UNKNOWN;
  }
  skipArguments() {
    let open2 = 0;
    do {
      const word = this.words[this.at++];
      if (word === "(") open2++;
      else if (word === ")") open2--;
    } while (open2 > 0 && this.at < this.words.length);
  }
};
function integer(word) {
  const [, hexadecimal, octal, decimal] = /^(?:0x([\da-f]+)|(0[0-7]*)|([1-9]\d*))(?:u|l)*$/i.exec(word) ?? [];
  if (hexadecimal) return ofNumber(Number.parseInt(hexadecimal, 16));
  if (octal) return ofNumber(Number.parseInt(octal, 8));
  return decimal ? ofNumber(Number(decimal)) : UNKNOWN;
}

// server/src/syntax/lexing.ts
function isWordCode(code) {
  return code >= 97 && code <= 122 || code >= 65 && code <= 90 || code === 95 || code >= 48 && code <= 57;
}
function wordEnd(text, at) {
  let end = at;
  while (end < text.length && isWordCode(text.charCodeAt(end))) end++;
  return end;
}
function skipLiteral(text, at) {
  const char = text[at];
  if (char === "/") {
    if (text[at + 1] === "*") {
      const end = text.indexOf("*/", at + 2);
      return end < 0 ? text.length : end + 2;
    }
    if (text[at + 1] === "/") {
      const end = text.indexOf("\n", at);
      return end < 0 ? text.length : end;
    }
    return at;
  }
  if (char !== '"' && char !== "'") return at;
  for (let end = at + 1; end < text.length; end++) {
    const now = text[end];
    if (now === "\\") end++;
    else if (now === char) return end + 1;
    else if (now === "\n") return end;
  }
  return text.length;
}
function skipBlank(text, at) {
  let now = at;
  for (; ; ) {
    const code = text.charCodeAt(now);
    if (code === 32 || code === 9 || code === 10 || code === 13) now++;
    else if (code === 47 && (text[now + 1] === "*" || text[now + 1] === "/")) now = skipLiteral(text, now);
    else return now;
  }
}
var Pairs = class {
  constructor(text) {
    this.text = text;
  }
  text;
  closings = null;
  /** Offset of the `)` that closes the `(` at `open`, or -1; a brace that closes what `open` lies in ends the search. */
  closing(open2) {
    this.closings ??= pairsOf(this.text);
    return this.closings.get(open2) ?? -1;
  }
};
function pairsOf(text) {
  const closings = /* @__PURE__ */ new Map();
  const open2 = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 40) open2.push(at);
    else if (code === 123) open2.push(-1);
    else if (code === 41) closeParen(open2, at, closings);
    else if (code === 125) while ((open2.pop() ?? -1) >= 0) ;
    else if (code === 47 || code === 34 || code === 39) at = Math.max(at, skipLiteral(text, at) - 1);
  }
  return closings;
}
function closeParen(open2, at, closings) {
  const last = open2.findLastIndex((each2) => each2 >= 0);
  if (last < 0) return;
  closings.set(open2[last], at);
  open2.length = last;
}
function splitArguments(text, open2, close) {
  const spans = [];
  let depth = 0;
  let from = open2 + 1;
  const add2 = (end) => {
    const start3 = Math.min(skipBlank(text, from), end);
    let stop = end;
    while (stop > start3 && /\s/.test(text[stop - 1])) stop--;
    spans.push({ start: start3, end: stop });
  };
  for (let at = open2 + 1; at < close; ) {
    const past = skipLiteral(text, at);
    if (past > at) {
      at = past;
      continue;
    }
    const char = text[at];
    if (char === "(" || char === "[" || char === "{") depth++;
    else if (char === ")" || char === "]" || char === "}") depth--;
    else if (char === "," && depth === 0) {
      add2(at);
      from = at + 1;
    }
    at++;
  }
  add2(close);
  return spans;
}
function skipDirective(text, at) {
  let end = at;
  for (; ; ) {
    const isQuote = text[end] === '"';
    if (isQuote || text[end] === "/" && text[end + 1] === "*") {
      end = skipLiteral(text, end);
      continue;
    }
    if (end >= text.length || text[end] === "\n") {
      const before = text[end - 1] === "\r" ? end - 2 : end - 1;
      if (end >= text.length || text[before] !== "\\") return end;
    }
    end++;
  }
}

// server/src/syntax/conditionals.ts
var DEEPEST2 = 63;
var Conditionals = class {
  constructor(text, sheet, configuration) {
    this.text = text;
    this.sheet = sheet;
    this.configuration = configuration;
  }
  text;
  sheet;
  configuration;
  open = [];
  /** Takes the directive `#name condition` at `start` to `end`; returns where reading goes on. */
  directive(name2, condition, start3, end, around) {
    if (name2.startsWith("if")) return this.begin(name2, condition, end, around);
    const top = this.open.at(-1);
    if (!top) return end;
    if (!top.isShown) this.drop(top, start3);
    else if (around.depth !== top.depth || !around.endsItem) top.showsAll = false;
    if (name2 === "endif") {
      this.open.pop();
      return end;
    }
    top.arm = { name: name2, condition: condition.trim(), before: top.arm };
    top.isShown = top.showsAll || !top.isDone && holds(top.arm, this.configuration) !== false;
    top.isDone ||= top.isShown;
    top.armFrom = end;
    return top.isShown ? end : endOfArm(this.text, end);
  }
  /** Hides an arm that is not shown and has no end. */
  finish() {
    for (const each2 of this.open) if (!each2.isShown) this.drop(each2, this.text.length);
  }
  begin(name2, condition, end, around) {
    const { depth, isCode, endsItem } = around;
    const arm = { name: name2, condition: condition.trim(), before: null };
    const isDead = isDeadArm(name2, condition);
    const isRuledOut = isDead || holds(arm, this.configuration) === false;
    const showsAll = !isCode && endsItem && (!isRuledOut || isDead || !this.isHalf(end));
    const isShown = !isDead && (showsAll || !isRuledOut);
    this.open.push({ isShown, isDone: isShown, depth, showsAll, arm, armFrom: end });
    return isShown ? end : endOfArm(this.text, end);
  }
  /** Whether the arm that begins at `from` is no whole item, and another one stands for it: only one of them can be seen. */
  isHalf(from) {
    if (this.open.length >= DEEPEST2) return false;
    const to = endOfArm(this.text, from);
    return /^#[ \t]*el/.test(this.text.slice(to, to + 20)) && !isWhole(this.text, from, to);
  }
  drop({ arm, armFrom }, end) {
    this.sheet.mark("untaken", "", armFrom, end, arm);
    this.sheet.blank(armFrom, end);
  }
};
function isWhole(text, from, to) {
  let depth = 0;
  let last = ";";
  for (let at = skipBlank(text, from); at < to; at = skipBlank(text, at)) {
    const char = text[at];
    const isDirective = char === "#";
    if (char === "{" || char === "(") depth++;
    else if (char === "}" || char === ")") depth--;
    if (depth < 0) return false;
    if (!isDirective) last = char;
    at = isDirective ? skipDirective(text, at) : Math.max(at + 1, skipLiteral(text, at));
  }
  return depth === 0 && /[;,}]/.test(last);
}
function isDeadArm(name2, condition) {
  return name2 === "if" && /^\s*0\s*(?:\/|$)/.test(condition);
}
function endOfArm(text, from) {
  let nesting = 0;
  for (let line = from; line < text.length; ) {
    const first2 = skipBlank(text, line);
    if (text[first2] === "#") {
      const [, name2 = ""] = /^#[ \t]*(\w*)/.exec(text.slice(first2, first2 + 20)) ?? [];
      if (nesting === 0 && /^(?:elif|elifdef|elifndef|else|endif)$/.test(name2)) return first2;
      if (name2.startsWith("if")) nesting++;
      else if (name2 === "endif") nesting--;
    }
    const next = text.indexOf("\n", first2);
    line = next < 0 ? text.length : next + 1;
  }
  return text.length;
}

// server/src/syntax/chunks.ts
var BEGINS_DEFINITION = /(?:static|extern|typedef|struct|union|enum|const|inline|void|int|bool|unsigned|long|u8|u16|u32|u64|size_t|ssize_t|__\w+|EXPORT_\w+|MODULE_\w+|DEFINE_\w+|module_\w+)\b/y;
function chunkStarts(text) {
  return new Cutter(text).cut();
}
var Cutter = class {
  constructor(text) {
    this.text = text;
  }
  text;
  starts = [0];
  conditionals = [];
  at = 0;
  depth = 0;
  parens = 0;
  /** Whether the outermost open brace is that of a function, and whether it stands in the first column. */
  inCode = false;
  opensInFirstColumn = false;
  /** Whether a struct or an initialiser has been closed, and its semicolon is due. */
  endsData = false;
  last = "";
  cut() {
    const { text } = this;
    let isLineStart = true;
    while (this.at < text.length) {
      const char = text[this.at];
      if (char === "\n") {
        isLineStart = true;
        this.at++;
        continue;
      }
      if (isLineStart && char !== " " && char !== "	" && char !== "\r") this.firstColumn(char);
      if (char === "#" && this.isFirstOnLine(this.at)) this.directive();
      else if (char === " " || char === "	" || char === "\r") this.at++;
      else this.token(char);
      isLineStart = false;
    }
    return this.starts;
  }
  isFirstOnLine(at) {
    let before = at - 1;
    while (before >= 0 && (this.text[before] === " " || this.text[before] === "	")) before--;
    return before < 0 || this.text[before] === "\n";
  }
  /** What stands in the first column tells where we are, whatever the braces say. */
  firstColumn(char) {
    if (this.depth === 0 && this.parens === 0) return;
    if (char === "}" && this.inCode) {
      this.depth = 1;
      this.parens = 0;
      return;
    }
    BEGINS_DEFINITION.lastIndex = this.at;
    const isInside = this.depth > 0 ? this.inCode : this.parens > 0;
    if (!isInside || !BEGINS_DEFINITION.test(this.text)) return;
    if (this.depth === 0 && !/[;{]/.test(this.text.slice(this.starts.at(-1), this.at))) return;
    this.boundary(this.at);
  }
  token(char) {
    const past = skipLiteral(this.text, this.at);
    if (past > this.at) {
      if (char !== "/") this.last = char;
      this.at = past;
      return;
    }
    if (char === "{") this.open();
    else if (char === "}") this.close();
    else if (char === "(") this.parens++;
    else if (char === ")") this.parens = Math.max(0, this.parens - 1);
    else if (char === ";" && this.depth === 0 && this.endsData) this.boundary(this.at + 1);
    this.last = char;
    this.at++;
  }
  open() {
    if (this.depth++ > 0) return;
    this.inCode = this.last === ")";
    this.opensInFirstColumn = this.at === 0 || this.text[this.at - 1] === "\n";
  }
  close() {
    if (this.depth === 0) return;
    const isIndented = this.text[this.at - 1] !== "\n" && this.isFirstOnLine(this.at);
    if (this.depth === 1 && this.inCode && this.opensInFirstColumn && isIndented) return;
    if (--this.depth > 0) return;
    this.parens = 0;
    if (this.inCode) this.boundary(this.afterFunction());
    else this.endsData = true;
  }
  /** After a function's brace and a semicolon that should not be there. */
  afterFunction() {
    const next = skipBlank(this.text, this.at + 1);
    return this.text[next] === ";" ? next + 1 : this.at + 1;
  }
  boundary(at) {
    this.depth = 0;
    this.parens = 0;
    this.inCode = false;
    this.endsData = false;
    if (at > this.starts.at(-1) && at < this.text.length) this.starts.push(at);
  }
  /** The arms of a conditional begin at the depth at which it does. */
  directive() {
    const end = skipDirective(this.text, this.at);
    const [, name2 = "", rest = ""] = /^#[ \t]*(\w*)(.*)/.exec(this.text.slice(this.at, end)) ?? [];
    if (name2.startsWith("if")) this.conditionals.push(this.depth);
    else if (name2.startsWith("el")) this.depth = this.conditionals.at(-1) ?? this.depth;
    else if (name2 === "endif") this.conditionals.pop();
    this.at = isDeadArm(name2, rest) ? endOfArm(this.text, end) : end;
  }
};

// server/src/syntax/node.ts
var Parsed = class {
  /** `marks` in offsets of the other text, in order; `tree` and `text` begin at `base` of it. */
  constructor(text, tree3, marks, base) {
    this.text = text;
    this.tree = tree3;
    this.marks = marks;
    this.base = base;
    for (const mark of marks) if (mark.kind !== "annotation") this.markAt.set(mark.start, mark);
  }
  text;
  tree;
  marks;
  base;
  markAt = /* @__PURE__ */ new Map();
  /** How many readers are at work inside of each other. */
  nesting = 0;
  /** The original text between two offsets of the whole text; only what lies in this piece. */
  slice(start3, end) {
    return this.text.slice(start3 - this.base, end - this.base);
  }
  /**
   * Whether a reader may go one level deeper: not where that would be deeper
   * than any code a person wrote and overflow the stack. It says when it is back.
   */
  enter() {
    if (this.nesting >= DEEPEST3) return false;
    this.nesting++;
    return true;
  }
  leave() {
    this.nesting--;
  }
  kind(node) {
    return this.tree.kind(node);
  }
  span(node) {
    return { start: this.tree.start(node) + this.base, end: this.tree.end(node) + this.base };
  }
  /** Annotations that start at `offset` or later, in order. */
  *annotationsFrom(offset) {
    let low = 0;
    let high = this.marks.length;
    while (low < high) {
      const middle = low + high >> 1;
      if (this.marks[middle].start < offset) low = middle + 1;
      else high = middle;
    }
    for (; low < this.marks.length; low++) if (this.marks[low].kind === "annotation") yield this.marks[low];
  }
  /** The original text of a node. */
  textOf(node) {
    return this.text.slice(this.tree.start(node), this.tree.end(node));
  }
  /** The mark that begins where the node begins, if it is of that kind. */
  markOf(node, kind) {
    const mark = this.markAt.get(this.tree.start(node) + this.base);
    return mark?.kind === kind ? mark : void 0;
  }
  children(node) {
    const { tree: tree3 } = this;
    const past = tree3.past(node);
    const list3 = [];
    for (let child = node + 1; child < past; child = tree3.past(child)) list3.push(child);
    return list3;
  }
  /** Children that are neither punctuation nor comments. */
  named(node) {
    const { tree: tree3 } = this;
    const past = tree3.past(node);
    const list3 = [];
    for (let child = node + 1; child < past; child = tree3.past(child)) {
      if (isNamedKind(tree3.kind(child))) list3.push(child);
    }
    return list3;
  }
  field(node, name2) {
    const { tree: tree3 } = this;
    const past = tree3.past(node);
    for (let child = node + 1; child < past; child = tree3.past(child)) {
      if (tree3.field(child) === name2) return child;
    }
    return null;
  }
  fields(node, name2) {
    const { tree: tree3 } = this;
    const past = tree3.past(node);
    const list3 = [];
    for (let child = node + 1; child < past; child = tree3.past(child)) {
      if (tree3.field(child) === name2) list3.push(child);
    }
    return list3;
  }
  /** Whether the node hangs from its parent by that field. */
  isField(node, name2) {
    return this.tree.field(node) === name2;
  }
  has(node, kind) {
    return this.child(node, kind) !== null;
  }
  child(node, kind) {
    const { tree: tree3 } = this;
    const past = tree3.past(node);
    for (let child = node + 1; child < past; child = tree3.past(child)) {
      if (tree3.kind(child) === kind) return child;
    }
    return null;
  }
  /** Whether a declaration begins with that word among others: `static`, `const`, … */
  says(node, word) {
    const { tree: tree3 } = this;
    const past = tree3.past(node);
    for (let child = node + 1; child < past; child = tree3.past(child)) {
      const kind = tree3.kind(child);
      if (kind !== "storage_class_specifier" && kind !== "type_qualifier") continue;
      if (this.text.startsWith(word, tree3.start(child)) && tree3.end(child) - tree3.start(child) === word.length)
        return true;
    }
    return false;
  }
};
var DEEPEST3 = 400;
var KEYWORD_TOKENS = new Set(
  "if else while do for switch case default return goto break continue struct union enum typedef static extern const volatile inline sizeof register auto restrict __attribute__ asm __asm__ defined alignas".split(" ")
);
var namedKinds = /* @__PURE__ */ new Map();
function isNamedKind(kind) {
  let known2 = namedKinds.get(kind);
  if (known2 === void 0) {
    known2 = /^[a-zA-Z_]/.test(kind) && kind !== "comment" && !KEYWORD_TOKENS.has(kind);
    namedKinds.set(kind, known2);
  }
  return known2;
}

// server/src/syntax/dialect.table.ts
var ANNOTATIONS = new Map([
  ...[
    // include/linux/compiler_types.h, compiler_attributes.h
    ...["__user", "__iomem", "__percpu", "__rcu", "__force", "__nocast", "__kernel", "__private", "__safe"],
    ...[
      "__maybe_unused",
      "__always_unused",
      "__used",
      "__must_check",
      "__packed",
      "__pure",
      "__cold",
      "__hot"
    ],
    ...["__weak", "__deprecated", "__noreturn", "__malloc", "__always_inline", "__no_kcsan", "__noendbr"],
    ...["noinline", "noinline_for_stack", "__noinline", "__noclone", "__noipa", "__no_sanitize_address"],
    ...[
      "__no_randomize_layout",
      "__randomize_layout",
      "__designated_init",
      "__visible",
      "notrace",
      "asmlinkage"
    ],
    ...[
      "__visible_for_testing",
      "VISIBLE_IF_KUNIT",
      "__naked",
      "__ref",
      "__refdata",
      "__refconst",
      "__flatten"
    ],
    // include/linux/init.h
    ...[
      "__init",
      "__initdata",
      "__initconst",
      "__exit",
      "__exitdata",
      "__init_or_module",
      "__initdata_or_module"
    ],
    ...["__meminit", "__meminitdata", "__cpuinit", "__devinit", "__devexit", "__net_init", "__net_exit"],
    ...["__init_refok", "__exit_p", "__initdata_memblock", "__init_memblock"],
    // include/linux/cache.h
    ...["__read_mostly", "__ro_after_init", "____cacheline_aligned", "____cacheline_aligned_in_smp"],
    ...["__cacheline_aligned", "__cacheline_aligned_in_smp", "__cacheline_internodealigned_in_smp"],
    ...["__page_aligned_bss", "__page_aligned_data", "__bitwise", "__bitwise__", "__bpf_kfunc", "__earlycon"],
    ...["__list_valid_slowpath", "__signed_wrap", "__static_call_return0"],
    ...[
      "__latent_entropy",
      "__attribute_const__",
      "__cpuidle",
      "__sched",
      "__kprobes",
      "__lockfunc",
      "__syscall"
    ]
  ].map((word) => [word, "bare"]),
  ...[
    ...[
      "__must_hold",
      "__acquires",
      "__releases",
      "__acquire",
      "__release",
      "__cond_acquires",
      "__cond_lock"
    ],
    ...[
      "__guarded_by",
      "__pt_guarded_by",
      "__printf",
      "__scanf",
      "__aligned",
      "__section",
      "__free",
      "__cleanup"
    ],
    ...[
      "__counted_by",
      "__counted_by_le",
      "__counted_by_be",
      "__alloc_size",
      "__assume_aligned",
      "__realloc_size"
    ],
    ...[
      "__nonstring_size",
      "__attribute",
      "__no_sanitize",
      "__alias",
      "__diagnose_as",
      "__mode",
      "__releases_shared"
    ],
    ...[
      "__must_hold_shared",
      "__acquires_shared",
      "__attribute__",
      "__counted_by_ptr",
      "__designated_init_args",
      "__diag_ignore",
      "__copy"
    ]
  ].map((word) => [word, "with-arguments"])
]);
var TYPE_ARGUMENTS = /* @__PURE__ */ new Map([
  ["container_of", [1]],
  ["container_of_const", [1]],
  ["min_t", [0]],
  ["max_t", [0]],
  ["clamp_t", [0]],
  ["swap_t", [0]],
  ["offsetof", [0]],
  ["offsetofend", [0]],
  ["sizeof_field", [0]],
  ["typecheck", [0]],
  ["rb_entry", [1]],
  ["rb_entry_safe", [1]],
  ["list_entry", [1]],
  ["list_first_entry", [1]],
  ["list_first_entry_or_null", [1]],
  ["list_last_entry", [1]],
  ["hlist_entry", [1]],
  ["llist_entry", [1]],
  ["va_arg", [1]],
  ["iommu_get_iommu_dev", [1]],
  ["iommufd_object_alloc", [1]],
  ["__iommufd_object_alloc", [1]],
  ["iommufd_viommu_alloc", [1]],
  ["vfio_alloc_device", [0]],
  ["IOCTL_OP", [2]],
  ["kzalloc_obj", [0]],
  ["kmalloc_obj", [0]]
]);
var DECLARING = /* @__PURE__ */ new Map([
  ["DEFINE_MUTEX", { nameAt: 0, type: "struct mutex" }],
  ["DEFINE_SPINLOCK", { nameAt: 0, type: "spinlock_t" }],
  ["DEFINE_RAW_SPINLOCK", { nameAt: 0, type: "raw_spinlock_t" }],
  ["DEFINE_RWLOCK", { nameAt: 0, type: "rwlock_t" }],
  ["DECLARE_RWSEM", { nameAt: 0, type: "struct rw_semaphore" }],
  ["DEFINE_SEMAPHORE", { nameAt: 0, type: "struct semaphore" }],
  ["DEFINE_XARRAY", { nameAt: 0, type: "struct xarray" }],
  ["DEFINE_XARRAY_ALLOC", { nameAt: 0, type: "struct xarray" }],
  ["DEFINE_XARRAY_ALLOC1", { nameAt: 0, type: "struct xarray" }],
  ["DEFINE_XARRAY_FLAGS", { nameAt: 0, type: "struct xarray" }],
  ["DEFINE_IDA", { nameAt: 0, type: "struct ida" }],
  ["DEFINE_IDR", { nameAt: 0, type: "struct idr" }],
  ["DECLARE_IOASID_SET", { nameAt: 0, type: "struct ioasid_set" }],
  ["LIST_HEAD", { nameAt: 0, type: "struct list_head" }],
  ["HLIST_HEAD", { nameAt: 0, type: "struct hlist_head" }],
  ["LLIST_HEAD", { nameAt: 0, type: "struct llist_head" }],
  ["DEFINE_HASHTABLE", { nameAt: 0, type: "struct hlist_head" }],
  ["DECLARE_HASHTABLE", { nameAt: 0, type: "struct hlist_head" }],
  ["DECLARE_BITMAP", { nameAt: 0, type: "unsigned long" }],
  ["DECLARE_FLEX_ARRAY", { nameAt: 1, type: "unsigned long" }],
  ["DECLARE_WORK", { nameAt: 0, type: "struct work_struct" }],
  ["DECLARE_DELAYED_WORK", { nameAt: 0, type: "struct delayed_work" }],
  ["DECLARE_COMPLETION", { nameAt: 0, type: "struct completion" }],
  ["DECLARE_COMPLETION_ONSTACK", { nameAt: 0, type: "struct completion" }],
  ["DECLARE_WAIT_QUEUE_HEAD", { nameAt: 0, type: "struct wait_queue_head" }],
  ["DEFINE_RATELIMIT_STATE", { nameAt: 0, type: "struct ratelimit_state" }],
  ["DEFINE_STATIC_KEY_FALSE", { nameAt: 0, type: "struct static_key_false" }],
  ["DEFINE_STATIC_KEY_TRUE", { nameAt: 0, type: "struct static_key_true" }],
  ["DECLARE_STATIC_KEY_FALSE", { nameAt: 0, type: "struct static_key_false" }],
  ["DECLARE_FAULT_ATTR", { nameAt: 0, type: "struct fault_attr" }],
  ["DEFINE_INTERVAL_TREE", { nameAt: 0, type: "struct rb_root_cached" }],
  ["DEFINE_PER_CPU", { nameAt: 1, type: "void" }],
  ["DECLARE_PER_CPU", { nameAt: 1, type: "void" }],
  ["DEFINE_MMU_NOTIFIER", { nameAt: 0, type: "struct mmu_notifier" }],
  ["DEFINE_SRCU", { nameAt: 0, type: "struct srcu_struct" }],
  ["DEFINE_STATIC_SRCU", { nameAt: 0, type: "struct srcu_struct" }]
]);
var NOT_LOOPS = /* @__PURE__ */ new Set([
  "pci_for_each_dma_alias",
  "iommu_group_for_each_dev",
  "bus_for_each_dev",
  "bus_for_each_drv",
  "driver_for_each_device",
  "class_for_each_device",
  "device_for_each_child",
  "device_for_each_child_reverse",
  "vfio_pci_for_each_slot_or_bus",
  "iova_bitmap_for_each",
  "idr_for_each"
]);
var LOOPS_BY_NAME = /* @__PURE__ */ new Set([
  "scoped_guard",
  "scoped_cond_guard",
  "scoped_class"
]);

// server/src/syntax/read-types.ts
var NAMES = /* @__PURE__ */ new Set(["identifier", "field_identifier", "type_identifier", "primitive_type"]);
function readBaseType(parsed2, node) {
  const type = parsed2.field(node, "type");
  return {
    base: type === null ? "" : baseName(parsed2, type),
    pointers: 0,
    isArray: false,
    parameters: null,
    isFunctionPointer: false,
    isConst: parsed2.says(node, "const"),
    derivations: [],
    definition: type === null ? null : definitionAt(parsed2, type)
  };
}
function definitionAt(parsed2, type) {
  return isTagged(parsed2.kind(type)) && parsed2.field(type, "body") !== null ? readDefinition(parsed2, type) : null;
}
function isTagged(kind) {
  return kind === "struct_specifier" || kind === "union_specifier" || kind === "enum_specifier";
}
function baseName(parsed2, type) {
  const kind = parsed2.kind(type);
  if (isTagged(kind)) {
    const name2 = parsed2.field(type, "name");
    const keyword = kind.slice(0, kind.indexOf("_"));
    return name2 === null ? keyword : `${keyword} ${parsed2.textOf(name2)}`;
  }
  const written = parsed2.textOf(type);
  const text = kind === "primitive_type" || kind === "type_identifier" ? written : written.replace(/\s+/g, " ");
  return DECLARING.get(text)?.type ?? text;
}
function readDeclarator(parsed2, node, base, fallback) {
  let type = base;
  let now = node;
  while (now !== null) {
    const kind = parsed2.kind(now);
    if (NAMES.has(kind)) return { name: parsed2.textOf(now), nameSpan: parsed2.span(now), type };
    if (kind.includes("pointer_declarator")) type = pointerTo(type);
    else if (kind.includes("array_declarator")) type = arrayOf(parsed2, now, type);
    else if (kind.includes("function_declarator")) type = functionReturning(parsed2, now, type);
    now = parsed2.field(now, "declarator") ?? innerDeclarator(parsed2, now);
  }
  return { name: "", nameSpan: fallback, type };
}
function pointerTo(type) {
  const derivations = [...type.derivations, { kind: "pointer" }];
  return type.parameters ? { ...type, isFunctionPointer: true, derivations } : { ...type, pointers: type.pointers + 1, derivations };
}
function arrayOf(parsed2, node, type) {
  const size2 = parsed2.field(node, "size");
  const length = size2 === null ? null : readExpression(parsed2, size2);
  return { ...type, isArray: true, derivations: [...type.derivations, { kind: "array", length }] };
}
function functionReturning(parsed2, node, type) {
  const list3 = parsed2.field(node, "parameters");
  const parameters = list3 === null ? [] : readParameters(parsed2, list3);
  const isVariadic2 = list3 !== null && parsed2.has(list3, "variadic_parameter");
  const derivations = [...type.derivations, { kind: "function", parameters, isVariadic: isVariadic2 }];
  return type.isFunctionPointer ? { ...type, isFunctionPointer: false, pointers: type.pointers + 1, parameters, derivations } : { ...type, parameters, derivations };
}
function innerDeclarator(parsed2, node) {
  return parsed2.named(node).find((child) => /declarator|identifier/.test(parsed2.kind(child))) ?? null;
}
function readParameters(parsed2, list3) {
  const parameters = [];
  for (const node of parsed2.children(list3)) {
    if (parsed2.kind(node) !== "parameter_declaration") continue;
    const span = parsed2.span(node);
    const declared = readDeclarator(
      parsed2,
      parsed2.field(node, "declarator"),
      readBaseType(parsed2, node),
      span
    );
    if (declared.type.base === "void" && declared.type.pointers === 0 && !declared.name) continue;
    parameters.push({ ...span, ...declared });
  }
  return parameters;
}
function readTypeDescriptor(parsed2, node) {
  return readDeclarator(
    parsed2,
    parsed2.field(node, "declarator"),
    readBaseType(parsed2, node),
    parsed2.span(node)
  ).type;
}

// server/src/syntax/read-expressions.ts
var ExpressionReader = class {
  constructor(parsed2, readBlock2) {
    this.parsed = parsed2;
    this.readBlock = readBlock2;
  }
  parsed;
  readBlock;
  read(node) {
    const { parsed: parsed2 } = this;
    if (!parsed2.enter()) return { ...parsed2.span(node), kind: "opaque", reason: "nested too deep" };
    const expression = this.readHere(node);
    parsed2.leave();
    return expression;
  }
  readHere(node) {
    const { parsed: parsed2 } = this;
    const { start: start3, end } = parsed2.span(node);
    switch (parsed2.kind(node)) {
      case "identifier":
      case "field_identifier":
      case "type_identifier":
      case "primitive_type":
      case "true":
      case "false":
      case "null":
        return { start: start3, end, kind: "name", name: parsed2.textOf(node) };
      case "number_literal":
      case "string_literal":
      case "char_literal":
      case "concatenated_string":
        return { start: start3, end, kind: "literal", text: parsed2.textOf(node) };
      case "parenthesized_expression":
        return this.inner(node);
      case "field_expression":
        return this.member(node);
      case "call_expression":
        return this.call(node);
      case "subscript_expression":
        return {
          start: start3,
          end,
          kind: "index",
          object: this.part(node, "argument"),
          index: this.part(node, "index")
        };
      default:
        return this.operation(node);
    }
  }
  operation(node) {
    const { parsed: parsed2 } = this;
    const { start: start3, end } = parsed2.span(node);
    switch (parsed2.kind(node)) {
      case "pointer_expression":
      case "unary_expression":
        return {
          start: start3,
          end,
          kind: "unary",
          operator: this.operator(node),
          operand: this.part(node, "argument")
        };
      case "update_expression": {
        const operand = this.part(node, "argument");
        const isPrefix = /^(?:\+\+|--)/.test(parsed2.textOf(node));
        return { start: start3, end, kind: "update", operator: this.operator(node), operand, isPrefix };
      }
      case "binary_expression":
        return {
          start: start3,
          end,
          kind: "binary",
          operator: this.operator(node),
          left: this.part(node, "left"),
          right: this.part(node, "right")
        };
      case "assignment_expression":
        return {
          start: start3,
          end,
          kind: "assign",
          operator: this.operator(node),
          target: this.part(node, "left"),
          value: this.part(node, "right")
        };
      case "comma_expression":
        return { start: start3, end, kind: "comma", items: this.commaItems(node) };
      case "conditional_expression":
        return {
          start: start3,
          end,
          kind: "conditional",
          condition: this.part(node, "condition"),
          consequence: parsed2.field(node, "consequence") === null ? null : this.part(node, "consequence"),
          alternative: this.part(node, "alternative")
        };
      default:
        return this.typed(node);
    }
  }
  typed(node) {
    const { parsed: parsed2 } = this;
    const { start: start3, end } = parsed2.span(node);
    const typeNode = parsed2.field(node, "type");
    switch (parsed2.kind(node)) {
      case "cast_expression":
        if (typeNode === null) break;
        return {
          start: start3,
          end,
          kind: "cast",
          type: readTypeDescriptor(parsed2, typeNode),
          operand: this.part(node, "value")
        };
      case "sizeof_expression":
      case "alignof_expression":
        return {
          start: start3,
          end,
          kind: "sizeof",
          isAlignment: !parsed2.textOf(node).startsWith("sizeof"),
          type: typeNode === null ? null : readTypeDescriptor(parsed2, typeNode),
          operand: parsed2.field(node, "value") === null ? null : this.part(node, "value")
        };
      case "compound_literal_expression": {
        const list3 = parsed2.field(node, "value");
        const type = typeNode === null ? null : readTypeDescriptor(parsed2, typeNode);
        return { start: start3, end, kind: "initializers", type, entries: list3 === null ? [] : this.entries(list3) };
      }
      case "initializer_list":
        return { start: start3, end, kind: "initializers", type: null, entries: this.entries(node) };
      case "compound_statement":
        return { start: start3, end, kind: "block", body: this.readBlock(parsed2, node) };
      case "offsetof_expression":
        return { start: start3, end, kind: "literal", text: parsed2.textOf(node) };
    }
    return { start: start3, end, kind: "opaque", reason: `cannot read ${parsed2.kind(node).replaceAll("_", " ")}` };
  }
  inner(node) {
    const child = this.parsed.named(node).find((each2) => this.parsed.kind(each2) !== "ERROR");
    if (child === void 0)
      return { ...this.parsed.span(node), kind: "opaque", reason: "empty parentheses" };
    return this.read(child);
  }
  part(node, field2) {
    const child = this.parsed.field(node, field2);
    return child === null ? { ...this.parsed.span(node), kind: "opaque", reason: `no ${field2}` } : this.read(child);
  }
  operator(node) {
    const operator = this.parsed.field(node, "operator");
    return operator === null ? "" : this.parsed.textOf(operator);
  }
  member(node) {
    const name2 = this.parsed.field(node, "field");
    const nameSpan = this.parsed.span(name2 ?? node);
    const { start: start3, end } = this.parsed.span(node);
    return {
      start: start3,
      end,
      kind: "member",
      object: this.part(node, "argument"),
      name: name2 === null ? "" : this.parsed.textOf(name2),
      nameSpan,
      isArrow: this.operator(node) === "->"
    };
  }
  call(node) {
    const { parsed: parsed2 } = this;
    const list3 = parsed2.field(node, "arguments");
    const args = list3 === null ? [] : parsed2.named(list3).map((child) => this.read(child));
    const { start: start3, end } = parsed2.span(node);
    return { start: start3, end, kind: "call", callee: this.part(node, "function"), args };
  }
  commaItems(node) {
    const right = this.parsed.field(node, "right");
    const rest = right !== null && this.parsed.kind(right) === "comma_expression" ? this.commaItems(right) : [this.part(node, "right")];
    const left = this.parsed.field(node, "left");
    const first2 = left !== null && this.parsed.kind(left) === "comma_expression" ? this.commaItems(left) : [this.part(node, "left")];
    return [...first2, ...rest];
  }
  entries(list3) {
    return this.parsed.named(list3).map((node) => {
      const { start: start3, end } = this.parsed.span(node);
      if (this.parsed.kind(node) !== "initializer_pair")
        return { start: start3, end, member: "", designators: [], value: this.read(node) };
      const designators = this.parsed.fields(node, "designator").flatMap((child) => this.designator(child));
      const [first2] = designators;
      return {
        start: start3,
        end,
        member: first2?.kind === "member" ? first2.name : "",
        designators,
        value: this.part(node, "value")
      };
    });
  }
  designator(node) {
    const { parsed: parsed2 } = this;
    const named3 = parsed2.named(node);
    switch (parsed2.kind(node)) {
      case "field_designator":
        return [{ kind: "member", name: parsed2.textOf(node).replace(/^\.\s*/, "") }];
      case "field_identifier":
        return [{ kind: "member", name: parsed2.textOf(node) }];
      case "subscript_designator":
        return named3[0] === void 0 ? [] : [{ kind: "index", first: this.read(named3[0]), last: null }];
      case "subscript_range_designator":
        return named3[0] === void 0 || named3[1] === void 0 ? [] : [{ kind: "index", first: this.read(named3[0]), last: this.read(named3[1]) }];
      default:
        return [];
    }
  }
};

// server/src/syntax/read-statements.ts
function readBlock(parsed2, node) {
  return new StatementReader(parsed2).block(node);
}
function readExpression(parsed2, node) {
  return new ExpressionReader(parsed2, readBlock).read(node);
}
function readDeclarators(parsed2, node) {
  const base = readBaseType(parsed2, node);
  return parsed2.fields(node, "declarator").map((child) => {
    const span = parsed2.span(child);
    const isInit = parsed2.kind(child) === "init_declarator";
    const value = isInit ? parsed2.field(child, "value") : null;
    const declared = readDeclarator(parsed2, isInit ? parsed2.field(child, "declarator") : child, base, span);
    return { ...span, ...declared, initial: value === null ? null : readExpression(parsed2, value) };
  });
}
var StatementReader = class {
  constructor(parsed2) {
    this.parsed = parsed2;
    this.expressions = new ExpressionReader(parsed2, readBlock);
  }
  parsed;
  expressions;
  block(node) {
    const statements = this.parsed.named(node).map((child) => this.read(child));
    return { ...this.parsed.span(node), kind: "compound", statements };
  }
  read(node) {
    const { parsed: parsed2 } = this;
    if (!parsed2.enter()) return { ...parsed2.span(node), kind: "opaque-statement", reason: "nested too deep" };
    const statement = this.readHere(node);
    parsed2.leave();
    return statement;
  }
  readHere(node) {
    const { parsed: parsed2 } = this;
    const { start: start3, end } = parsed2.span(node);
    switch (parsed2.kind(node)) {
      case "compound_statement":
        return this.block(node);
      case "declaration": {
        const isStatic = parsed2.says(node, "static");
        const declarators = readDeclarators(parsed2, node);
        return { start: start3, end, kind: "declaration", declarators, isStatic, defines: null };
      }
      case "expression_statement": {
        const child = parsed2.named(node)[0];
        if (child === void 0) return { start: start3, end, kind: "empty" };
        return { start: start3, end, kind: "expression", expression: this.expressions.read(child) };
      }
      case "return_statement": {
        const child = parsed2.named(node)[0];
        return {
          start: start3,
          end,
          kind: "return",
          value: child === void 0 ? null : this.expressions.read(child)
        };
      }
      case "goto_statement":
        return { start: start3, end, kind: "goto", label: this.textOf(node, "label") };
      case "break_statement":
        return { start: start3, end, kind: "break" };
      case "continue_statement":
        return { start: start3, end, kind: "continue" };
      default:
        return this.branching(node);
    }
  }
  branching(node) {
    const { parsed: parsed2 } = this;
    const { start: start3, end } = parsed2.span(node);
    switch (parsed2.kind(node)) {
      case "if_statement":
        return {
          start: start3,
          end,
          kind: "if",
          condition: this.expression(node, "condition"),
          consequence: this.statement(node, "consequence"),
          alternative: this.alternative(node)
        };
      case "while_statement":
        return this.whileLoop(node);
      case "do_statement":
        return {
          start: start3,
          end,
          kind: "loop",
          form: "do",
          header: [this.expression(node, "condition")],
          parts: null,
          body: this.statement(node, "body")
        };
      case "for_statement":
        return this.forLoop(node);
      case "switch_statement":
        return {
          start: start3,
          end,
          kind: "switch",
          subject: this.expression(node, "condition"),
          body: this.statement(node, "body")
        };
      case "case_statement":
        return this.caseOf(node);
      case "labeled_statement":
        return this.labelled(node);
      case "struct_specifier":
      case "union_specifier":
      case "enum_specifier":
        if (parsed2.field(node, "body") === null) return { start: start3, end, kind: "empty" };
        return {
          start: start3,
          end,
          kind: "declaration",
          declarators: [],
          isStatic: false,
          defines: readDefinition(parsed2, node)
        };
      case "type_definition":
      case "attributed_statement":
        return { start: start3, end, kind: "empty" };
      default:
        return {
          start: start3,
          end,
          kind: "opaque-statement",
          reason: `cannot read ${parsed2.kind(node).replaceAll("_", " ")}`
        };
    }
  }
  labelled(node) {
    const body2 = this.parsed.named(node)[1];
    return {
      ...this.parsed.span(node),
      kind: "label",
      name: this.textOf(node, "label"),
      body: body2 === void 0 ? null : this.read(body2)
    };
  }
  alternative(node) {
    const clause = this.parsed.field(node, "alternative");
    if (clause === null) return null;
    if (this.parsed.kind(clause) !== "else_clause") return this.read(clause);
    const inner2 = this.parsed.named(clause)[0];
    return inner2 === void 0 ? null : this.read(inner2);
  }
  whileLoop(node) {
    const condition = this.expression(node, "condition");
    const macro = this.parsed.markOf(node, "loop");
    const header = macro && condition.kind === "comma" ? condition.items : [condition];
    return {
      ...this.parsed.span(node),
      kind: "loop",
      form: macro?.name ?? "while",
      header,
      parts: null,
      body: this.statement(node, "body")
    };
  }
  forLoop(node) {
    const { parsed: parsed2 } = this;
    const part = (name2) => {
      const child = parsed2.field(node, name2);
      return child === null ? null : this.expressions.read(child);
    };
    const first2 = parsed2.field(node, "initializer");
    const isDeclaration = first2 !== null && parsed2.kind(first2) === "declaration";
    const initial = isDeclaration ? this.read(first2) : part("initializer");
    const parts = { initial, condition: part("condition"), update: part("update") };
    const header = [initial, parts.condition, parts.update].filter((each2) => each2 !== null);
    const body2 = this.statement(node, "body");
    return { ...parsed2.span(node), kind: "loop", form: "for", header, parts, body: body2 };
  }
  caseOf(node) {
    const { parsed: parsed2 } = this;
    const value = parsed2.field(node, "value");
    const body2 = parsed2.named(node).filter((child) => child !== value);
    return {
      ...parsed2.span(node),
      kind: "case",
      value: value === null ? null : this.expressions.read(value),
      body: body2.map((child) => this.read(child))
    };
  }
  expression(node, field2) {
    const child = this.parsed.field(node, field2);
    if (child === null) return { ...this.parsed.span(node), kind: "opaque", reason: `no ${field2}` };
    return this.expressions.read(child);
  }
  statement(node, field2) {
    const child = this.parsed.field(node, field2);
    if (child === null) return { ...this.parsed.span(node), kind: "opaque-statement", reason: `no ${field2}` };
    return this.read(child);
  }
  textOf(node, field2) {
    const child = this.parsed.field(node, field2);
    return child === null ? "" : this.parsed.textOf(child);
  }
};

// server/src/syntax/read-members.ts
function readDefinition(parsed2, node) {
  const span = parsed2.span(node);
  const name2 = parsed2.field(node, "name");
  const body2 = parsed2.field(node, "body") ?? node;
  const common2 = {
    ...span,
    name: name2 === null ? "" : parsed2.textOf(name2),
    nameSpan: parsed2.span(name2 ?? node),
    attributes: annotationsAround(parsed2, span.start, parsed2.span(body2).start, parsed2.span(body2).end),
    missing: []
  };
  if (parsed2.kind(node) === "enum_specifier")
    return { ...common2, kind: "enum", members: enumerators(parsed2, body2) };
  const kind = parsed2.kind(node) === "union_specifier" ? "union" : "struct";
  const members2 = readMembers(parsed2, body2);
  return { ...common2, kind, members: members2, fields: flatten(members2, []) };
}
function annotationsAround(parsed2, start3, open2, close) {
  const found2 = [];
  let past = close;
  for (const mark of parsed2.annotationsFrom(start3)) {
    if (mark.start < open2) found2.push(mark);
    else if (mark.start >= past) {
      if (/\S/.test(parsed2.slice(past, mark.start))) break;
      found2.push(mark);
      past = mark.end;
    }
  }
  return found2;
}
function enumerators(parsed2, body2) {
  return parsed2.named(body2).flatMap((child) => {
    const member3 = parsed2.field(child, "name");
    if (member3 === null) return [];
    const value = parsed2.field(child, "value");
    return [
      {
        name: parsed2.textOf(member3),
        value: value === null ? null : readExpression(parsed2, value),
        ...parsed2.span(member3)
      }
    ];
  });
}
function readMembers(parsed2, body2) {
  return parsed2.named(body2).flatMap((node) => {
    if (parsed2.kind(node) === "ERROR") return readMembers(parsed2, node);
    return parsed2.kind(node) === "field_declaration" ? declaredFields(parsed2, node) : [];
  });
}
function declaredFields(parsed2, node) {
  const span = parsed2.span(node);
  const base = readBaseType(parsed2, node);
  const fields = [];
  for (const child of parsed2.children(node)) {
    if (parsed2.isField(child, "declarator"))
      fields.push({ ...span, ...readDeclarator(parsed2, child, base, span), bits: null, within: [] });
    else if (parsed2.kind(child) === "bitfield_clause") {
      const width = parsed2.named(child)[0];
      const bits2 = width === void 0 ? null : readExpression(parsed2, width);
      const last = fields.pop();
      fields.push({ ...last ?? { ...span, name: "", nameSpan: span, type: base, within: [] }, bits: bits2 });
    }
  }
  if (fields.length > 0 || base.definition === null || base.definition.kind === "enum") return fields;
  return base.definition.name === "" ? [{ ...span, name: "", nameSpan: span, type: base, bits: null, within: [] }] : [];
}
function flatten(members2, within) {
  return members2.flatMap((member3) => {
    const inner2 = member3.type.definition;
    if (member3.name !== "" || !inner2 || inner2.kind === "enum")
      return member3.name === "" && member3.bits ? [] : [{ ...member3, within }];
    return flatten(inner2.members, [...within, inner2.kind]);
  });
}

// server/src/syntax/outline.ts
var INLINE = ["inline", "__inline", "__inline__"];
function readOutline(parsed2, standIns) {
  const reader = new OutlineReader(parsed2, standIns);
  const items = reader.items(0);
  const masked = [...reader.maskedInvocations(), ...reader.macrosWithin()];
  return masked.length === 0 ? items : [...items, ...masked].sort((a, b) => a.start - b.start);
}
function withoutAttributesOf(common2, part) {
  if (part === null || common2.attributes.length === 0) return common2;
  return { ...common2, attributes: common2.attributes.filter((each2) => !contains(part, each2)) };
}
function macroParameters(list3) {
  const words = list3.replace(/\/\*[\s\S]*?\*\/|[\\\s()]/g, "");
  return words === "" ? [] : words.split(",");
}
var OutlineReader = class {
  constructor(parsed2, standIns) {
    this.parsed = parsed2;
    this.standIns = standIns;
    this.annotations = parsed2.marks.filter((mark) => mark.kind === "annotation");
  }
  parsed;
  standIns;
  annotations;
  /** `#define` inside of a struct or a function is hidden from the grammar, but defines as any other does. */
  macrosWithin() {
    return this.parsed.marks.flatMap((mark) => {
      if (mark.kind !== "directive" || mark.name !== "define") return [];
      const match = /^#[ \t]*define[ \t]+(\w+)(\([^)]*\))?[ \t]*/.exec(
        this.parsed.slice(mark.start, mark.end)
      );
      if (!match) return [];
      const [head, name2 = "", list3] = match;
      const start3 = mark.start + head.indexOf(name2, head.indexOf("define") + 6);
      return [
        {
          ...{ kind: "macro", name: name2, nameSpan: { start: start3, end: start3 + name2.length } },
          ...{ start: mark.start, end: mark.end, attributes: [], missing: [] },
          parameters: list3 === void 0 ? null : macroParameters(list3),
          bodySpan: { start: mark.start + head.length, end: mark.end }
        }
      ];
    });
  }
  /** Macro calls between items that the grammar was not shown. */
  maskedInvocations() {
    return this.parsed.marks.filter(({ kind }) => kind === "invocation").map((mark) => this.masked(mark));
  }
  masked({ name: name2, start: start3, end }) {
    const text = this.parsed.slice(start3, end);
    const spans = splitArguments(text, text.indexOf("("), text.length - 1);
    const args = spans.map((span) => text.slice(span.start, span.end));
    return {
      ...this.commonOf({ start: start3, end }),
      kind: "invocation",
      name: name2,
      nameSpan: { start: start3, end: start3 + name2.length },
      args: args.length === 1 && args[0] === "" ? [] : args
    };
  }
  items(parent) {
    return this.parsed.children(parent).flatMap((node) => this.item(node));
  }
  item(node) {
    switch (this.parsed.kind(node)) {
      case "function_definition":
        return this.definition(node);
      case "declaration":
        return [...this.specifier(node), ...this.declared(node)];
      case "struct_specifier":
      case "union_specifier":
      case "enum_specifier":
        return this.typeItem(node, node);
      case "type_definition":
        return [...this.specifier(node), ...this.typedefs(node)];
      case "preproc_def":
      case "preproc_function_def":
        return this.macro(node);
      case "preproc_include":
        return this.include(node);
      case "expression_statement":
        return this.invocation(node);
      case "ERROR":
      case "linkage_specification":
      case "declaration_list":
        return this.items(node);
      default:
        return [];
    }
  }
  common(node) {
    return this.commonOf(this.parsed.span(node));
  }
  commonOf(span) {
    let start3 = span.start;
    const attributes = [];
    for (let at = this.firstMarkBefore(span.end); at >= 0; at--) {
      const mark = this.annotations[at];
      const touches = mark.end >= start3 || !/\S/.test(this.parsed.slice(mark.end, start3));
      if (!touches) break;
      attributes.unshift({ name: mark.name, start: mark.start, end: mark.end });
      start3 = Math.min(start3, mark.start);
    }
    const { end } = span;
    return {
      start: start3,
      end,
      attributes,
      missing: this.standIns.length === 0 ? [] : this.missingIn({ start: start3, end })
    };
  }
  missingIn(span) {
    const inside = this.standIns.filter((standIn) => contains(span, standIn));
    return [...new Set(inside.map((standIn) => standIn.for))];
  }
  /** Index of the last annotation that starts before `offset`. */
  firstMarkBefore(offset) {
    let low = -1;
    let high = this.annotations.length - 1;
    while (low < high) {
      const middle = low + high + 1 >> 1;
      if (this.annotations[middle].start < offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
  definition(node) {
    const { parsed: parsed2 } = this;
    const common2 = this.common(node);
    const declarator = parsed2.field(node, "declarator");
    const declared = readDeclarator(parsed2, declarator, readBaseType(parsed2, node), common2);
    const body2 = parsed2.field(node, "body");
    if (declared.type.parameters === null || body2 === null) return [];
    const own = withoutAttributesOf(common2, this.parametersOf(declarator));
    return [...this.specifier(node), this.functionItem(node, own, declared, parsed2.span(body2))];
  }
  /** The parameter list of a function's declarator, however deep in pointers it lies. */
  parametersOf(declarator) {
    for (let now = declarator; now !== null; now = this.parsed.field(now, "declarator")) {
      const list3 = this.parsed.field(now, "parameters");
      if (list3 !== null) return this.parsed.span(list3);
    }
    return null;
  }
  functionItem(node, common2, declared, bodySpan) {
    const head = bodySpan?.start ?? common2.end;
    return {
      ...common2,
      attributes: common2.attributes.filter((attribute) => attribute.start < head),
      kind: "function",
      name: declared.name,
      nameSpan: declared.nameSpan,
      isStatic: this.parsed.says(node, "static"),
      isInline: INLINE.some((word) => this.parsed.says(node, word)),
      returns: { ...declared.type, parameters: null },
      parameters: declared.type.parameters ?? [],
      bodySpan
    };
  }
  declared(node) {
    const common2 = withoutAttributesOf(this.common(node), this.typeBody(node));
    const declarators = this.parsed.fields(node, "declarator");
    return readDeclarators(this.parsed, node).map((declared, index2) => {
      if (declared.type.parameters && !declared.type.isFunctionPointer && !declared.initial) {
        const own = withoutAttributesOf(common2, this.parametersOf(declarators[index2] ?? null));
        return this.functionItem(node, own, declared, null);
      }
      const variable = {
        ...withoutAttributesOf(common2, declared.initial),
        kind: "variable",
        name: declared.name,
        nameSpan: declared.nameSpan,
        type: declared.type,
        isStatic: this.parsed.says(node, "static"),
        isExtern: this.parsed.says(node, "extern"),
        initial: declared.initial
      };
      return variable;
    });
  }
  /** The struct or enum that a declaration, a typedef or a function's return type defines on its way. */
  specifier(node) {
    const type = this.parsed.field(node, "type");
    return type !== null && isTagged(this.parsed.kind(type)) ? this.typeItem(type, node) : [];
  }
  /** The braces of the struct or enum that a declaration defines on its way. */
  typeBody(node) {
    const type = this.parsed.field(node, "type");
    const body2 = type === null ? null : this.parsed.field(type, "body");
    return body2 === null ? null : this.parsed.span(body2);
  }
  typeItem(node, around) {
    const body2 = this.parsed.field(node, "body");
    if (body2 === null) return [];
    const definition = readDefinition(this.parsed, node);
    const common2 = this.common(around);
    const leading = common2.attributes.filter(({ end }) => end <= this.parsed.span(node).start);
    const item = { ...definition, ...common2, attributes: [...leading, ...definition.attributes] };
    return item.kind === "enum" ? [item] : [item, ...this.nestedTypes(body2)];
  }
  nestedTypes(body2) {
    return this.parsed.named(body2).flatMap((child) => {
      const type = this.parsed.field(child, "type");
      if (type === null || this.parsed.field(type, "name") === null) return [];
      return this.specifier(child);
    });
  }
  typedefs(node) {
    const { parsed: parsed2 } = this;
    const common2 = this.common(node);
    const base = readBaseType(parsed2, node);
    return parsed2.fields(node, "declarator").map((declarator) => ({
      ...common2,
      kind: "typedef",
      ...readDeclarator(parsed2, declarator, base, common2)
    }));
  }
  macro(node) {
    const { parsed: parsed2 } = this;
    const name2 = parsed2.field(node, "name");
    if (name2 === null) return [];
    const list3 = parsed2.field(node, "parameters");
    const value = parsed2.field(node, "value");
    const end = parsed2.span(node).end;
    return [
      {
        ...this.common(node),
        kind: "macro",
        name: parsed2.textOf(name2),
        nameSpan: parsed2.span(name2),
        parameters: list3 === null ? null : macroParameters(parsed2.textOf(list3)),
        bodySpan: value === null ? { start: end, end } : parsed2.span(value)
      }
    ];
  }
  include(node) {
    const path = this.parsed.field(node, "path");
    if (path === null) return [];
    const text = this.parsed.textOf(path);
    const nameSpan = this.parsed.span(path);
    return [
      {
        ...this.common(node),
        kind: "include",
        name: text.slice(1, -1),
        nameSpan,
        isLocal: text.startsWith('"')
      }
    ];
  }
  invocation(node) {
    const { parsed: parsed2 } = this;
    const inner2 = parsed2.named(node)[0];
    if (inner2 === void 0 || parsed2.kind(inner2) !== "call_expression") return [];
    const call2 = readExpression(parsed2, inner2);
    if (call2.kind !== "call" || call2.callee.kind !== "name") return [];
    const item = {
      ...this.common(node),
      kind: "invocation",
      name: call2.callee.name,
      nameSpan: { start: call2.callee.start, end: call2.callee.end },
      args: call2.args.map((arg) => parsed2.slice(arg.start, arg.end))
    };
    return [item];
  }
};

// server/src/syntax/mask-macros.ts
function maskMacro(place, call2) {
  const { word } = call2;
  const typeAt = TYPE_ARGUMENTS.get(word);
  if (typeAt) return typeArguments(place, call2, typeAt);
  const declaring = DECLARING.get(word);
  const mayDeclare = atStatement(place) || place.lastWord === "static" || place.lastWord === "extern";
  if (declaring && mayDeclare) return declares(place, call2, declaring.nameAt);
  if (/^struct_group(?:_attr|_tagged)?$/.test(word)) return memberGroup(place, call2);
  if (place.isCode) return word.startsWith("__alignof") ? alignof(place, call2) : loop(place, call2);
  return place.depth > 0 ? amongEntries(place, call2) : atFileScope(place, call2);
}
function atStatement({ last, lastWord }) {
  return ";{}):".includes(last) || lastWord === "else" || lastWord === "do";
}
function following({ text }, close) {
  return text[skipBlank(text, close + 1)];
}
function loop(place, { word, start: start3, end, open: open2 }) {
  if (NOT_LOOPS.has(word) || word.length < 5 || !atStatement(place)) return null;
  const close = place.pairs.closing(open2);
  if (close < 0) return null;
  const next = following(place, close);
  const isNamed = LOOPS_BY_NAME.has(word) || /(?:^|_)for_each/.test(word);
  const isLoop = next === "{" || isNamed && next !== void 0 && !";,)=.-[?:&|".includes(next);
  if (!isLoop) return null;
  place.sheet.mark("loop", word, start3, close + 1);
  place.sheet.write(start3, "while".padEnd(end - start3));
  return { at: end, last: "a", word: "while" };
}
function declares({ text, pairs, sheet }, { word, start: start3, open: open2 }, nameAt) {
  const close = pairs.closing(open2);
  const named3 = close < 0 ? void 0 : splitArguments(text, open2, close)[nameAt];
  if (!named3) return null;
  sheet.mark("declares", word, start3, close + 1);
  sheet.blank(open2, named3.start);
  sheet.blank(named3.end, close + 1);
  return { at: close + 1, last: "a", word };
}
function alignof(place, { open: open2 }) {
  const close = place.pairs.closing(open2);
  if (close > 0) joinWords(place, "", open2 + 1, close);
  return null;
}
function memberGroup({ text, pairs, sheet }, { word, start: start3, open: open2 }) {
  const close = pairs.closing(open2);
  const names = word === "struct_group" ? 1 : 2;
  const first2 = close < 0 ? void 0 : splitArguments(text, open2, close)[names];
  if (!first2) return null;
  sheet.mark("dropped", word, start3, first2.start);
  sheet.blank(start3, first2.start);
  sheet.blank(close, skipBlank(text, close + 1) + 1);
  return { at: first2.start, last: ";", word: "" };
}
function amongEntries(place, { word, start: start3, open: open2 }) {
  const { last, pairs, sheet, lastWord } = place;
  if (last !== "{" && last !== "," && last !== ";") return null;
  const close = pairs.closing(open2);
  const next = close < 0 ? "," : following(place, close);
  if (next === void 0 || !/[\w.[}]/.test(next) || !/^[A-Z]/.test(word)) return null;
  sheet.mark("dropped", word, start3, close + 1);
  sheet.blank(start3, close + 1);
  return { at: close + 1, last, word: lastWord };
}
function atFileScope(place, { word, start: start3, open: open2 }) {
  const { text, pairs, sheet } = place;
  if (!atStatement(place) && place.lastWord !== "static") return null;
  const close = pairs.closing(open2);
  if (close < 0) return null;
  const next = following(place, close);
  if (next === "{" || next === "=" || next === ",") return null;
  if (next === ";" && /^[A-Z_]+$/.test(word) && splitArguments(text, open2, close).length < 2) return null;
  const isMacro = /^[A-Z][A-Z0-9_]*$/.test(word) || /^module_|_initcall$|^builtin_/.test(word);
  if (next !== ";" && !isMacro) return null;
  const from = place.lastWord === "static" ? text.lastIndexOf("static", start3) : start3;
  sheet.mark("invocation", word, start3, close + 1);
  sheet.blank(from, next === ";" ? skipBlank(text, close + 1) + 1 : close + 1);
  return { at: close + 1, last: ";", word: "" };
}
function typeArguments(place, { word, end, open: open2 }, indices) {
  const { text, pairs, sheet } = place;
  const close = pairs.closing(open2);
  if (close < 0) return null;
  const spans = splitArguments(text, open2, close);
  for (const index2 of indices) {
    const span = spans[index2];
    if (span) joinWords(place, word, span.start, span.end);
  }
  if (word === "offsetof") {
    const member3 = spans[1];
    if (member3) sheet.blank(wordEnd(text, member3.start), member3.end);
  }
  return { at: end, last: "a", word };
}
function maskTypeArgument(place, start3) {
  const { text } = place;
  const rest = text.slice(start3, start3 + 200);
  const [raw = ""] = /^(?:struct|union|enum)\s+\w+[\s*]*(?=[,)])/.exec(rest) ?? [];
  const type = raw.trimEnd();
  if (type === "") return null;
  joinWords(place, "", start3, start3 + type.length);
  return { at: start3 + type.length, last: "a", word: type };
}
var ONE_WORD_TYPE = /^(?:int|char|short|long|unsigned|signed|void|float|double|bool|u8|u16|u32|u64|s8|s16|s32|s64|\w+_t)$/;
function joinWords({ text, sheet }, macro, start3, end) {
  const raw = text.slice(start3, end);
  if (/^\w+$/.test(raw) && !ONE_WORD_TYPE.test(raw)) return;
  if (!/^[\w\s*().>&[\]-]+$/.test(raw)) return;
  sheet.mark("type-argument", macro, start3, end);
  const joined2 = raw.replace(/[^\w\r\n]/g, "_");
  sheet.write(start3, joined2[0].toUpperCase() + joined2.slice(1));
}

// server/src/syntax/sheet.ts
var Sheet = class {
  constructor(text) {
    this.text = text;
  }
  text;
  marks = [];
  edits = [];
  bodies = [];
  mark(kind, name2, start3, end, arm) {
    this.marks.push({ kind, name: name2, start: start3, end, ...arm && { arm } });
  }
  body(start3, end) {
    this.bodies.push({ start: start3, end });
  }
  /** Where edits overlap, the one that begins first holds, and of two that begin together the first made. */
  write(at, text) {
    this.edits.push({ at, text });
  }
  blank(start3, end) {
    if (end > start3) this.write(start3, this.text.slice(start3, end).replace(/[^\r\n]/g, " "));
  }
  finish() {
    const marks = this.marks.sort((a, b) => a.start - b.start);
    return { text: this.apply(), marks, bodies: this.bodies };
  }
  apply() {
    const { text } = this;
    if (this.edits.length === 0) return text;
    const parts = [];
    let done = 0;
    for (const { at, text: replacement } of this.edits.sort((a, b) => a.at - b.at)) {
      const from = Math.max(at, done);
      if (at + replacement.length <= from) continue;
      parts.push(text.slice(done, from), replacement.slice(from - at));
      done = at + replacement.length;
    }
    parts.push(text.slice(done));
    return parts.join("");
  }
};

// server/src/syntax/mask.ts
var KEYWORDS = /* @__PURE__ */ new Set([
  ...["if", "while", "for", "switch", "return", "sizeof", "else", "do", "case", "goto", "typeof"]
]);
var NOT_CALLS = /* @__PURE__ */ new Set([
  ...KEYWORDS,
  ...["__typeof__", "offsetof", "__alignof__", "_Alignof", "defined", "__attribute__"]
]);
function maskKernelC(text, configuration = DEFAULT_CONFIGURATION) {
  return new Masker(text, configuration).run();
}
var Masker = class {
  constructor(text, configuration) {
    this.text = text;
    this.sheet = new Sheet(text);
    this.pairs = new Pairs(text);
    this.conditionals = new Conditionals(text, this.sheet, configuration);
  }
  text;
  sheet;
  pairs;
  conditionals;
  braces = [];
  /** For each open parenthesis, whether it is of a call. */
  parens = [];
  at = 0;
  /** Where the outermost open brace is, if it is of code; else -1. */
  body = -1;
  last = ";";
  lastWord = "";
  get depth() {
    return this.braces.length;
  }
  get isCode() {
    return this.braces.at(-1) === "code";
  }
  run() {
    const { text } = this;
    let lineStart = true;
    while (this.at < text.length) {
      const code = text.charCodeAt(this.at);
      if (code === 10) {
        lineStart = true;
        this.at++;
      } else if (code === 32 || code === 9 || code === 13) this.at++;
      else if (code === 35 && lineStart) this.directive();
      else {
        lineStart = false;
        this.token(code);
      }
    }
    this.conditionals.finish();
    return this.sheet.finish();
  }
  token(code) {
    const { text, at } = this;
    const past = skipLiteral(text, at);
    if (past > at) {
      const isComment = code === 47;
      this.at = past;
      if (!isComment) this.saw('"', "");
    } else if (isWordCode(code)) {
      const end = wordEnd(text, at);
      const word = text.slice(at, end);
      this.at = end;
      if (code >= 48 && code <= 57) this.saw("0", "");
      else this.word(word, at, end);
    } else {
      this.punctuation(text[at]);
      this.at++;
    }
  }
  saw(last, word) {
    this.last = last;
    this.lastWord = word;
  }
  took({ at, last, word }) {
    this.at = at;
    this.saw(last, word);
  }
  punctuation(char) {
    if (char === "{") this.openBrace();
    else if (char === "}") this.closeBrace();
    else if (char === "(") this.parens.push(this.lastWord !== "" && !NOT_CALLS.has(this.lastWord));
    else if (char === ")") this.parens.pop();
    else if (char === ".") this.dots();
    else if (char === ";" && this.depth === 0) this.parens = [];
    this.saw(char, "");
  }
  openBrace() {
    const opensCode = this.opensCode();
    if (this.depth === 0) this.body = opensCode ? this.at : -1;
    this.braces.push(opensCode ? "code" : "data");
  }
  closeBrace() {
    this.braces.pop();
    if (this.depth > 0) return;
    this.parens = [];
    if (this.body >= 0) this.sheet.body(this.body, this.at + 1);
    this.body = -1;
  }
  /** `case 1 ... 5:`; the tree's reader finds the dots again in the original. */
  dots() {
    if (!this.text.startsWith("...", this.at) || !this.isCode || this.parens.length > 0) return;
    this.sheet.mark("range", "...", this.at, this.at + 3);
    this.sheet.write(this.at, "|| ");
    this.at += 2;
  }
  opensCode() {
    return this.isCode ? this.last !== "=" && this.last !== "," : this.last === ")";
  }
  word(word, start3, end) {
    const annotation = ANNOTATIONS.get(word);
    if (annotation) {
      this.annotation(word, start3, end, annotation === "with-arguments");
      return;
    }
    const taken = this.special(word, start3, end);
    if (taken) this.took(taken);
    else this.saw("a", word);
  }
  /** What takes the word and perhaps what follows it; null for a word like any other. */
  special(word, start3, end) {
    if (word === "struct" || word === "union" || word === "enum") {
      const isArgument = (this.last === "(" || this.last === ",") && this.parens.at(-1) && this.depth > 0;
      return isArgument ? maskTypeArgument(this, start3) : null;
    }
    if (word === "typeof" || word === "__typeof__") return this.typeof(start3, end);
    const open2 = skipBlank(this.text, end);
    if (this.text[open2] !== "(" || KEYWORDS.has(word)) return null;
    return maskMacro(this, { word, start: start3, end, open: open2 });
  }
  annotation(word, start3, end, takesArguments) {
    let past = end;
    if (takesArguments) {
      const open2 = skipBlank(this.text, end);
      const close = this.text[open2] === "(" ? this.pairs.closing(open2) : -1;
      if (close >= 0) past = close + 1;
    }
    this.sheet.mark("annotation", word, start3, past);
    this.sheet.blank(start3, past);
    this.at = past;
  }
  typeof(start3, end) {
    const open2 = skipBlank(this.text, end);
    const close = this.text[open2] === "(" ? this.pairs.closing(open2) : -1;
    if (close < 0) return null;
    this.sheet.mark("type-argument", "typeof", start3, close + 1);
    this.sheet.write(start3, this.text.slice(start3, close + 1).replace(/[^\w\r\n]/g, "_"));
    return { at: close + 1, last: "a", word: "typeof" };
  }
  directive() {
    const { text, at: start3 } = this;
    const end = skipDirective(text, start3);
    const [, name2 = "", rest = ""] = /^#[ \t]*(\w*)([\s\S]*)/.exec(text.slice(start3, end)) ?? [];
    this.at = end;
    if (/^(?:if|ifdef|ifndef|elif|elifdef|elifndef|else|endif)$/.test(name2)) {
      this.sheet.mark("directive", name2, start3, end);
      this.sheet.blank(start3, end);
      const isCode = this.isCode || this.parens.length > 0;
      const around = { isCode, depth: this.depth, endsItem: this.endsItem() };
      this.at = this.conditionals.directive(name2, rest, start3, end, around);
    } else if (this.depth > 0 || this.parens.length > 0) {
      this.sheet.mark("directive", name2, start3, end);
      this.sheet.blank(start3, end);
    } else {
      if (name2 === "define") this.definition(start3, end);
      this.saw(";", "");
    }
  }
  /** Hides what the grammar does not know in a `#define`: the name in `args...`, and comments before its end. */
  definition(start3, end) {
    const text = this.text.slice(start3, end);
    const named3 = /^[^)\n]*?(\w+)\.\.\./.exec(text);
    if (named3?.[1]) {
      const dots = start3 + named3[0].length - 3;
      this.sheet.blank(dots - named3[1].length, dots);
    }
    for (const { 0: comment, index: index2 } of text.matchAll(/\/\*[\s\S]*?\*\/(?=[\s\\]*[^\s\\])/g)) {
      const blank = comment.replace(/[^\r\n]/g, " ").replace(/ (?=\r?\n)/g, "\\");
      this.sheet.write(start3 + index2, blank);
    }
  }
  /** Whether an item of the file, a field or an entry could begin here. */
  endsItem() {
    if (this.depth === 0) return this.last === ";" || this.last === "}";
    return this.last === ";" || this.last === "," || this.last === "{";
  }
};

// server/src/syntax/parser.ts
var import_tree_sitter = __toESM(require("tree-sitter"));
var import_tree_sitter_c = __toESM(require("tree-sitter-c"));

// server/src/syntax/flat-tree.ts
var CELLS = 4;
var KIND_BITS = 16;
var KIND_MASK = (1 << KIND_BITS) - 1;
var kindNames = [];
var fieldNames = [""];
function tagOf(kind, field2) {
  return field2 << KIND_BITS | kind;
}
function nameKind(kind, name2) {
  kindNames[kind] = interned(name2);
}
function kindName(kind) {
  return kindNames[kind];
}
function kindIn(tag) {
  return tag & KIND_MASK;
}
function nameField(field2, name2) {
  fieldNames[field2] = interned(name2);
}
function isFieldNamed(field2) {
  return fieldNames[field2] !== void 0;
}
function interned(name2) {
  return Object.keys({ [name2]: true })[0];
}
var FlatTree = class {
  constructor(cells, count3, errors) {
    this.cells = cells;
    this.count = count3;
    this.errors = errors;
  }
  cells;
  count;
  errors;
  /** The grammar's name of a node's kind (`call_expression`, `;`, …). */
  kind(node) {
    return kindNames[this.cells[node * CELLS] & KIND_MASK];
  }
  /** The grammar's name of the field by which a node hangs from its parent, or ''. */
  field(node) {
    return fieldNames[this.cells[node * CELLS] >> KIND_BITS];
  }
  start(node) {
    return this.cells[node * CELLS + 1];
  }
  end(node) {
    return this.cells[node * CELLS + 2];
  }
  past(node) {
    return this.cells[node * CELLS + 3];
  }
  /** Moves the nodes to where they stand in a text of which `gaps`, in its own offsets and in order, were left out. */
  spread(gaps) {
    for (const gap of gaps) {
      const length = gap.end - gap.start;
      for (let cell = 1; cell < this.cells.length; cell += CELLS) {
        if (this.cells[cell] >= gap.start) this.cells[cell] += length;
        if (this.cells[cell + 1] > gap.start) this.cells[cell + 1] += length;
      }
    }
  }
};

// server/src/syntax/parser.ts
var parser = new import_tree_sitter.default();
parser.setLanguage(import_tree_sitter_c.default);
function parseFlat(text) {
  const tree3 = parser.parse(text, void 0, { bufferSize: text.length + 64 });
  const root = tree3.rootNode;
  flattener.begin(text, root.walk());
  if (root.hasError) flattener.askAll();
  else flattener.deriveMost();
  return flattener.finish();
}
var UNMET = 0;
var INNER = 1;
var LOOSE = 2;
var TOKEN = 3;
var WORD = 4;
var SIGN = 5;
var BRACKET = 6;
var BRACKETS = /* @__PURE__ */ new Set([";", ",", "(", ")", "{", "}", "[", "]"]);
var WORDS = /* @__PURE__ */ new Set([
  ...["identifier", "field_identifier", "type_identifier", "statement_identifier", "primitive_type"]
]);
var TOKENS = /* @__PURE__ */ new Set([
  ...["number_literal", "comment", "string_content", "escape_sequence", "character"],
  ...["preproc_arg", "preproc_directive", "system_lib_string", "true", "false"]
]);
function shapeOf(name2, isNamed) {
  if (WORDS.has(name2)) return WORD;
  if (TOKENS.has(name2)) return TOKEN;
  if (isNamed) return /^preproc_|^translation_unit$/.test(name2) ? LOOSE : INNER;
  if (BRACKETS.has(name2)) return BRACKET;
  if (/^[a-z]+$/.test(name2)) return WORD;
  return /^[^\w\s#"'\\]+$/.test(name2) ? SIGN : TOKEN;
}
var shapes = new Uint8Array(1 << 16);
var ERROR = 65535;
var ERROR_KIND = 0;
nameKind(ERROR_KIND, "ERROR");
var INITIAL_CAPACITY = 16 * 1024;
var Flattener = class {
  cells = new Int32Array(INITIAL_CAPACITY * CELLS);
  count = 0;
  open = [];
  errors = [];
  cursor;
  text = "";
  /** Where the last token ends. */
  at = 0;
  /** The first of the innermost nodes whose first token is yet to come. */
  unplaced = 0;
  begin(text, cursor) {
    this.text = text;
    this.cursor = cursor;
    this.count = 0;
    this.at = 0;
    this.unplaced = 0;
    this.open.length = 0;
    this.errors = [];
  }
  finish() {
    return new FlatTree(this.cells.slice(0, this.count * CELLS), this.count, this.errors);
  }
  /** All of a tree with errors. */
  askAll() {
    const { cursor, open: open2 } = this;
    for (; ; ) {
      const node = this.asked();
      if (cursor.gotoFirstChild()) {
        open2.push(node);
        continue;
      }
      this.cells[node * CELLS + 3] = this.count;
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) return;
        this.cells[open2.pop() * CELLS + 3] = this.count;
      }
    }
  }
  asked() {
    const { cursor } = this;
    const kind = cursor.nodeTypeId;
    const start3 = cursor.startIndex;
    const end = cursor.endIndex;
    const isMissing = start3 === end && cursor.nodeIsMissing && !this.isPadding();
    if (kind === ERROR || isMissing) this.errors.push(this.count);
    if (kind !== ERROR && shapes[kind] === UNMET) this.meet(kind);
    const node = this.push(kind === ERROR ? ERROR_KIND : kind, this.field());
    this.place(node, start3, end);
    return node;
  }
  /** Whether the node to come is the name that the grammar misses in `u32 : 5;`. */
  isPadding() {
    const parent = this.open.at(-1);
    return parent !== void 0 && kindName(kindIn(this.cells[parent * CELLS])) === "field_declaration";
  }
  /** All of a tree without errors. */
  deriveMost() {
    const { cursor, open: open2 } = this;
    for (; ; ) {
      const kind = cursor.nodeTypeId;
      const shape = shapes[kind] === UNMET ? this.meet(kind) : shapes[kind];
      const node = this.push(kind, shape === BRACKET ? 0 : this.field());
      if (shape <= LOOSE && cursor.gotoFirstChild()) {
        open2.push(node);
        continue;
      }
      this.token(node, kind, shape);
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) return;
        this.close(open2.pop());
      }
    }
  }
  token(node, kind, shape) {
    const { text } = this;
    const start3 = this.blankEnd();
    const end = endOfToken(text, start3, kind, shape);
    if (end > start3) this.place(node, start3, end);
    else this.place(node, this.cursor.startIndex, this.cursor.endIndex);
    const first2 = this.cells[node * CELLS + 1];
    for (let outer = this.unplaced; outer < node; outer++) this.cells[outer * CELLS + 1] = first2;
    this.unplaced = node + 1;
    this.at = this.cells[node * CELLS + 2];
    this.cells[node * CELLS + 3] = this.count;
  }
  /** Where the next token begins, unless it stands after something that is no blank. */
  blankEnd() {
    const { text } = this;
    let at = this.at;
    for (let code = text.charCodeAt(at); code === 32 || code >= 9 && code <= 13; code = text.charCodeAt(at))
      at++;
    return at;
  }
  close(node) {
    const cell = node * CELLS;
    this.cells[cell + 3] = this.count;
    if (shapes[kindIn(this.cells[cell])] === LOOSE) {
      this.cells[cell + 1] = this.cursor.startIndex;
      this.cells[cell + 2] = this.cursor.endIndex;
    } else this.cells[cell + 2] = this.at;
  }
  push(kind, field2) {
    if ((this.count + 1) * CELLS > this.cells.length) this.grow();
    const node = this.count++;
    this.cells[node * CELLS] = tagOf(kind, field2);
    return node;
  }
  place(node, start3, end) {
    this.cells[node * CELLS + 1] = start3;
    this.cells[node * CELLS + 2] = end;
  }
  field() {
    const field2 = this.cursor.currentFieldId;
    if (field2 === void 0) return 0;
    if (!isFieldNamed(field2)) nameField(field2, this.cursor.currentFieldName);
    return field2;
  }
  meet(kind) {
    const name2 = this.cursor.nodeType;
    nameKind(kind, name2);
    shapes[kind] = shapeOf(name2, this.cursor.nodeIsNamed);
    return shapes[kind];
  }
  grow() {
    const wider = new Int32Array(this.cells.length * 2);
    wider.set(this.cells);
    this.cells = wider;
  }
};
var flattener = new Flattener();
function endOfToken(text, start3, kind, shape) {
  if (shape === WORD) {
    let end = start3;
    while (isWordCode(text.charCodeAt(end))) end++;
    const code = text.charCodeAt(end);
    return code === 36 || code === 92 || code > 127 ? start3 : end;
  }
  if (shape !== SIGN && shape !== BRACKET) return start3;
  const name2 = kindName(kind);
  return text.startsWith(name2, start3) ? start3 + name2.length : start3;
}

// server/src/syntax/piece-text.ts
var PieceText = class {
  constructor(text, configuration) {
    this.text = text;
    const { text: masked, marks, bodies } = maskKernelC(text, configuration);
    const outline = outlineWithout(bodies, masked);
    this.masked = masked;
    this.marks = marks;
    this.leftOut = outline ? bodies : [];
    this.outline = outline ?? parseFlat(masked);
  }
  text;
  marks;
  outline;
  masked;
  /** The bodies that are not in the outline. */
  leftOut;
  /** Of those that were parsed, where the grammar could not follow; by where they begin. */
  bodyErrors = /* @__PURE__ */ new Map();
  /** The body between two offsets; null when the grammar found none there. */
  body({ start: start3, end }) {
    if (!this.leftOut.some((each2) => each2.start === start3)) return bodyIn(this.outline, start3, end);
    const tree3 = parseFlat(this.masked.slice(start3, end));
    this.remember(start3, end, tree3);
    if (isWholeBody(tree3, end - start3)) return { tree: tree3, node: 1, from: start3 };
    return bodyIn(parseFlat(this.masked), start3, end);
  }
  /** Where the grammar could not follow. Parses every body. */
  errors() {
    const errors = errorsOf(this.outline, 0);
    for (const body2 of this.leftOut) {
      if (!this.bodyErrors.has(body2.start)) this.body(body2);
      errors.push(...this.bodyErrors.get(body2.start));
    }
    return errors.sort((a, b) => a.start - b.start);
  }
  remember(start3, end, tree3) {
    const errors = errorsOf(tree3, start3);
    const isRead = errors.length > 0 || isWholeBody(tree3, end - start3);
    this.bodyErrors.set(start3, isRead ? errors : [{ start: start3, end }]);
  }
};
function errorsOf(tree3, from) {
  return tree3.errors.map((node) => ({ start: tree3.start(node) + from, end: tree3.end(node) + from }));
}
function isWholeBody(tree3, length) {
  return tree3.count > 1 && tree3.kind(1) === "compound_statement" && tree3.start(1) === 0 && tree3.end(1) === length;
}
function bodyIn(tree3, start3, end) {
  let low = 0;
  let high = tree3.count;
  while (low < high) {
    const middle = low + high >> 1;
    if (tree3.start(middle) < start3) low = middle + 1;
    else high = middle;
  }
  for (let node = low; node < tree3.count && tree3.start(node) === start3; node++) {
    if (tree3.kind(node) === "compound_statement" && tree3.end(node) === end) return { tree: tree3, node, from: 0 };
  }
  return null;
}
function outlineWithout(bodies, masked) {
  if (bodies.length === 0) return null;
  const gaps = bodies.map(({ start: start3, end }) => ({ start: start3 + 1, end: end - 1 }));
  const tree3 = parseFlat(without(gaps, masked));
  if (tree3.errors.length > 0) return null;
  tree3.spread(gaps);
  const found2 = bodyStarts(tree3);
  return bodies.every(({ start: start3 }) => found2.has(start3)) ? tree3 : null;
}
function without(gaps, text) {
  let kept = "";
  let from = 0;
  for (const { start: start3, end } of gaps) {
    kept += text.slice(from, start3);
    from = end;
  }
  return kept + text.slice(from);
}
function bodyStarts(tree3) {
  const starts = /* @__PURE__ */ new Set();
  for (let node = 0; node < tree3.count; node++) {
    if (tree3.kind(node) !== "function_definition") continue;
    for (let child = node + 1; child < tree3.past(node); child = tree3.past(child)) {
      if (tree3.kind(child) === "compound_statement") starts.add(tree3.start(child));
    }
  }
  return starts;
}

// server/src/syntax/shift.ts
function shifted(value, by) {
  const seen = /* @__PURE__ */ new Map();
  const copy2 = (part) => {
    if (typeof part !== "object" || part === null) return part;
    const known2 = seen.get(part);
    if (known2) return known2;
    const made2 = Array.isArray(part) ? part.map(copy2) : shiftedRecord({ ...part }, by, copy2);
    seen.set(part, made2);
    return made2;
  };
  return copy2(value);
}
function shiftedRecord(record, by, copy2) {
  for (const key in record) {
    const part = record[key];
    if (typeof part === "object") record[key] = copy2(part);
    else if (typeof part === "number" && (key === "start" || key === "end")) record[key] = part + by;
  }
  return record;
}

// server/src/syntax/c-file.ts
var Piece = class {
  /** `base`: where it stood. */
  constructor(source, base, standIns) {
    this.source = source;
    this.base = base;
    this.marks = moved(source.marks, base);
    this.items = readOutline(new Parsed(source.text, source.outline, this.marks, base), standIns);
  }
  source;
  base;
  items;
  /** In offsets of the text it was read in first. */
  marks;
  blocks = /* @__PURE__ */ new Map();
  get text() {
    return this.source.text;
  }
  /** The body of one of its functions, or null for a prototype. */
  bodyOf(item) {
    const known2 = this.blocks.get(item);
    if (known2 !== void 0) return known2;
    const block = this.readBody(item, this.base);
    this.blocks.set(item, block);
    return block;
  }
  /** The same with the spans that it has when the piece stands at `base`, as those of `item` are. */
  readBody({ bodySpan: span }, base) {
    if (span === null) return null;
    const { source } = this;
    const found2 = source.body({ start: span.start - base, end: span.end - base });
    if (!found2) {
      const { start: start3, end } = span;
      const statement = {
        kind: "opaque-statement",
        reason: "cannot tell where it ends",
        start: start3,
        end
      };
      return { kind: "compound", start: start3, end, statements: [statement] };
    }
    const marks = base === this.base ? this.marks : moved(source.marks, base);
    const own = marks.filter((mark) => contains(span, mark));
    const parsed2 = new Parsed(source.text.slice(found2.from), found2.tree, own, base + found2.from);
    return readBlock(parsed2, found2.node);
  }
};
var CFile = class {
  /**
   * `standIns`: parts of `text` that replace what a fragment does not show.
   * `before`: the same file as it was; items of pieces that stand where they
   * stood are the very same objects. `configuration`: which arms of `#if` are
   * read in code; pass the same object each time, since of a file that was
   * read under another one nothing is taken over.
   */
  constructor(text, standIns = [], before, configuration = DEFAULT_CONFIGURATION) {
    this.text = text;
    this.standIns = standIns;
    this.configuration = configuration;
    this.before = before?.configuration === configuration ? before : void 0;
    this.blocks = this.before?.blocks ?? /* @__PURE__ */ new WeakMap();
    void this.before?.pieces;
    this.starts = chunkStarts(text);
  }
  text;
  standIns;
  configuration;
  byText = /* @__PURE__ */ new Map();
  homes = /* @__PURE__ */ new Map();
  blocks;
  allMarks = null;
  allPieces = null;
  allItems = null;
  starts;
  /** Those that somebody has asked for. */
  placed = [];
  before;
  /** All pieces, in order. */
  get pieces() {
    if (!this.allPieces) {
      this.allPieces = this.starts.map((_, index2) => this.pieceAt(index2));
      this.before = void 0;
    }
    return this.allPieces;
  }
  /** All items, in order. */
  get items() {
    this.allItems ??= this.pieces.flatMap(({ items }) => items);
    return this.allItems;
  }
  /** Items of the pieces that hold these offsets; no other piece is parsed. */
  itemsAt(offsets) {
    const indices = new Set(offsets.map((offset) => this.indexAt(offset)));
    return [...indices].sort((a, b) => a - b).flatMap((index2) => this.pieceAt(index2).items);
  }
  /** The piece that an offset lies in. */
  indexAt(offset) {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = low + high + 1 >> 1;
      if (this.starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
  endOf(index2) {
    return this.starts[index2 + 1] ?? this.text.length;
  }
  pieceAt(index2) {
    let placed = this.placed[index2];
    if (!placed) {
      const start3 = this.starts[index2];
      placed = this.place(this.text.slice(start3, this.endOf(index2)), start3);
      this.placed[index2] = placed;
    }
    return placed;
  }
  place(text, base) {
    const { standIns } = this;
    const known2 = this.byText.get(text) ?? this.before?.byText.get(text);
    const source = known2?.piece.source ?? new PieceText(ownCopy(text), this.configuration);
    const placed = known2 && standIns.length === 0 ? placedAt(known2, base) : standing(new Piece(source, base, standIns));
    this.byText.set(placed.piece.text, placed);
    for (const item of placed.items) if (item.kind === "function") this.homes.set(item, placed);
    return placed;
  }
  /** What the mask hid from the grammar: annotations, directives, iteration macros, … */
  get marks() {
    this.allMarks ??= this.pieces.flatMap(({ piece, base }) => moved(piece.marks, base - piece.base));
    return this.allMarks;
  }
  /** The function's body, or null for a prototype and for items of another file. */
  bodyOf(item) {
    const home = this.homes.get(item);
    if (!home) return null;
    if (home.base === home.piece.base) return home.piece.bodyOf(item);
    const known2 = this.blocks.get(item);
    if (known2) return known2;
    const block = home.piece.readBody(item, home.base);
    if (block) this.blocks.set(item, block);
    return block;
  }
  /** Null for items of another file. */
  originalOf(item) {
    const home = this.homes.get(item);
    const original = home?.piece.items[home.items.indexOf(item)];
    if (!home || original?.kind !== "function") return null;
    return { piece: home.piece, item: original, shift: home.base - home.piece.base };
  }
  /** Where the grammar could not follow, in order. Parses every body that nobody has asked for yet. */
  get errors() {
    return this.pieces.flatMap(errorsOf2);
  }
  /** Where the grammar could not follow inside of a function. */
  errorsIn(item) {
    const home = this.homes.get(item);
    return home ? errorsOf2(home).filter((error3) => contains(item, error3)) : [];
  }
};
function errorsOf2({ piece, base }) {
  return moved(piece.source.errors(), base);
}
function standing(piece) {
  return { piece, base: piece.base, items: piece.items };
}
function placedAt(known2, base) {
  const { piece } = known2;
  if (known2.base === base) return known2;
  if (piece.base === base) return standing(piece);
  return { piece, base, items: shifted(piece.items, base - piece.base) };
}
function ownCopy(slice) {
  return ` ${slice}`.slice(1);
}
function moved(spans, by) {
  return by === 0 ? spans : spans.map((each2) => ({ ...each2, start: each2.start + by, end: each2.end + by }));
}

// server/src/syntax/walk.ts
function partsOf(node) {
  switch (node.kind) {
    case "member":
      return [node.object];
    case "index":
      return [node.object, node.index];
    case "call":
      return [node.callee, ...node.args];
    case "unary":
    case "update":
    case "cast":
      return [node.operand];
    case "binary":
      return [node.left, node.right];
    case "assign":
      return [node.value, node.target];
    case "conditional":
      return node.consequence ? [node.condition, node.consequence, node.alternative] : [node.condition, node.alternative];
    case "comma":
      return node.items;
    case "initializers":
      return node.entries.map((entry3) => entry3.value);
    case "block":
      return [node.body];
    case "declaration":
      return node.declarators.flatMap((each2) => each2.initial ? [each2.initial] : []);
    case "expression":
      return [node.expression];
    case "if":
      return node.alternative ? [node.condition, node.consequence, node.alternative] : [node.condition, node.consequence];
    case "loop":
      return [...node.header, node.body];
    case "switch":
      return [node.subject, node.body];
    case "case":
      return node.value ? [node.value, ...node.body] : node.body;
    case "return":
      return node.value ? [node.value] : [];
    case "label":
      return node.body ? [node.body] : [];
    case "compound":
      return node.statements;
    default:
      return [];
  }
}
function walk(node, visit) {
  for (const part of partsOf(node)) walk(part, visit);
  visit(node);
}

// server/src/sim/worlds/scenario.ts
var DEVICES = {
  D1: { iommu: "I1", group: "g1", pasids: 1 << 20 },
  D2: { iommu: "I1", group: "g2", pasids: 1 << 20 },
  D3: { iommu: "I2", group: "g3", pasids: 1 << 20 },
  D5: { iommu: "X1", group: "g5", pasids: 1 << 20 },
  D6: { iommu: "I1", group: "g6", pasids: 0 },
  D7: { iommu: "I1", group: "g7", pasids: 4 },
  D8: { iommu: "I1", group: "g8", pasids: 1 << 20 },
  D9: { iommu: "I1", group: "g8", pasids: 1 << 20 },
  D10: { iommu: null, group: "g10", pasids: 0 }
};
var bind = (as, device, mm) => ({
  do: "bind",
  as,
  device,
  mm,
  isWanted: true
});
var tryToBind = (as, device, mm) => ({
  ...bind(as, device, mm),
  isWanted: false
});
var unbind = (handle) => ({ do: "unbind", handle });
var exit = (mm) => ({ do: "exit", mm });
var fault = (device) => ({ do: "fault", device });
var USUAL = {
  driver: "strict",
  drains: true,
  pasidGoesWithUsers: false,
  isPartlyBound: false
};
function defineScenario(told) {
  return {
    when: "",
    times: ["2022", "6.2", "6.8"],
    before: [],
    beside: {},
    after: [],
    faults: false,
    ...told,
    world: { ...USUAL, ...told.world }
  };
}

// server/src/sim/worlds/compose.ts
var SCENARIO_FILE = "simulated/scenario.c";
function compose(scenario, kit) {
  const { before, beside, after, story } = scenario;
  const names = Object.keys(beside);
  const acts = [...before, ...Object.values(beside).flat(), ...after];
  const functions = [
    ...faultingOf(acts).flatMap((device) => kit.report ? [requestsOf(device, kit.report)] : []),
    functionOf("set_up", [...worldOf(scenario.world, acts), ...before.flatMap((act) => linesOf(act, kit))]),
    ...names.map(
      (name2) => functionOf(
        `${name2}_acts`,
        beside[name2].flatMap((act) => linesOf(act, kit))
      )
    ),
    ...after.length > 0 ? [
      functionOf(
        "tear_down",
        after.flatMap((act) => linesOf(act, kit))
      )
    ] : []
  ];
  const text = [
    `/* ${story} */`,
    '#include "kernel.h"',
    "",
    ...variablesOf(acts, kit),
    "",
    functions.join("\n\n"),
    ""
  ].join("\n");
  return {
    text,
    setUp: "set_up",
    tasks: names.map((name2) => `${name2}_acts`),
    tearDown: after.length > 0 ? "tear_down" : null
  };
}
function functionOf(name2, lines) {
  return `static void ${name2}(void)
{
${lines.map((line) => `	${line}`).join("\n")}
}`;
}
var rowOf = (device) => DEVICES[device];
var lower = (name2) => name2.toLowerCase();
function devicesOf(acts) {
  const named3 = acts.flatMap((act) => "device" in act ? [act.device] : []);
  const groups = new Set(named3.map((device) => rowOf(device).group));
  return Object.keys(DEVICES).filter((device) => groups.has(rowOf(device).group));
}
function processesOf(acts) {
  return [...new Set(acts.flatMap((act) => "mm" in act ? [act.mm] : []))].sort();
}
function faultingOf(acts) {
  return [...new Set(acts.flatMap((act) => act.do === "fault" ? [act.device] : []))];
}
function handlesOf(acts) {
  return [...new Set(acts.flatMap((act) => act.do === "bind" ? [act.as] : []))];
}
var unique = (names) => [...new Set(names)];
function variablesOf(acts, { bind: bind5 }) {
  const devices = devicesOf(acts);
  const instances = unique(devices.flatMap((device) => rowOf(device).iommu ?? []));
  return [
    "static struct workqueue_struct *faults;",
    "static struct bus_type main_bus, other_bus;",
    ...instances.map((name2) => `static struct model_iommu ${lower(name2)};`),
    ...unique(devices.map((device) => rowOf(device).group)).map(
      (group) => `static struct iommu_group ${group};`
    ),
    ...devices.flatMap((device) => [
      `static struct device ${lower(device)};`,
      ...rowOf(device).iommu ? [
        `static struct dev_iommu ${lower(device)}_iommu;`,
        `static struct model_device ${lower(device)}_private;`,
        `static struct group_device ${lower(device)}_member;`
      ] : []
    ]),
    ...processesOf(acts).map((mm) => `static struct mm_struct ${lower(mm)};`),
    ...handlesOf(acts).map((handle) => `static ${typeOf(bind5)}${variableOf(handle)};`),
    ...faultingOf(acts).map((device) => `static struct work_struct ${lower(device)}_requests;`)
  ];
}
var variableOf = (handle) => `bond_${handle}`;
function typeOf({ item }) {
  return `${item.returns.base} ${"*".repeat(item.returns.pointers)}`;
}
var POLICIES = {
  strict: "INSTANCE_CHECKED",
  shared: "INSTANCE_SHARED",
  caps: "INSTANCE_BY_FEATURES"
};
function worldOf(options, acts) {
  const devices = devicesOf(acts);
  const instances = unique(devices.flatMap((device) => rowOf(device).iommu ?? []));
  return [
    ...options.pasidGoesWithUsers ? ["pasid_goes_with_users = true;"] : [],
    "main_bus.iommu_ops = &main_ops;",
    "other_bus.iommu_ops = &other_ops;",
    ...instances.map(
      (name2) => `start_iommu(&${lower(name2)}, &${opsOf(name2)}, ${POLICIES[options.driver]}, ${options.drains}, faults);`
    ),
    ...unique(devices.filter((device) => rowOf(device).iommu).map((device) => rowOf(device).group)).map(
      (group) => `start_group(&${group});`
    ),
    ...devices.flatMap((device) => startOf(device)),
    ...options.isPartlyBound ? unique(devices.map((device) => rowOf(device).group)).map((group) => `${group}.owner_cnt = 1;`) : [],
    ...processesOf(acts).map((mm) => `start_mm(&${lower(mm)});`),
    ...faultingOf(acts).map((device) => `INIT_WORK(&${lower(device)}_requests, ${lower(device)}_asks);`),
    ""
  ];
}
var isOther = (iommu) => iommu.startsWith("X");
var opsOf = (iommu) => isOther(iommu) ? "other_ops" : "main_ops";
var busOf = (iommu) => iommu && isOther(iommu) ? "other_bus" : "main_bus";
function startOf(device) {
  const { iommu, group, pasids } = rowOf(device);
  const name2 = lower(device);
  if (!iommu) return [`${name2}.bus = &main_bus;`];
  return [
    `${name2}_private.driver = &${isOther(iommu) ? "other_driver" : "main_driver"};`,
    `${name2}_private.iommu = &${lower(iommu)};`,
    `start_device(&${name2}, &${name2}_iommu, &${busOf(iommu)}, &${lower(iommu)}.iommu, &${name2}_private, ${pasids});`,
    `join_group(&${group}, &${name2}_member, &${name2}, ${pasids});`
  ];
}
function linesOf(act, kit) {
  switch (act.do) {
    case "bind":
      return bindLines(act, kit.bind);
    case "unbind":
      return unbindLines(act.handle, kit.unbind);
    case "exit":
      return [`mmput(&${lower(act.mm)});`];
    case "fault":
      return kit.report ? [`queue_work(faults, &${lower(act.device)}_requests);`] : [];
  }
}
function bindLines(act, part) {
  const [device, mm, handle] = [lower(act.device), lower(act.mm), variableOf(act.as)];
  const args = part.parameters.map((type) => argumentOf(type, device, mm));
  return [
    `simulated_begin("bind of ${act.device} to ${act.mm}", &${device}, &${mm});`,
    `${handle} = ${part.name}(${args.join(", ")});`,
    `simulated_end(${handle}, ${act.isWanted ? 1 : 0});`
  ];
}
function unbindLines(handle, part) {
  const name2 = variableOf(handle);
  return [
    `if (!IS_ERR_OR_NULL(${name2})) {`,
    `	simulated_begin("unbind", NULL, NULL);`,
    `	${part.name}(${name2});`,
    "	simulated_end((void *)1, 0);",
    `	${name2} = NULL;`,
    "}"
  ];
}
function requestsOf(device, part) {
  const name2 = lower(device);
  return [
    `static void ${name2}_asks(struct work_struct *work)`,
    "{",
    `	struct iommu_fault request = { .pasid = simulated_pasid(&${name2}), .grpid = 1 };`,
    "",
    "	if (request.pasid)",
    `		${part.name}(&${name2}, &request);`,
    "}"
  ].join("\n");
}
function argumentOf(type, device, mm) {
  if (type === "struct device *") return `&${device}`;
  if (type === "struct mm_struct *") return `&${mm}`;
  return type.endsWith("*") ? "NULL" : "0";
}

// server/src/sim/worlds/designs.table.ts
var DESIGNS = [
  {
    id: "rfc-v2",
    title: "one domain per PASID number",
    story: "As proposed in March 2022: domains lie in one array by PASID, and count their users themselves.",
    file: "designs/rfc-v2.c",
    operations: "operations-2022.c",
    time: "2022"
  },
  {
    id: "enclosing",
    title: "an object of the mm around its domains",
    story: "As reviewers asked for: the mm has one counted object with its PASID and all its domains.",
    file: "designs/enclosing.c",
    operations: "operations-proposal.c",
    time: "6.8"
  },
  {
    id: "per-group",
    title: "one domain per group and PASID",
    story: "As in Linux 6.2 to 6.7: the PASID slot of a group holds the domain, which is never shared.",
    file: "designs/per-group.c",
    operations: "operations-6.2.c",
    time: "6.2"
  },
  {
    id: "list-per-mm",
    title: "a list of domains per mm",
    story: "As in Linux 6.8 and later: a device tries each domain of the mm, and gets a new one when none fits.",
    file: "designs/list-per-mm.c",
    operations: "operations-6.10.c",
    time: "6.8"
  }
];

// server/src/sim/worlds/kit.ts
function kitOf(files) {
  const parts = files.flatMap(
    ({ file, path }) => file.items.filter((item) => item.kind === "function" && item.bodySpan !== null).map((item) => partOf(item, path))
  );
  for (const handle of HANDLES) {
    const binding = parts.filter(({ item }) => isBind(item, handle));
    const unbinding = parts.filter(({ item }) => isUnbind(item, handle));
    const bind5 = outermost(binding, files);
    const unbind2 = outermost(unbinding, files);
    if (bind5 && unbind2) return { bind: bind5, unbind: unbind2, report: parts.find(({ item }) => isReport(item)) ?? null };
  }
  return null;
}
var HANDLES = ["struct iommu_sva", "struct iommu_domain"];
function partOf(item, path) {
  const { pointers: pointers2, base } = item.returns;
  const returns = pointers2 > 0 ? "handle" : base === "void" ? "nothing" : "number";
  return {
    name: item.name,
    returns,
    parameters: item.parameters.map(({ type }) => spellingOf(type)),
    item,
    path
  };
}
function outermost(parts, files) {
  const inner2 = new Set(
    parts.flatMap((part) => {
      const text = bodyOf(part, files);
      return parts.filter((other) => other !== part && new RegExp(`\\b${other.name}\\s*\\(`).test(text)).map(({ name: name2 }) => name2);
    })
  );
  return parts.find(({ name: name2 }) => !inner2.has(name2)) ?? parts[0] ?? null;
}
function bodyOf({ item, path }, files) {
  const file = files.find((each2) => each2.path === path)?.file;
  return file && item.bodySpan ? file.text.slice(item.bodySpan.start, item.bodySpan.end) : "";
}
function isBind({ returns, parameters }, handle) {
  const types = parameters.map(({ type }) => spellingOf(type));
  return spellingOf(returns) === `${handle} *` && types.includes("struct device *") && types.includes("struct mm_struct *");
}
function isUnbind({ returns, parameters }, handle) {
  return spellingOf(returns) === "void" && parameters.length === 1 && spellingOf(parameters[0].type) === `${handle} *`;
}
function isReport({ parameters }) {
  const types = parameters.map(({ type }) => spellingOf(type));
  return types.length === 2 && types[0] === "struct device *" && /^struct \w*(?:fault|fault_event) \*$/.test(types[1]);
}
function spellingOf(type) {
  return `${type.base} ${"*".repeat(type.pointers)}`.trim();
}

// server/src/ir/scalars.ts
var SCALAR_NAMES = "void bool i8 u8 i16 u16 i32 u32 i64 u64 ptr unknown record".split(" ");
var WIDTHS = [0, 8, 8, 8, 16, 16, 32, 32, 64, 64, 64, 64, 0];
function widthOf(kind) {
  return WIDTHS[kind];
}
function isSigned(kind) {
  return kind === 2 /* I8 */ || kind === 4 /* I16 */ || kind === 6 /* I32 */ || kind === 8 /* I64 */;
}
function isInteger(kind) {
  return kind >= 1 /* Bool */ && kind <= 9 /* U64 */;
}
function integerKind(bits2, signed2) {
  const unsigned = bits2 <= 8 ? 3 /* U8 */ : bits2 <= 16 ? 5 /* U16 */ : bits2 <= 32 ? 7 /* U32 */ : 9 /* U64 */;
  return signed2 ? unsigned - 1 : unsigned;
}
function wrap(kind, value) {
  if (kind === 1 /* Bool */) return value === 0n ? 0n : 1n;
  if (kind === 0 /* Void */ || kind === 12 /* Record */) return 0n;
  return isSigned(kind) ? BigInt.asIntN(WIDTHS[kind], value) : BigInt.asUintN(WIDTHS[kind], value);
}
function promoted(kind) {
  return kind >= 1 /* Bool */ && kind < 6 /* I32 */ ? 6 /* I32 */ : kind;
}
function commonKind(left, right) {
  if (left === 11 /* Unknown */ || right === 11 /* Unknown */) return 11 /* Unknown */;
  if (!isInteger(left) || !isInteger(right)) return 9 /* U64 */;
  return Math.max(promoted(left), promoted(right));
}

// server/src/ir/instructions.ts
function emptyInstruction(op) {
  return {
    op,
    dst: -1,
    a: -1,
    b: -1,
    c: -1,
    kind: 0 /* Void */,
    from: 0 /* Void */,
    text: "",
    type: "",
    args: NO_ARGS,
    cases: null,
    slot: null,
    bits: null,
    walk: null,
    order: "",
    expansion: -1,
    start: 0,
    end: 0
  };
}
var NO_ARGS = [];

// server/src/ir/arithmetic.ts
var BINARY_OPS = /* @__PURE__ */ new Map([
  ["+", 19 /* Add */],
  ["-", 20 /* Subtract */],
  ["*", 21 /* Multiply */],
  ["/", 22 /* Divide */],
  ["%", 23 /* Remainder */],
  ["&", 24 /* And */],
  ["|", 25 /* Or */],
  ["^", 26 /* Xor */],
  ["<<", 27 /* ShiftLeft */],
  [">>", 28 /* ShiftRight */],
  ["==", 29 /* Equal */],
  ["!=", 30 /* NotEqual */],
  ["<", 31 /* Less */],
  ["<=", 32 /* LessEqual */],
  [">", 33 /* Greater */],
  [">=", 34 /* GreaterEqual */]
]);
function isComparison(op) {
  return op >= 29 /* Equal */ && op <= 34 /* GreaterEqual */;
}
function isShift(op) {
  return op === 27 /* ShiftLeft */ || op === 28 /* ShiftRight */;
}
function compute(op, from, left, right) {
  if (isComparison(op)) return compare2(op, left, right) ? 1n : 0n;
  if (isShift(op)) {
    if (right < 0n || right >= BigInt(widthOf(from))) return null;
    return wrap(from, op === 27 /* ShiftLeft */ ? left << right : left >> right);
  }
  const value = combine(op, left, right);
  return value === null ? null : wrap(from, value);
}
function combine(op, left, right) {
  switch (op) {
    case 19 /* Add */:
      return left + right;
    case 20 /* Subtract */:
      return left - right;
    case 21 /* Multiply */:
      return left * right;
    case 22 /* Divide */:
      return right === 0n ? null : left / right;
    case 23 /* Remainder */:
      return right === 0n ? null : left % right;
    case 24 /* And */:
      return left & right;
    case 25 /* Or */:
      return left | right;
    case 26 /* Xor */:
      return left ^ right;
    default:
      return null;
  }
}
function compare2(op, left, right) {
  switch (op) {
    case 29 /* Equal */:
      return left === right;
    case 30 /* NotEqual */:
      return left !== right;
    case 31 /* Less */:
      return left < right;
    case 32 /* LessEqual */:
      return left <= right;
    case 33 /* Greater */:
      return left > right;
    default:
      return left >= right;
  }
}
function extractBits(kind, unit, offset, width) {
  const raw = unit >> BigInt(offset) & (1n << BigInt(width)) - 1n;
  return isSigned(kind) ? BigInt.asIntN(width, raw) : raw;
}

// server/src/ir/declarations.ts
var DeclarationsOf = class {
  byKind = /* @__PURE__ */ new Map();
  constants = /* @__PURE__ */ new Map();
  tables = null;
  files;
  constructor(files) {
    this.files = files.map((each2) => "items" in each2 ? { file: each2, path: "" } : each2);
    for (const { file, path } of this.files) for (const item of file.items) this.index({ item, file, path });
  }
  index(found2) {
    const { item } = found2;
    if (item.name !== "") push(this.named(item.kind), item.name, found2);
    if (item.kind === "enum")
      for (const member3 of item.members) push(this.constants, member3.name, found2);
  }
  indexTables() {
    const tables = /* @__PURE__ */ new Map();
    for (const { path, file } of this.files) {
      for (const item of file.items) {
        if (item.kind === "variable" && item.initial)
          this.indexTable(tables, item.type.base, item.initial, file);
        const body2 = item.kind === "function" && !path.endsWith(".h") ? file.bodyOf(item) : null;
        if (body2)
          walk(body2, (node) => {
            if (node.kind === "initializers" && node.type) this.indexTable(tables, "", node, file);
          });
      }
    }
    return tables;
  }
  indexTable(tables, type, value, file) {
    if (value.kind === "unary" && value.operator === "&") {
      this.indexTable(tables, type, value.operand, file);
      return;
    }
    if (value.kind !== "initializers") return;
    const record = value.type?.base ?? type;
    const fields = record.startsWith("struct ") ? this.record(record, file)?.item.fields : void 0;
    for (const { member: member3, value: inner2 } of value.entries) {
      const name2 = functionNamed(inner2);
      if (name2 && member3 !== "") push(tables, `${record}.${member3}`, name2);
      else if (inner2.kind === "initializers" || inner2.kind === "unary")
        this.indexTable(tables, fields?.find((field2) => field2.name === member3)?.type.base ?? "", inner2, file);
    }
  }
  named(kind) {
    let names = this.byKind.get(kind);
    if (!names) {
      names = /* @__PURE__ */ new Map();
      this.byKind.set(kind, names);
    }
    return names;
  }
  find(kind, name2, from) {
    const all = this.named(kind).get(name2) ?? [];
    return all.find(({ file }) => file === from) ?? all[0] ?? null;
  }
  record(tag, from) {
    const [kind, name2 = ""] = tag.split(" ");
    return this.find(kind === "union" ? "union" : "struct", name2, from);
  }
  enumeration(tag, from) {
    return this.find("enum", tag.split(" ")[1] ?? "", from);
  }
  enumOf(constant2, from) {
    const all = this.constants.get(constant2) ?? [];
    return all.find(({ file }) => file === from) ?? all[0] ?? null;
  }
  typedef(name2, from) {
    return this.find("typedef", name2, from);
  }
  macro(name2, from) {
    return this.find("macro", name2, from);
  }
  function(name2, from) {
    const all = this.named("function").get(name2) ?? [];
    const visible = all.filter(
      ({ item, file, path }) => file === from || !item.isStatic || path.endsWith(".h")
    );
    return visible.find(({ file, item }) => file === from && item.bodySpan) ?? visible.find(({ item }) => item.bodySpan) ?? visible[0] ?? null;
  }
  variable(name2, from) {
    return this.find("variable", name2, from);
  }
  candidates(record, member3) {
    this.tables ??= this.indexTables();
    return [...new Set(this.tables.get(`${record}.${member3}`) ?? [])];
  }
};
function functionNamed(value) {
  const inner2 = value.kind === "unary" && value.operator === "&" ? value.operand : value;
  return inner2.kind === "name" && inner2.name !== "NULL" ? inner2.name : null;
}
function push(map2, key, value) {
  const list3 = map2.get(key);
  if (list3) list3.push(value);
  else map2.set(key, [value]);
}

// server/src/ir/environment.ts
function rootEnv(root) {
  return {
    root,
    text: root.file.text,
    file: root.file,
    params: null,
    macro: "",
    outer: null,
    site: null,
    expansion: -1,
    depth: 0
  };
}
function isExpanding(env, macro) {
  for (let now = env; now; now = now.outer) if (now.macro === macro) return true;
  return false;
}
function sourceOf(span, env) {
  const text = env.text.slice(span.start, span.end);
  if (!env.params) return text;
  return replaceWords(text, (word) => {
    const argument3 = env.params?.get(word);
    return argument3 ? sourceOf(argument3.expression, argument3.env) : null;
  });
}
function replaceWords(text, replacement) {
  return text.replace(
    /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[A-Za-z_]\w*/g,
    (word) => word.startsWith('"') || word.startsWith("'") ? word : replacement(word) ?? word
  );
}

// server/src/ir/literals.ts
var ESCAPES = {
  n: 10,
  t: 9,
  r: 13,
  a: 7,
  b: 8,
  f: 12,
  v: 11,
  e: 27
};
function readConstant(text) {
  if (text.startsWith("'")) return { value: BigInt(signedChar(readBytes(text)[0] ?? 0)), kind: 6 /* I32 */ };
  const sign = /^[-+]\s*/.exec(text);
  if (sign) return signed(readConstant(text.slice(sign[0].length)), text.startsWith("-"));
  const match = /^(0[xX][0-9a-fA-F]+|0[bB][01]+|[0-9]+)([uUlL]*)$/.exec(text);
  if (!match) return null;
  const digits = match[1];
  const isDecimal = !digits.startsWith("0") || digits === "0";
  const isOctal = /^0[0-7]+$/.test(digits);
  const value = BigInt(isOctal ? `0o${digits.slice(1)}` : isDecimal ? digits : digits.toLowerCase());
  return { value: BigInt.asUintN(64, value), kind: kindOf(value, match[2].toLowerCase(), isDecimal) };
}
function signed(constant2, isNegative) {
  return constant2 && isNegative ? { ...constant2, value: wrap(constant2.kind, -constant2.value) } : constant2;
}
function kindOf(value, suffix, isDecimal) {
  const unsigned = suffix.includes("u");
  const long = suffix.includes("l");
  if (!long && !unsigned && value < 1n << 31n) return 6 /* I32 */;
  if (!long && (unsigned || !isDecimal) && value < 1n << 32n) return 7 /* U32 */;
  if (!unsigned && value < 1n << 63n) return 8 /* I64 */;
  return 9 /* U64 */;
}
function signedChar(byte) {
  return byte > 127 ? byte - 256 : byte;
}
function readString(text) {
  if (!/^(?:u8|[LuU])?"/.test(text)) return null;
  const parts = text.match(/"(?:\\[\s\S]|[^"\\])*"/g) ?? [];
  return String.fromCharCode(...parts.flatMap((part) => readBytes(part)));
}
function readBytes(quoted2) {
  const bytes = [];
  const body2 = quoted2.slice(1, -1);
  for (let at = 0; at < body2.length; ) {
    const sequence = /^\\(?:x([0-9a-fA-F]+)|([0-7]{1,3})|([\s\S]))/.exec(body2.slice(at, at + 12));
    if (!sequence) {
      bytes.push(...utf82(body2.codePointAt(at)));
      at += body2.codePointAt(at) > 65535 ? 2 : 1;
      continue;
    }
    const [whole, hex, octal, letter] = sequence;
    if (hex) bytes.push(Number.parseInt(hex, 16) & 255);
    else if (octal) bytes.push(Number.parseInt(octal, 8) & 255);
    else if (letter !== "\n") bytes.push(ESCAPES[letter] ?? letter.charCodeAt(0) & 255);
    at += whole.length;
  }
  return bytes;
}
function utf82(code) {
  if (code < 128) return [code];
  if (code < 2048) return [192 | code >> 6, 128 | code & 63];
  if (code < 65536) return [224 | code >> 12, 128 | code >> 6 & 63, 128 | code & 63];
  return [240 | code >> 18, 128 | code >> 12 & 63, 128 | code >> 6 & 63, 128 | code & 63];
}

// server/src/ir/misread.ts
function asCast(node, isType) {
  let call2 = node;
  while (call2.kind === "member" || call2.kind === "index") call2 = call2.object;
  if (call2.kind !== "call" || call2.callee.kind !== "name" || call2.args.length !== 1) return null;
  if (!isType(call2.callee.name)) return null;
  const operand = replaced(node, call2, call2.args[0]);
  return { kind: "cast", type: named(call2.callee.name), operand, start: node.start, end: node.end };
}
function replaced(node, call2, by) {
  if (node === call2) return by;
  if (node.kind !== "member" && node.kind !== "index") return node;
  return { ...node, object: replaced(node.object, call2, by) };
}
function named(base) {
  return {
    base,
    pointers: 0,
    isArray: false,
    parameters: null,
    isFunctionPointer: false,
    isConst: false,
    derivations: [],
    definition: null
  };
}
function asMeant(node, names) {
  if (node.kind !== "binary" && node.kind !== "cast") return node;
  const chain = { operands: [], operators: [], isWrong: false };
  flatten2(node, names, chain);
  return chain.isWrong ? climb(chain, { at: 0 }, 0) : node;
}
function flatten2(node, names, chain) {
  if (node.kind !== "binary") {
    addOperand(node, names, chain);
    return;
  }
  if (node.left.start === node.start) flatten2(node.left, names, chain);
  else addOperand(node.left, names, chain);
  const isSign = SIGNS.has(node.operator) && isParenthesizedType(node, names);
  if (isSign) {
    const from = chain.operands.pop();
    const first2 = chain.operands.length;
    flattenRight(node, names, chain);
    chain.operands[first2] = castOfSign(from, node.operator, chain.operands[first2]);
    chain.isWrong = true;
  } else {
    chain.operators.push(node.operator);
    flattenRight(node, names, chain);
  }
}
function flattenRight(node, names, chain) {
  if (node.right.end === node.end) flatten2(node.right, names, chain);
  else addOperand(node.right, names, chain);
}
function isParenthesizedType({ left, right }, { text, isType }) {
  if (left.kind !== "name") return false;
  return text.slice(left.end, right.start).trimStart().startsWith(")") && isType(left.name);
}
function castOfSign(from, operator, operand) {
  const { start: start3, end } = operand;
  return {
    kind: "cast",
    type: named(from.kind === "name" ? from.name : ""),
    operand: { kind: "unary", operator, operand, start: start3 - 1, end },
    start: from.start,
    end
  };
}
function addOperand(node, names, chain) {
  const left = node.kind === "cast" ? misreadValue(node, names) : null;
  if (!left || node.kind !== "cast" || node.operand.kind !== "unary") {
    chain.operands.push(node);
    return;
  }
  const { operand, start: start3 } = node.operand;
  const isDouble = operand.kind === "unary" && operand.operator === "&" && operand.start === start3 + 1;
  chain.isWrong = true;
  chain.operators.push(isDouble ? "&&" : "&");
  chain.operands.push(left, isDouble ? operand.operand : operand);
}
function misreadValue({ type, operand, start: start3 }, { isValue }) {
  if (operand.kind !== "unary" || operand.operator !== "&" || !/^\w+$/.test(type.base)) return null;
  if (!isValue(type.base)) return null;
  const span = { start: start3 + 1, end: operand.start };
  let value = { kind: "name", name: type.base, ...span };
  for (const part of [...type.derivations].reverse()) {
    if (part.kind !== "array" || !part.length) return null;
    value = { kind: "index", object: value, index: part.length, ...span };
  }
  return value;
}
var STRENGTH = {
  ...{ "*": 10, "/": 10, "%": 10, "+": 9, "-": 9, "<<": 8, ">>": 8, "<": 7, ">": 7, "<=": 7, ">=": 7 },
  ...{ "==": 6, "!=": 6, "&": 5, "^": 4, "|": 3, "&&": 2, "||": 1 }
};
function climb(chain, cursor, least) {
  let left = chain.operands[cursor.at];
  for (; ; ) {
    const operator = chain.operators[cursor.at];
    const strength = operator === void 0 ? -1 : STRENGTH[operator] ?? -1;
    if (operator === void 0 || strength < least) return left;
    cursor.at++;
    const right = climb(chain, cursor, strength + 1);
    left = { kind: "binary", operator, left, right, start: left.start, end: right.end };
  }
}
var SIGNS = /* @__PURE__ */ new Set(["-", "+", "*", "&"]);

// server/src/ir/constants.ts
var EVALUATED = new Set(
  "IS_ENABLED IS_BUILTIN IS_REACHABLE IS_MODULE min max umin umax min_t max_t FIELD_PREP FIELD_PREP_CONST FIELD_GET FIELD_MAX __bf_shf __builtin_ctzll __ffs __ffs64 ilog2 __ilog2_u64 __fls offsetof __builtin_offsetof offsetofend __builtin_constant_p __builtin_choose_expr".split(" ")
);
var MAX_DEPTH = 60;
var Constants = class {
  constructor(declarations, snippets, macros, types, isEnabled) {
    this.declarations = declarations;
    this.snippets = snippets;
    this.macros = macros;
    this.types = types;
    this.isEnabled = isEnabled;
  }
  declarations;
  snippets;
  macros;
  types;
  isEnabled;
  enums = /* @__PURE__ */ new WeakMap();
  objects = /* @__PURE__ */ new WeakMap();
  evaluate(expression, env) {
    if (env.depth > MAX_DEPTH) return null;
    switch (expression.kind) {
      case "literal":
        return expression.text.startsWith("offsetof") ? this.offsetOfText(expression.text, env) : readConstant(expression.text);
      case "name":
        return this.name(expression.name, env);
      case "unary":
        return this.unary(expression.operator, expression.operand, env);
      case "binary": {
        const meant = asMeant(expression, this.types.namesIn(env));
        if (meant !== expression) return this.evaluate(meant, env);
        return this.binary(expression.operator, expression.left, expression.right, env);
      }
      case "conditional":
        return this.conditional(expression, env);
      case "cast": {
        const type = this.types.resolve(expression.type, env);
        const value = this.evaluate(expression.operand, env);
        return value && isScalar(type) ? { value: wrap(type.scalar, value.value), kind: type.scalar } : null;
      }
      case "sizeof":
        return this.size(expression, env);
      case "call":
        return this.called(expression, env);
      default:
        return null;
    }
  }
  /** A constant given as text. */
  ofText(text, env) {
    const snippet = this.snippets.body(text);
    return snippet.kind === "expression" ? this.evaluate(snippet.expression, { ...env, text: snippet.file.text, depth: env.depth + 1 }) : null;
  }
  /** The constants of an enum, in order; those that cannot be evaluated are left out. */
  enumerators(item, env) {
    let known2 = this.enums.get(item);
    if (known2) return known2;
    const values = /* @__PURE__ */ new Map();
    this.enums.set(item, values);
    let next = 0n;
    for (const member3 of item.members) {
      const value = member3.value ? this.evaluate(member3.value, env)?.value ?? null : next;
      if (value !== null) values.set(member3.name, { value, kind: enumeratorKind(value) });
      next = value === null ? null : value + 1n;
    }
    known2 = values;
    return known2;
  }
  name(name2, env) {
    const argument3 = env.params?.get(name2);
    if (argument3) return this.evaluate(argument3.expression, argument3.env);
    if (env.root.hasVariable(name2)) return null;
    if (name2 === "true") return { value: 1n, kind: 6 /* I32 */ };
    if (name2 === "false") return { value: 0n, kind: 6 /* I32 */ };
    const option2 = /^CONFIG_\w+$/.test(name2) ? this.isEnabled(name2) : null;
    if (option2 !== null) return { value: option2 ? 1n : 0n, kind: 6 /* I32 */ };
    const found2 = this.declarations.enumOf(name2, env.root.file);
    if (found2)
      return this.enumerators(found2.item, this.types.envOf(found2.file, found2.path)).get(name2) ?? null;
    const macro = this.macros.find(name2, env);
    return macro && macro.parameters === null ? this.objectMacro(macro, env) : null;
  }
  /** What an object-like macro is worth is the same wherever the file uses it. */
  objectMacro(macro, env) {
    const known2 = this.objects.get(macro);
    if (known2 && known2.file === env.root.file) return known2.constant;
    const constant2 = this.body(macro, [], env);
    this.objects.set(macro, { file: env.root.file, constant: constant2 });
    return constant2;
  }
  body(macro, args, env) {
    const { snippet, env: inner2 } = this.macros.open(macro, args, env);
    return snippet.kind === "expression" ? this.evaluate(snippet.expression, inner2) : null;
  }
  unary(operator, operand, env) {
    const inner2 = this.evaluate(operand, env);
    if (!inner2 || !isInteger(inner2.kind)) return null;
    const kind = promoted(inner2.kind);
    if (operator === "!") return { value: inner2.value === 0n ? 1n : 0n, kind: 6 /* I32 */ };
    if (operator === "-") return { value: wrap(kind, -inner2.value), kind };
    if (operator === "~") return { value: wrap(kind, ~inner2.value), kind };
    return operator === "+" ? { value: inner2.value, kind } : null;
  }
  binary(operator, left, right, env) {
    const first2 = this.evaluate(left, env);
    if (!first2) return null;
    if (operator === "&&" && first2.value === 0n) return { value: 0n, kind: 6 /* I32 */ };
    if (operator === "||" && first2.value !== 0n) return { value: 1n, kind: 6 /* I32 */ };
    const second = this.evaluate(right, env);
    if (!second) return null;
    if (operator === "&&" || operator === "||")
      return { value: second.value === 0n ? 0n : 1n, kind: 6 /* I32 */ };
    const op = BINARY_OPS.get(operator);
    if (op === void 0 || !isInteger(first2.kind) || !isInteger(second.kind)) return null;
    const kind = isShift(op) ? promoted(first2.kind) : commonKind(first2.kind, second.kind);
    const amount = isShift(op) ? second.value : wrap(kind, second.value);
    const value = compute(op, kind, wrap(kind, first2.value), amount);
    return value === null ? null : { value, kind: isComparison(op) ? 6 /* I32 */ : kind };
  }
  conditional({ condition, consequence, alternative }, env) {
    const test = this.evaluate(condition, env);
    if (!test) return null;
    const yes = consequence ? this.evaluate(consequence, env) : test;
    const no = this.evaluate(alternative, env);
    const [chosen, other] = test.value !== 0n ? [yes, no] : [no, yes];
    if (!chosen) return null;
    const left = test.value !== 0n ? alternative : consequence ?? condition;
    const otherKind = other?.kind ?? env.root.typeOf(left, env).scalar;
    const kind = isInteger(otherKind) ? commonKind(chosen.kind, otherKind) : chosen.kind;
    return isInteger(kind) ? { value: wrap(kind, chosen.value), kind } : chosen;
  }
  size(expression, env) {
    const { type, operand, isAlignment } = expression;
    const measured = this.measured(type ? this.types.resolve(type, env) : null, operand, env);
    const value = isAlignment ? measured.align : measured.size;
    return measured.size < 0 ? null : { value: BigInt(value), kind: 9 /* U64 */ };
  }
  /** `sizeof(x)` reads as a type or as an expression; which one it is only the declarations know. */
  measured(type, operand, env) {
    if (type) return type;
    return operand?.kind === "name" && !env.root.hasVariable(operand.name) ? this.types.ofArgument(operand, env) : env.root.typeOf(operand, env);
  }
  called(expression, env) {
    if (expression.callee.kind !== "name") return null;
    const { name: name2 } = expression.callee;
    if (env.root.hasVariable(name2)) return null;
    const cast2 = asCast(expression, (each2) => this.types.isType(each2, env));
    if (cast2) return this.evaluate(cast2, env);
    return this.call(
      name2,
      expression.args.map((each2) => ({ expression: each2, env })),
      env
    );
  }
  /** The value of a call of a macro, or of one of the few names that are known here. */
  call(name2, args, env) {
    const known2 = this.intrinsic(name2, args, env);
    if (known2 !== void 0) return known2;
    const macro = this.macros.find(name2, env);
    return macro?.parameters ? this.body(macro, args, env) : null;
  }
  /** Undefined when the name is not one that is evaluated here. */
  intrinsic(name2, args, env) {
    const value = (at) => args[at] ? this.evaluate(args[at].expression, args[at].env) : null;
    switch (name2) {
      case "IS_ENABLED":
      case "IS_BUILTIN":
      case "IS_REACHABLE":
      case "IS_MODULE": {
        const option2 = args[0] ? this.isEnabled(sourceOf(args[0].expression, env)) : null;
        return option2 === null ? null : { value: option2 ? 1n : 0n, kind: 6 /* I32 */ };
      }
      case "min":
      case "max":
      case "umin":
      case "umax":
        return this.extreme(name2.endsWith("min"), value(0), value(1));
      case "min_t":
      case "max_t":
        return this.extreme(name2 === "min_t", value(1), value(2), this.typeOf(args[0]));
      case "FIELD_PREP":
      case "FIELD_PREP_CONST":
      case "FIELD_GET":
        return field(name2 === "FIELD_GET", value(0), value(1));
      case "FIELD_MAX":
        return field(true, value(0), value(0));
      case "__bf_shf":
      case "__builtin_ctzll":
      case "__ffs":
      case "__ffs64":
        return trailingZeros(value(0));
      case "ilog2":
      case "__ilog2_u64":
      case "__fls":
        return logarithm(value(0));
      case "offsetof":
      case "__builtin_offsetof":
        return args[1] ? this.offset(this.typeOf(args[0]), sourceOf(args[1].expression, args[1].env), env) : null;
      case "offsetofend":
        return this.offsetEnd(args, env);
      case "__builtin_constant_p":
        return { value: value(0) ? 1n : 0n, kind: 6 /* I32 */ };
      case "__builtin_choose_expr":
        return value(0) ? value(0).value !== 0n ? value(1) : value(2) : null;
      default:
        return void 0;
    }
  }
  typeOf(argument3) {
    const { expression, env } = argument3;
    return this.types.ofArgument(expression, env);
  }
  extreme(least, a, b, type) {
    if (!a || !b) return null;
    const kind = type ? type.scalar : commonKind(a.kind, b.kind);
    if (!isInteger(kind)) return null;
    const [left, right] = [wrap(kind, a.value), wrap(kind, b.value)];
    return { value: left < right === least ? left : right, kind };
  }
  offsetOfText(text, env) {
    const match = /^offsetof\s*\(([^,]*),([\s\S]*)\)$/.exec(text);
    if (!match) return null;
    const type = this.snippets.type(match[1].trim());
    return type ? this.offset(this.types.resolve(type, env), match[2], env) : null;
  }
  offsetEnd(args, env) {
    if (!args[0] || !args[1]) return null;
    const place = this.place(this.typeOf(args[0]), sourceOf(args[1].expression, args[1].env), env);
    return place && place.type.size >= 0 ? sized(place.offset + place.type.size) : null;
  }
  offset(type, path, env) {
    const place = this.place(type, path, env);
    return place ? sized(place.offset) : null;
  }
  /** Where `a.b[3].c` lies in a record. */
  place(record, path, env) {
    let type = record;
    let offset = 0;
    for (const [, name2, index2] of path.matchAll(/\.?\s*([A-Za-z_]\w*)|\[([^\]]*)\]/g)) {
      if (name2 !== void 0) {
        const member3 = type.kind === "record" ? type.find(name2) : null;
        if (!member3 || member3.offset < 0) return null;
        type = member3.type;
        offset += member3.offset;
      } else {
        const at = this.ofText(index2, env);
        if (!at || type.kind !== "array" || type.element.size < 0) return null;
        type = type.element;
        offset += Number(at.value) * type.size;
      }
    }
    return { offset, type };
  }
  /** The environment of a file's own declarations. */
  envOf(file, path) {
    return this.types.envOf(file, path);
  }
};
function sized(value) {
  return { value: BigInt(value), kind: 9 /* U64 */ };
}
function isScalar(type) {
  return type.kind === "integer" || type.kind === "pointer";
}
function enumeratorKind(value) {
  if (value >= -(1n << 31n) && value < 1n << 31n) return 6 /* I32 */;
  if (value >= 0n && value < 1n << 32n) return 7 /* U32 */;
  return integerKind(64, value < 1n << 63n);
}
function trailingZeros(mask) {
  if (!mask || mask.value === 0n) return null;
  let shift = 0;
  while ((mask.value >> BigInt(shift) & 1n) === 0n) shift++;
  return { value: BigInt(shift), kind: 6 /* I32 */ };
}
function logarithm(of) {
  return of && of.value > 0n ? { value: BigInt(of.value.toString(2).length - 1), kind: 6 /* I32 */ } : null;
}
function field(isGet, mask, value) {
  const shift = trailingZeros(mask);
  if (!mask || !shift || !value) return null;
  const { kind } = mask;
  const cut = isGet ? (value.value & mask.value) >> shift.value : value.value << shift.value & mask.value;
  return { value: wrap(kind, cut), kind };
}

// server/src/ir/types.ts
var RecordType = class {
  constructor(spelling, isUnion, item, lay) {
    this.spelling = spelling;
    this.isUnion = isUnion;
    this.item = item;
    this.lay = lay;
  }
  spelling;
  isUnion;
  item;
  lay;
  kind = "record";
  scalar = 12 /* Record */;
  known = null;
  get layout() {
    if (!this.known) {
      this.known = { members: [], size: -1, align: 1 };
      if (this.item) this.known = this.lay(this.item);
    }
    return this.known;
  }
  get size() {
    return this.layout.size;
  }
  get align() {
    return this.layout.align;
  }
  get members() {
    return this.layout.members;
  }
  /** The member of that name, also within anonymous members; its offset is from the start of this record. */
  find(name2) {
    for (const member3 of this.members) {
      if (member3.name === name2 && name2 !== "") return member3;
      if (member3.name !== "" || member3.type.kind !== "record") continue;
      const inner2 = member3.type.find(name2);
      if (!inner2) continue;
      const isKnown = inner2.offset >= 0 && member3.offset >= 0;
      return { ...inner2, offset: isKnown ? inner2.offset + member3.offset : -1 };
    }
    return null;
  }
};
var basic = (kind, spelling, scalar2, size2) => ({
  kind,
  spelling,
  scalar: scalar2,
  size: size2,
  align: Math.max(1, size2)
});
var VOID = basic("void", "void", 0 /* Void */, 1);
var UNKNOWN2 = basic("unknown", "unknown", 11 /* Unknown */, -1);
var INTEGERS = SCALAR_NAMES.map(
  (name2, kind) => basic("integer", name2, kind, widthOf(kind) / 8)
);
function integerType(kind) {
  return kind === 11 /* Unknown */ ? UNKNOWN2 : INTEGERS[kind];
}
var INT = integerType(6 /* I32 */);
var CHAR = integerType(2 /* I8 */);
var LONG = integerType(8 /* I64 */);
var SIZE = integerType(9 /* U64 */);
var pointers = /* @__PURE__ */ new WeakMap();
function pointerTo2(target2) {
  let type = pointers.get(target2);
  if (!type) {
    type = {
      kind: "pointer",
      target: target2,
      spelling: `${target2.spelling}*`,
      size: 8,
      align: 8,
      scalar: 10 /* Pointer */
    };
    pointers.set(target2, type);
  }
  return type;
}
function arrayOf2(element, length) {
  const size2 = length < 0 || element.size < 0 ? -1 : element.size * length;
  return {
    kind: "array",
    element,
    length,
    spelling: `${element.spelling}[${length < 0 ? "" : length}]`,
    size: size2,
    align: element.align,
    scalar: 12 /* Record */
  };
}
function functionOf2(returns, parameters, isVariadic2) {
  const list3 = [...parameters.map((each2) => each2.spelling), ...isVariadic2 ? ["..."] : []].join(",");
  return {
    kind: "function",
    returns,
    parameters,
    isVariadic: isVariadic2,
    spelling: `${returns.spelling}(${list3})`,
    size: 1,
    align: 1,
    scalar: 10 /* Pointer */
  };
}
function decayed(type) {
  if (type.kind === "array") return pointerTo2(type.element);
  return type.kind === "function" ? pointerTo2(type) : type;
}
function targetOf(type) {
  if (type.kind === "pointer") return type.target;
  return type.kind === "array" ? type.element : UNKNOWN2;
}
function unknownNamed(name2) {
  return basic("unknown", name2, 11 /* Unknown */, -1);
}
function enumKind(low, high) {
  if (low < 0n) return low >= -(1n << 31n) && high < 1n << 31n ? 6 /* I32 */ : 8 /* I64 */;
  return high < 1n << 32n ? integerKind(32, false) : integerKind(64, false);
}

// server/src/ir/lower-operators.ts
function lowerUnary(to, node) {
  switch (node.operator) {
    case "&":
      return addressOf(to, node.operand);
    case "*": {
      const either2 = lowerEither(to, node);
      to.at(node);
      return "place" in either2 ? to.load(either2.place) : either2.value;
    }
    case "!": {
      const { register, type } = lowerValue(to, node.operand);
      to.at(node);
      return to.value(to.builder.define(18 /* Not */, 6 /* I32 */, { a: register, from: type.scalar }), INT);
    }
    default:
      return arithmetic(to, node);
  }
}
function arithmetic(to, node) {
  if (node.operand.kind === "literal" || node.operand.kind === "name") {
    const constant2 = to.world.constants.evaluate(node, to.env);
    if (constant2) return to.constant(constant2.value, constant2.kind);
  }
  const value = to.promote(lowerValue(to, node.operand));
  to.at(node);
  if (node.operator === "+") return value;
  const op = node.operator === "-" ? 16 /* Negate */ : node.operator === "~" ? 17 /* Complement */ : null;
  if (op === null) return to.opaque(`the operator ${node.operator}`);
  return to.value(to.builder.define(op, value.type.scalar, { a: value.register }), value.type);
}
function addressOf(to, operand) {
  const either2 = lowerEither(to, operand);
  if ("place" in either2) return to.pointer(either2.place);
  const { value } = either2;
  if (value.type.kind === "pointer" && value.type.target.kind === "function") return value;
  if (value.type.scalar === 12 /* Record */) return to.value(value.register, pointerTo2(value.type));
  if (value.type.kind === "unknown") return to.value(value.register, pointerTo2(UNKNOWN2));
  return to.opaque("the address of a value");
}
function lowerUpdate(to, node) {
  const place = lowerPlace(to, node.operand);
  to.at(node);
  const before = to.load(place);
  const one = to.constant(1n, 6 /* I32 */);
  const after = combine2(to, node.operator === "++" ? "+" : "-", before, one);
  const stored = to.store(place, after);
  return node.isPrefix ? reread(to, place, stored) : before;
}
function reread(to, place, stored) {
  return place.bits ? to.load(place) : stored;
}
function lowerAssign(to, node, isUsed = true) {
  const operator = node.operator.slice(0, -1);
  if (operator === "") {
    const value2 = lowerValue(to, node.value);
    const place2 = lowerPlace(to, node.target);
    to.at(node);
    const stored2 = to.store(place2, value2);
    return isUsed ? reread(to, place2, stored2) : stored2;
  }
  const value = lowerValue(to, node.value);
  const place = lowerPlace(to, node.target);
  to.at(node);
  const result = combine2(to, operator, to.load(place), value);
  const stored = to.store(place, result);
  return isUsed ? reread(to, place, stored) : stored;
}
function lowerBinary(to, node) {
  const constant2 = mayBeConstant(node) ? to.world.constants.evaluate(node, to.env) : null;
  if (constant2 && isInteger(constant2.kind)) return to.constant(constant2.value, constant2.kind);
  if (node.operator === "&&" || node.operator === "||") return shortCircuit(to, node);
  const left = lowerValue(to, node.left);
  const right = lowerValue(to, node.right);
  to.at(node);
  return combine2(to, node.operator, left, right);
}
function mayBeConstant(node) {
  switch (node.kind) {
    case "binary":
      return mayBeConstant(node.left) && mayBeConstant(node.right);
    case "name":
      return /^[A-Z0-9_]+$/.test(node.name);
    case "call":
      return node.callee.kind === "name" && /^[A-Z0-9_]+$/.test(node.callee.name);
    case "cast":
    case "unary":
      return mayBeConstant(node.operand);
    default:
      return node.kind === "literal" || node.kind === "sizeof";
  }
}
function combine2(to, operator, left, right) {
  const op = BINARY_OPS.get(operator);
  if (op === void 0) return to.opaque(`the operator ${operator}`, [left.register, right.register]);
  const isPointer = left.type.kind === "pointer" || right.type.kind === "pointer";
  if (isComparison(op)) return compared(to, op, left, right, isPointer);
  if (isPointer && (op === 19 /* Add */ || op === 20 /* Subtract */)) return moved2(to, op, left, right);
  const a = to.promote(left);
  const b = to.promote(right);
  const kind = isShift(op) ? a.type.scalar : commonKind(a.type.scalar, b.type.scalar);
  const type = integerType(kind);
  const first2 = to.convert(a, type);
  const second = isShift(op) ? b : to.convert(b, type);
  const parts = { from: kind, a: first2.register, b: second.register };
  return to.value(to.builder.define(op, kind, parts), type);
}
function compared(to, op, left, right, isPointer) {
  const kind = isPointer ? 10 /* Pointer */ : commonKind(left.type.scalar, right.type.scalar);
  const type = isPointer ? left.type.kind === "pointer" ? left.type : right.type : integerType(kind);
  const a = to.convert(left, type);
  const b = to.convert(right, type);
  const parts = { from: kind, a: a.register, b: b.register };
  return to.value(to.builder.define(op, 6 /* I32 */, parts), INT);
}
function moved2(to, op, left, right) {
  const [pointer, amount] = left.type.kind === "pointer" ? [left, right] : [right, left];
  const element = targetOf(pointer.type);
  const size2 = element.scalar === 0 /* Void */ || element.kind === "function" ? 1 : element.size;
  if (amount.type.kind === "pointer") {
    const parts = { a: left.register, b: right.register, type: element.spelling, c: size2 };
    return to.value(to.builder.define(35 /* PointerDifference */, 8 /* I64 */, parts), LONG);
  }
  let index2 = to.promote(amount);
  if (op === 20 /* Subtract */) {
    if (isInteger(index2.type.scalar)) index2 = to.convert(index2, LONG);
    const register = to.builder.define(16 /* Negate */, index2.type.scalar, { a: index2.register });
    index2 = to.value(register, index2.type);
  }
  const place = to.element(pointer.register, element, index2);
  return to.value(place.address, pointer.type);
}
function lowerCondition(to, node, yes, no) {
  const meant = asMeant(node, to.world.types.namesIn(to.env));
  if (meant !== node) {
    lowerCondition(to, meant, yes, no);
    return;
  }
  if (node.kind === "unary" && node.operator === "!") {
    lowerCondition(to, node.operand, no, yes);
    return;
  }
  if (node.kind === "binary" && (node.operator === "&&" || node.operator === "||")) {
    const next = to.builder.newLabel();
    if (node.operator === "&&") lowerCondition(to, node.left, next, no);
    else lowerCondition(to, node.left, yes, next);
    to.builder.place(next);
    lowerCondition(to, node.right, yes, no);
    return;
  }
  const { register, type } = lowerValue(to, node);
  to.at(node);
  branch(to, register, type, yes, no);
}
function branch(to, register, type, yes, no) {
  to.builder.emit(40 /* Branch */, { a: register, from: type.scalar, b: yes, c: no });
}
function shortCircuit(to, node) {
  const { builder } = to;
  const [yes, no, end] = [builder.newLabel(), builder.newLabel(), builder.newLabel()];
  lowerCondition(to, node, yes, no);
  const result = builder.register(6 /* I32 */);
  const arm = (label, value) => {
    builder.place(label);
    const { register } = to.constant(value, 6 /* I32 */);
    builder.emit(37 /* Move */, { kind: 6 /* I32 */, a: register }).dst = result;
  };
  to.at(node);
  arm(yes, 1n);
  builder.jump(end);
  arm(no, 0n);
  builder.place(end);
  return to.value(result, INT);
}
function lowerConditional(to, node) {
  const { builder } = to;
  const [yes, no] = [builder.newLabel(), builder.newLabel()];
  let tested = null;
  if (node.consequence) lowerCondition(to, node.condition, yes, no);
  else {
    tested = lowerValue(to, node.condition);
    branch(to, tested.register, tested.type, yes, no);
  }
  return choose(to, yes, no, [
    () => tested ?? lowerValue(to, node.consequence),
    () => lowerValue(to, node.alternative)
  ]);
}
function choose(to, yes, no, [first2, second]) {
  const { builder } = to;
  const end = builder.newLabel();
  builder.place(yes);
  const one = first2();
  const moveOne = builder.emit(36 /* Convert */, { a: one.register, from: one.type.scalar });
  builder.jump(end);
  builder.place(no);
  const other = second();
  const moveOther = builder.emit(36 /* Convert */, { a: other.register, from: other.type.scalar });
  builder.place(end);
  const type = commonType(one.type, other.type);
  if (one.register < 0 || other.register < 0 || type.scalar === 0 /* Void */) {
    for (const move2 of [moveOne, moveOther])
      Object.assign(move2, { op: 41 /* Jump */, b: end, a: -1, from: 0 /* Void */ });
    return to.value(-1, type);
  }
  const dst = builder.register(type.scalar);
  for (const move2 of [moveOne, moveOther]) {
    const isSame = move2.from === type.scalar || type.scalar === 11 /* Unknown */;
    Object.assign(move2, { dst, kind: type.scalar });
    if (isSame) Object.assign(move2, { op: 37 /* Move */, from: 0 /* Void */ });
    else if (type.scalar === 10 /* Pointer */) move2.type = targetOf(type).spelling;
  }
  return to.value(dst, type);
}
function commonType(one, other) {
  if (one.scalar === 12 /* Record */) return one;
  if (one.scalar === 0 /* Void */ || other.scalar === 0 /* Void */) return integerType(0 /* Void */);
  if (one.kind === "pointer" && other.kind === "pointer")
    return one.target.kind === "void" || one.target.kind === "unknown" ? other : one;
  if (one.kind === "pointer") return one;
  if (other.kind === "pointer") return other;
  return integerType(commonKind(one.scalar, other.scalar));
}

// server/src/ir/intrinsics.ts
var NOTHING = (to) => ({ value: to.value(-1, VOID) });
function typeOf2(to, argument3) {
  return argument3 ? to.world.types.ofArgument(argument3.expression, argument3.env) : UNKNOWN2;
}
function containerOf(to, args, node) {
  const [pointer, type, member3] = args;
  if (!pointer || !member3) return null;
  const from = argumentValue(to, pointer);
  to.at(node);
  return { value: container(to, from, typeOf2(to, type), textOf(member3)) };
}
function container(to, from, record, member3) {
  const place = to.world.constants.place(record, member3, to.env);
  const parts = {
    a: from.register,
    type: record.spelling,
    text: member3.replace(/\s+/g, ""),
    c: place?.offset ?? -1
  };
  return to.value(to.builder.define(15 /* ContainerOf */, 10 /* Pointer */, parts), pointerTo2(record));
}
function entryOfType(to, args, node, name2) {
  const [from, type, member3] = args;
  return from && member3 ? entry(to, name2, from, typeOf2(to, type), member3, node) : null;
}
function entryOfCursor(to, args, node, name2) {
  const [cursor, member3] = args;
  if (!cursor || !member3) return null;
  const type = cursor.env.root.typeOf(cursor.expression, cursor.env);
  return entry(to, name2, cursor, targetOf(type), member3, node);
}
function entry(to, name2, from, record, member3, node) {
  const { register } = argumentValue(to, from);
  to.at(node);
  const slot = { record: record.spelling, member: textOf(member3), candidates: [] };
  const parts = { text: name2, args: [register], slot, type: record.spelling };
  return { value: to.value(to.builder.define(38 /* Call */, 10 /* Pointer */, parts), pointerTo2(record)) };
}
var marked = (order2) => (to, [from], node) => {
  if (!from) return null;
  const either2 = argumentEither(to, from);
  to.at(node);
  return { value: "place" in either2 ? to.load(either2.place, order2) : either2.value };
};
var markedThrough = (order2) => (to, [from], node) => {
  if (!from) return null;
  const place = pointedTo(to, from);
  to.at(node);
  return { value: to.load(place, order2) };
};
function pointedTo(to, argument3) {
  const { register, type } = argumentValue(to, argument3);
  return to.memory(register, targetOf(type));
}
var markedStore = (order2, isThrough) => (to, [into, from], node) => {
  if (!into || !from) return null;
  const value = argumentValue(to, from);
  const either2 = isThrough ? { place: pointedTo(to, into) } : argumentEither(to, into);
  if (!("place" in either2)) return null;
  to.at(node);
  to.store(either2.place, value, order2);
  return { value: to.value(-1, VOID) };
};
var extreme = (operator, isTyped) => (to, args, node) => {
  const [first2, second] = isTyped ? args.slice(1) : args;
  if (!first2 || !second) return null;
  const constant2 = to.world.constants.call(isTyped ? "min_t" : "min", args, to.env);
  if (constant2) return null;
  const type = isTyped ? typeOf2(to, args[0]) : null;
  const [a, b] = [first2, second].map((argument3) => {
    const value = argumentValue(to, argument3);
    return type ? to.convert(value, type) : value;
  });
  to.at(node);
  return { value: pick(to, operator, a, b) };
};
function pick(to, operator, a, b) {
  const test = combine2(to, operator, a, b);
  const [yes, no] = [to.builder.newLabel(), to.builder.newLabel()];
  to.builder.emit(40 /* Branch */, { a: test.register, from: test.type.scalar, b: yes, c: no });
  return choose(to, yes, no, [() => a, () => b]);
}
var clamp = (isTyped) => (to, args, node) => {
  const values = (isTyped ? args.slice(1) : args).map((argument3) => argumentValue(to, argument3));
  const type = isTyped ? typeOf2(to, args[0]) : null;
  const [value, low, high] = values.map((each2) => type ? to.convert(each2, type) : each2);
  if (!value || !low || !high) return null;
  to.at(node);
  return { value: pick(to, "<", pick(to, ">", value, low), high) };
};
function registerField(to, args, node, name2) {
  const [first2, second] = args;
  const mask = first2 ? to.world.constants.evaluate(first2.expression, first2.env) : null;
  if (!second || !mask || mask.value <= 0n || !isInteger(mask.kind)) return null;
  if (to.world.constants.evaluate(second.expression, second.env)) return null;
  let shift = 0n;
  while ((mask.value >> shift & 1n) === 0n) shift++;
  const value = argumentValue(to, second);
  to.at(node);
  const wide = to.convert(value, to.constantType(mask.kind));
  const by = to.constant(shift, 6 /* I32 */);
  const bits2 = to.constant(mask.value, mask.kind);
  return {
    value: name2 === "FIELD_GET" ? combine2(to, ">>", combine2(to, "&", wide, bits2), by) : combine2(to, "&", combine2(to, "<<", wide, by), bits2)
  };
}
function take(to, [from], node) {
  const either2 = from ? argumentEither(to, from) : null;
  if (!either2 || !("place" in either2)) return null;
  to.at(node);
  const value = to.load(either2.place);
  to.store(either2.place, to.constant(0n, 10 /* Pointer */));
  return { value };
}
function returnTaken(to, args, node) {
  const taken = take(to, args, node);
  if (!taken || !("value" in taken)) return null;
  const { register } = to.convert(taken.value, to.returnType);
  to.leaveTo(null);
  to.builder.emit(43 /* Return */, { kind: to.returnType.scalar, a: register });
  return NOTHING(to);
}
function variadicArgument(to, [list3, type], node) {
  if (!list3) return null;
  const value = direct(to, "va_arg", null, node, [list3]);
  return { value: to.value(value.register, typeOf2(to, type)) };
}
var declares2 = (tag) => (to, args, node, name2) => {
  const [variable, ...rest] = args;
  if (!variable) return null;
  to.at(node);
  const place = to.newLocal(textOf(variable), to.world.types.named(tag, to.env));
  to.scope.names.set(textOf(variable), { local: place.local, type: place.type });
  const values = rest.map((argument3) => argumentValue(to, argument3).register);
  to.at(node);
  to.builder.emit(38 /* Call */, { text: name2, args: [to.addressOf(place), ...values] });
  return NOTHING(to);
};
var polls = (at) => (to, args, node, name2) => {
  const condition = at + 1;
  const values = args.map((argument3, index2) => {
    const isText = index2 === condition || index2 === 0 && /^readx?_poll/.test(name2);
    if (isText) return to.constant(1n, 6 /* I32 */).register;
    if (index2 !== at) return argumentValue(to, argument3).register;
    const either2 = argumentEither(to, argument3);
    return "place" in either2 ? to.addressOf(either2.place) : either2.value.register;
  });
  to.at(node);
  return {
    value: to.integer(to.builder.define(38 /* Call */, 6 /* I32 */, { text: name2, args: values }), 6 /* I32 */)
  };
};
function asked(to, args, node, name2) {
  if (to.world.constants.call(name2, args, to.env)) return null;
  to.at(node);
  const isOffset = name2.includes("offset");
  const record = isOffset ? typeOf2(to, args[0]).spelling : "";
  const slot = isOffset ? { record, member: textOf(args[1]), candidates: [] } : null;
  const option2 = isOffset ? [] : [to.builder.define(6 /* String */, 10 /* Pointer */, { text: textOf(args[0]) })];
  const kind = isOffset ? 9 /* U64 */ : 6 /* I32 */;
  return { value: to.integer(to.builder.define(38 /* Call */, kind, { text: name2, args: option2, slot }), kind) };
}
var rows = (names, lower3) => names.split(" ").map((name2) => [name2, lower3]);
var INTRINSICS = new Map([
  ...rows("container_of container_of_const list_entry rb_entry hlist_entry llist_entry", containerOf),
  ...rows("list_first_entry list_last_entry list_first_entry_or_null rb_entry_safe", entryOfType),
  ...rows("hlist_entry_safe list_entry_rcu list_first_or_null_rcu rb_first_entry", entryOfType),
  ...rows("list_next_entry list_prev_entry", entryOfCursor),
  ...rows("READ_ONCE rcu_access_pointer __READ_ONCE data_race", marked("once")),
  ...rows("rcu_dereference rcu_dereference_check rcu_dereference_protected", marked("rcu")),
  ...rows("rcu_dereference_raw srcu_dereference rcu_dereference_bh", marked("rcu")),
  ["smp_load_acquire", markedThrough("acquire")],
  ["WRITE_ONCE", markedStore("once", false)],
  ["smp_store_release", markedStore("release", true)],
  ...rows("rcu_assign_pointer RCU_INIT_POINTER", markedStore("release", false)),
  ...rows("min umin", extreme("<", false)),
  ...rows("max umax", extreme(">", false)),
  ["min_t", extreme("<", true)],
  ["max_t", extreme(">", true)],
  ...rows("clamp clamp_val", clamp(false)),
  ["clamp_t", clamp(true)],
  ...rows("FIELD_PREP FIELD_GET", registerField),
  ...rows("no_free_ptr retain_and_null_ptr", take),
  ["return_ptr", returnTaken],
  ...rows("XA_STATE XA_STATE_ORDER", declares2("struct xa_state")),
  ...rows("MA_STATE", declares2("struct ma_state")),
  ...rows("VMA_ITERATOR", declares2("struct vma_iterator")),
  ...rows("DEFINE_WAIT DEFINE_WAIT_FUNC", declares2("struct wait_queue_entry")),
  ...rows("DEFINE_DMA_UNMAP_ADDR DEFINE_DMA_UNMAP_LEN", NOTHING),
  ["va_arg", variadicArgument],
  ...rows("IS_ENABLED IS_BUILTIN IS_MODULE IS_REACHABLE offsetof offsetofend __builtin_offsetof", asked),
  ...rows("readl_poll_timeout readl_poll_timeout_atomic readl_relaxed_poll_timeout", polls(1)),
  ...rows("readl_relaxed_poll_timeout_atomic readq_poll_timeout readq_poll_timeout_atomic", polls(1)),
  ...rows(
    "readq_relaxed_poll_timeout readw_poll_timeout read_poll_timeout read_poll_timeout_atomic",
    polls(1)
  ),
  ...rows("readx_poll_timeout readx_poll_timeout_atomic regmap_read_poll_timeout", polls(2)),
  ...rows("BUILD_BUG_ON BUILD_BUG_ON_MSG BUILD_BUG static_assert compiletime_assert", NOTHING),
  ...rows("typecheck kasan_check_write instrument_write instrument_read barrier_data", NOTHING),
  // The member only tells how large an element is.
  ...rows(
    "struct_size flex_array_size",
    (to, [, , count3], node, name2) => count3 ? { value: to.integer(direct(to, name2, null, node, [count3]).register, 9 /* U64 */) } : null
  ),
  // The member only tells where the callback's head lies.
  ...rows(
    "kfree_rcu kvfree_rcu",
    (to, [object3], node, name2) => object3 ? { value: direct(to, name2, null, node, [object3]) } : null
  ),
  ["__builtin_expect", (to, [value]) => value ? argumentEither(to, value) : null],
  ["unrcu_pointer", (to, [value]) => value ? argumentEither(to, value) : null]
]);

// server/src/ir/scopes.ts
function newScope(parent, block) {
  return { block, parent, names: /* @__PURE__ */ new Map(), cleanups: [] };
}
function findVariable(scope, name2) {
  for (let now = scope; now; now = now.parent) {
    const found2 = now.names.get(name2);
    if (found2) return found2;
  }
  return null;
}
function cleanupsBetween(scope, target2) {
  const list3 = [];
  for (let now = scope; now && now !== target2; now = now.parent) list3.push(...[...now.cleanups].reverse());
  return list3;
}

// server/src/ir/lower-initializers.ts
var MOST_ELEMENTS = 4096n;
function initialize(to, place, initial) {
  to.at(initial);
  const macro = listOfMacro(to, initial);
  if (macro) {
    to.within(macro.env, () => initialize(to, place, macro.list));
    return;
  }
  if (initial.kind !== "initializers" || initial.type) {
    if (initial.kind === "literal" && place.type.kind === "array") fillString(to, place, initial.text, true);
    else to.store(place, lowerValue(to, initial));
    return;
  }
  if (place.type.kind !== "array" && place.type.kind !== "record") {
    scalar(to, place, initial);
    return;
  }
  const { type } = place;
  const address = to.addressOf(place);
  to.builder.emit(12 /* Zero */, { a: address, type: type.spelling, c: type.size });
  braced(to, to.memory(address, type), initial);
}
function listOfMacro(to, initial) {
  const callee = initial.kind === "call" ? initial.callee : initial;
  if (callee.kind !== "name" || findVariable(to.scope, callee.name)) return null;
  const macro = to.world.macros.find(callee.name, to.env);
  if (!macro || macro.parameters !== null !== (initial.kind === "call")) return null;
  const args = initial.kind === "call" ? initial.args : [];
  const opened = to.world.macros.open(
    macro,
    args.map((expression) => ({ expression, env: to.env })),
    to.env
  );
  const { snippet } = opened;
  if (snippet.kind !== "expression" || snippet.expression.kind !== "initializers") return null;
  return { list: snippet.expression, env: to.entered(opened.env, macro, initial) };
}
function scalar(to, place, { entries }) {
  const [first2] = entries;
  const isDesignated = entries.every(({ designators }) => designators[0]?.kind === "member");
  if (place.type.kind === "unknown" && isDesignated) unknownRecord(to, place, entries);
  else if (place.type.kind === "unknown" && entries.length > 1) {
    const values = entries.map((entry3) => lowerAny(to, entry3.value));
    to.store(place, to.opaque("an initialiser list for an unknown type", values));
  } else if (first2) to.store(place, lowerValue(to, first2.value));
  else
    to.store(place, to.constant(0n, place.type.scalar === 11 /* Unknown */ ? 6 /* I32 */ : place.type.scalar));
}
function unknownRecord(to, place, entries) {
  const a = to.addressOf(place);
  to.builder.emit(12 /* Zero */, { a, type: place.type.spelling });
  for (const entry3 of entries)
    inner(to, follow(to, to.memory(a, place.type), entry3.designators), entry3.value);
}
function lowerAny(to, value) {
  if (value.kind !== "initializers" || value.type) return lowerValue(to, value).register;
  for (const entry3 of value.entries) lowerAny(to, entry3.value);
  return to.constant(0n, 6 /* I32 */).register;
}
function braced(to, place, list3) {
  const [only] = list3.entries;
  if (place.type.kind === "array" && list3.entries.length === 1 && only?.value.kind === "literal") {
    if (fillString(to, place, only.value.text, false)) return;
  }
  members(to, place, { entries: list3.entries, at: 0 }, true);
}
function members(to, place, cursor, isBraced) {
  const { type } = place;
  let next = 0;
  while (cursor.at < cursor.entries.length) {
    const entry3 = cursor.entries[cursor.at];
    if (entry3.designators.length > 0) {
      if (!isBraced) return;
      next = designated(to, place, entry3) + 1;
      cursor.at++;
      continue;
    }
    const part = partAt(to, place, next++);
    if (part) positional(to, part, cursor);
    else if (isBraced) {
      surplus(to, type, entry3);
      cursor.at++;
    } else return;
    if (type.kind === "record" && type.isUnion && !isBraced) return;
  }
}
function surplus(to, type, entry3) {
  if (type.kind === "record" && !type.item)
    to.opaque(`a positional initialiser for unknown ${type.spelling}`, [lowerAny(to, entry3.value)]);
}
function partAt(to, place, index2) {
  const { type } = place;
  if (type.kind === "array") {
    if (type.length >= 0 && index2 >= type.length) return null;
    return to.element(place.address, type.element, { register: indexOf(to, index2), type: LONG });
  }
  const member3 = type.kind === "record" ? type.members[index2] : void 0;
  if (!member3 || type.kind !== "record") return null;
  if (member3.name !== "") return to.member(place.address, type, member3.name);
  const parts = { a: place.address, type: type.spelling, text: "", c: member3.offset };
  return to.memory(to.builder.define(13 /* FieldAddress */, 10 /* Pointer */, parts), member3.type);
}
function indexOf(to, index2) {
  return to.constant(BigInt(index2), 8 /* I64 */).register;
}
function positional(to, part, cursor) {
  const { value } = cursor.entries[cursor.at];
  if (value.kind === "initializers" && !value.type) {
    cursor.at++;
    inner(to, part, value);
  } else if (isAggregate(part.type) && !isWhole2(to, part.type, value)) {
    const before = cursor.at;
    members(to, part, cursor, false);
    if (cursor.at === before) cursor.at++;
  } else {
    cursor.at++;
    inner(to, part, value);
  }
}
function inner(to, part, value) {
  if (value.kind === "initializers" && !value.type) {
    if (isAggregate(part.type)) braced(to, part, value);
    else scalar(to, part, value);
  } else if (value.kind === "literal" && part.type.kind === "array") fillString(to, part, value.text, false);
  else to.store(part, lowerValue(to, value));
}
function isAggregate(type) {
  return type.kind === "array" || type.kind === "record" && type.item !== null;
}
function isWhole2(to, type, value) {
  if (type.kind === "array") return value.kind === "literal" && readString(value.text) !== null;
  return typeOfExpression(to, value).scalar === 12 /* Record */;
}
function designated(to, place, entry3) {
  const [first2] = entry3.designators;
  if (first2?.kind === "index") {
    const low = to.world.constants.evaluate(first2.first, to.env);
    const high = first2.last ? to.world.constants.evaluate(first2.last, to.env) : low;
    if (!low || !high) {
      const target2 = place.type.kind === "array" ? place.type.element : UNKNOWN2;
      const element = to.element(place.address, target2, to.promote(lowerValue(to, first2.first)));
      inner(to, follow(to, element, entry3.designators.slice(1)), entry3.value);
      return 0;
    }
    const last = Number(high.value);
    if (high.value - low.value > MOST_ELEMENTS) {
      to.opaque("a very long range of initialised elements", [lowerAny(to, entry3.value)]);
      return last;
    }
    for (let at = Number(low.value); at <= last; at++) {
      const element = partAt(to, place, at);
      if (element) inner(to, follow(to, element, entry3.designators.slice(1)), entry3.value);
    }
    return last;
  }
  inner(to, follow(to, place, entry3.designators), entry3.value);
  const name2 = first2?.kind === "member" ? first2.name : "";
  return place.type.kind === "record" ? positionOf(place.type, name2) : 0;
}
function positionOf(type, name2) {
  return type.members.findIndex(
    (each2) => each2.name === name2 || each2.name === "" && each2.type.kind === "record" && each2.type.find(name2) !== null
  );
}
function follow(to, place, designators) {
  let now = place;
  for (const designator of designators) {
    if (designator.kind === "member") {
      now = to.member(now.address, now.type, to.memberName(designator.name));
    } else {
      const at = to.world.constants.evaluate(designator.first, to.env);
      now = partAt(to, now, at ? Number(at.value) : 0) ?? now;
    }
  }
  return now;
}
function fillString(to, place, text, isFresh) {
  const content = readString(text);
  if (content === null || place.type.kind !== "array") return false;
  const { type } = place;
  const a = to.addressOf(place);
  if (isFresh) to.builder.emit(12 /* Zero */, { a, type: type.spelling, c: type.size });
  const b = to.builder.define(6 /* String */, 10 /* Pointer */, { text: content });
  const length = type.length < 0 ? content.length + 1 : Math.min(type.length, content.length + 1);
  to.builder.emit(11 /* Copy */, { a, b, type: `i8[${length}]`, c: length });
  return true;
}

// server/src/ir/iteration.table.ts
var row = (names, shape, roles) => names.split(" ").map((name2) => [name2, { shape, roles: roles.split(" ") }]);
var ITERATIONS = new Map([
  ...row("list_for_each_entry", "list", "cursor& head member"),
  ...row("list_for_each_entry_safe", "list_safe", "cursor& next& head member"),
  ...row("list_for_each_entry_rcu list_for_each_entry_srcu", "list_rcu", "cursor& head member -"),
  ...row("list_for_each_entry_lockless", "list_rcu", "cursor& head member"),
  ...row("list_for_each_entry_reverse", "list_reverse", "cursor& head member"),
  ...row("list_for_each_entry_safe_reverse", "list_safe_reverse", "cursor& next& head member"),
  ...row("list_for_each_entry_continue", "list_continue", "cursor& head member"),
  ...row("list_for_each_entry_continue_rcu", "list_continue", "cursor& head member"),
  ...row("list_for_each_entry_continue_reverse", "list_continue_reverse", "cursor& head member"),
  ...row("list_for_each_entry_from list_for_each_entry_from_rcu", "list_from", "cursor& head member"),
  ...row("list_for_each_entry_from_reverse", "list_from_reverse", "cursor& head member"),
  ...row("list_for_each_entry_safe_continue", "list_safe_continue", "cursor& next& head member"),
  ...row("list_for_each_entry_safe_from", "list_safe_from", "cursor& next& head member"),
  ...row("list_for_each list_for_each_rcu", "list", "cursor& head"),
  ...row("list_for_each_prev", "list_reverse", "cursor& head"),
  ...row("list_for_each_safe", "list_safe", "cursor& next& head"),
  ...row("hlist_for_each_entry hlist_for_each_entry_rcu", "hlist", "cursor& head member -"),
  ...row("hlist_for_each_entry_safe", "hlist_safe", "cursor& next& head member"),
  ...row("hash_for_each hash_for_each_rcu", "hash", "table index& cursor& member"),
  ...row("hash_for_each_safe", "hash_safe", "table index& next& cursor& member"),
  ...row("hash_for_each_possible hash_for_each_possible_rcu", "hash_bucket", "table cursor& member key"),
  ...row("llist_for_each_entry", "llist", "cursor& node member"),
  ...row("llist_for_each_entry_safe", "llist_safe", "cursor& next& node member"),
  ...row("rbtree_postorder_for_each_entry_safe", "tree_safe", "cursor& next& root member"),
  ...row("xa_for_each", "xarray", "array index& cursor&"),
  ...row("xa_for_each_start", "xarray", "array index& cursor& first"),
  ...row("xa_for_each_range", "xarray", "array index& cursor& first last"),
  ...row("xa_for_each_marked", "xarray", "array index& cursor& mark"),
  ...row("xas_for_each", "xarray_state", "state cursor& last"),
  ...row("xas_for_each_marked", "xarray_state", "state cursor& last mark"),
  ...row("idr_for_each_entry", "idr", "array cursor& index&"),
  ...row("idr_for_each_entry_ul", "idr", "array cursor& next& index&"),
  ...row("for_each_sg", "sg", "table cursor& count index&"),
  ...row("for_each_sgtable_sg for_each_sgtable_dma_sg", "sg", "table cursor& index&"),
  ...row("for_each_sgtable_page for_each_sgtable_dma_page", "sg_page", "table cursor first"),
  ...row("for_each_sg_page for_each_sg_dma_page", "sg_page", "table cursor count first"),
  ...row("for_each_set_bit for_each_set_bit_from", "bits", "index& bits count"),
  ...row("for_each_clear_bit for_each_clear_bit_from", "clear_bits", "index& bits count"),
  ...row("for_each_set_bitrange", "bit_ranges", "first& last& bits count"),
  ...row("for_each_set_clump8", "bits", "index& clump& bits count"),
  ...row("for_each_possible_cpu for_each_online_cpu for_each_present_cpu", "cpus", "index&"),
  ...row("for_each_cpu for_each_cpu_and", "cpus", "index& mask -"),
  ...row("for_each_node for_each_online_node", "nodes", "index&"),
  ...row("for_each_pci_dev", "devices", "cursor&"),
  ...row("for_each_child_of_node for_each_available_child_of_node", "of_nodes", "parent cursor&"),
  ...row("for_each_of_cpu_node", "of_nodes", "cursor&"),
  ...row("for_each_node_with_property for_each_compatible_node", "of_nodes", "cursor& name name"),
  ...row("for_each_matching_node for_each_node_by_name", "of_nodes", "cursor& name"),
  ...row("of_for_each_phandle", "of_phandles", "cursor error& parent name name count"),
  ...row("device_for_each_child_node fwnode_for_each_child_node", "of_nodes", "parent cursor&"),
  ...row("of_property_for_each_u32", "property", "parent name cursor& - -"),
  ...row("interval_tree_for_each_span", "iterator", "cursor tree first last"),
  ...row("interval_tree_for_each_double_span", "iterator", "cursor tree tree first last"),
  ...row("resource_list_for_each_entry", "list", "cursor& head"),
  ...row("resource_list_for_each_entry_safe", "list_safe", "cursor& next& head"),
  ...row("for_each_sibling_event", "list", "cursor& head"),
  ...row("for_each_process for_each_thread", "tasks", "cursor&"),
  ...row("for_each_vma", "vmas", "state cursor&"),
  ...row("for_each_vma_range", "vmas", "state cursor& last"),
  ...row("mas_for_each", "vmas", "state cursor& last")
]);

// server/src/ir/lower-loops.ts
function lowerLoop(to, node) {
  switch (node.form) {
    case "while":
      whileLoop(to, node);
      return;
    case "do":
      doLoop(to, node);
      return;
    case "for":
      to.scoped(null, () => forLoop(to, node));
      return;
    case "scoped_guard":
      scopedGuard(to, node);
      return;
  }
  const known2 = ITERATIONS.get(node.form);
  if (known2) {
    iterate(to, node, known2);
    return;
  }
  if (lowerLoopMacro(to, node)) return;
  iterate(to, node, null);
}
function body(to, node, breaks, continues) {
  to.loops.push({ breaks, continues, scope: to.scope });
  lowerStatement(to, node.body);
  to.loops.pop();
}
function whileLoop(to, node) {
  const { builder } = to;
  const [again, start3, end] = [builder.newLabel(), builder.newLabel(), builder.newLabel()];
  builder.place(again);
  lowerCondition(to, node.header[0], start3, end);
  builder.place(start3);
  body(to, node, end, again);
  to.at(node);
  builder.jump(again);
  builder.place(end);
}
function doLoop(to, node) {
  const { builder } = to;
  const [start3, test, end] = [builder.newLabel(), builder.newLabel(), builder.newLabel()];
  builder.place(start3);
  body(to, node, end, test);
  builder.place(test);
  const condition = node.header[0];
  const constant2 = to.world.constants.evaluate(condition, to.env);
  if (constant2?.value === 0n) to.at(node);
  else lowerCondition(to, condition, start3, end);
  builder.place(end);
}
function forLoop(to, node) {
  const { builder } = to;
  const { initial, condition, update } = node.parts ?? { initial: null, condition: null, update: null };
  const [test, start3, next, end] = [
    builder.newLabel(),
    builder.newLabel(),
    builder.newLabel(),
    builder.newLabel()
  ];
  if (initial?.kind === "declaration") lowerStatement(to, initial);
  else if (initial) lowerDiscarded(to, initial);
  builder.place(test);
  if (condition) lowerCondition(to, condition, start3, end);
  builder.place(start3);
  body(to, node, end, next);
  builder.place(next);
  if (update) lowerDiscarded(to, update);
  to.at(node);
  builder.jump(test);
  builder.place(end);
}
function iterate(to, node, known2) {
  const { builder } = to;
  const header = node.header.map(
    (expression) => ({ expression, env: to.env })
  );
  to.at(headerOf(to, node));
  const id2 = builder.newIterator();
  start(to, node.form, id2, header, known2);
  const [again, enter, end] = [builder.newLabel(), builder.newLabel(), builder.newLabel()];
  builder.place(again);
  to.at(headerOf(to, node));
  const more = builder.define(47 /* IterateNext */, 1 /* Bool */, { a: id2 });
  builder.emit(40 /* Branch */, { a: more, from: 1 /* Bool */, b: enter, c: end });
  builder.place(enter);
  body(to, node, end, again);
  to.at(node);
  builder.jump(again);
  builder.place(end);
}
function headerOf(to, node) {
  const last = node.header.at(-1)?.end ?? node.start;
  const close = to.env.text.indexOf(")", last);
  const end = close >= 0 && close < node.body.start ? close + 1 : node.body.start;
  return { start: node.start, end };
}
function start(to, form, id2, header, known2) {
  const { span } = to.builder;
  const args = [];
  const roles = [];
  let member3 = "";
  let cursor = UNKNOWN2;
  header.forEach((argument3, index2) => {
    const role = known2 ? known2.roles[index2] ?? "-" : "?";
    if (role === "-") return;
    if (role === "member") {
      member3 = textOf(argument3).replace(/\s+/g, "");
      return;
    }
    const [register, type, isPlace] = argumentOf2(to, argument3, role);
    if (role === "cursor&") cursor = targetOf(type);
    args.push(register);
    roles.push(role === "?" && isPlace ? "?&" : role);
  });
  to.builder.span = span;
  to.builder.expansion = to.env.expansion;
  const offset = member3 === "" ? -1 : to.world.constants.place(cursor, member3, to.env)?.offset ?? -1;
  const walk2 = { shape: known2?.shape ?? "unknown", roles, member: member3, offset };
  to.builder.emit(46 /* IterateStart */, { a: id2, text: form, args, type: cursor.spelling, walk: walk2 });
}
function argumentOf2(to, argument3, role) {
  if (role === "?" ? argument3.expression.kind !== "name" : !role.endsWith("&")) {
    const { register, type } = argumentValue(to, argument3);
    return [register, type, false];
  }
  return to.within(argument3.env, () => {
    const either2 = lowerEither(to, argument3.expression);
    if (!("place" in either2)) return [either2.value.register, either2.value.type, false];
    const { place } = either2;
    const isPlace = place.type.scalar !== 12 /* Record */ || role.endsWith("&");
    return [to.addressOf(place), place.type, isPlace];
  });
}
function scopedGuard(to, node) {
  const end = to.builder.newLabel();
  const [name2, ...args] = node.header;
  to.scoped(null, () => {
    to.at(headerOf(to, node));
    enterGuard(to, name2 ? sourceOf(name2, to.env) : "", args, node.start);
    to.loops.push({ breaks: end, continues: end, scope: to.scope.parent });
    lowerStatement(to, node.body);
    to.loops.pop();
    to.at({ start: node.body.end - 1, end: node.body.end });
  });
  to.builder.place(end);
}
function enterGuard(to, name2, args, start3) {
  const { span } = to.builder;
  const values = args.map((expression) => argumentValue(to, { expression, env: to.env }).register);
  to.builder.span = span;
  const guard = to.newLocal("", unknownNamed(`guard(${name2})`));
  to.builder.emit(44 /* ScopeEnter */, { a: guard.local, text: name2, args: values });
  to.scope.cleanups.push({ local: guard.local, name: name2, type: "", start: start3 });
}

// server/src/ir/lower-statements.ts
function lowerStatements(to, statements) {
  for (const statement of statements) lowerStatement(to, statement);
}
function lowerStatement(to, node) {
  to.at(node);
  switch (node.kind) {
    case "compound":
      to.scoped(node, () => {
        lowerStatements(to, node.statements);
        to.at({ start: node.end - 1, end: node.end });
      });
      return;
    case "expression":
      expressionStatement(to, node.expression, node.start);
      return;
    case "declaration":
      declare(to, node);
      return;
    case "if":
      lowerIf(to, node);
      return;
    case "loop":
      lowerLoop(to, node);
      return;
    case "switch":
      lowerSwitch(to, node);
      return;
    case "case":
      lowerCase(to, node);
      return;
    default:
      jumpStatement(to, node);
      return;
  }
}
function jumpStatement(to, node) {
  switch (node.kind) {
    case "return":
      lowerReturn(to, node.value, node);
      return;
    case "goto":
      lowerGoto(to, node.label);
      return;
    case "label":
      to.builder.place(to.label(node.name));
      if (node.body) lowerStatement(to, node.body);
      return;
    case "break":
      leaveLoop(to, to.loops.at(-1), (loop2) => loop2.breaks);
      return;
    case "continue":
      leaveLoop(
        to,
        to.loops.findLast((loop2) => loop2.continues >= 0),
        (loop2) => loop2.continues
      );
      return;
    case "opaque-statement":
      to.opaque(node.reason);
  }
}
function leaveLoop(to, loop2, label) {
  if (!loop2) return void to.opaque("a jump out of no loop");
  to.leaveTo(loop2.scope);
  to.builder.jump(label(loop2));
}
function expressionStatement(to, expression, start3) {
  if (expression.kind === "call" && expression.callee.kind === "call") {
    const { callee } = expression;
    const [name2, variable] = callee.args;
    const isNamed = callee.callee.kind === "name" ? callee.callee.name : "";
    if (isNamed === "guard" && name2) {
      enterGuard(to, sourceOf(name2, to.env), expression.args, start3);
      return;
    }
    if (isNamed === "CLASS" && name2 && variable) {
      declareClass(to, sourceOf(name2, to.env), sourceOf(variable, to.env), expression, start3);
      return;
    }
  }
  if (expression.kind === "name" && expression.name === "fallthrough") return;
  lowerExpressionStatement(to, expression);
}
function declareClass(to, name2, variable, call2, start3) {
  enterGuard(to, name2, call2.args, start3);
  const { local } = to.scope.cleanups.at(-1);
  to.scope.names.set(variable, { local, type: UNKNOWN2 });
}
function declare(to, node) {
  if (node.defines) define(to, node.defines);
  for (const each2 of node.declarators) {
    if (each2.type.definition) define(to, each2.type.definition);
    declareOne(to, each2, node);
  }
}
function define(to, item) {
  const type = to.world.types.define(item, to.env);
  if (item.name !== "") to.root.tags.set(`${item.kind} ${item.name}`, type);
  if (item.kind !== "enum") return;
  for (const [name2, { value, kind }] of to.world.constants.enumerators(item, to.env)) {
    const place = to.newLocal(name2, to.constantType(kind));
    to.store(place, to.constant(value, kind));
    to.scope.names.set(name2, { local: place.local, type: place.type });
  }
}
function declareOne(to, each2, node) {
  const name2 = to.memberName(each2.name);
  const type = typeOfDeclarator(to, each2, node);
  to.at({ start: node.start, end: each2.end });
  if (each2.type.derivations[0]?.kind === "function" && each2.type.derivations.length === 1) return;
  const place = to.newLocal(name2, type, node.isStatic);
  declaredByMacro(to, place, node);
  if (place.type.size < 0 && place.type.kind === "array") for (const value of lengths(to, each2)) void value;
  to.scope.names.set(name2, { local: place.local, type });
  if (each2.initial) initialize(to, place, each2.initial);
  const free4 = freeOf(to, node, each2);
  if (free4)
    to.scope.cleanups.push({ local: place.local, name: free4, type: type.spelling, start: node.start });
}
function declaredByMacro(to, place, node) {
  const macro = /^(?:static\s+)?([A-Z][A-Z0-9_]+)\s*\(/.exec(to.env.text.slice(node.start, node.start + 80));
  if (!macro || /BITMAP|FLEX|PER_CPU/.test(macro[1])) return;
  to.builder.emit(38 /* Call */, { text: macro[1], args: [to.addressOf(place)] });
}
function lengths(to, each2) {
  return each2.type.derivations.flatMap(
    (derivation) => derivation.kind === "array" && derivation.length ? [lowerValue(to, derivation.length)] : []
  );
}
function typeOfDeclarator(to, each2, node) {
  const { base, derivations } = each2.type;
  if ((base === "__auto_type" || base === "auto") && each2.initial) return typeOfExpression(to, each2.initial);
  const isOpen2 = derivations.some((part) => part.kind === "array" && part.length === null);
  const size2 = isOpen2 ? to.world.initializedLength(each2.initial, to.env) : -1;
  const text = to.env.text.slice(node.start, node.end);
  return to.world.types.declared(each2.type, text, to.env, size2);
}
function freeOf(to, node, each2) {
  if (!to.env.text.slice(node.start, node.end).includes("__")) return null;
  for (const mark of to.env.file.marks) {
    if (mark.name !== "__free" && mark.name !== "__cleanup") continue;
    if (mark.start < node.start || mark.start > node.end) continue;
    const { start: start3, end } = each2.nameSpan;
    const between = mark.start >= end ? [end, mark.start] : [mark.end, start3];
    if (/\S/.test(to.env.text.slice(between[0], between[1]))) continue;
    return to.env.text.slice(mark.start, mark.end).replace(/^\w+\s*\(\s*|\s*\)$/g, "");
  }
  return null;
}
function lowerIf(to, node) {
  const { builder } = to;
  const [yes, no] = [builder.newLabel(), builder.newLabel()];
  lowerCondition(to, node.condition, yes, no);
  builder.place(yes);
  to.scoped(null, () => lowerStatement(to, node.consequence));
  if (!node.alternative) {
    builder.place(no);
    return;
  }
  const end = builder.newLabel();
  builder.jump(end);
  builder.place(no);
  to.scoped(null, () => lowerStatement(to, node.alternative));
  builder.place(end);
}
function lowerSwitch(to, node) {
  const { builder } = to;
  const subject = to.promote(lowerValue(to, node.subject));
  const end = builder.newLabel();
  to.at(node);
  const kind = promoted(subject.type.scalar);
  const instruction = builder.emit(42 /* Switch */, { a: subject.register, from: kind, cases: [], c: end });
  const table3 = { cases: [], symbolic: [], subject, fallback: -1 };
  to.switches.push(table3);
  to.loops.push({ breaks: end, continues: -1, scope: to.scope });
  lowerStatement(to, node.body);
  to.loops.pop();
  to.switches.pop();
  instruction.cases = table3.cases;
  if (table3.fallback >= 0) instruction.c = table3.fallback;
  if (table3.symbolic.length > 0) {
    const compare3 = builder.newLabel();
    builder.jump(end);
    builder.place(compare3);
    compareCases(to, table3, instruction.c);
    instruction.c = compare3;
  }
  builder.place(end);
}
function compareCases(to, { symbolic, subject }, otherwise) {
  for (const { value, env, label } of symbolic) {
    to.within(env, () => {
      const next = to.builder.newLabel();
      if (isRange(value)) {
        const within = to.builder.newLabel();
        compareCase(to, subject, ">=", value.left, within, next);
        to.builder.place(within);
        compareCase(to, subject, "<=", value.right, label, next);
      } else compareCase(to, subject, "==", value, label, next);
      to.builder.place(next);
    });
  }
  to.builder.jump(otherwise);
}
function compareCase(to, subject, operator, value, yes, no) {
  const right = lowerValue(to, value);
  to.at(value);
  const { register, type } = combine2(to, operator, subject, right);
  to.builder.emit(40 /* Branch */, { a: register, from: type.scalar, b: yes, c: no });
}
function isRange(value) {
  return value.kind === "binary" && value.operator.startsWith("..");
}
function lowerCase(to, node) {
  const { builder } = to;
  const table3 = to.switches.at(-1);
  const label = builder.newLabel();
  builder.place(label);
  if (!table3) to.opaque("a case outside of a switch");
  else if (!node.value) table3.fallback = label;
  else {
    const range = rangeOf(to, node.value, table3.subject.type.scalar);
    if (range) table3.cases.push({ low: range[0], high: range[1], target: label });
    else table3.symbolic.push({ value: node.value, env: to.env, label });
  }
  lowerStatements(to, node.body);
}
function rangeOf(to, value, kind) {
  const low = to.world.constants.evaluate(isRange(value) ? value.left : value, to.env);
  const high = isRange(value) ? to.world.constants.evaluate(value.right, to.env) : low;
  if (!low || !high) return null;
  const fit = (each2) => isInteger(kind) ? wrap(kind, each2) : each2;
  return [fit(low.value), fit(high.value)];
}
function lowerReturn(to, value, node) {
  const result = value ? lowerValue(to, value) : null;
  to.at(node);
  const isVoid = !result || result.register < 0 || to.returnType.scalar === 0 /* Void */;
  const converted = isVoid ? null : to.convert(result, to.returnType);
  to.leaveTo(null);
  to.builder.emit(43 /* Return */, {
    kind: to.returnType.scalar,
    a: converted ? converted.register : -1
  });
}
function lowerGoto(to, label) {
  const target2 = to.gotoScopes.get(label);
  if (target2) {
    let common2 = to.scope;
    while (common2.parent && (!common2.block || !target2.blocks.includes(common2.block))) common2 = common2.parent;
    to.leaveTo(common2);
    const later = common2.cleanups.filter((each2) => each2.start > target2.start);
    for (const { local, name: name2, type } of later.reverse())
      to.builder.emit(45 /* ScopeExit */, { a: local, text: name2, type });
  }
  to.builder.jump(to.label(label));
}
function lowerBlockValue(to, block) {
  return to.scoped(block, () => {
    const last = block.statements.at(-1);
    if (last?.kind !== "expression") {
      lowerStatements(to, block.statements);
      return to.value(-1, VOID);
    }
    lowerStatements(to, block.statements.slice(0, -1));
    const isStatement = last.expression.kind === "call" && last.expression.callee.kind === "call";
    if (!isStatement) return lowerValue(to, last.expression);
    lowerStatement(to, last);
    return to.value(-1, VOID);
  });
}

// server/src/ir/lower-macros.ts
var MAX_DEPTH2 = 40;
function lowerObjectMacro(to, node) {
  const macro = to.world.macros.find(node.name, to.env);
  return macro && macro.parameters === null ? expand(to, macro, [], node) : null;
}
function lowerMacroCall(to, name2, node, args) {
  const macro = to.world.macros.find(name2, to.env);
  return macro?.parameters ? expand(to, macro, args, node) : null;
}
function expand(to, macro, args, node) {
  if (to.env.depth > MAX_DEPTH2) return { value: to.opaque(`macro ${macro.name} expands too deep`) };
  const opened = to.world.macros.open(macro, args, to.env);
  const env = to.entered(opened.env, macro, node);
  const { snippet } = opened;
  switch (snippet.kind) {
    case "expression":
      return to.within(env, () => lowerEither(to, snippet.expression));
    case "empty":
      return { value: to.value(-1, VOID) };
    case "statements":
      to.within(env, () => to.scoped(snippet.block, () => lowerStatements(to, snippet.block.statements)));
      return { value: to.value(-1, VOID) };
    default:
      return macro.parameters ? { value: to.opaque(`macro ${macro.name} cannot be read`) } : null;
  }
}
function lowerLoopMacro(to, node) {
  const macro = to.world.macros.find(node.form, to.env);
  if (!macro?.parameters || isExpanding(to.env, node.form)) return false;
  const args = node.header.map((each2) => ({ expression: asExpression(each2), env: to.env }));
  const body2 = {
    expression: { ...spanOf(node.body), kind: "block", body: { ...blockOf(node.body) } },
    env: to.env
  };
  const loop2 = {
    ...macro,
    body: `${macro.body} { ${LOOP_BODY}; }`,
    parameters: [LOOP_BODY, ...macro.parameters]
  };
  const opened = to.world.macros.open(loop2, [body2, ...args], to.env);
  const { snippet } = opened;
  if (snippet.kind !== "statements") return false;
  const env = to.entered(opened.env, macro, { start: node.start, end: node.body.start });
  const params = new Map(opened.env.params ?? []);
  params.set(LOOP_BODY, body2);
  to.within(
    { ...env, params },
    () => to.scoped(snippet.block, () => lowerStatements(to, snippet.block.statements))
  );
  return true;
}
var LOOP_BODY = "loop_body_goes_here";
function spanOf({ start: start3, end }) {
  return { start: start3, end };
}
function blockOf(body2) {
  return body2.kind === "compound" ? body2 : { ...spanOf(body2), kind: "compound", statements: [body2] };
}
function asExpression(part) {
  return part.kind === "expression" ? part.expression : part;
}
function lowerWrapper(to, found2, node, args) {
  const { item, file, path } = found2;
  if (!item.isStatic || !item.bodySpan || item.bodySpan.end - item.bodySpan.start > 240) return null;
  if (to.env.depth > MAX_DEPTH2 || isExpanding(to.env, item.name)) return null;
  const body2 = onlyReturned(found2);
  if (body2?.kind !== "call" || body2.callee.kind !== "name" || body2.callee.name !== "container_of")
    return null;
  const params = /* @__PURE__ */ new Map();
  item.parameters.forEach((each2, index2) => {
    const argument3 = args[index2];
    if (argument3) params.set(each2.name, argument3);
  });
  const { start: start3, end } = item;
  const macro = { name: item.name, parameters: [], isVariadic: false, body: "", path, start: start3, end };
  const inner2 = {
    ...to.env,
    text: file.text,
    file,
    params,
    macro: item.name,
    outer: to.env,
    depth: to.env.depth + 1
  };
  const env = to.entered(inner2, macro, node);
  return to.within(env, () => lowerEither(to, body2));
}
function onlyReturned({ item, file }) {
  const [only, ...more] = file.bodyOf(item)?.statements ?? [];
  return only?.kind === "return" && more.length === 0 ? only.value : null;
}
function lowerExpressionStatement(to, expression) {
  if (expression.kind === "name" && expression.name === LOOP_BODY) {
    const body2 = to.env.params?.get(LOOP_BODY);
    if (body2?.expression.kind !== "block") return;
    const { statements } = body2.expression.body;
    const block = body2.expression.body;
    to.within(body2.env, () => to.scoped(block, () => lowerStatements(to, statements)));
  } else lowerDiscarded(to, expression);
}

// server/src/ir/lower-calls.ts
function lowerCall(to, node) {
  const args = node.args.map((expression) => ({ expression, env: to.env }));
  return lowerCallee(to, node.callee, node, args);
}
function lowerCallee(to, callee, node, args) {
  if (callee.kind === "literal") return { value: lowerValue(to, callee) };
  if (callee.kind !== "name") return { value: indirect(to, callee, node, args) };
  const bound = to.env.params?.get(callee.name);
  if (bound) return to.within(bound.env, () => lowerCallee(to, bound.expression, node, args));
  if (findVariable(to.scope, callee.name)) return { value: indirect(to, callee, node, args) };
  return named2(to, callee.name, node, args);
}
function named2(to, name2, node, args) {
  const intrinsic = INTRINSICS.get(name2);
  const known2 = intrinsic?.(to, args, node, name2);
  if (known2) return known2;
  const found2 = to.world.declarations.function(name2, to.root.file);
  const macro = to.world.macros.find(name2, to.env);
  const constant2 = macro || EVALUATED.has(name2) ? constantCall(to, name2, args) : null;
  if (constant2) return { value: constant2 };
  if (macro?.parameters) {
    const expanded = lowerMacroCall(to, name2, node, args);
    if (expanded) return expanded;
  }
  const alias = macro && macro.parameters === null ? to.world.snippets.body(macro.body) : null;
  if (alias?.kind === "expression" && alias.expression.kind === "name" && alias.expression.name !== name2)
    return named2(to, alias.expression.name, node, args);
  const wrapper = found2 ? lowerWrapper(to, found2, node, args) : null;
  if (wrapper) return wrapper;
  if (!found2 && to.world.declarations.variable(name2, to.root.file))
    return { value: indirect(to, node.callee, node, args) };
  return { value: direct(to, name2, found2 ? to.world.signature(found2) : null, node, args) };
}
function constantCall(to, name2, args) {
  const constant2 = to.world.constants.call(name2, args, to.env);
  return constant2 && isInteger(constant2.kind) ? to.constant(constant2.value, constant2.kind) : null;
}
function direct(to, name2, type, node, args) {
  const isMacro = /^[A-Z]/.test(name2) && !type;
  const values = args.map(
    (argument3, index2) => isMacro && isWord(to, argument3) ? symbol(to, argument3) : lowerArgument(to, argument3, type, index2)
  );
  to.at(node);
  const returns = type?.returns ?? pointerGiven(to, args) ?? UNKNOWN2;
  return finishCall(to, 38 /* Call */, returns, { text: name2, args: values.map(({ register }) => register) });
}
function isWord(to, { expression, env }) {
  if (expression.kind !== "name" || env.params?.has(expression.name) || expression.name === "NULL")
    return false;
  const { name: name2 } = expression;
  const { declarations, macros, constants } = to.world;
  return !findVariable(to.scope, name2) && !/^(?:current|jiffies|boot_cpu_data)$/.test(name2) && !declarations.variable(name2, to.root.file) && !declarations.function(name2, to.root.file) && !macros.find(name2, env) && !constants.evaluate(expression, env);
}
function symbol(to, { expression, env }) {
  to.at(expression);
  const text = sourceOf(expression, env);
  return to.value(to.builder.define(6 /* String */, 10 /* Pointer */, { text }), pointerTo2(CHAR));
}
function indirect(to, callee, node, args) {
  const pointer = lowerValue(to, callee);
  const slot = slotOf(to, pointer);
  const target2 = targetOf(pointer.type);
  const type = target2.kind === "function" ? target2 : null;
  const values = args.map((argument3, index2) => lowerArgument(to, argument3, type, index2));
  to.at(node);
  const parts = { a: pointer.register, slot, args: values.map(({ register }) => register) };
  return finishCall(to, 39 /* CallIndirect */, type?.returns ?? UNKNOWN2, parts);
}
function slotOf(to, { register }) {
  const { code } = to.builder;
  const load3 = code.at(-1);
  const field2 = code.at(-2);
  if (load3?.op !== 7 /* Load */ || load3.dst !== register) return null;
  if (field2?.op !== 13 /* FieldAddress */ || field2.dst !== load3.a) return null;
  const candidates = to.world.declarations.candidates(field2.type, field2.text);
  return { record: field2.type, member: field2.text, candidates };
}
function finishCall(to, op, returns, parts) {
  const kind = returns.scalar;
  if (kind === 0 /* Void */) {
    to.builder.emit(op, parts);
    return to.value(-1, VOID);
  }
  const pointee = kind === 10 /* Pointer */ ? targetOf(returns).spelling : "";
  if (kind !== 12 /* Record */)
    return to.value(to.builder.define(op, kind, { ...parts, type: pointee }), returns);
  const home = to.newLocal("", returns);
  const register = to.builder.define(op, kind, { ...parts, type: returns.spelling, c: home.local });
  return to.value(register, returns);
}
function lowerArgument(to, argument3, type, index2) {
  const value = to.within(argument3.env, () => lowerOne(to, argument3));
  to.at(argument3.expression);
  const wanted = type?.parameters[index2];
  return wanted ? to.convert(value, wanted) : to.promote(value);
}
function lowerOne(to, { expression, env }) {
  const type = typeGiven(to, { expression, env });
  if (!type) {
    const value = lowerValue(to, expression);
    return value.register < 0 ? to.constant(0n, 6 /* I32 */) : value;
  }
  to.at(expression);
  const register = to.builder.define(6 /* String */, 10 /* Pointer */, { text: type.spelling });
  return to.value(register, pointerTo2(CHAR));
}
function typeGiven(to, { expression, env }) {
  if (expression.kind !== "name" || env.params?.has(expression.name)) return null;
  const isType = /^(?:struct|union|enum)\s|\*\s*$|^(?:u|s)(?:8|16|32|64)$|^(?:unsigned|int|long|bool)\b/;
  return isType.test(expression.name) ? to.world.types.ofArgument(expression, env) : null;
}
function pointerGiven(to, args) {
  for (const argument3 of args) {
    const type = typeGiven(to, argument3);
    if (type?.kind === "record") return pointerTo2(type);
  }
  return null;
}
function textOf(argument3) {
  return argument3 ? sourceOf(argument3.expression, argument3.env) : "";
}
function argumentValue(to, argument3) {
  return to.within(argument3.env, () => lowerValue(to, argument3.expression));
}
function argumentEither(to, argument3) {
  return to.within(argument3.env, () => lowerEither(to, argument3.expression));
}

// server/src/ir/lower-expressions.ts
function lowerValue(to, node) {
  to.at(node);
  switch (node.kind) {
    case "literal":
      return literal(to, node.text, node);
    case "unary":
      return lowerUnary(to, node);
    case "update":
      return lowerUpdate(to, node);
    case "binary":
    case "cast":
      return binaryOrCast(to, node);
    case "assign":
      return lowerAssign(to, node);
    case "conditional":
      return lowerConditional(to, node);
    case "sizeof":
      return size(to, node);
    case "comma":
      return comma(to, node.items);
    case "block":
      return lowerBlockValue(to, node.body);
    case "opaque":
      return to.opaque(node.reason);
    default:
      return loaded(to, lowerEither(to, node), node);
  }
}
function loaded(to, either2, node) {
  to.at(node);
  return "place" in either2 ? to.load(either2.place) : either2.value;
}
function lowerEither(to, node) {
  to.at(node);
  if (node.kind === "call" || node.kind === "member" || node.kind === "index") {
    const meant = asCast(node, (each2) => to.world.types.isType(each2, to.env));
    if (meant) return { value: cast(to, meant) };
  }
  switch (node.kind) {
    case "name":
      return name(to, node);
    case "member":
      return { place: member(to, node) };
    case "index":
      return { place: index(to, node) };
    case "unary":
      if (node.operator === "*") return dereference(to, node);
      break;
    case "call":
      return memberByMacro(to, node) ?? lowerCall(to, node);
    case "initializers":
      return { place: compound(to, node) };
    case "literal":
      if (node.text.includes('"')) return { place: stringPlace(to, node.text) };
      break;
    case "comma":
      for (const item of node.items.slice(0, -1)) lowerDiscarded(to, item);
      return lowerEither(to, node.items.at(-1));
  }
  return { value: lowerValue(to, node) };
}
function lowerPlace(to, node) {
  const either2 = lowerEither(to, node);
  if ("place" in either2) return either2.place;
  const { register, type } = either2.value;
  if (type.scalar === 12 /* Record */) return to.memory(register, type);
  if (type.kind === "unknown") return to.memory(register, UNKNOWN2);
  const home = to.newLocal("", type);
  to.store(home, either2.value);
  return home;
}
function lowerDiscarded(to, node) {
  if (node.kind === "comma") for (const item of node.items) lowerDiscarded(to, item);
  else if (node.kind === "assign") lowerAssign(to, node, false);
  else if (node.kind === "cast") lowerDiscarded(to, node.operand);
  else if (node.kind === "name" || node.kind === "call") lowerEither(to, node);
  else lowerValue(to, node);
}
function typeOfExpression(to, node) {
  const mark = to.builder.mark();
  const either2 = lowerEither(to, node);
  to.builder.rollback(mark);
  return "place" in either2 ? either2.place.type : either2.value.type;
}
function literal(to, text, node) {
  const constant2 = text.startsWith("offsetof") ? to.world.constants.evaluate(node, to.env) : readConstant(text);
  if (constant2) return to.constant(constant2.value, constant2.kind);
  if (text.includes('"')) return to.load(stringPlace(to, text));
  if (!text.startsWith("offsetof")) return to.opaque("a floating-point constant");
  const register = to.builder.define(38 /* Call */, 9 /* U64 */, { text: "__offsetof", type: text });
  return to.integer(register, 9 /* U64 */);
}
function stringPlace(to, text) {
  const known2 = replaceWords(text, (word) => {
    const macro = to.world.macros.find(word, to.env);
    return macro && readString(macro.body) !== null ? macro.body : "";
  });
  const content = readString(known2.trim()) ?? "";
  const register = to.builder.define(6 /* String */, 10 /* Pointer */, { text: content });
  return to.memory(register, arrayOf2(CHAR, content.length + 1));
}
function name(to, node) {
  const argument3 = to.env.params?.get(node.name);
  if (argument3) return to.within(argument3.env, () => lowerEither(to, argument3.expression));
  const variable = findVariable(to.scope, node.name);
  if (variable) return { place: { local: variable.local, address: -1, type: variable.type, bits: null } };
  if (node.name === "NULL")
    return { value: to.value(to.builder.constant(10 /* Pointer */, 0n), pointerTo2(VOID)) };
  if (/^__(?:func|FUNCTION|PRETTY_FUNCTION)__$/.test(node.name)) {
    const register = to.builder.define(6 /* String */, 10 /* Pointer */, { text: to.functionName });
    return { value: to.value(register, pointerTo2(CHAR)) };
  }
  const constant2 = to.world.constants.evaluate(node, to.env);
  if (constant2) return { value: to.constant(constant2.value, constant2.kind) };
  return lowerObjectMacro(to, node) ?? global(to, node.name);
}
function global(to, text) {
  const { declarations } = to.world;
  const found2 = declarations.function(text, to.root.file);
  const variable = found2 ? null : declarations.variable(text, to.root.file);
  if (found2) {
    const type2 = to.world.signature(found2);
    const register2 = to.builder.define(5 /* FunctionAddress */, 10 /* Pointer */, { text });
    return { value: to.value(register2, pointerTo2(type2)) };
  }
  const type = variable ? to.world.variableType(variable) : UNKNOWN2;
  const register = to.builder.define(4 /* GlobalAddress */, 10 /* Pointer */, { text, type: type.spelling });
  return { place: to.memory(register, type) };
}
function member(to, node) {
  const [address, record] = node.isArrow ? pointed(to, node.object) : held(to, node.object);
  to.at(node);
  return fieldPath(to, address, record, { kind: "name", name: node.name, start: node.start, end: node.end });
}
function memberByMacro(to, node) {
  const { callee } = node;
  if (callee.kind !== "member" || !to.world.macros.find(callee.name, to.env)?.parameters) return null;
  const [address, record] = callee.isArrow ? pointed(to, callee.object) : held(to, callee.object);
  to.at(node);
  const { start: start3, end } = callee.nameSpan;
  const name2 = { kind: "name", name: callee.name, start: start3, end };
  return { place: fieldPath(to, address, record, { ...node, callee: name2 }) };
}
function pointed(to, object3) {
  const { register, type } = lowerValue(to, object3);
  return [register, targetOf(type)];
}
function held(to, object3) {
  const place = lowerPlace(to, object3);
  return [to.addressOf(place), place.type];
}
function fieldPath(to, address, record, path) {
  if (path.kind === "member") {
    const outer = fieldPath(to, address, record, path.object);
    return to.member(to.addressOf(outer), outer.type, path.name);
  }
  if (path.kind === "index") {
    const array3 = fieldPath(to, address, record, path.object);
    return to.element(to.addressOf(array3), targetOf(array3.type), lowerValue(to, path.index));
  }
  if (path.kind === "call" && path.callee.kind === "name") {
    const args = path.args.map((expression) => ({ expression, env: to.env }));
    const macro2 = to.world.macros.find(path.callee.name, to.env);
    const opened = macro2?.parameters ? to.world.macros.open(macro2, args, to.env) : null;
    if (opened?.snippet.kind === "expression") {
      const { expression } = opened.snippet;
      return to.within(opened.env, () => fieldPath(to, address, record, expression));
    }
  }
  if (path.kind !== "name") return to.memory(to.opaque("a member that is not named").register, UNKNOWN2);
  const argument3 = to.env.params?.get(path.name);
  if (argument3) return to.within(argument3.env, () => fieldPath(to, address, record, argument3.expression));
  const isKnown = record.kind !== "record" || record.find(path.name) !== null;
  const macro = isKnown ? null : to.world.macros.find(path.name, to.env);
  if (!macro || macro.parameters) return to.member(address, record, path.name);
  const { snippet, env } = to.world.macros.open(macro, [], to.env);
  if (snippet.kind !== "expression") return to.member(address, record, path.name);
  return to.within(env, () => fieldPath(to, address, record, snippet.expression));
}
function index(to, node) {
  const object3 = lowerValue(to, node.object);
  const at = to.promote(lowerValue(to, node.index));
  to.at(node);
  const isSwapped = at.type.kind === "pointer" && object3.type.kind !== "pointer";
  const [base, offset] = isSwapped ? [at, object3] : [object3, at];
  return to.element(base.register, targetOf(base.type), offset);
}
function dereference(to, node) {
  const value = lowerValue(to, node.operand);
  const target2 = targetOf(value.type);
  if (target2.kind === "function") return { value };
  return { place: to.memory(value.register, target2) };
}
function compound(to, node) {
  if (!node.type) return to.memory(to.opaque("an initialiser list without a type").register, UNKNOWN2);
  const size2 = to.world.initializedLength({ ...node, type: null }, to.env);
  const type = to.world.types.resolve(node.type, to.env, size2);
  const place = to.newLocal("", type);
  initialize(to, place, { ...node, type: null });
  return place;
}
function binaryOrCast(to, node) {
  const meant = asMeant(node, to.world.types.namesIn(to.env));
  if (meant !== node) return lowerValue(to, meant);
  return node.kind === "binary" ? lowerBinary(to, node) : cast(to, node);
}
function cast(to, node) {
  const type = to.world.types.resolve(node.type, to.env);
  const value = lowerValue(to, node.operand);
  to.at(node);
  if (type.kind === "void") return to.value(-1, VOID);
  if (type.kind === "unknown") return to.value(value.register, type);
  if (type.scalar === 12 /* Record */ && value.type.scalar !== 12 /* Record */) return unionCast(to, type, value);
  return to.convert(value, type);
}
function unionCast(to, type, value) {
  const home = to.newLocal("", type);
  const into = type.kind === "record" ? type.members.find((each2) => each2.type === value.type) : void 0;
  if (into) to.store(to.memory(to.addressOf(home), into.type), value);
  return to.load(home);
}
function size(to, node) {
  const constant2 = to.world.constants.evaluate(node, to.env);
  if (constant2) return to.constant(constant2.value, constant2.kind);
  const type = node.type ? to.world.types.resolve(node.type, to.env) : to.world.types.ofArgument(node.operand, to.env);
  const register = to.builder.define(38 /* Call */, 9 /* U64 */, { text: "__sizeof", type: type.spelling });
  return to.integer(register, 9 /* U64 */);
}
function comma(to, items) {
  for (const item of items.slice(0, -1)) lowerDiscarded(to, item);
  return lowerValue(to, items.at(-1));
}

// server/src/ir/builder.ts
var Builder = class {
  code = [];
  registers = [];
  locals = [];
  expansions = [];
  labels = [];
  iterators = 0;
  /** Where the next instructions come from. */
  span = { start: 0, end: 0 };
  expansion = -1;
  /** Emits an instruction without a result. */
  emit(op, parts) {
    const each2 = emptyInstruction(op);
    each2.start = this.span.start;
    each2.end = this.span.end;
    each2.expansion = this.expansion;
    Object.assign(each2, parts);
    this.code.push(each2);
    return each2;
  }
  /** Emits an instruction and gives the register of its result. */
  define(op, kind, parts) {
    const each2 = this.emit(op, parts);
    each2.kind = kind;
    each2.dst = this.register(kind);
    return each2.dst;
  }
  register(kind) {
    return this.registers.push(kind) - 1;
  }
  /** Constants are pooled at the end; until then the value travels in `cases`, which a constant does not use. */
  constant(kind, value) {
    return this.define(0 /* Const */, kind, { cases: [{ low: value, high: value, target: -1 }] });
  }
  local(local) {
    return this.locals.push(local) - 1;
  }
  newLabel() {
    return this.labels.push(-1) - 1;
  }
  newIterator() {
    return this.iterators++;
  }
  place(label) {
    this.labels[label] = this.code.length;
  }
  jump(label) {
    this.emit(41 /* Jump */, { b: label });
  }
  /** Whether control cannot come here but by a label. */
  get isUnreachable() {
    const last = this.code.at(-1);
    if (!last || this.labels.includes(this.code.length)) return false;
    return last.op === 43 /* Return */ || last.op === 41 /* Jump */;
  }
  mark() {
    return {
      code: this.code.length,
      registers: this.registers.length,
      locals: this.locals.length,
      expansions: this.expansions.length
    };
  }
  /** Forgets what was built since. */
  rollback(mark) {
    this.code.length = mark.code;
    this.registers.length = mark.registers;
    this.locals.length = mark.locals;
    this.expansions.length = mark.expansions;
  }
  finish(head) {
    const constants = /* @__PURE__ */ new Map();
    for (const each2 of this.code) this.resolve(each2, constants);
    const { locals, registers, code, expansions } = this;
    return { ...head, locals, registers, constants: [...constants.keys()], code, expansions };
  }
  resolve(each2, constants) {
    if (each2.op === 0 /* Const */) {
      const value = each2.cases[0].low;
      each2.cases = null;
      let at = constants.get(value);
      if (at === void 0) {
        at = constants.size;
        constants.set(value, at);
      }
      each2.a = at;
    } else if (each2.op === 41 /* Jump */) each2.b = this.target(each2.b);
    else if (each2.op === 40 /* Branch */) {
      each2.b = this.target(each2.b);
      each2.c = this.target(each2.c);
    } else if (each2.op === 42 /* Switch */) {
      each2.c = this.target(each2.c);
      for (const row4 of each2.cases) row4.target = this.target(row4.target);
    }
  }
  /** A label that was never placed (a goto to nowhere) leads to the end. */
  target(label) {
    const at = this.labels[label];
    return at < 0 ? this.code.length - 1 : at;
  }
};

// server/src/ir/lowering.ts
var Lowering = class {
  constructor(world, file, path, typeOf3) {
    this.world = world;
    this.root = {
      file,
      path,
      tags: /* @__PURE__ */ new Map(),
      hasVariable: (name2) => findVariable(this.scope, name2) !== null,
      typeOf: (expression, env) => typeOf3(this, expression, env)
    };
    this.env = rootEnv(this.root);
  }
  world;
  builder = new Builder();
  root;
  env;
  scope = newScope(null, null);
  loops = [];
  /** Cases and default of the switches around, innermost last. */
  switches = [];
  labels = /* @__PURE__ */ new Map();
  gotoScopes = /* @__PURE__ */ new Map();
  returnType = VOID;
  functionName = "";
  /** Sets where the next instructions come from. */
  at(span) {
    this.builder.span = this.env.site ?? span;
    this.builder.expansion = this.env.expansion;
  }
  /** Runs `body` with another meaning of names; spans come back with the old one. */
  within(env, body2) {
    const before = this.env;
    const { span, expansion } = this.builder;
    this.env = env;
    const result = body2();
    this.env = before;
    this.builder.span = span;
    this.builder.expansion = expansion;
    return result;
  }
  /** The environment of a macro's body that is used at `use`. */
  entered(inner2, macro, use) {
    const { start: start3, end, path, name: name2 } = macro;
    const expansion = this.builder.expansions.push({
      macro: name2,
      path,
      parent: this.env.expansion,
      start: start3,
      end
    });
    return { ...inner2, site: this.env.site ?? use, expansion: expansion - 1 };
  }
  value(register, type) {
    return { register, type };
  }
  constant(value, kind) {
    return { register: this.builder.constant(kind, value), type: integerType(kind) };
  }
  constantType(kind) {
    return integerType(kind);
  }
  /** A member's name, which may be given as a macro's argument. */
  memberName(name2) {
    const argument3 = this.env.params?.get(name2);
    return argument3 ? sourceOf(argument3.expression, argument3.env) : name2;
  }
  /** A register that holds an integer of that kind. */
  integer(register, kind) {
    return { register, type: integerType(kind) };
  }
  opaque(reason, args = []) {
    const register = this.builder.define(48 /* Opaque */, 11 /* Unknown */, { text: reason, args });
    return { register, type: UNKNOWN2 };
  }
  /** A variable of the function that has no name in C, or one that has. */
  newLocal(name2, type, isStatic = false) {
    const { start: start3, end } = this.builder.span;
    const local = this.builder.local({
      name: name2,
      type: type.spelling,
      kind: type.scalar,
      size: type.size,
      isStatic,
      start: start3,
      end
    });
    return { local, address: -1, type, bits: null };
  }
  memory(address, type, bits2 = null) {
    return { local: -1, address, type, bits: bits2 };
  }
  addressOf(place) {
    return place.local < 0 ? place.address : this.builder.define(1 /* LocalAddress */, 10 /* Pointer */, { a: place.local });
  }
  /** The value that lies in a place; arrays and records give their address. */
  load(place, order2 = "") {
    const { builder } = this;
    const { type } = place;
    const kind = type.scalar;
    if (type.kind === "array" || type.kind === "function")
      return this.value(this.addressOf(place), decayed(type));
    if (kind === 12 /* Record */) return this.value(this.addressOf(place), type);
    const pointee = kind === 10 /* Pointer */ ? targetOf(type).spelling : "";
    if (place.bits) {
      const { bits: bits2 } = place;
      const from = kind;
      const result = bitfieldKind(kind, bits2.width);
      const register2 = builder.define(9 /* LoadBits */, result, { a: place.address, from, bits: bits2 });
      return this.value(register2, integerType(result));
    }
    const register = place.local >= 0 ? builder.define(2 /* GetLocal */, kind, { a: place.local, type: pointee }) : builder.define(7 /* Load */, kind, { a: place.address, type: pointee, order: order2 });
    return this.value(register, type);
  }
  /** Stores a value, converted to the place's type; gives what was stored. */
  store(place, value, order2 = "") {
    const { builder } = this;
    if (place.type.scalar === 12 /* Record */) {
      if (value.type.scalar === 12 /* Record */) this.copy(place, value);
      return this.value(value.register, place.type);
    }
    const converted = this.convert(value, place.type);
    const kind = place.type.scalar;
    const { register } = converted;
    if (place.bits)
      builder.emit(10 /* StoreBits */, { from: kind, a: place.address, b: register, bits: place.bits });
    else if (place.local >= 0) builder.emit(3 /* SetLocal */, { kind, a: place.local, b: register });
    else builder.emit(8 /* Store */, { kind, a: place.address, b: register, order: order2 });
    return converted;
  }
  copy(place, value) {
    const { type } = place;
    const a = this.addressOf(place);
    this.builder.emit(11 /* Copy */, { a, b: value.register, type: type.spelling, c: type.size });
  }
  /** The value in another type; only what changes the register becomes an instruction. */
  convert(value, type) {
    const from = value.type.scalar;
    const kind = type.scalar;
    if (kind === 11 /* Unknown */) return value;
    if (from === kind || kind === 12 /* Record */ || kind === 0 /* Void */ || value.register < 0)
      return this.value(value.register, type);
    const last = this.builder.code.at(-1);
    if (last?.op === 0 /* Const */ && last.dst === value.register && isInteger(kind)) {
      const converted = wrap(kind, last.cases[0].low);
      last.cases = [{ low: converted, high: converted, target: -1 }];
      last.kind = kind;
      this.builder.registers[last.dst] = kind;
      return this.value(last.dst, type);
    }
    const pointee = kind === 10 /* Pointer */ ? targetOf(type).spelling : "";
    const parts = { from, a: value.register, type: pointee };
    return this.value(this.builder.define(36 /* Convert */, kind, parts), type);
  }
  /** The value after C's integer promotion. */
  promote(value) {
    const kind = promoted(value.type.scalar);
    return kind === value.type.scalar ? value : this.convert(value, integerType(kind));
  }
  /** The place of a member, by name; unknown where the record does not tell. */
  member(address, record, name2) {
    const found2 = record.kind === "record" ? record.find(name2) : null;
    const parts = { a: address, type: record.spelling, text: name2, c: found2?.offset ?? -1 };
    const register = this.builder.define(13 /* FieldAddress */, 10 /* Pointer */, parts);
    return this.memory(register, found2?.type ?? UNKNOWN2, found2?.bits ?? null);
  }
  element(address, element, index2) {
    const parts = {
      a: address,
      b: index2.register,
      from: index2.type.scalar,
      type: element.spelling,
      c: element.scalar === 0 /* Void */ ? 1 : element.size
    };
    const register = this.builder.define(14 /* ElementAddress */, 10 /* Pointer */, parts);
    return this.memory(register, element);
  }
  pointer(place) {
    return this.value(this.addressOf(place), pointerTo2(place.type));
  }
  label(name2) {
    let label = this.labels.get(name2);
    if (label === void 0) {
      label = this.builder.newLabel();
      this.labels.set(name2, label);
    }
    return label;
  }
  /** Runs what must run on the way out to `target`, which itself stays. */
  leaveTo(target2, past = -1) {
    for (const { local, name: name2, type, start: start3 } of cleanupsBetween(this.scope, target2)) {
      if (start3 >= past) this.builder.emit(45 /* ScopeExit */, { a: local, text: name2, type });
    }
  }
  /** Lowers `body` in a scope of its own and runs at its end what must run. */
  scoped(block, body2) {
    const outer = this.scope;
    this.scope = newScope(outer, block);
    const result = body2();
    if (this.scope.cleanups.length > 0 && !this.builder.isUnreachable) this.leaveTo(outer);
    this.scope = outer;
    return result;
  }
};
function bitfieldKind(kind, width) {
  if (kind === 1 /* Bool */) return 1 /* Bool */;
  if (width < 32 || width === 32 && isSigned(kind)) return 6 /* I32 */;
  return widthOf(kind) > 32 && width === 32 ? integerKind(32, false) : kind;
}

// server/src/ir/kernel-macros.table.ts
var KERNEL_MACROS = /* @__PURE__ */ new Map([
  ["BIT(n)", "(1UL << (n))"],
  ["BIT_ULL(n)", "(1ULL << (n))"],
  ["GENMASK(h, l)", "(((~0UL) << (l)) & (~0UL >> (64 - 1 - (h))))"],
  ["GENMASK_ULL(h, l)", "(((~0ULL) << (l)) & (~0ULL >> (64 - 1 - (h))))"],
  ["BIT_MASK(n)", "(1UL << ((n) % 64))"],
  ["BIT_WORD(n)", "((n) / 64)"],
  ["BITS_PER_TYPE(type)", "(sizeof(type) * 8)"],
  ["BITS_TO_LONGS(n)", "(((n) + 63) / 64)"],
  ["BITS_TO_U32(n)", "(((n) + 31) / 32)"],
  ["ALIGN(x, a)", "(((x) + ((typeof(x))(a) - 1)) & ~((typeof(x))(a) - 1))"],
  ["ALIGN_DOWN(x, a)", "((x) & ~((typeof(x))(a) - 1))"],
  ["PTR_ALIGN(p, a)", "((typeof(p))(((unsigned long)(p) + (a) - 1) & ~((unsigned long)(a) - 1)))"],
  ["IS_ALIGNED(x, a)", "(((x) & ((typeof(x))(a) - 1)) == 0)"],
  ["round_up(x, y)", "((((x) - 1) | ((typeof(x))((y) - 1))) + 1)"],
  ["round_down(x, y)", "((x) & ~((typeof(x))((y) - 1)))"],
  ["roundup(x, y)", "((((x) + ((y) - 1)) / (y)) * (y))"],
  ["rounddown(x, y)", "((x) - ((x) % (y)))"],
  ["DIV_ROUND_UP(n, d)", "(((n) + (d) - 1) / (d))"],
  ["DIV_ROUND_UP_ULL(n, d)", "(((unsigned long long)(n) + (d) - 1) / (d))"],
  ["DIV_ROUND_CLOSEST(n, d)", "(((n) + ((d) / 2)) / (d))"],
  ["upper_32_bits(n)", "((u32)(((n) >> 16) >> 16))"],
  ["lower_32_bits(n)", "((u32)((n) & 0xffffffff))"],
  ["upper_16_bits(n)", "((u16)((n) >> 16))"],
  ["lower_16_bits(n)", "((u16)((n) & 0xffff))"],
  ["DMA_BIT_MASK(n)", "(((n) == 64) ? ~0ULL : ((1ULL << (n)) - 1))"],
  ["ARRAY_SIZE(a)", "(sizeof(a) / sizeof((a)[0]))"],
  ["sizeof_field(type, member)", "sizeof(((type *)0)->member)"],
  ["likely(x)", "(x)"],
  ["unlikely(x)", "(x)"],
  ["likely_notrace(x)", "(x)"],
  ["__force_cast(x)", "(x)"],
  ["swap(a, b)", "do { typeof(a) __tmp = (a); (a) = (b); (b) = __tmp; } while (0)"],
  ["PAGE_SHIFT", "12"],
  ["PAGE_SIZE", "(1UL << 12)"],
  ["PAGE_MASK", "(~((1UL << 12) - 1))"],
  ["PAGE_ALIGN(x)", "(((x) + 4095UL) & ~4095UL)"],
  ["PAGE_ALIGNED(x)", "(((unsigned long)(x) & 4095UL) == 0)"],
  ["offset_in_page(p)", "((unsigned long)(p) & 4095UL)"],
  ["PHYS_PFN(x)", "((unsigned long)((x) >> 12))"],
  ["PFN_PHYS(x)", "((phys_addr_t)(x) << 12)"],
  ["PFN_DOWN(x)", "((x) >> 12)"],
  ["PFN_UP(x)", "(((x) + 4095UL) >> 12)"],
  ["PCI_DEVFN(slot, func)", "((((slot) & 0x1f) << 3) | ((func) & 0x07))"],
  ["PCI_SLOT(devfn)", "(((devfn) >> 3) & 0x1f)"],
  ["PCI_FUNC(devfn)", "((devfn) & 0x07)"],
  ["PCI_DEVID(bus, devfn)", "((((u16)(bus)) << 8) | (devfn))"],
  ["PCI_BUS_NUM(x)", "(((x) >> 8) & 0xff)"],
  ["BITS_PER_LONG", "64"],
  ["BITS_PER_LONG_LONG", "64"],
  ["BITS_PER_BYTE", "8"],
  ["U8_MAX", "((u8)~0U)"],
  ["U16_MAX", "((u16)~0U)"],
  ["U32_MAX", "((u32)~0U)"],
  ["U64_MAX", "((u64)~0ULL)"],
  ["S8_MAX", "((s8)127)"],
  ["S16_MAX", "((s16)32767)"],
  ["S32_MAX", "((s32)2147483647)"],
  ["S64_MAX", "((s64)9223372036854775807LL)"],
  ["INT_MAX", "2147483647"],
  ["INT_MIN", "(-2147483647 - 1)"],
  ["UINT_MAX", "(~0U)"],
  ["LONG_MAX", "9223372036854775807L"],
  ["ULONG_MAX", "(~0UL)"],
  ["ULLONG_MAX", "(~0ULL)"],
  ["LLONG_MAX", "9223372036854775807LL"],
  ["SIZE_MAX", "(~0UL)"],
  ["PHYS_ADDR_MAX", "(~(phys_addr_t)0)"],
  ["MAX_ERRNO", "4095"],
  // The bit 0x400 (direct reclaim) says that an allocation may sleep.
  ["GFP_KERNEL", "((gfp_t)0xcc0)"],
  ["GFP_KERNEL_ACCOUNT", "((gfp_t)0x400cc0)"],
  ["GFP_ATOMIC", "((gfp_t)0x820)"],
  ["GFP_NOWAIT", "((gfp_t)0x2800)"],
  ["GFP_USER", "((gfp_t)0x100cc0)"],
  ["GFP_NOIO", "((gfp_t)0xc00)"],
  ["GFP_NOFS", "((gfp_t)0xc40)"],
  ["GFP_HIGHUSER", "((gfp_t)0x100cc2)"],
  ["GFP_DMA", "((gfp_t)0x1)"],
  ["GFP_DMA32", "((gfp_t)0x4)"],
  ["__GFP_ZERO", "((gfp_t)0x100)"],
  ["__GFP_HIGHMEM", "((gfp_t)0x2)"],
  ["__GFP_NOWARN", "((gfp_t)0x2000)"],
  ["__GFP_NORETRY", "((gfp_t)0x10000)"],
  ["__GFP_COMP", "((gfp_t)0x40000)"],
  ["__GFP_ACCOUNT", "((gfp_t)0x400000)"],
  ["__GFP_NOFAIL", "((gfp_t)0x8000)"],
  ["__GFP_RETRY_MAYFAIL", "((gfp_t)0x4000)"],
  ["__GFP_DMA", "((gfp_t)0x1)"],
  ["__GFP_DMA32", "((gfp_t)0x4)"]
]);
var ERROR_NUMBERS = new Map(
  [
    "EPERM 1 ENOENT 2 ESRCH 3 EINTR 4 EIO 5 ENXIO 6 E2BIG 7 ENOEXEC 8 EBADF 9 ECHILD 10 EAGAIN 11 EWOULDBLOCK 11",
    "ENOMEM 12 EACCES 13 EFAULT 14 ENOTBLK 15 EBUSY 16 EEXIST 17 EXDEV 18 ENODEV 19 ENOTDIR 20 EISDIR 21 EINVAL 22",
    "ENFILE 23 EMFILE 24 ENOTTY 25 ETXTBSY 26 EFBIG 27 ENOSPC 28 ESPIPE 29 EROFS 30 EMLINK 31 EPIPE 32 EDOM 33",
    "ERANGE 34 EDEADLK 35 ENAMETOOLONG 36 ENOLCK 37 ENOSYS 38 ENOTEMPTY 39 ELOOP 40 ENOMSG 42 ENODATA 61 ETIME 62",
    "EREMOTE 66 ECOMM 70 EPROTO 71 EBADMSG 74 EOVERFLOW 75 EUSERS 87 EMSGSIZE 90 EPROTONOSUPPORT 93 EOPNOTSUPP 95",
    "EADDRINUSE 98 EADDRNOTAVAIL 99 ENOBUFS 105 ESHUTDOWN 108 ETIMEDOUT 110 ECONNREFUSED 111 EHOSTDOWN 112",
    "EALREADY 114 EINPROGRESS 115 ESTALE 116 EREMOTEIO 121 ECANCELED 125 EKEYREJECTED 129 EOWNERDEAD 130",
    "ERESTARTSYS 512 ERESTARTNOINTR 513 ENOIOCTLCMD 515 EPROBE_DEFER 517 ENOTSUPP 524 ENOGRACE 531"
  ].join(" ").match(/\w+ \d+/g).map((row4) => {
    const [name2, value] = row4.split(" ");
    return [name2, Number(value)];
  })
);
var NEVER_EXPAND = new Set(
  [
    "WARN_ON WARN_ON_ONCE BUG_ON WARN static_assert WARN_ONCE BUG dev_WARN_ONCE VM_BUG_ON VM_WARN_ON dev_WARN",
    "WARN_TAINT WARN_RATELIMIT VM_WARN_ON_ONCE lockdep_assert lockdep_assert_once might_lock might_fault IS_ERR",
    "dev_err pr_err pr_info pr_warn dev_dbg dev_warn pr_debug dev_info dev_err_ratelimited dev_notice pci_info",
    "pci_warn pr_emerg __ratelimit pr_err_ratelimited pci_info_ratelimited print_hex_dump_debug pr_info_ratelimited",
    "dev_warn_once pr_notice pr_warn_once pci_err pr_info_once pci_dbg dev_warn_ratelimited mod_node_page_state",
    "pr_crit dev_err_once pr_alert pr_warn_ratelimited dev_info_ratelimited dev_dbg_ratelimited pr_notice_once",
    "pci_notice_ratelimited pr_cont pr_devel dev_vdbg dev_crit dev_emerg dev_alert dev_info_once dev_notice_once",
    "pr_debug_ratelimited dev_notice_ratelimited dev_printk printk printk_once printk_ratelimited pci_notice trace_printk",
    "pr_warn_ratelimited pr_notice_ratelimited pr_err_once pci_err_ratelimited pci_warn_ratelimited pci_alert",
    "mutex_lock spin_lock_irqsave raw_spin_lock_irqsave xa_lock local_irq_save xas_lock raw_spin_lock local_irq_restore",
    "raw_spin_unlock_irqrestore xa_unlock xas_unlock raw_spin_unlock mutex_lock_nested spin_lock_nested xa_lock_irq",
    "xa_unlock_irq xa_lock_irqsave xa_unlock_irqrestore mutex_lock_interruptible mutex_lock_killable mutex_trylock",
    "xa_lock_bh xa_unlock_bh xas_lock_irq xas_unlock_irq xas_lock_irqsave xas_unlock_irqrestore mutex_lock_nest_lock",
    "raw_spin_lock_irq raw_spin_unlock_irq write_lock write_unlock read_lock read_unlock write_lock_irqsave",
    "write_unlock_irqrestore read_lock_irqsave read_unlock_irqrestore spin_trylock spin_trylock_irqsave down_write_nested",
    "write_seqcount_begin write_seqcount_end seqcount_init read_seqcount_begin read_seqcount_retry read_seqbegin",
    "spin_lock_init raw_spin_lock_init mutex_init init_rwsem rwlock_init seqlock_init lockdep_set_class mutex_destroy",
    "lockdep_register_key lockdep_assert_held lockdep_assert_held_write lockdep_is_held lockdep_assert_not_held",
    "assert_spin_locked lockdep_assert_held_read mutex_is_locked lockdep_assert_held_once lockdep_assert_irqs_disabled",
    "kzalloc kcalloc kmalloc kmem_cache_create vfio_alloc_device kvzalloc kmem_cache_zalloc devm_add_action_or_reset",
    "kvcalloc kmem_cache_alloc krealloc kmemdup vmalloc kmalloc_array vzalloc vcalloc kvmalloc kvmalloc_array kstrdup",
    "kzalloc_node kmalloc_node kcalloc_node kvzalloc_node krealloc_array kvrealloc memdup_user kasprintf kvfree_rcu",
    "devm_kzalloc devm_kmalloc kmem_cache_alloc_node kmem_cache_alloc_bulk alloc_percpu alloc_percpu_gfp __alloc_percpu",
    "kzalloc_obj kmalloc_obj kfree_rcu kfree_rcu_mightsleep iommufd_object_alloc __iommufd_object_alloc",
    "alloc_pages alloc_page alloc_pages_node __get_free_pages __get_free_page get_zeroed_page __free_page free_page",
    "free_pages alloc_pages_bulk_array alloc_pages_exact __get_dma_pages folio_alloc",
    "writel readl readl_relaxed writel_relaxed writeq_relaxed ioremap iounmap memcpy_toio memcpy_fromio readq writeq",
    "readq_relaxed iowrite32 ioread32 iowrite64 ioread64 ioread16 ioread8 iowrite16 iowrite8 __raw_writel __raw_readl",
    "writew readw writeb readb writew_relaxed readw_relaxed writeb_relaxed readb_relaxed memset_io ioremap_wc iowrite32be",
    "readl_poll_timeout_atomic readl_poll_timeout readl_relaxed_poll_timeout readl_relaxed_poll_timeout_atomic",
    "readx_poll_timeout read_poll_timeout_atomic read_poll_timeout readx_poll_timeout_atomic readq_poll_timeout",
    "readq_poll_timeout_atomic readw_poll_timeout regmap_read_poll_timeout poll_timeout_us smp_cond_load_relaxed",
    "smp_cond_load_acquire atomic_cond_read_relaxed atomic_long_cond_read_relaxed atomic_cond_read_acquire",
    "ioport_map ioport_unmap request_mem_region release_mem_region iosubmit_cmds512 movdir64b ioread32be __raw_readq",
    "MLX5_SET MLX5_ADDR_OF MLX5_GET MLX5_SET64 MLX5_CAP_ADV_VIRTUALIZATION MLX5_CAP_GEN mlx5_cmd_exec_in MLX5_GET64",
    "MLX5_CAP_GEN_2 MLX5_FLD_SZ_BYTES mlx5_nb_cof MLX5_NB_INIT MLX5_ST_SZ_DW MLX5_ST_SZ_BYTES mlx5_cmd_exec_inout",
    "virtio_cread_le virtio_cread_le_feature virtio_cwrite_le virtio_cread virtio_cwrite arm_smccc_smc arm_smccc_hvc",
    "arm_smccc_1_1_invoke mfspr mtspr read_sysreg read_sysreg_s write_sysreg rdmsrl wrmsrl static_cpu_has boot_cpu_has",
    "cpu_feature_enabled this_cpu_has cpu_to_le64 cpu_to_le32 cpu_to_le16 le32_to_cpu le16_to_cpu le64_to_cpu",
    "be32_to_cpup cpu_to_be64 cpu_to_be32 be32_to_cpu be64_to_cpu le64_to_cpup le32_to_cpup cpu_to_be16 be16_to_cpu",
    "le16_to_cpup be64_to_cpup be16_to_cpup __be32_to_cpu __cpu_to_be32 le32_to_cpus cpu_to_le32s swab32 swab64 swab16",
    "memset memcpy strlen memcmp memmove strcpy strncpy strscpy strcmp strncmp strchr strstr strlcpy memset32 memset64",
    "strscpy_pad str_has_prefix sscanf sprintf snprintf scnprintf get_user put_user __get_user __put_user copy_from_user",
    "unsafe_get_user unsafe_put_user user_access_begin access_ok iommu_copy_struct_from_user copy_to_user u64_to_user_ptr",
    "iommu_copy_struct_from_user_array iommu_copy_struct_to_user iommu_copy_struct_from_full_user_array untagged_addr",
    "virt_to_phys phys_to_virt page_address pfn_to_page page_to_pfn virt_to_page __pa __va __sme_clr page_to_phys __sme_set",
    "phys_to_page kmap_local_page kunmap_local kmap_atomic kunmap_atomic PageHighMem compound_head nth_page pfn_valid",
    "page_folio virt_to_folio sme_me_mask __pa_symbol pud_offset pmd_offset pte_offset_map untagged_addr_remote",
    "__ffs __fls fls fls64 ffs ffz test_bit __set_bit __clear_bit set_bit clear_bit test_and_set_bit test_and_clear_bit",
    "__test_and_set_bit __test_and_clear_bit hweight8 hweight16 hweight32 hweight64 hweight_long ilog2 order_base_2",
    "assign_bit __assign_bit get_order roundup_pow_of_two rounddown_pow_of_two is_power_of_2 bits_per ffs_val find_first_bit",
    "find_next_bit find_first_zero_bit find_next_zero_bit bitmap_zero bitmap_fill bitmap_set bitmap_clear __ffs64 fls_long",
    "pci_dev_put dma_map_single dma_unmap_single dma_map_page dma_unmap_page dma_map_sg dma_unmap_sg sg_dma_address",
    "sg_dma_len dma_map_sg_attrs dma_mmap_coherent dma_get_sgtable dma_unmap_addr dma_unmap_addr_set sg_is_last sg_is_chain",
    "wmb rmb mb dma_wmb dma_rmb smp_mb smp_wmb smp_rmb barrier smp_mb__before_atomic smp_mb__after_atomic dma_mb",
    "smp_mb__after_unlock_lock io_stop_wc dgh mmiowb iomb wfe sev",
    "udelay mdelay ndelay msleep usleep_range cond_resched might_sleep might_sleep_if fsleep cpu_relax msecs_to_jiffies",
    "pci_resource_len pci_resource_start pci_resource_end pci_resource_flags pci_register_driver platform_driver_register",
    "module_init module_exit request_module class_create class_register debugfs_remove_recursive per_cpu_ptr this_cpu_ptr",
    "raw_cpu_ptr this_cpu_inc this_cpu_read this_cpu_write get_cpu_ptr put_cpu_ptr smp_processor_id raw_smp_processor_id",
    "num_possible_cpus num_online_cpus num_present_cpus per_cpu cpu_to_node numa_node_id node_online this_cpu_add",
    "get_cpu_var put_cpu_var get_cpu put_cpu cpumask_first cpumask_empty",
    "INIT_WORK INIT_DELAYED_WORK INIT_WORK_ONSTACK flush_workqueue alloc_workqueue alloc_ordered_workqueue",
    "create_singlethread_workqueue create_workqueue timer_setup from_timer timer_container_of kthread_create kthread_run",
    "init_waitqueue_head wake_up wake_up_all wake_up_interruptible wake_up_interruptible_all wait_event wait_event_timeout",
    "wait_event_interruptible wait_event_interruptible_timeout wait_event_killable wake_up_interruptible_poll",
    "wake_up_all_locked wake_up_locked_poll wait_event_lock_irq wait_var_event wake_up_poll ___wait_event init_completion",
    "try_cmpxchg try_cmpxchg64 try_cmpxchg128 cmpxchg cmpxchg64 cmpxchg_relaxed cmpxchg64_relaxed xchg arch_cmpxchg",
    "try_cmpxchg64_local try_cmpxchg_release cmpxchg_release xchg_relaxed try_cmpxchg_relaxed cmpxchg128 cmpxchg_local",
    "local64_read local64_xchg local64_add local64_set local64_cmpxchg local64_try_cmpxchg arch_cmpxchg128_local",
    "symbol_get symbol_put symbol_request try_then_request_module ACPI_COMPANION ACPI_HANDLE acpi_dev_hid_uid_match",
    "ACPI_FAILURE ACPI_SUCCESS of_fwnode_handle dev_is_pci dev_is_platform dev_fwnode IS_ERR_VALUE dev_name",
    "ida_simple_get ida_simple_remove ida_alloc ida_alloc_max ida_alloc_min static_branch_unlikely static_branch_likely",
    "static_branch_enable static_branch_disable static_branch_inc static_branch_dec static_key_enabled static_call",
    "static_branch_maybe static_call_update INIT_LIST_HEAD list_prepare_entry va_start va_end va_copy current_user",
    "current_cred task_user current_uid vm_fault_enum array_index_nospec barrier_nospec check_add_overflow check_sub_overflow",
    "check_mul_overflow check_shl_overflow overflows_type struct_size struct_size_t array_size size_add size_mul flex_array_size",
    "rcu_replace_pointer srcu_dereference rcu_swap_protected unrcu_pointer rcu_access_pointer rcu_read_lock rcu_read_unlock",
    "kobj_attribute_of pgprot_noncached pgprot_device pgprot_decrypted pgprot_writecombine pgprot_encrypted mk_pte pte_val",
    "BUILD_BUG_ON BUILD_BUG_ON_MSG BUILD_BUG BUILD_BUG_ON_ZERO BUILD_BUG_ON_NOT_POWER_OF_2 compiletime_assert",
    "EXPORT_SYMBOL_GPL KUNIT_EXPECT_EQ KUNIT_ASSERT_EQ KUNIT_EXPECT_TRUE KUNIT_EXPECT_FALSE KUNIT_ASSERT_NOT_NULL",
    "KUNIT_EXPECT_NE KUNIT_EXPECT_MEMEQ KUNIT_ASSERT_TRUE KUNIT_CASE KUNIT_FAIL KUNIT_EXPECT_GE KUNIT_EXPECT_LE",
    "iommu_group_for_each_dev pci_intx no_free_ptr return_ptr retain_and_null_ptr take_fd get_unaligned put_unaligned",
    "get_unaligned_le16 get_unaligned_le32 min_not_zero time_before time_after time_after_eq time_before_eq vma_iter_load",
    "jiffies_to_msecs do_div div_u64 div64_u64 trace_dump_stack dump_stack panic lookup_resource DEFINE_SHOW_ATTRIBUTE",
    "mmu_notifier_range_update_to_read_only arch_iommu_dma_supported follow_pte mas_for_each page_to_nid set_current_state",
    "__set_current_state uuid_equal __counted_by struct_group copy_from_iter ioasid_put seq_puts sysfs_emit alloc_hooks",
    "memalloc_nofs_save pm_sleep_ptr pm_ptr of_match_ptr ACPI_PTR raw_spin_trylock pte_offset_kernel"
  ].join(" ").split(" ")
);

// server/src/ir/macros.ts
var Macros = class {
  constructor(declarations, snippets) {
    this.declarations = declarations;
    this.snippets = snippets;
  }
  declarations;
  snippets;
  read = /* @__PURE__ */ new WeakMap();
  /** The macro that a name means there, or null when it is none or must stay what it is. */
  find(name2, env) {
    if (isExpanding(env, name2)) return null;
    const found2 = this.declarations.macro(name2, env.root.file);
    if (found2?.file === env.root.file) return this.of(found2.item, found2.file.text, found2.path);
    if (NEVER_EXPAND.has(name2)) return null;
    const known2 = KERNEL.get(name2);
    if (known2) return known2;
    return found2 ? this.of(found2.item, found2.file.text, found2.path) : null;
  }
  of(item, text, path) {
    let macro = this.read.get(item);
    if (!macro) {
      const names = item.parameters === null ? null : parameterNames(text, item);
      const [parameters, isVariadic2] = names ?? [null, false];
      const body2 = text.slice(item.bodySpan.start, item.bodySpan.end);
      macro = { name: item.name, parameters, isVariadic: isVariadic2, body: body2, path, start: item.start, end: item.end };
      this.read.set(item, macro);
    }
    return macro;
  }
  /** The body, ready to be lowered in `env`. */
  open(macro, args, env) {
    const isTextual = /#/.test(macro.body) || macro.isVariadic && args.length !== macro.parameters?.length;
    const params = macro.parameters && !isTextual ? bind2(macro.parameters, args) : null;
    const snippet = this.snippets.body(isTextual ? substituted(macro, args) : macro.body);
    const file = "file" in snippet ? snippet.file : env.file;
    return {
      snippet,
      env: {
        root: env.root,
        text: "file" in snippet ? file.text : "",
        file,
        params,
        macro: macro.name,
        outer: env,
        site: env.site,
        expansion: env.expansion,
        depth: env.depth + 1
      }
    };
  }
};
function bind2(parameters, args) {
  const bound = /* @__PURE__ */ new Map();
  parameters.forEach((name2, index2) => {
    const argument3 = args[index2];
    if (argument3) bound.set(name2, argument3);
  });
  return bound;
}
function substituted(macro, args) {
  const parameters = macro.parameters ?? [];
  const texts = args.map(({ expression, env }) => sourceOf(expression, env));
  const textOf3 = (name2) => {
    const index2 = parameters.indexOf(name2);
    if (index2 < 0) return null;
    const isRest = macro.isVariadic && index2 === parameters.length - 1;
    return isRest ? texts.slice(index2).join(", ") : texts[index2] ?? "";
  };
  const rest = macro.isVariadic ? parameters.length - 1 : texts.length;
  const body2 = macro.body.replace(/\\\r?\n/g, " ").replace(/__VA_OPT__\s*\(([^()]*)\)/g, texts.length > rest ? "$1" : "").replace(/,\s*##\s*(\w+)/g, (_, name2) => textOf3(name2) === "" ? "" : `, ${name2}`).replace(/(?<!#)#\s*([A-Za-z_]\w*)/g, (whole, name2) => {
    const text = textOf3(name2);
    return text === null ? whole : JSON.stringify(text.replace(/\s+/g, " "));
  });
  return replaceWords(body2, textOf3).replace(/\s*##\s*/g, "");
}
function parameterNames(text, item) {
  const close = text.indexOf(")", item.nameSpan.end);
  const list3 = text.slice(item.nameSpan.end + 1, close).replace(/\\\r?\n/g, " ");
  const names = list3.split(",").map((name2) => name2.trim()).filter((name2) => name2 !== "");
  const isVariadic2 = names.at(-1)?.endsWith("...") ?? false;
  return [names.map((name2) => name2 === "..." ? "__VA_ARGS__" : name2.replace(/\s*\.\.\.$/, "")), isVariadic2];
}
var KERNEL = new Map(
  [...KERNEL_MACROS, ...[...ERROR_NUMBERS].map(([name2, value]) => [name2, String(value)])].map(
    ([head, body2]) => {
      const [name2 = "", list3] = head.split(/[()]/);
      const parameters = list3 === void 0 ? null : list3.split(", ");
      return [name2, { name: name2, parameters, isVariadic: false, body: body2, path: "", start: 0, end: 0 }];
    }
  )
);

// server/src/ir/snippets.ts
var MOST = 2e4;
var Snippets = class {
  bodies = /* @__PURE__ */ new Map();
  types = /* @__PURE__ */ new Map();
  makeRoom() {
    if (this.bodies.size + this.types.size < MOST) return;
    this.bodies.clear();
    this.types.clear();
  }
  /** A macro's body: an expression if it can be read as one, else statements. */
  body(text) {
    let snippet = this.bodies.get(text);
    if (!snippet) {
      this.makeRoom();
      snippet = read(joined(text));
      this.bodies.set(text, snippet);
    }
    return snippet;
  }
  /** A type, as it stands in a cast; null when the text is none. */
  type(text) {
    let type = this.types.get(text);
    if (type === void 0) {
      this.makeRoom();
      type = simpleType(text) ?? readType(text);
      this.types.set(text, type);
    }
    return type;
  }
};
function simpleType(text) {
  const match = /^\s*((?:struct|union|enum)\s+\w+|[A-Za-z_]\w*)\s*(\**)\s*$/.exec(text);
  if (!match || /^(?:const|volatile|unsigned|signed|long|short|int|char|typeof)$/.test(match[1]))
    return null;
  const pointers2 = match[2].length;
  return {
    base: match[1].replace(/\s+/g, " "),
    pointers: pointers2,
    isArray: false,
    parameters: null,
    isFunctionPointer: false,
    isConst: false,
    derivations: Array.from({ length: pointers2 }, () => ({ kind: "pointer" })),
    definition: null
  };
}
function readType(text) {
  const file = new CFile(`unsigned long v =
sizeof(${joined(text)});
`);
  const item = file.items.find((each2) => each2.kind === "variable");
  const initial = item?.kind === "variable" ? item.initial : null;
  return file.errors.length === 0 && initial?.kind === "sizeof" ? initial.type : null;
}
function joined(text) {
  return text.replace(
    /"(?:\\.|[^"\\])*"|\/\*[\s\S]*?\*\/|\/\/[^\n]*|\\?\r?\n/g,
    (part) => part.startsWith('"') ? part : " ".repeat(part.length)
  );
}
function read(text) {
  if (text.trim() === "") return { kind: "empty" };
  if (text.trim().startsWith("{")) return readList(text);
  const asValue = bodyOf2(`int f(void)
{
	return
	${text}
	;
}
`);
  const [only, ...more] = asValue?.block.statements ?? [];
  if (asValue && more.length === 0 && only?.kind === "return" && only.value)
    return { kind: "expression", expression: only.value, file: asValue.file };
  const asCode = bodyOf2(`void f(void)
{
	${text}
	;
}
`);
  return asCode ? { kind: "statements", block: asCode.block, file: asCode.file } : { kind: "unreadable" };
}
function readList(text) {
  const file = new CFile(`int v =
${text}
;
`);
  const [item] = file.items;
  if (file.errors.length === 0 && item?.kind === "variable" && item.initial)
    return { kind: "expression", expression: item.initial, file };
  const asCode = bodyOf2(`void f(void)
{
	${text}
	;
}
`);
  return asCode ? { kind: "statements", block: asCode.block, file: asCode.file } : { kind: "unreadable" };
}
function bodyOf2(text) {
  const file = new CFile(text);
  const [item] = file.items;
  if (file.items.length !== 1 || item?.kind !== "function") return null;
  const block = file.bodyOf(item);
  return block && file.errors.length === 0 ? { block, file } : null;
}

// server/src/ir/kernel-types.table.ts
var rows2 = (kind, names) => names.split(" ").map((name2) => [name2, kind]);
var C_INTEGERS = new Map([
  ...rows2(2 /* I8 */, "char"),
  ["char signed", 2 /* I8 */],
  ["char unsigned", 3 /* U8 */],
  ["short", 4 /* I16 */],
  ["short signed", 4 /* I16 */],
  ["short unsigned", 5 /* U16 */],
  ["", 6 /* I32 */],
  ["signed", 6 /* I32 */],
  ["unsigned", 7 /* U32 */],
  ["long", 8 /* I64 */],
  ["long signed", 8 /* I64 */],
  ["long unsigned", 9 /* U64 */],
  ["long long", 8 /* I64 */],
  ["long long signed", 8 /* I64 */],
  ["long long unsigned", 9 /* U64 */]
]);
var KERNEL_INTEGERS = new Map([
  ...rows2(1 /* Bool */, "_Bool bool"),
  ...rows2(2 /* I8 */, "s8 __s8 int8_t"),
  ...rows2(3 /* U8 */, "u8 __u8 uint8_t u_char unchar"),
  ...rows2(4 /* I16 */, "s16 __s16 int16_t"),
  ...rows2(5 /* U16 */, "u16 __u16 uint16_t u_short ushort __le16 __be16 umode_t __sum16 wchar_t"),
  ...rows2(6 /* I32 */, "s32 __s32 int32_t pid_t acpi_status_t irqreturn_t key_serial_t"),
  ...rows2(7 /* U32 */, "u32 __u32 uint32_t u_int uint __le32 __be32 gfp_t ioasid_t dev_t uid_t gid_t"),
  ...rows2(
    7 /* U32 */,
    "__poll_t vm_fault_t fmode_t blk_status_t slab_flags_t __wsum acpi_status isolate_mode_t"
  ),
  ...rows2(7 /* U32 */, "dma_cookie_t phandle cycles32_t depot_stack_handle_t vfio_iova_flags_t uint_t"),
  ...rows2(8 /* I64 */, "s64 __s64 int64_t ssize_t loff_t off_t ptrdiff_t intptr_t ktime_t time64_t"),
  ...rows2(8 /* I64 */, "__kernel_ssize_t __kernel_loff_t __kernel_time64_t"),
  ...rows2(9 /* U64 */, "u64 __u64 uint64_t __le64 __be64 size_t dma_addr_t phys_addr_t resource_size_t"),
  ...rows2(9 /* U64 */, "uintptr_t __kernel_size_t __kernel_ulong_t ulong u_long vm_flags_t pgoff_t sector_t"),
  ...rows2(
    9 /* U64 */,
    "cycles_t irq_hw_number_t __aligned_u64 __aligned_le64 acpi_size acpi_physical_address"
  ),
  ...rows2(9 /* U64 */, "acpi_io_address kernel_ulong_t async_cookie_t netdev_features_t blkcnt_t")
]);
var KERNEL_RECORDS = /* @__PURE__ */ new Map([
  ["atomic_t", "struct { int counter; }"],
  ["atomic64_t", "struct { s64 counter; }"],
  ["atomic_long_t", "struct { s64 counter; }"],
  ["refcount_t", "struct refcount_struct { atomic_t refs; }"],
  ["guid_t", "struct { __u8 b[16]; }"],
  ["uuid_t", "struct { __u8 b[16]; }"],
  ["pgprot_t", "struct { unsigned long pgprot; }"],
  ["local64_t", "struct { atomic_long_t a; }"]
]);
var KERNEL_TAGS = /* @__PURE__ */ new Map([
  ["struct list_head", "struct list_head { struct list_head *next, *prev; }"],
  ["struct hlist_head", "struct hlist_head { struct hlist_node *first; }"],
  ["struct hlist_node", "struct hlist_node { struct hlist_node *next, **pprev; }"],
  ["struct llist_head", "struct llist_head { struct llist_node *first; }"],
  ["struct llist_node", "struct llist_node { struct llist_node *next; }"],
  [
    "struct rb_node",
    "struct rb_node { unsigned long __rb_parent_color; struct rb_node *rb_right, *rb_left; }"
  ],
  ["struct rb_root", "struct rb_root { struct rb_node *rb_node; }"],
  ["struct kref", "struct kref { refcount_t refcount; }"],
  ["struct refcount_struct", "struct refcount_struct { atomic_t refs; }"],
  [
    "struct callback_head",
    "struct callback_head { struct callback_head *next; void (*func)(struct callback_head *head); }"
  ],
  ["struct rcu_head", "struct rcu_head { struct rcu_head *next; void (*func)(struct rcu_head *head); }"]
]);

// server/src/ir/layout.ts
function layOut(members2, dress) {
  const placer = new Placer(dress);
  const placed = members2.flatMap((member3) => placer.place(member3));
  return { members: placed, ...placer.finish() };
}
function roundUp(value, to) {
  return Math.ceil(value / to) * to;
}
var Placer = class {
  constructor(dress) {
    this.dress = dress;
  }
  dress;
  bit = 0;
  largest = 0;
  align = 1;
  isKnown = true;
  place(member3) {
    if (this.dress.isUnion) this.bit = 0;
    const placed = member3.bits >= 0 ? this.bitfield(member3) : [this.whole(member3)];
    this.largest = Math.max(this.largest, this.bit);
    return placed;
  }
  finish() {
    const align = Math.max(this.align, this.dress.aligned);
    return { size: this.isKnown ? roundUp(Math.ceil(this.largest / 8), align) : -1, align };
  }
  whole({ name: name2, type, aligned }) {
    const align = Math.max(this.dress.isPacked ? 1 : type.align, aligned);
    this.align = Math.max(this.align, align);
    const isFlexible = type.kind === "array" && type.length < 0 && type.element.size >= 0;
    const isUnseen = type.size < 0 && !isFlexible;
    const isPlaced = this.dress.isUnion || this.isKnown && (!isUnseen || this.bit === 0);
    const offset = isPlaced ? roundUp(Math.ceil(this.bit / 8), align) : -1;
    if (isUnseen) this.isKnown = false;
    else if (this.isKnown) this.bit = (offset + Math.max(0, type.size)) * 8;
    return { name: name2, type, offset, bits: null };
  }
  bitfield({ name: name2, type, bits: bits2, aligned }) {
    const unit = type.size * 8;
    if (unit <= 0) {
      this.isKnown = false;
      return name2 === "" ? [] : [{ name: name2, type, offset: -1, bits: { offset: 0, width: bits2 } }];
    }
    if (aligned > 0) this.bit = roundUp(this.bit, aligned * 8);
    if (bits2 === 0) {
      this.bit = roundUp(this.bit, unit);
      return [];
    }
    const { isPacked } = this.dress;
    if (!isPacked && Math.floor(this.bit / unit) !== Math.floor((this.bit + bits2 - 1) / unit))
      this.bit = roundUp(this.bit, unit);
    if (name2 !== "") this.align = Math.max(this.align, isPacked ? 1 : type.align, aligned);
    const first2 = this.bit;
    this.bit += bits2;
    if (name2 === "") return [];
    const inUnit = Math.floor(first2 / unit) === Math.floor((first2 + bits2 - 1) / unit);
    const base = inUnit && !isPacked ? Math.floor(first2 / unit) * type.size : first2 >> 3;
    const offset = this.isKnown ? base : -1;
    return [{ name: name2, type, offset, bits: { offset: first2 - base * 8, width: bits2 } }];
  }
};

// server/src/ir/type-table.ts
var TAGGED = /^(?:struct|union|enum)\b/;
var MAX_DEPTH3 = 40;
var TypeTable = class {
  constructor(declarations, snippets, macros, constants, typeOf3) {
    this.declarations = declarations;
    this.snippets = snippets;
    this.macros = macros;
    this.constants = constants;
    this.typeOf = typeOf3;
  }
  declarations;
  snippets;
  macros;
  constants;
  typeOf;
  records = /* @__PURE__ */ new WeakMap();
  enums = /* @__PURE__ */ new WeakMap();
  unseen = /* @__PURE__ */ new Map();
  integers = /* @__PURE__ */ new Map();
  roots = /* @__PURE__ */ new WeakMap();
  depth = 0;
  /** Names that were asked for as callees, and whether they are types. */
  callable = /* @__PURE__ */ new Map();
  /** The environment of declarations outside of functions. */
  envOf(file, path) {
    let root = this.roots.get(file);
    if (!root) {
      root = {
        file,
        path,
        tags: /* @__PURE__ */ new Map(),
        hasVariable: () => false,
        typeOf: (expression, env) => this.typeOf(expression, env)
      };
      this.roots.set(file, root);
    }
    return rootEnv(root);
  }
  /** The type that a declaration writes. `size`: the length of an array that takes it from its initialiser. */
  resolve(type, env, size2 = -1) {
    if (this.depth > MAX_DEPTH3) return UNKNOWN2;
    this.depth++;
    const base = type.definition ? this.define(type.definition, env) : this.named(type.base, env);
    let result = base;
    for (const derivation of type.derivations) result = this.derive(result, derivation, env, size2);
    this.depth--;
    return result;
  }
  /** A parameter's type: arrays and functions are pointers there. */
  parameter(type, env) {
    return decayed(this.resolve(type, env));
  }
  derive(type, derivation, env, size2) {
    if (derivation.kind === "pointer") return pointerTo2(type);
    if (derivation.kind === "function") {
      const parameters = derivation.parameters.map((each2) => this.parameter(each2.type, env));
      return functionOf2(type, parameters, derivation.isVariadic);
    }
    if (derivation.length === null) return arrayOf2(type, size2);
    const length = this.constants().evaluate(derivation.length, env);
    return arrayOf2(type, length === null ? -1 : Number(length.value));
  }
  /** The type that a name means; unknown under that name when nothing says what it is. */
  named(name2, env) {
    return this.find(name2, env) ?? (TAGGED.test(name2) ? this.tag(name2, env) : unknownNamed(name2));
  }
  find(name2, env) {
    if (name2 === "void") return VOID;
    const argument3 = env.params?.get(name2);
    if (argument3) return this.ofArgument(argument3.expression, argument3.env);
    if (/\W/.test(name2)) return this.compound(name2, env);
    if (name2 === "") return INT;
    return this.integer(name2) ?? this.typedef(name2, env);
  }
  /** A name of several words: `struct x`, `unsigned long`, `typeof(x)`. */
  compound(name2, env) {
    if (TAGGED.test(name2)) return this.tag(name2, env);
    const typeOf3 = /^_*typeof\w*\s*\(([\s\S]*)\)$/.exec(name2);
    if (typeOf3) return this.ofText(typeOf3[1], env);
    return this.integer(name2) ?? (/^[\w\s]+$/.test(name2) ? null : this.ofText(name2, env));
  }
  integer(name2) {
    const known2 = this.integers.get(name2);
    if (known2) return known2;
    const words = name2.split(" ").filter((word) => word !== "int" && word !== "const" && word !== "volatile");
    const kind = C_INTEGERS.get(words.sort().join(" "));
    if (kind === void 0) return null;
    const type = integerType(kind);
    this.integers.set(name2, type);
    return type;
  }
  typedef(name2, env) {
    const local = env.root.tags.get(name2);
    if (local) return local;
    const found2 = this.declarations.typedef(name2, env.root.file);
    if (found2 && found2.item.type.base !== name2) {
      const type = this.resolve(found2.item.type, this.envOf(found2.file, found2.path));
      if (type.kind !== "unknown") return type;
    }
    const kind = KERNEL_INTEGERS.get(name2);
    if (kind !== void 0) return integerType(kind);
    const record = KERNEL_RECORDS.get(name2);
    if (record) return this.builtIn(`${name2}`, record, env);
    const macro = this.macros.find(name2, env);
    return macro && macro.parameters === null ? this.ofMacro(macro.body, env) : null;
  }
  ofMacro(body2, env) {
    const type = this.snippets.type(body2);
    if (!type || this.depth > MAX_DEPTH3) return null;
    const resolved = this.resolve(type, env);
    return resolved.kind === "unknown" ? null : resolved;
  }
  /** A type that was given where an expression could stand: to a macro, to `typeof`. */
  ofArgument(expression, env) {
    if (expression.kind === "name") {
      const argument3 = env.params?.get(expression.name);
      if (argument3) return this.ofArgument(argument3.expression, argument3.env);
      if (env.root.hasVariable(expression.name)) return env.root.typeOf(expression, env);
    }
    return this.ofText(sourceOf(expression, env), { ...env, params: null }, expression);
  }
  /** `struct foo *`, `*pointer`, `u32`: a type if it can be one, else the type of the expression. */
  ofText(text, env, known2) {
    if (this.depth > MAX_DEPTH3) return UNKNOWN2;
    const type = this.snippets.type(text);
    if (type && !env.root.hasVariable(text.trim())) {
      const resolved = this.resolve(type, env);
      const isPlain = type.derivations.length === 0 && !TAGGED.test(type.base);
      if (resolved.kind !== "unknown" || !isPlain) return resolved;
      if (!this.declarations.variable(text.trim(), env.root.file)) return resolved;
    }
    if (known2 && known2.kind !== "opaque") return env.root.typeOf(known2, env);
    const snippet = this.snippets.body(text);
    if (snippet.kind !== "expression") return UNKNOWN2;
    this.depth++;
    const result = env.root.typeOf(snippet.expression, { ...env, text: snippet.file.text });
    this.depth--;
    return result;
  }
  tag(tag, env) {
    const local = env.root.tags.get(tag);
    if (local) return local;
    if (tag.startsWith("enum")) {
      const found3 = this.declarations.enumeration(tag, env.root.file);
      return found3 ? this.enumeration(found3.item, this.envOf(found3.file, found3.path)) : integerType(INT_ENUM);
    }
    const found2 = this.declarations.record(tag, env.root.file);
    if (found2) return this.record(found2.item, this.envOf(found2.file, found2.path));
    const text = KERNEL_TAGS.get(tag);
    return text ? this.builtIn(tag, text, env) : this.unknownRecord(tag);
  }
  unknownRecord(tag) {
    let type = this.unseen.get(tag);
    if (!type) {
      type = new RecordType(tag, tag.startsWith("union"), null, () => ({ members: [], size: -1, align: 1 }));
      this.unseen.set(tag, type);
    }
    return type;
  }
  builtIn(name2, text, env) {
    const known2 = this.integers.get(name2);
    if (known2) return known2;
    const definition = this.snippets.type(text)?.definition;
    if (!definition || definition.kind === "enum") return unknownNamed(name2);
    const spelling = definition.name === "" ? name2 : `struct ${definition.name}`;
    const type = new RecordType(spelling, false, definition, (item) => this.layout(item, env));
    this.integers.set(name2, type);
    return type;
  }
  /** A struct, union or enum where it is defined. */
  define(item, env) {
    return item.kind === "enum" ? this.enumeration(item, env) : this.record(item, env);
  }
  /** The record that an item defines; the same object each time. */
  record(item, env) {
    let type = this.records.get(item);
    if (!type) {
      const spelling = `${item.kind} ${item.name || `@${env.root.path}:${item.start}`}`;
      type = new RecordType(spelling, item.kind === "union", item, (each2) => this.layout(each2, env));
      this.records.set(item, type);
    }
    return type;
  }
  enumeration(item, env) {
    let type = this.enums.get(item);
    if (!type) {
      this.enums.set(item, integerType(INT_ENUM));
      const values = [...this.constants().enumerators(item, env).values()].map(({ value }) => value);
      const low = values.reduce((least, value) => value < least ? value : least, 0n);
      const high = values.reduce((most, value) => value > most ? value : most, 0n);
      type = integerType(enumKind(low, high));
      this.enums.set(item, type);
    }
    return type;
  }
  layout(item, env) {
    const members2 = item.members.map((field2) => this.unplaced(field2, env));
    const words = item.attributes.map(
      ({ start: start3, end, name: name2 }) => end > start3 ? env.text.slice(start3, end) || name2 : name2
    );
    return layOut(members2, {
      isUnion: item.kind === "union",
      isPacked: words.some((word) => /__packed|\bpacked\b|__packed__/.test(word)),
      aligned: Math.max(0, ...words.map((word) => this.alignment(word, env)))
    });
  }
  unplaced(field2, env) {
    const declared = env.text.slice(field2.start, field2.end);
    const bits2 = field2.bits ? this.constants().evaluate(field2.bits, env)?.value ?? 1n : -1n;
    const bitmap = /^DECLARE_(BITMAP|FLEX_ARRAY)\s*\([^,]*,([\s\S]*)\)/.exec(declared);
    const type = bitmap ? this.declaring(field2.type, bitmap, env) : this.resolve(field2.type, env);
    const aligned = declared.includes("align") ? this.alignment(declared, env) : 0;
    const isPacked = /__packed\b|\(packed\)/.test(declared) && field2.name !== "";
    return {
      name: field2.name,
      type: isPacked && aligned === 0 ? { ...type, align: 1 } : type,
      bits: Number(bits2),
      aligned
    };
  }
  /** The type of a variable that a macro of the kernel declares: `DECLARE_BITMAP(name, bits)`. */
  declaring(type, [, macro, argument3], env) {
    if (macro === "FLEX_ARRAY") return arrayOf2(this.resolve(type, env), -1);
    const bits2 = this.constants().ofText(argument3, env);
    return arrayOf2(this.resolve(type, env), bits2 === null ? -1 : Math.ceil(Number(bits2.value) / 64));
  }
  /** What tells types from values there. */
  namesIn(env) {
    return {
      text: env.text,
      isValue: (name2) => this.isValue(name2, env),
      isType: (name2) => this.isType(name2, env)
    };
  }
  /** Whether a name that stands where a type could is none. */
  isValue(name2, env) {
    const argument3 = env.params?.get(name2);
    if (argument3) {
      const { expression } = argument3;
      return expression.kind !== "name" || this.isValue(expression.name, argument3.env);
    }
    return env.root.hasVariable(name2) || this.find(name2, env) === null;
  }
  /** Whether a name that is called is a type's: `(u64)(x)` reads as a call. */
  isType(name2, env) {
    if (/^_*typeof\b/.test(name2)) return true;
    if (!/^[a-z_]\w*$/.test(name2) || env.root.hasVariable(name2)) return false;
    const known2 = this.callable.get(name2);
    if (known2 !== void 0 && !env.params?.has(name2)) return known2;
    const isType = !this.declarations.function(name2, env.root.file) && !this.isValue(name2, env);
    if (!env.params?.has(name2)) this.callable.set(name2, isType);
    return isType;
  }
  /** The type of a declared name, whose declaration may be a macro of the kernel. */
  declared(type, declaration, env, size2 = -1) {
    const bitmap = /^(?:static\s+)?DECLARE_(BITMAP|FLEX_ARRAY)\s*\([^,]*,([\s\S]*)\)/.exec(declaration);
    return bitmap ? this.declaring(type, bitmap, env) : this.resolve(type, env, size2);
  }
  alignment(text, env) {
    if (text.includes("cacheline_aligned")) return 64;
    const match = /(?:__aligned|aligned|__aligned__)\s*\(([^()]*(?:\([^()]*\))*[^()]*)\)/.exec(text);
    return match ? Number(this.constants().ofText(match[1], env)?.value ?? 0n) : 0;
  }
};
var INT_ENUM = enumKind(0n, 1n);

// server/src/ir/world.ts
var SNIPPETS = new Snippets();
var World = class {
  constructor(declarations, options, typeOf3) {
    this.declarations = declarations;
    const { snippets } = this;
    this.macros = new Macros(declarations, snippets);
    this.types = new TypeTable(
      declarations,
      snippets,
      this.macros,
      () => this.constants,
      (expression, env) => typeOf3(this, expression, env)
    );
    this.constants = new Constants(declarations, snippets, this.macros, this.types, (option2) => {
      return options.configuration?.get(option2) ?? null;
    });
  }
  declarations;
  snippets = SNIPPETS;
  macros;
  types;
  constants;
  signatures = /* @__PURE__ */ new WeakMap();
  variables = /* @__PURE__ */ new WeakMap();
  /** The type of a function that was found. */
  signature({ item, file, path }) {
    const known2 = this.signatures.get(item);
    if (known2) return known2;
    const env = this.types.envOf(file, path);
    const returns = this.types.resolve({ ...item.returns, derivations: returnDerivations(item) }, env);
    const parameters = item.parameters.map((each2) => this.types.parameter(each2.type, env));
    const own = item.returns.derivations.at(-1);
    const type = functionOf2(returns, parameters, own?.kind === "function" && own.isVariadic);
    this.signatures.set(item, type);
    return type;
  }
  /** The type of a variable outside of functions; an array may take its length from the initialiser. */
  variableType({ item, file, path }) {
    const known2 = this.variables.get(item);
    if (known2) return known2;
    const env = this.types.envOf(file, path);
    const text = file.text.slice(item.start, item.end);
    const type = this.types.declared(item.type, text, env, this.initializedLength(item.initial, env));
    this.variables.set(item, type);
    return type;
  }
  /** The length that an initialiser gives to `[]`; -1 when it does not tell. */
  initializedLength(initial, env) {
    if (initial?.kind === "literal") return stringSize(initial);
    if (initial?.kind !== "initializers") return -1;
    const [only] = initial.entries;
    if (initial.entries.length === 1 && only && stringSize(only.value) >= 0) return stringSize(only.value);
    let next = 0;
    let length = 0;
    for (const { designators } of initial.entries) {
      const [first2] = designators;
      const at = first2?.kind === "index" ? this.constants.evaluate(first2.last ?? first2.first, env) : null;
      if (first2?.kind === "index" && !at) return -1;
      if (at) next = Number(at.value);
      length = Math.max(length, ++next);
    }
    return length;
  }
};
function stringSize(value) {
  const text = value.kind === "literal" ? readString(value.text) : null;
  return text === null ? -1 : text.length + 1;
}
function returnDerivations(item) {
  const at = item.returns.derivations.findLastIndex((each2) => each2.kind === "function");
  return at < 0 ? item.returns.derivations : item.returns.derivations.slice(0, at);
}

// server/src/ir/lower.ts
var NO_OPTIONS = {};
var worlds = /* @__PURE__ */ new WeakMap();
function worldOf2(declarations, options = NO_OPTIONS) {
  const known2 = worlds.get(declarations) ?? /* @__PURE__ */ new WeakMap();
  worlds.set(declarations, known2);
  let world = known2.get(options);
  if (!world) {
    world = new World(declarations, options, typeOutside);
    known2.set(options, world);
  }
  return world;
}
function lower2(file, item, declarations, options = NO_OPTIONS) {
  const world = worldOf2(declarations, options);
  const to = lowering(world, file, item.name);
  to.functionName = item.name;
  const body2 = file.bodyOf(item);
  if (body2) rememberLabels(to, body2);
  to.returnType = world.types.resolve({ ...item.returns, derivations: returnDerivations(item) }, to.env);
  to.at(item.nameSpan);
  for (const each2 of item.parameters) {
    to.at(each2);
    const type = world.types.parameter(each2.type, to.env);
    const { local } = to.newLocal(each2.name, type);
    if (each2.name !== "") to.scope.names.set(each2.name, { local, type });
  }
  if (body2) lowerStatements(to, body2.statements);
  else to.opaque("no body");
  finish(to, body2 ? { start: body2.end - 1, end: body2.end } : item.nameSpan);
  return to.builder.finish({
    name: item.name,
    parameters: item.parameters.length,
    isVariadic: isVariadic(item),
    returns: to.returnType.scalar,
    returnType: to.returnType.spelling
  });
}
function lowerInitial(file, item, declarations, options = NO_OPTIONS) {
  const world = worldOf2(declarations, options);
  const to = lowering(world, file, item.name);
  to.at(item);
  const type = world.variableType({ item, file, path: "" });
  const parts = { text: item.name, type: type.spelling };
  const address = to.builder.define(4 /* GlobalAddress */, 10 /* Pointer */, parts);
  if (item.initial) initialize(to, to.memory(address, type), item.initial);
  finish(to, item.nameSpan);
  return to.builder.finish({
    name: item.name,
    parameters: 0,
    isVariadic: false,
    returns: 0 /* Void */,
    returnType: "void"
  });
}
function finish(to, span) {
  if (to.builder.isUnreachable) return;
  to.at(span);
  to.leaveTo(null);
  to.builder.emit(43 /* Return */, { kind: 0 /* Void */ });
}
function lowering(world, file, path) {
  return new Lowering(world, file, path, typeWithin);
}
function typeWithin(to, expression, env) {
  return to.within(env, () => typeOfExpression(to, expression));
}
function typeOutside(world, expression, env) {
  if (env.depth > 8) return UNKNOWN2;
  const to = lowering(world, env.root.file, env.root.path);
  to.env = { ...env, root: to.root, depth: env.depth + 1 };
  return typeOfExpression(to, expression);
}
function rememberLabels(to, body2) {
  const enter = (node, blocks) => {
    if (node.kind === "label") to.gotoScopes.set(node.name, { blocks, start: node.start });
    const inner2 = node.kind === "compound" ? [...blocks, node] : blocks;
    for (const child of statementsOf(node)) enter(child, inner2);
  };
  for (const statement of body2.statements) enter(statement, []);
}
function statementsOf(node) {
  switch (node.kind) {
    case "compound":
      return node.statements;
    case "if":
      return node.alternative ? [node.consequence, node.alternative] : [node.consequence];
    case "loop":
    case "switch":
      return [node.body];
    case "case":
      return node.body;
    case "label":
      return node.body ? [node.body] : [];
    default:
      return [];
  }
}
function isVariadic(item) {
  return item.returns.derivations.some((each2) => each2.kind === "function" && each2.isVariadic);
}

// server/src/ir/operations.table.ts
var row2 = (name2, parts) => ({ name: name2, parts: parts.split(" ") });
var unary = (name2) => row2(name2, "dst kind a");
var binary = (name2) => row2(name2, "dst kind from a b");
var OPERATIONS = {
  [0 /* Const */]: row2("const", "dst kind constant"),
  [1 /* LocalAddress */]: row2("local", "dst kind $a"),
  // A local that is no array and no record is read and written as a whole, also when its address is taken elsewhere.
  // `type`: what the pointer points to.
  [2 /* GetLocal */]: row2("get", "dst kind $a type"),
  [3 /* SetLocal */]: row2("set", "kind $a b"),
  [4 /* GlobalAddress */]: row2("global", "dst kind text type"),
  [5 /* FunctionAddress */]: row2("function", "dst kind text"),
  [6 /* String */]: row2("string", "dst kind text"),
  [7 /* Load */]: row2("load", "dst kind a type order"),
  [8 /* Store */]: row2("store", "kind a b order"),
  [9 /* LoadBits */]: row2("load-bits", "dst kind from a bits"),
  [10 /* StoreBits */]: row2("store-bits", "from a b bits"),
  // c: bytes, -1 when the size is not known.
  [11 /* Copy */]: row2("copy", "a b type =c"),
  [12 /* Zero */]: row2("zero", "a type =c"),
  // c: offset in bytes; `type` the record, `text` the member (a path when members are anonymous).
  [13 /* FieldAddress */]: row2("field", "dst kind a type text =c"),
  // b: index of kind `from`; c: bytes of an element; `type` the element.
  [14 /* ElementAddress */]: row2("element", "dst kind from a b type =c"),
  // c: offset of the member `text` in `type`.
  [15 /* ContainerOf */]: row2("container", "dst kind a type text =c"),
  [16 /* Negate */]: unary("negate"),
  [17 /* Complement */]: unary("complement"),
  [18 /* Not */]: row2("not", "dst kind from a"),
  [19 /* Add */]: binary("add"),
  [20 /* Subtract */]: binary("subtract"),
  [21 /* Multiply */]: binary("multiply"),
  [22 /* Divide */]: binary("divide"),
  [23 /* Remainder */]: binary("remainder"),
  [24 /* And */]: binary("and"),
  [25 /* Or */]: binary("or"),
  [26 /* Xor */]: binary("xor"),
  [27 /* ShiftLeft */]: binary("shift-left"),
  [28 /* ShiftRight */]: binary("shift-right"),
  [29 /* Equal */]: binary("equal"),
  [30 /* NotEqual */]: binary("not-equal"),
  [31 /* Less */]: binary("less"),
  [32 /* LessEqual */]: binary("less-equal"),
  [33 /* Greater */]: binary("greater"),
  [34 /* GreaterEqual */]: binary("greater-equal"),
  [35 /* PointerDifference */]: row2("difference", "dst kind a b type =c"),
  [36 /* Convert */]: row2("convert", "dst kind from a type"),
  [37 /* Move */]: row2("move", "dst kind a"),
  // A record that is returned is written to local c; the result is then its address.
  // `slot`: the container and the member that a list primitive was told (`list_first_entry`).
  [38 /* Call */]: row2("call", "dst kind text args slot type =c"),
  [39 /* CallIndirect */]: row2("call-indirect", "dst kind a args slot type =c"),
  [40 /* Branch */]: row2("branch", "from a @b @c"),
  [41 /* Jump */]: row2("jump", "@b"),
  [42 /* Switch */]: row2("switch", "from a cases @c"),
  [43 /* Return */]: row2("return", "kind ?a"),
  // A guard of class `text` over args; a: the local that stands for it.
  [44 /* ScopeEnter */]: row2("scope-enter", "$a text args"),
  // `text`: the guard's class, or the name of `__free`; a: the guard or the variable.
  [45 /* ScopeExit */]: row2("scope-exit", "$a text type"),
  [46 /* IterateStart */]: row2("iterate", "#a text args type walk"),
  [47 /* IterateNext */]: row2("next", "dst kind #a"),
  [48 /* Opaque */]: row2("opaque", "dst kind text args")
};

// server/src/ir/read-ir.ts
var BY_NAME = new Map(
  Object.entries(OPERATIONS).map(([op, operation2]) => [operation2.name, { op: Number(op), operation: operation2 }])
);

// server/src/sim/engine/choices.ts
function printTape(tape2) {
  const answers = answersOf(tape2);
  return answers.length === 0 ? "-" : answers.join(".");
}
function answersOf(tape2) {
  return tape2.slice(0, tape2.findLastIndex((each2) => each2 !== 0) + 1);
}
function printTapeId(tape2, choices) {
  return `${printTape(tape2)}~${fingerprintOf(tape2, choices)}`;
}
function fingerprintOf(tape2, choices) {
  const { length } = answersOf(tape2);
  let hash = 2166136261;
  for (const { kind, count: count3, site } of length === 0 ? choices : choices.slice(0, length)) {
    for (const unit of `${kind}${count3}${site?.name ?? ""}`) {
      hash = Math.imul(hash ^ unit.charCodeAt(0), 16777619);
    }
  }
  return (hash >>> 0 & 65535).toString(16).padStart(4, "0");
}

// server/src/sim/engine/code.ts
var Procedure = class {
  constructor(ir, path, source) {
    this.ir = ir;
    this.path = path;
    this.source = source;
    const boxed = ir.locals.map(({ kind, isStatic }) => kind === 12 /* Record */ || isStatic);
    const used = /* @__PURE__ */ new Set();
    const calls = [];
    for (const each2 of ir.code) {
      if (each2.op === 1 /* LocalAddress */) boxed[each2.a] = true;
      for (const register of operandsOf(each2)) used.add(register);
      if (each2.op === 38 /* Call */) calls.push(each2.text);
    }
    this.boxed = boxed;
    this.used = used;
    this.calls = calls;
    this.findLoops();
  }
  ir;
  path;
  source;
  /** Locals that need memory: records, arrays, and those whose address is taken. */
  boxed;
  /** For a branch within a loop, which of its targets leaves the loop: `b`, `c` or ''. */
  exits = /* @__PURE__ */ new Map();
  ends = /* @__PURE__ */ new Map();
  used;
  /** Whether it calls nothing but primitives, as far as the IR tells. */
  calls;
  get name() {
    return this.ir.name;
  }
  isUsed(register) {
    return this.used.has(register);
  }
  /** Whether a result is asked whether it is an xarray's error and used for nothing else. */
  isOnlyAskedForError(register) {
    const uses = this.ir.code.filter((each2) => operandsOf(each2).includes(register));
    return uses.length > 0 && uses.every((each2) => this.asksForError(each2));
  }
  asksForError(each2) {
    if (each2.op === 38 /* Call */) return /^xa_(?:is_)?err$/.test(each2.text);
    if (each2.op === 36 /* Convert */ || each2.op === 37 /* Move */) return this.isOnlyAskedForError(each2.dst);
    if (each2.op !== 3 /* SetLocal */) return false;
    const reads = this.ir.code.filter(({ op, a }) => op === 2 /* GetLocal */ && a === each2.a);
    return reads.every(({ dst }) => this.isOnlyAskedForError(dst));
  }
  /** How the code goes on from there, if all it does is return: with a failure, or with anything else. */
  endsSoon(from) {
    let known2 = this.ends.get(from);
    if (known2 === void 0) {
      known2 = this.endFrom(from);
      this.ends.set(from, known2);
    }
    return known2;
  }
  endFrom(from) {
    const { code, constants } = this.ir;
    const failures = /* @__PURE__ */ new Set();
    for (let at = from, steps = 0; at < code.length && steps < SOON; steps++) {
      const each2 = code[at];
      if (each2.op === 43 /* Return */) return failures.has(each2.a) ? "failure" : steps < 4 ? "return" : null;
      if (each2.op === 40 /* Branch */ || each2.op === 42 /* Switch */) return null;
      if (each2.op === 0 /* Const */ && isErrno(constants[each2.a])) failures.add(each2.dst);
      else if ((each2.op === 36 /* Convert */ || each2.op === 37 /* Move */) && failures.has(each2.a))
        failures.add(each2.dst);
      else if (each2.op === 38 /* Call */ && each2.text === "ERR_PTR") failures.add(each2.dst);
      at = each2.op === 41 /* Jump */ ? each2.b : at + 1;
    }
    return null;
  }
  /** Which way out of a loop a branch offers, if one. */
  exitOf(at) {
    return this.exits.get(at);
  }
  /** A jump back spans a loop; a branch within that leads past it is a way out. */
  findLoops() {
    const { code } = this.ir;
    const spans = [];
    code.forEach((each2, at) => {
      for (const target2 of targetsOf(each2)) if (target2 <= at) spans.push({ start: target2, end: at });
    });
    code.forEach((each2, at) => {
      if (each2.op !== 40 /* Branch */) return;
      const around = spans.filter(({ start: start3, end }) => start3 <= at && at <= end).sort((a, b) => a.end - a.start - (b.end - b.start));
      for (const { start: start3, end } of around) {
        const leaves = (target2) => target2 < start3 || target2 > end;
        if (leaves(each2.b) === leaves(each2.c)) continue;
        this.exits.set(at, leaves(each2.b) ? "b" : "c");
        return;
      }
    });
  }
};
var SOON = 24;
function isErrno(value) {
  const number = BigInt.asIntN(32, value);
  return number < 0n && number >= -4095n;
}
function targetsOf(each2) {
  if (each2.op === 41 /* Jump */) return [each2.b];
  return each2.op === 40 /* Branch */ ? [each2.b, each2.c] : [];
}
function operandsOf(each2) {
  switch (each2.op) {
    case 0 /* Const */:
    case 1 /* LocalAddress */:
    case 2 /* GetLocal */:
    case 45 /* ScopeExit */:
    case 47 /* IterateNext */:
      return [];
    case 3 /* SetLocal */:
      return [each2.b];
    case 38 /* Call */:
    case 44 /* ScopeEnter */:
    case 46 /* IterateStart */:
    case 48 /* Opaque */:
      return [...each2.args];
    case 39 /* CallIndirect */:
      return [each2.a, ...each2.args];
    case 40 /* Branch */:
    case 42 /* Switch */:
    case 43 /* Return */:
      return [each2.a];
    default:
      return [each2.a, each2.b];
  }
}

// server/src/sim/engine/contended.ts
var Contended = class _Contended {
  places;
  isNew = false;
  constructor(places = []) {
    this.places = new Set(places);
  }
  /** What is known by now. */
  copy() {
    return new _Contended(this.places);
  }
  add(place) {
    if (this.places.has(place)) return;
    this.places.add(place);
    this.isNew = true;
  }
  has(place) {
    return this.places.has(place);
  }
  /** Whether one was added since this was asked last. */
  takeNew() {
    const { isNew } = this;
    this.isNew = false;
    return isNew;
  }
};
function placeKey(object3, key) {
  return `${object3}.${key}`;
}

// server/src/sim/kernel/primitive.ts
function primitives(source, rows3) {
  return rows3.flatMap(
    ([names, params, effect, options = {}]) => names.split(" ").map((name2) => ({
      name: name2,
      params: params === "" ? [] : params.split(" "),
      effect,
      context: options.context ?? "any",
      returns: options.returns ?? "void",
      failure: options.fails ?? null,
      mustCheck: options.mustCheck ?? false,
      startsCounting: options.startsCounting ?? false,
      source,
      simplified: options.simplified ?? ""
    }))
  );
}
var NO_MEMORY = { gives: "null", errno: 12 };
var NO_MEMORY_ERRNO = { gives: "errno", errno: 12 };
var NO_MEMORY_POINTER = { gives: "error-pointer", errno: 12 };

// server/src/sim/kernel/rows.ts
var NOTHING2 = { do: "nothing" };
var PURE = { do: "pure" };
var FRESH = { do: "fresh" };
var OPAQUE = { do: "opaque" };
var SUCCEEDS = { do: "constant", value: 0 };
var constant = (value) => ({ do: "constant", value });
var argument = (number) => ({ do: "argument", argument: number });
var forget = (...args) => ({ do: "forget", args });
var member2 = (number, record, name2) => ({
  argument: number,
  record,
  member: name2
});
var hold = (kind, of = 0) => ({ do: "hold", kind, of });
var release = (kind, of = 0) => ({ do: "release", kind, of });
var find = (kind) => ({ do: "find", kind });
var ERRNO = {
  ENOENT: 2,
  EINTR: 4,
  EIO: 5,
  ENXIO: 6,
  EAGAIN: 11,
  ENOMEM: 12,
  EFAULT: 14,
  EBUSY: 16,
  EEXIST: 17,
  ENODEV: 19,
  EINVAL: 22,
  EMFILE: 24,
  ENOSPC: 28,
  EOPNOTSUPP: 95,
  ETIMEDOUT: 110,
  ERESTARTSYS: 512,
  EPROBE_DEFER: 517
};
var failsWith = (name2, gives = "errno") => ({
  gives,
  errno: ERRNO[name2]
});
var mayFail = (name2) => ({ returns: "errno", fails: failsWith(name2) });
var sleepsAndMayFail = (name2) => ({
  context: "sleeps",
  ...mayFail(name2)
});
var SLEEPS = { context: "sleeps" };
var BOOL = { returns: "bool" };
var INTEGER = { returns: "integer" };
var UNSIGNED = { returns: "unsigned" };
var POINTER = { returns: "pointer" };
var POINTER_OR_NULL = { returns: "pointer-or-null" };
var STATES = /* @__PURE__ */ new Set([
  ...["clock", "clocks", "prepared clock", "prepared clocks", "regulator", "usage of the device"],
  ...["sysfs link", "sysfs entry", "registration"]
]);

// server/src/sim/kernel/arithmetic.table.ts
var bit = (what) => ({ do: "bits", what, bit: 0, map: 1 });
var map = (what) => ({ do: "bits", what, map: 0 });
var ORDER = {
  ...UNSIGNED,
  simplified: "The machine is little-endian, and nothing is cut to the width."
};
var SWAPPED = {
  ...UNSIGNED,
  simplified: "The bytes are not swapped: any number, the same for the same."
};
var IDENTITY = "The address of memory is the memory: numbers and pointers to it are the same.";
var ADDRESS = { ...UNSIGNED, simplified: IDENTITY };
var MEMORY = { ...POINTER, simplified: IDENTITY };
var CONTENTS = "What is compared is not looked at.";
var OVERFLOW = "The result is not computed.";
var array = { do: "alloc", lifetime: "heap", fill: "zero", size: [] };
var arrayOfAnything = { do: "alloc", lifetime: "heap", fill: "undefined", size: [] };
var managed = { do: "alloc", lifetime: "managed", fill: "zero", size: [] };
var gfp = (number) => ({
  context: { gfp: number },
  returns: "pointer-or-null",
  fails: NO_MEMORY
});
var ARITHMETIC = [
  ...primitives("include/linux/byteorder/generic.h", [
    ["cpu_to_le16 cpu_to_le32 cpu_to_le64 le16_to_cpu le32_to_cpu le64_to_cpu", "value", argument(0), ORDER],
    [
      "__cpu_to_le16 __cpu_to_le32 __cpu_to_le64 __le16_to_cpu __le32_to_cpu __le64_to_cpu",
      "value",
      argument(0),
      ORDER
    ],
    [
      "cpu_to_be16 cpu_to_be32 cpu_to_be64 be16_to_cpu be32_to_cpu be64_to_cpu",
      "value",
      argument(0),
      { ...UNSIGNED, simplified: "The bytes are not swapped: a number stays itself." }
    ],
    [
      "__cpu_to_be16 __cpu_to_be32 __cpu_to_be64 __be16_to_cpu __be32_to_cpu __be64_to_cpu",
      "value",
      argument(0),
      { ...UNSIGNED, simplified: "The bytes are not swapped: a number stays itself." }
    ],
    ["le16_to_cpup be16_to_cpup", "place", { do: "load", from: 0, width: 2 }, ORDER],
    ["le32_to_cpup be32_to_cpup", "place", { do: "load", from: 0, width: 4 }, ORDER],
    ["le64_to_cpup be64_to_cpup", "place", { do: "load", from: 0, width: 8 }, ORDER],
    ["le32_to_cpus le64_to_cpus cpu_to_le32s cpu_to_le64s", "place", NOTHING2],
    ["swab16 swab32 swab64", "value", PURE, SWAPPED]
  ]),
  ...primitives("include/linux/unaligned.h", [
    ["get_unaligned", "place", FRESH, UNSIGNED],
    ["get_unaligned_le16 get_unaligned_le32 get_unaligned_le64 get_unaligned_be32", "place", FRESH, UNSIGNED],
    ["put_unaligned put_unaligned_le16 put_unaligned_le32 put_unaligned_le64", "value place", forget(1)]
  ]),
  ...primitives("include/linux/bitops.h", [
    ["__ffs __fls __ffs64 ffz ffs fls fls64 fls_long", "value", PURE, UNSIGNED],
    ["ffs_val", "value", PURE, UNSIGNED],
    ["hweight8 hweight16 hweight32 hweight64 hweight_long", "value", PURE, UNSIGNED],
    ["set_bit __set_bit", "bit map", bit("set")],
    ["clear_bit __clear_bit clear_bit_unlock __clear_bit_unlock", "bit map", bit("clear")],
    ["assign_bit __assign_bit", "bit map value", bit("assign")],
    ["change_bit __change_bit", "bit map", forget(1)],
    ["test_bit test_bit_acquire", "bit map", bit("test"), BOOL],
    [
      "test_and_set_bit test_and_set_bit_lock",
      "bit map",
      bit("test-and-set"),
      { returns: "bool", mustCheck: true }
    ],
    ["__test_and_set_bit", "bit map", bit("test-and-set"), BOOL],
    ["test_and_clear_bit __test_and_clear_bit", "bit map", bit("test-and-clear"), BOOL],
    ["get_count_order get_count_order_long", "value", PURE, INTEGER],
    ["sign_extend32 sign_extend64", "value index", PURE, INTEGER],
    ["rol32 ror32 rol64 ror64", "value shift", PURE, UNSIGNED]
  ]),
  ...primitives("include/linux/log2.h", [
    ["ilog2 order_base_2 bits_per", "value", PURE, UNSIGNED],
    [
      "roundup_pow_of_two rounddown_pow_of_two __roundup_pow_of_two __rounddown_pow_of_two",
      "value",
      PURE,
      UNSIGNED
    ],
    ["is_power_of_2", "value", PURE, BOOL]
  ]),
  ...primitives("include/asm-generic/getorder.h", [["get_order", "size", PURE, UNSIGNED]]),
  ...primitives("include/linux/find.h", [
    ["find_first_bit find_first_zero_bit find_last_bit", "map size", FRESH, UNSIGNED],
    ["find_next_bit find_next_zero_bit", "map size start", FRESH, UNSIGNED],
    ["find_next_and_bit", "map other size start", FRESH, UNSIGNED],
    ["find_first_and_bit", "map other size", FRESH, UNSIGNED]
  ]),
  ...primitives("include/linux/bitmap.h", [
    ["bitmap_zero", "map size", map("zero")],
    ["bitmap_fill", "map size", map("fill")],
    ["bitmap_set bitmap_clear", "map start count", map("forget")],
    ["bitmap_or bitmap_xor", "map left right size", map("forget")],
    ["bitmap_and bitmap_andnot", "map left right size", forget(0), BOOL],
    ["bitmap_copy bitmap_complement", "map from size", map("forget")],
    ["bitmap_shift_left bitmap_shift_right", "map from shift size", map("forget")],
    ["bitmap_empty bitmap_full", "map size", FRESH, BOOL],
    ["bitmap_equal bitmap_subset bitmap_intersects", "map other size", FRESH, BOOL],
    ["bitmap_weight", "map size", FRESH, UNSIGNED],
    ["bitmap_find_next_zero_area", "map size start count mask", FRESH, UNSIGNED],
    ["bitmap_find_free_region", "map size order", forget(0), { returns: "id", fails: NO_MEMORY_ERRNO }],
    ["bitmap_allocate_region", "map start order", forget(0), { returns: "errno", fails: failsWith("EBUSY") }],
    ["bitmap_release_region", "map start order", map("forget")],
    ["bitmap_alloc", "size flags", arrayOfAnything, gfp(1)],
    ["bitmap_zalloc", "size flags", array, gfp(1)],
    ["bitmap_alloc_node", "size flags node", arrayOfAnything, gfp(1)],
    ["bitmap_zalloc_node", "size flags node", array, gfp(1)],
    ["bitmap_free", "map", { do: "free", what: 0, lifetime: "heap" }],
    ["devm_bitmap_zalloc devm_bitmap_alloc", "device size flags", managed, gfp(2)]
  ]),
  ...primitives("include/linux/cpumask.h", [["DECLARE_BITMAP", "name size", NOTHING2]]),
  ...primitives("include/linux/bitfield.h", [
    [
      "u32p_replace_bits u64p_replace_bits le32p_replace_bits le64p_replace_bits",
      "place value mask",
      forget(0)
    ],
    [
      "u8_get_bits u16_get_bits u32_get_bits u64_get_bits le32_get_bits le64_get_bits",
      "value mask",
      PURE,
      UNSIGNED
    ],
    [
      "u8_encode_bits u16_encode_bits u32_encode_bits u64_encode_bits le64_encode_bits",
      "value mask",
      PURE,
      UNSIGNED
    ],
    ["u32_replace_bits u64_replace_bits", "old value mask", PURE, UNSIGNED]
  ]),
  ...primitives("include/linux/overflow.h", [
    [
      "check_add_overflow check_sub_overflow check_mul_overflow",
      "left right out",
      forget(2),
      { ...BOOL, simplified: OVERFLOW }
    ],
    ["check_shl_overflow", "value shift out", forget(2), { ...BOOL, simplified: OVERFLOW }],
    ["overflows_type", "value type", PURE, BOOL],
    ["type_max type_min", "type", PURE, INTEGER],
    ["struct_size struct_size_t flex_array_size", "object member count", PURE, UNSIGNED],
    ["array_size size_mul size_add size_sub", "left right", PURE, UNSIGNED],
    ["array3_size", "first second third", PURE, UNSIGNED],
    ["castable_to_type", "value type", PURE, BOOL]
  ]),
  ...primitives("include/linux/minmax.h", [
    ["min3 max3", "first second third", PURE, INTEGER],
    ["min_not_zero", "left right", PURE, UNSIGNED],
    ["in_range", "value start length", PURE, BOOL]
  ]),
  ...primitives("include/linux/math.h", [
    ["abs", "value", PURE, UNSIGNED],
    ["abs_diff", "left right", PURE, UNSIGNED],
    ["mult_frac", "value by shift", PURE, UNSIGNED]
  ]),
  ...primitives("include/linux/math64.h", [
    ["div_u64 div64_u64 div64_ul mul_u32_u32", "left right", PURE, UNSIGNED],
    ["div_s64 div64_s64", "left right", PURE, INTEGER],
    ["div_u64_rem", "left right rest", forget(2), UNSIGNED],
    ["mul_u64_u32_shr", "value by shift", PURE, UNSIGNED]
  ]),
  ...primitives("include/asm-generic/div64.h", [
    ["do_div", "value by", FRESH, { ...UNSIGNED, simplified: "The value is not divided." }]
  ]),
  ...primitives("include/linux/nospec.h", [["array_index_nospec", "index size", argument(0), UNSIGNED]]),
  ...primitives("arch/x86/include/asm/io.h", [
    ["virt_to_phys __pa __virt_to_phys", "address", argument(0), ADDRESS],
    ["phys_to_virt __va", "address", argument(0), MEMORY]
  ]),
  ...primitives("include/linux/mm.h", [
    ["__pa_symbol", "address", argument(0), ADDRESS],
    ["virt_to_page virt_to_head_page virt_to_folio", "address", argument(0), MEMORY],
    ["page_address lowmem_page_address page_to_virt folio_address", "page", argument(0), MEMORY],
    ["page_to_phys", "page", argument(0), ADDRESS],
    ["phys_to_page", "address", argument(0), MEMORY],
    ["page_to_pfn folio_pfn vmalloc_to_pfn", "page", PURE, UNSIGNED],
    ["pfn_to_page pfn_to_kaddr", "number", PURE, POINTER],
    ["nth_page", "page index", PURE, POINTER],
    ["PageReserved", "page", FRESH, BOOL],
    ["page_to_nid page_mapcount page_shift compound_order", "page", FRESH, INTEGER],
    ["page_size", "page", FRESH, UNSIGNED],
    ["page_pgdat", "page", PURE, POINTER],
    ["set_page_dirty set_page_dirty_lock", "page", FRESH, BOOL],
    ["pte_offset_map", "table address", FRESH, POINTER_OR_NULL]
  ]),
  ...primitives("include/linux/mem_encrypt.h", [["__sme_clr __sme_set", "value", argument(0), ADDRESS]]),
  ...primitives("arch/x86/include/asm/mem_encrypt.h", [
    ["__sme_pa", "value", argument(0), ADDRESS],
    ["sme_me_mask", "", constant(0), UNSIGNED]
  ]),
  ...primitives("include/linux/page-flags.h", [
    ["compound_head page_folio", "address", argument(0), MEMORY],
    ["PageHighMem PageCompound PageHuge", "page", FRESH, BOOL]
  ]),
  ...primitives("include/linux/highmem-internal.h", [
    ["kmap kmap_local_page kmap_atomic", "page", argument(0), MEMORY],
    ["kunmap kunmap_local kunmap_atomic", "address", NOTHING2],
    ["kmap_to_page", "address", argument(0), MEMORY]
  ]),
  ...primitives("include/linux/mmzone.h", [["pfn_valid", "number", PURE, BOOL]]),
  ...primitives("include/linux/page_ref.h", [["page_count page_ref_count", "page", FRESH, INTEGER]]),
  ...primitives("include/linux/pfn_t.h", [["__pfn_to_pfn_t", "number flags", PURE]]),
  ...primitives("include/linux/uaccess.h", [
    ["untagged_addr", "address", argument(0), UNSIGNED],
    ["untagged_addr_remote", "mm address", argument(1), UNSIGNED]
  ]),
  ...primitives("include/linux/pgtable.h", [
    [
      "pgprot_noncached pgprot_device pgprot_decrypted pgprot_encrypted pgprot_writecombine",
      "protection",
      argument(0)
    ],
    ["mk_pte", "page protection", PURE],
    ["pte_val pmd_val pud_val pgd_val", "entry", FRESH, UNSIGNED],
    ["pud_offset pmd_offset p4d_offset pte_offset_kernel", "table address", FRESH, POINTER_OR_NULL],
    ["pgd_offset", "mm address", FRESH, POINTER],
    ["vm_fault_enum", "value", argument(0), UNSIGNED]
  ]),
  ...primitives("include/linux/string.h", [
    ["memset", "to value size", { do: "fill", to: 0, value: 1, size: 2 }, POINTER],
    ["memcpy memmove __memcpy", "to from size", { do: "copy", to: 0, from: 1, size: 2 }, POINTER],
    [
      "memset16 memset32 memset64",
      "to value count",
      forget(0),
      { ...POINTER_OR_NULL, simplified: "The values are not told." }
    ],
    ["memzero_explicit", "to size", forget(0), { simplified: "The bytes become unknown." }],
    ["memcmp bcmp crypto_memneq", "left right size", FRESH, { ...INTEGER, simplified: CONTENTS }],
    ["memchr_inv memchr", "from value size", FRESH, POINTER_OR_NULL],
    ["strlen", "text", PURE, UNSIGNED],
    ["strnlen", "text most", PURE, UNSIGNED],
    ["strcmp strcasecmp", "left right", PURE, INTEGER],
    ["strncmp strncasecmp", "left right most", PURE, INTEGER],
    ["strcspn strspn", "text set", PURE, UNSIGNED],
    ["strchr strrchr", "text character", FRESH, POINTER_OR_NULL],
    ["strstr strpbrk", "text part", FRESH, POINTER_OR_NULL],
    ["str_has_prefix", "text prefix", PURE, UNSIGNED],
    ["strstarts sysfs_streq", "text other", PURE, BOOL],
    ["strcpy strcat", "to from", forget(0), POINTER_OR_NULL],
    ["strncpy strncat", "to from most", forget(0), POINTER_OR_NULL],
    ["strscpy strscpy_pad", "to from most", forget(0), INTEGER],
    ["strlcpy strlcat", "to from most", forget(0), UNSIGNED],
    ["strsep", "text set", forget(0), POINTER_OR_NULL],
    ["strim", "text", FRESH, POINTER],
    ["match_string", "table count text", PURE, { returns: "id" }],
    ["sysfs_match_string", "table text", PURE, { returns: "id" }]
  ]),
  ...primitives("include/linux/string_choices.h", [
    ["str_yes_no str_on_off str_enable_disable str_enabled_disabled str_read_write", "value", PURE, POINTER]
  ]),
  ...primitives("include/linux/sprintf.h", [
    ["sprintf vsprintf", "to format", forget(0), INTEGER],
    ["snprintf scnprintf vsnprintf vscnprintf", "to size format", forget(0), INTEGER],
    ["sscanf", "text format first second third fourth", forget(2, 3, 4, 5), INTEGER]
  ]),
  ...primitives("include/linux/kstrtox.h", [
    ["kstrtobool", "text out", forget(1), { returns: "errno", fails: failsWith("EINVAL") }],
    [
      "kstrtoint kstrtouint kstrtou8 kstrtou16 kstrtou32 kstrtou64 kstrtol kstrtoul kstrtoull",
      "text base out",
      forget(2),
      { returns: "errno", fails: failsWith("EINVAL") }
    ]
  ]),
  ...primitives("include/linux/uuid.h", [
    ["uuid_equal guid_equal", "left right", FRESH, BOOL],
    ["uuid_copy guid_copy", "to from", forget(0)],
    ["uuid_parse guid_parse", "text to", forget(1), { returns: "errno", fails: failsWith("EINVAL") }],
    ["uuid_gen guid_gen", "to", forget(0)]
  ]),
  ...primitives("include/linux/timekeeping.h", [
    ["ktime_get ktime_get_boottime ktime_get_real", "", FRESH, INTEGER],
    ["ktime_get_ns ktime_get_real_seconds ktime_get_boottime_ns", "", FRESH, UNSIGNED]
  ]),
  ...primitives("include/linux/timex.h", [["get_cycles", "", FRESH, UNSIGNED]]),
  ...primitives("include/linux/sched/clock.h", [["local_clock", "", FRESH, UNSIGNED]]),
  ...primitives("include/linux/ktime.h", [
    ["ktime_to_ns ktime_to_us ktime_to_ms ns_to_ktime us_to_ktime ms_to_ktime", "time", PURE, INTEGER],
    [
      "ktime_add_us ktime_add_ns ktime_add_ms ktime_add ktime_sub ktime_us_delta ktime_ms_delta",
      "left right",
      PURE,
      INTEGER
    ],
    ["ktime_compare", "left right", FRESH, INTEGER],
    ["ktime_after ktime_before", "left right", FRESH, BOOL]
  ]),
  ...primitives("include/linux/jiffies.h", [
    ["msecs_to_jiffies usecs_to_jiffies nsecs_to_jiffies", "time", PURE, UNSIGNED],
    ["jiffies_to_msecs jiffies_to_usecs", "time", PURE, UNSIGNED],
    ["time_before time_after time_after_eq time_before_eq", "left right", FRESH, BOOL]
  ]),
  ...primitives("include/linux/random.h", [
    ["get_random_u32 get_random_u64 get_random_long", "", FRESH, UNSIGNED],
    ["get_random_u32_below", "ceiling", FRESH, UNSIGNED],
    ["get_random_bytes", "to size", forget(0)]
  ]),
  ...primitives("include/linux/kernel.h", [
    ["u64_to_user_ptr", "value", argument(0), POINTER_OR_NULL],
    ["_IOC_NR _IOC_TYPE _IOC_SIZE _IOC_DIR", "number", PURE, UNSIGNED]
  ]),
  ...primitives("include/linux/sched/signal.h", [
    ["rlimit", "limit", FRESH, UNSIGNED],
    ["task_rlimit", "task limit", FRESH, UNSIGNED]
  ]),
  ...primitives("include/linux/compiler_types.h", [["__same_type", "left right", PURE, BOOL]]),
  ...primitives("include/linux/stdarg.h", [
    ["va_start va_copy", "list last", NOTHING2],
    ["va_end", "list", NOTHING2],
    ["va_arg", "list", FRESH, { simplified: "Lists of arguments are not followed." }]
  ]),
  ...primitives("include/linux/kdev_t.h", [
    ["MAJOR MINOR", "number", PURE, UNSIGNED],
    ["MKDEV", "major minor", PURE, UNSIGNED]
  ])
];

// server/src/sim/kernel/atomics.table.ts
var CHECKED = { returns: "bool", mustCheck: true };
var BITS = "The number becomes unknown.";
var ordered = (...names) => names.flatMap((name2) => [name2, `${name2}_relaxed`, `${name2}_acquire`, `${name2}_release`]).join(" ");
function family(prefix, width) {
  const named3 = (...names) => names.map((name2) => `${prefix}_${name2}`);
  const at = (what, gives, more = {}) => ({
    do: "atomic",
    what,
    width,
    place: 0,
    gives,
    ...more
  });
  const add2 = (gives) => at("add", gives, { place: 1, value: 0 });
  const subtract = (gives) => at("add", gives, { place: 1, value: 0, by: -1 });
  const step2 = (by, gives) => at("add", gives, { by });
  const count3 = (what) => ({ do: "count", what, of: 0, isRefcount: false });
  return [
    [named3("read", "read_acquire").join(" "), "counter", at("read", "old"), INTEGER],
    [named3("set", "set_release").join(" "), "counter value", at("set", "nothing", { value: 1 })],
    [named3("add").join(" "), "value counter", add2("nothing")],
    [named3("sub").join(" "), "value counter", subtract("nothing")],
    [named3("inc").join(" "), "counter", step2(1, "nothing")],
    [named3("dec").join(" "), "counter", step2(-1, "nothing")],
    [ordered(...named3("add_return")), "value counter", add2("new"), INTEGER],
    [ordered(...named3("sub_return")), "value counter", subtract("new"), INTEGER],
    [ordered(...named3("inc_return")), "counter", step2(1, "new"), INTEGER],
    [ordered(...named3("dec_return")), "counter", step2(-1, "new"), INTEGER],
    [ordered(...named3("fetch_add")), "value counter", add2("old"), INTEGER],
    [ordered(...named3("fetch_sub")), "value counter", subtract("old"), INTEGER],
    [ordered(...named3("fetch_inc")), "counter", step2(1, "old"), INTEGER],
    [ordered(...named3("fetch_dec")), "counter", step2(-1, "old"), INTEGER],
    [named3("inc_and_test").join(" "), "counter", step2(1, "is-zero"), BOOL],
    [named3("dec_and_test").join(" "), "counter", step2(-1, "is-zero"), CHECKED],
    [named3("sub_and_test").join(" "), "value counter", subtract("is-zero"), CHECKED],
    [named3("add_negative").join(" "), "value counter", add2("is-negative"), BOOL],
    [named3("inc_not_zero").join(" "), "counter", count3("get-unless-zero"), { returns: "bool" }],
    [named3("add_unless").join(" "), "counter value unless", forget(0), { returns: "bool", simplified: BITS }],
    [
      named3("dec_if_positive", "inc_unless_negative", "dec_unless_positive").join(" "),
      "counter",
      forget(0),
      { ...INTEGER, simplified: BITS }
    ],
    [named3("or", "and", "xor", "andnot").join(" "), "value counter", forget(1), { simplified: BITS }],
    [
      ordered(...named3("fetch_or", "fetch_and", "fetch_xor", "fetch_andnot")),
      "value counter",
      forget(1),
      { ...INTEGER, simplified: BITS }
    ],
    [ordered(...named3("xchg")), "counter value", at("exchange", "old", { value: 1 }), INTEGER],
    [
      ordered(...named3("cmpxchg")),
      "counter expected value",
      at("compare-exchange", "old", { expected: 1, value: 2 }),
      INTEGER
    ],
    [
      ordered(...named3("try_cmpxchg")),
      "counter expected value",
      at("try-compare-exchange", "is-not-zero", { expected: 1, value: 2 }),
      BOOL
    ],
    [
      named3("cond_read_relaxed", "cond_read_acquire").join(" "),
      "counter condition",
      FRESH,
      { ...INTEGER, simplified: "Does not wait." }
    ]
  ];
}
var exchange = (what, width, more) => ({
  do: "atomic",
  what,
  width,
  place: 0,
  gives: what === "try-compare-exchange" ? "is-not-zero" : "old",
  ...more
});
var ATOMICS = [
  ...primitives("include/linux/atomic/atomic-instrumented.h", [
    ...family("atomic", 4),
    ...family("atomic64", 8),
    ...family("atomic_long", 8),
    [`${ordered("xchg")} arch_xchg`, "place value", exchange("exchange", 0, { value: 1 }), UNSIGNED],
    [
      `${ordered("cmpxchg")} cmpxchg_local arch_cmpxchg`,
      "place expected value",
      exchange("compare-exchange", 0, { expected: 1, value: 2 }),
      UNSIGNED
    ],
    [
      `${ordered("cmpxchg64")} cmpxchg64_local __cmpxchg64`,
      "place expected value",
      exchange("compare-exchange", 8, { expected: 1, value: 2 }),
      UNSIGNED
    ],
    [
      `${ordered("try_cmpxchg")} try_cmpxchg_local`,
      "place expected value",
      exchange("try-compare-exchange", 0, { expected: 1, value: 2 }),
      BOOL
    ],
    [
      `${ordered("try_cmpxchg64")} try_cmpxchg64_local`,
      "place expected value",
      exchange("try-compare-exchange", 8, { expected: 1, value: 2 }),
      BOOL
    ],
    [
      "cmpxchg128 cmpxchg128_local arch_cmpxchg128_local",
      "place expected value",
      forget(0),
      { simplified: "Sixteen bytes are more than a number: what lies there becomes unknown." }
    ],
    [
      "try_cmpxchg128 try_cmpxchg128_local",
      "place expected value",
      forget(0, 1),
      { ...BOOL, simplified: "Sixteen bytes are more than a number: what lies there becomes unknown." }
    ]
  ]),
  ...primitives("include/linux/types.h", [["ATOMIC_INIT", "value", argument(0), INTEGER]]),
  ...primitives("include/asm-generic/atomic64.h", [["ATOMIC64_INIT", "value", argument(0), INTEGER]]),
  ...primitives("include/linux/atomic/atomic-long.h", [["ATOMIC_LONG_INIT", "value", argument(0), INTEGER]]),
  ...primitives("include/asm-generic/local64.h", [
    ["local64_read", "counter", exchange("read", 8, {}), INTEGER],
    ["local64_set", "counter value", exchange("set", 8, { value: 1, gives: "nothing" })],
    ["local64_add", "value counter", exchange("add", 8, { place: 1, value: 0, gives: "nothing" })],
    ["local64_sub", "value counter", exchange("add", 8, { place: 1, value: 0, by: -1, gives: "nothing" })],
    ["local64_inc", "counter", exchange("add", 8, { by: 1, gives: "nothing" })],
    ["local64_xchg", "counter value", exchange("exchange", 8, { value: 1 }), INTEGER],
    [
      "local64_cmpxchg",
      "counter expected value",
      exchange("compare-exchange", 8, { expected: 1, value: 2 }),
      INTEGER
    ],
    [
      "local64_try_cmpxchg",
      "counter expected value",
      exchange("try-compare-exchange", 8, { expected: 1, value: 2 }),
      BOOL
    ]
  ]),
  ...primitives("include/asm-generic/local.h", [
    ["local_read", "counter", exchange("read", 8, {}), INTEGER],
    ["local_set", "counter value", exchange("set", 8, { value: 1, gives: "nothing" })],
    ["local_add", "value counter", exchange("add", 8, { place: 1, value: 0, gives: "nothing" })]
  ]),
  ...primitives("include/asm-generic/barrier.h", [
    [
      "smp_cond_load_relaxed smp_cond_load_acquire",
      "place condition",
      FRESH,
      { ...UNSIGNED, simplified: "Does not wait." }
    ],
    ["mb rmb wmb smp_mb smp_rmb smp_wmb dma_mb dma_rmb dma_wmb", "", NOTHING2],
    ["smp_mb__before_atomic smp_mb__after_atomic", "", NOTHING2],
    ["io_stop_wc mmiowb", "", NOTHING2],
    ["smp_store_mb", "place value", NOTHING2, { simplified: "The value is not stored." }]
  ]),
  ...primitives("include/linux/compiler.h", [["barrier", "", NOTHING2]]),
  ...primitives("include/linux/rcupdate.h", [["smp_mb__after_unlock_lock", "", NOTHING2]]),
  ...primitives("include/linux/spinlock.h", [["smp_mb__after_spinlock", "", NOTHING2]]),
  ...primitives("arch/arm64/include/asm/barrier.h", [["dgh wfe sev", "", NOTHING2]]),
  ...primitives("arch/arm64/include/asm/io.h", [["iomb __iomb", "", NOTHING2]]),
  ...primitives("include/linux/nospec.h", [["barrier_nospec", "", NOTHING2]])
];

// server/src/sim/kernel/devices.table.ts
var load = (from) => ({ do: "load", from, width: 8 });
var store = (to) => ({ do: "store", to, value: 1, width: 8 });
var each = (fn, ...args) => ({
  do: "call",
  function: fn,
  args,
  each: true
});
var DATA = "driver_data";
var DEVICE_DATA = member2(0, "struct device", DATA);
var PLATFORM_DATA = member2(0, "struct platform_device", `dev.${DATA}`);
var PCI_DATA = member2(0, "struct pci_dev", `dev.${DATA}`);
var ERROR_POINTER = {
  context: "sleeps",
  returns: "pointer",
  fails: failsWith("ENOMEM", "error-pointer")
};
var SLEEPING_POINTER = {
  context: "sleeps",
  returns: "pointer-or-null",
  fails: failsWith("ENOMEM", "null")
};
var ONCE = {
  returns: "integer",
  simplified: "The function is called once, for a device of any kind."
};
var HANDLER = "The handler does not run.";
var STATE = "What is on is not kept: only that the call succeeds.";
var LINK = "sysfs link";
var POWER = "usage of the device";
var DEVICES2 = [
  ...primitives("include/linux/device.h", [
    ["dev_get_drvdata", "device", load(DEVICE_DATA), POINTER_OR_NULL],
    ["dev_set_drvdata", "device data", store(DEVICE_DATA)],
    ["dev_get_platdata", "device", load(member2(0, "struct device", "platform_data")), POINTER_OR_NULL],
    ["dev_name dev_bus_name dev_driver_string", "device", PURE, POINTER],
    ["dev_set_name", "device format", OPAQUE, sleepsAndMayFail("ENOMEM")],
    ["dev_to_node", "device", PURE, { ...INTEGER, simplified: "One device is always at the same node." }],
    ["set_dev_node", "device node", NOTHING2],
    ["dev_get_msi_domain", "device", PURE, POINTER_OR_NULL],
    ["dev_set_msi_domain", "device domain", NOTHING2],
    ["device_add", "device", OPAQUE, sleepsAndMayFail("ENOMEM")],
    ["device_register", "device", OPAQUE, { ...sleepsAndMayFail("ENOMEM"), startsCounting: true }],
    ["device_del device_unregister", "device", OPAQUE, SLEEPS],
    ["device_create", "class parent number data format", OPAQUE, ERROR_POINTER],
    ["device_destroy", "class number", OPAQUE, SLEEPS],
    ["device_is_registered device_is_bound device_iommu_mapped", "device", FRESH, BOOL],
    ["device_for_each_child", "parent data function", each(2, -1, 1), ONCE],
    [
      "device_link_add",
      "consumer supplier flags",
      FRESH,
      { ...SLEEPING_POINTER, simplified: "Links are not kept." }
    ],
    ["device_link_del", "link", NOTHING2, SLEEPS],
    ["device_link_remove", "consumer supplier", NOTHING2, SLEEPS],
    ["device_create_file", "device attribute", OPAQUE, sleepsAndMayFail("ENOMEM")],
    ["device_remove_file", "device attribute", NOTHING2, SLEEPS],
    ["device_remove_file_self", "device attribute", FRESH, { context: "sleeps", returns: "bool" }],
    ["device_driver_attach", "driver device", OPAQUE, sleepsAndMayFail("ENODEV")],
    ["device_release_driver", "device", OPAQUE, SLEEPS],
    ["device_set_driver_override", "device text", OPAQUE, sleepsAndMayFail("ENOMEM")],
    ["kobj_attribute_of", "kobject", PURE, POINTER],
    ["_module_init _module_exit", "function", NOTHING2]
  ]),
  ...primitives("include/linux/property.h", [
    ["dev_fwnode __dev_fwnode", "device", PURE, POINTER_OR_NULL],
    ["device_get_dma_attr", "device", PURE, UNSIGNED],
    ["device_get_match_data", "device", PURE, POINTER_OR_NULL],
    [
      "device_property_read_u32 device_property_read_u64 device_property_read_string",
      "device name out",
      forget(2),
      mayFail("EINVAL")
    ],
    ["device_property_read_bool device_property_present", "device name", PURE, BOOL],
    ["fwnode_property_read_u32", "fwnode name out", forget(2), mayFail("EINVAL")],
    ["fwnode_property_present", "fwnode name", PURE, BOOL]
  ]),
  ...primitives("include/linux/pci.h", [
    ["dev_is_pci dev_is_pf", "device", PURE, BOOL],
    ["pci_get_drvdata", "device", load(PCI_DATA), POINTER_OR_NULL],
    ["pci_set_drvdata", "device data", store(PCI_DATA)],
    ["to_pci_dev", "device", PURE, { ...POINTER, simplified: "Not the object that the device is in." }],
    ["pci_name", "device", PURE, POINTER],
    ["pci_physfn pci_real_dma_dev", "device", PURE, POINTER],
    ["pci_upstream_bridge", "device", PURE, POINTER_OR_NULL],
    ["pci_dev_id", "device", PURE, UNSIGNED],
    ["pci_domain_nr", "bus", PURE, INTEGER],
    ["pci_is_root_bus", "bus", PURE, BOOL],
    ["pci_is_pcie pci_is_bridge", "device", PURE, BOOL],
    ["pci_pcie_type pci_num_vf pci_iov_vf_id", "device", PURE, INTEGER],
    ["pci_find_host_bridge", "bus", PURE, POINTER],
    ["pci_resource_len pci_resource_start pci_resource_end pci_resource_flags", "device bar", PURE, UNSIGNED],
    ["pci_acs_enabled", "device flags", PURE, BOOL],
    ["pci_acs_path_enabled", "first last flags", PURE, BOOL],
    ["pci_devs_are_dma_aliases", "device other", PURE, BOOL],
    ["pci_add_dma_alias", "device devfn count", NOTHING2],
    ["pci_request_acs", "", NOTHING2],
    ["pci_device_is_present", "device", FRESH, BOOL],
    ["pci_for_each_dma_alias", "device function data", each(1, 0, -1, 2), ONCE],
    ["pci_walk_bus", "bus function data", each(1, -1, 2), { simplified: "The function is called once." }],
    [
      "pci_read_config_byte pci_read_config_word pci_read_config_dword",
      "device where out",
      forget(2),
      { returns: "errno" }
    ],
    [
      "pci_user_read_config_byte pci_user_read_config_word",
      "device where out",
      forget(2),
      { returns: "errno" }
    ],
    ["pci_user_read_config_dword", "device where out", forget(2), { returns: "errno" }],
    [
      "pci_write_config_byte pci_write_config_word pci_write_config_dword",
      "device where value",
      FRESH,
      { returns: "errno" }
    ],
    [
      "pci_user_write_config_byte pci_user_write_config_word",
      "device where value",
      FRESH,
      { returns: "errno" }
    ],
    [
      "pcie_capability_read_word pcie_capability_read_dword",
      "device where out",
      forget(2),
      { returns: "errno" }
    ],
    ["pci_find_capability pci_find_ext_capability", "device capability", PURE, UNSIGNED],
    ["pcibios_err_to_errno", "error", PURE, { returns: "errno" }],
    ["pci_enable_device pcim_enable_device", "device", SUCCEEDS, sleepsAndMayFail("ENODEV")],
    ["pci_disable_device pci_clear_master", "device", NOTHING2, SLEEPS],
    ["pci_set_master", "device", NOTHING2],
    ["pci_intx", "device enable", NOTHING2],
    ["pci_enable_msi", "device", SUCCEEDS, sleepsAndMayFail("ENOSPC")],
    ["pci_disable_msi", "device", NOTHING2, SLEEPS],
    ["pci_register_driver", "driver", OPAQUE, sleepsAndMayFail("ENOMEM")],
    ["pci_unregister_driver", "driver", OPAQUE, SLEEPS],
    ["PCI_DRIVER_OVERRIDE_DEVICE_VFIO", "vendor device", NOTHING2],
    [
      "pci_save_state pci_try_reset_function pci_reset_function",
      "device",
      OPAQUE,
      sleepsAndMayFail("ENOMEM")
    ],
    ["pci_restore_state", "device", OPAQUE]
  ]),
  ...primitives("include/linux/platform_device.h", [
    ["dev_is_platform", "device", PURE, BOOL],
    ["platform_get_drvdata", "device", load(PLATFORM_DATA), POINTER_OR_NULL],
    ["platform_set_drvdata", "device data", store(PLATFORM_DATA)],
    [
      "to_platform_device",
      "device",
      PURE,
      { ...POINTER, simplified: "Not the object that the device is in." }
    ],
    [
      "platform_get_irq",
      "device index",
      FRESH,
      { context: "sleeps", returns: "id", fails: failsWith("ENXIO") }
    ],
    [
      "platform_get_irq_optional",
      "device index",
      FRESH,
      { context: "sleeps", returns: "id", fails: failsWith("ENXIO") }
    ],
    [
      "platform_get_irq_byname platform_get_irq_byname_optional",
      "device name",
      FRESH,
      { context: "sleeps", returns: "id", fails: failsWith("ENXIO") }
    ],
    [
      "platform_irq_count",
      "device",
      FRESH,
      { context: "sleeps", returns: "id", fails: failsWith("EPROBE_DEFER") }
    ],
    ["platform_get_resource platform_get_resource_byname", "device type index", PURE, POINTER_OR_NULL],
    ["platform_get_mem_or_io", "device index", PURE, POINTER_OR_NULL],
    ["platform_driver_register platform_device_register", "driver", OPAQUE, sleepsAndMayFail("ENOMEM")],
    ["platform_driver_unregister platform_device_unregister", "driver", OPAQUE, SLEEPS],
    ["platform_device_alloc", "name number", OPAQUE, SLEEPING_POINTER],
    ["platform_device_add", "device", OPAQUE, sleepsAndMayFail("ENOMEM")],
    ["platform_device_register_full", "description", OPAQUE, ERROR_POINTER],
    ["devm_platform_ioremap_resource", "device index", FRESH, ERROR_POINTER],
    ["devm_platform_get_and_ioremap_resource", "device index resource", forget(2), ERROR_POINTER]
  ]),
  ...primitives("include/linux/fsl/mc.h", [["dev_is_fsl_mc", "device", PURE, BOOL]]),
  ...primitives("include/linux/device/bus.h", [
    ["device_match_fwnode device_match_of_node", "device node", PURE, INTEGER],
    ["bus_for_each_dev", "bus start data function", each(3, -1, 2), ONCE],
    ["bus_register", "what", OPAQUE, sleepsAndMayFail("ENOMEM")],
    ["bus_unregister", "what", OPAQUE, SLEEPS],
    ["bus_register_notifier bus_unregister_notifier", "bus block", OPAQUE, sleepsAndMayFail("ENOMEM")]
  ]),
  ...primitives("include/linux/device/driver.h", [
    ["driver_for_each_device", "set start data function", each(3, -1, 2), ONCE],
    ["driver_register", "what", OPAQUE, sleepsAndMayFail("ENOMEM")],
    ["driver_unregister", "what", OPAQUE, SLEEPS],
    ["driver_deferred_probe_check_state", "device", FRESH, { returns: "errno" }]
  ]),
  ...primitives("include/linux/device/class.h", [
    ["class_for_each_device", "set start data function", each(3, -1, 2), ONCE],
    ["class_register", "what", OPAQUE, sleepsAndMayFail("ENOMEM")],
    ["class_unregister class_destroy", "what", OPAQUE, SLEEPS],
    ["class_create", "name", OPAQUE, ERROR_POINTER]
  ]),
  ...primitives("include/linux/sys_soc.h", [["soc_device_match", "table", PURE, POINTER_OR_NULL]]),
  ...primitives("include/linux/dmi.h", [
    ["dmi_get_system_info", "field", constant(0), POINTER_OR_NULL],
    ["dmi_check_system", "table", constant(0), INTEGER]
  ]),
  ...primitives("include/linux/mod_devicetable.h", [["DMI_MATCH DMI_EXACT_MATCH", "field text", NOTHING2]]),
  ...primitives("include/linux/miscdevice.h", [
    ["misc_register", "device", OPAQUE, sleepsAndMayFail("ENOMEM")],
    ["misc_deregister", "device", OPAQUE, SLEEPS]
  ]),
  ...primitives("include/linux/cdev.h", [
    ["cdev_init", "device operations", OPAQUE],
    ["cdev_device_add", "cdev device", OPAQUE, sleepsAndMayFail("ENOMEM")],
    ["cdev_device_del", "cdev device", OPAQUE, SLEEPS]
  ]),
  ...primitives("include/linux/fs.h", [
    ["alloc_chrdev_region", "number first count name", forget(0), sleepsAndMayFail("EBUSY")],
    ["unregister_chrdev_region", "number count", NOTHING2, SLEEPS]
  ]),
  ...primitives("include/linux/module.h", [
    ["module_init module_exit", "function", NOTHING2],
    ["MODULE_ALIAS", "name", NOTHING2]
  ]),
  ...primitives("include/linux/export.h", [["EXPORT_SYMBOL EXPORT_SYMBOL_GPL", "name", NOTHING2]]),
  ...primitives("include/linux/kmod.h", [
    ["request_module try_then_request_module", "format", NOTHING2, { context: "sleeps", returns: "integer" }]
  ]),
  ...primitives("include/linux/ioport.h", [
    ["resource_size resource_type", "resource", PURE, UNSIGNED],
    ["request_mem_region", "start length name", FRESH, SLEEPING_POINTER],
    ["release_mem_region", "start length", NOTHING2],
    ["request_resource", "root resource", OPAQUE, mayFail("EBUSY")],
    ["release_resource", "resource", OPAQUE, { returns: "errno" }],
    ["lookup_resource", "root start", FRESH, POINTER_OR_NULL]
  ]),
  ...primitives("include/linux/of.h", [
    [
      "of_property_read_u32 of_property_read_u64 of_property_read_string",
      "node name out",
      forget(2),
      mayFail("EINVAL")
    ],
    ["of_property_read_u32_index", "node name index out", forget(3), mayFail("EINVAL")],
    [
      "of_property_read_u32_array of_property_read_u64_array",
      "node name out count",
      forget(2),
      mayFail("EINVAL")
    ],
    ["of_property_read_bool of_property_present", "node name", PURE, BOOL],
    ["of_property_count_elems_of_size", "node name size", FRESH, { returns: "id" }],
    ["of_get_property of_find_property", "node name length", forget(2), POINTER_OR_NULL],
    ["of_device_is_compatible", "node name", PURE, BOOL],
    ["of_device_is_available", "node", PURE, BOOL],
    ["of_match_node", "table node", PURE, POINTER_OR_NULL],
    ["of_device_get_match_data", "device", PURE, POINTER_OR_NULL],
    ["of_match_ptr", "pointer", argument(0), POINTER_OR_NULL],
    ["of_fwnode_handle", "node", PURE, POINTER_OR_NULL],
    ["is_of_node", "fwnode", PURE, BOOL],
    ["of_map_id", "node id map mask target out", forget(4, 5), mayFail("ENODEV")],
    ["of_count_phandle_with_args", "node list cells", FRESH, { returns: "id" }],
    ["of_phandle_iterator_args", "iterator args count", forget(0, 1), INTEGER]
  ]),
  ...primitives("include/linux/of_address.h", [
    ["of_dma_is_coherent", "node", PURE, BOOL],
    ["of_get_address", "node index size flags", forget(2, 3), POINTER_OR_NULL],
    ["of_address_to_resource", "node index resource", forget(2), mayFail("EINVAL")],
    ["of_iomap", "node index", FRESH, SLEEPING_POINTER]
  ]),
  ...primitives("include/linux/of_device.h", [["of_match_device", "table device", PURE, POINTER_OR_NULL]]),
  ...primitives("include/linux/acpi.h", [
    ["ACPI_PTR", "pointer", argument(0), POINTER_OR_NULL],
    ["ACPI_COMPANION ACPI_HANDLE", "device", PURE, POINTER_OR_NULL],
    ["acpi_dev_hid_uid_match", "device hid uid", PURE, BOOL],
    ["has_acpi_companion is_acpi_device_node", "device", PURE, BOOL]
  ]),
  ...primitives("include/linux/pm.h", [["pm_ptr pm_sleep_ptr", "pointer", argument(0), POINTER_OR_NULL]]),
  ...primitives("include/linux/device/devres.h", [
    ["devm_of_iomap", "device node index size", forget(3), ERROR_POINTER]
  ]),
  ...primitives("include/linux/of_irq.h", [
    ["irq_of_parse_and_map", "node index", FRESH, { context: "sleeps", returns: "unsigned" }]
  ]),
  ...primitives("include/linux/of_platform.h", [
    ["devm_of_platform_populate", "device", OPAQUE, sleepsAndMayFail("ENOMEM")]
  ]),
  ...primitives("include/acpi/acpixf.h", [
    ["ACPI_FAILURE ACPI_SUCCESS", "status", PURE, BOOL],
    ["acpi_get_table", "signature instance out", forget(2), UNSIGNED],
    ["acpi_put_table", "table", NOTHING2],
    ["acpi_dev_hid_match", "device hid", PURE, BOOL]
  ]),
  ...primitives("arch/powerpc/include/asm/pci-bridge.h", [["pci_bus_to_host", "bus", PURE, POINTER]]),
  ...primitives("include/linux/pci-ats.h", [
    [
      "pci_ats_supported pci_pri_supported pci_ats_page_aligned pci_prg_resp_pasid_required",
      "device",
      PURE,
      BOOL
    ],
    ["pci_ats_queue_depth", "device", PURE, INTEGER],
    ["pci_max_pasids pci_pasid_features", "device", PURE, { returns: "id" }],
    ["pci_pasid_status", "device", PURE, BOOL],
    ["pci_enable_ats pci_prepare_ats", "device shift", SUCCEEDS, { ...mayFail("EINVAL"), simplified: STATE }],
    ["pci_enable_pasid", "device features", SUCCEEDS, { ...mayFail("EINVAL"), simplified: STATE }],
    ["pci_enable_pri", "device requests", SUCCEEDS, { ...mayFail("EBUSY"), simplified: STATE }],
    ["pci_reset_pri", "device", SUCCEEDS, { ...mayFail("EBUSY"), simplified: STATE }],
    ["pci_disable_ats pci_disable_pasid pci_disable_pri", "device", NOTHING2, { simplified: STATE }]
  ]),
  ...primitives("include/linux/pm_runtime.h", [
    // Of a device that was declared irq-safe the synchronous forms do not sleep; nothing here tells which it is.
    [
      "pm_runtime_get_sync pm_runtime_get",
      "device",
      { ...hold(POWER), isHeldOnFailure: true },
      mayFail("EAGAIN")
    ],
    ["pm_runtime_resume_and_get", "device", hold(POWER), mayFail("EAGAIN")],
    ["pm_runtime_get_noresume", "device", hold(POWER)],
    [
      "pm_runtime_get_if_in_use pm_runtime_get_if_active",
      "device",
      hold(POWER),
      {
        returns: "bool",
        fails: failsWith("EAGAIN", "false"),
        simplified: "In use unless it fails, which gives 0, never an error."
      }
    ],
    [
      "pm_runtime_put pm_runtime_put_autosuspend __pm_runtime_put_autosuspend",
      "device",
      release(POWER),
      INTEGER
    ],
    ["pm_runtime_put_noidle", "device", release(POWER)],
    ["pm_runtime_put_sync pm_runtime_put_sync_suspend", "device", release(POWER), INTEGER],
    ["pm_runtime_put_sync_autosuspend", "device", release(POWER), INTEGER],
    ["pm_runtime_enable pm_runtime_use_autosuspend pm_runtime_mark_last_busy", "device", NOTHING2],
    ["pm_runtime_dont_use_autosuspend pm_runtime_no_callbacks", "device", NOTHING2],
    ["pm_runtime_disable pm_runtime_forbid pm_runtime_allow", "device", NOTHING2, SLEEPS],
    ["pm_runtime_set_autosuspend_delay", "device delay", NOTHING2],
    ["pm_runtime_set_active pm_runtime_set_suspended", "device", SUCCEEDS, { returns: "errno" }],
    ["devm_pm_runtime_enable", "device", SUCCEEDS, sleepsAndMayFail("ENOMEM")],
    ["pm_runtime_enabled", "device", PURE, BOOL],
    ["pm_runtime_active pm_runtime_suspended pm_runtime_status_suspended", "device", FRESH, BOOL],
    [
      "pm_runtime_resume pm_runtime_suspend pm_runtime_idle",
      "device",
      FRESH,
      { context: "sleeps", returns: "errno" }
    ],
    [
      "pm_runtime_force_suspend pm_runtime_force_resume",
      "device",
      OPAQUE,
      { context: "sleeps", returns: "errno" }
    ],
    ["pm_request_resume", "device", FRESH, INTEGER],
    ["pm_schedule_suspend", "device delay", FRESH, INTEGER]
  ]),
  ...primitives("include/linux/pm_wakeup.h", [
    ["device_init_wakeup", "device enable", NOTHING2, { returns: "errno" }]
  ]),
  ...primitives("include/linux/clk.h", [
    ["clk_prepare_enable", "clock", hold("clock"), sleepsAndMayFail("EINVAL")],
    ["clk_disable_unprepare", "clock", release("clock"), SLEEPS],
    ["clk_enable", "clock", hold("clock"), mayFail("EINVAL")],
    ["clk_disable", "clock", release("clock")],
    ["clk_prepare", "clock", hold("prepared clock"), sleepsAndMayFail("EINVAL")],
    ["clk_unprepare", "clock", release("prepared clock"), SLEEPS],
    ["clk_bulk_enable", "count clocks", hold("clocks", 1), mayFail("EINVAL")],
    ["clk_bulk_disable", "count clocks", release("clocks", 1)],
    ["clk_bulk_prepare", "count clocks", hold("prepared clocks", 1), sleepsAndMayFail("EINVAL")],
    ["clk_bulk_unprepare", "count clocks", release("prepared clocks", 1), SLEEPS],
    ["clk_bulk_prepare_enable", "count clocks", hold("clocks", 1), sleepsAndMayFail("EINVAL")],
    ["clk_bulk_disable_unprepare", "count clocks", release("clocks", 1), SLEEPS],
    ["clk_get devm_clk_get devm_clk_get_enabled", "device name", FRESH, ERROR_POINTER],
    [
      "clk_get_optional devm_clk_get_optional devm_clk_get_optional_enabled",
      "device name",
      FRESH,
      { ...ERROR_POINTER, returns: "pointer-or-null" }
    ],
    [
      "devm_clk_bulk_get devm_clk_bulk_get_optional",
      "device count clocks",
      forget(2),
      sleepsAndMayFail("ENOMEM")
    ],
    [
      "devm_clk_bulk_get_all",
      "device clocks",
      forget(1),
      { context: "sleeps", returns: "id", fails: failsWith("ENOMEM") }
    ],
    ["clk_put", "clock", NOTHING2, SLEEPS],
    ["clk_get_rate", "clock", FRESH, { context: "sleeps", returns: "unsigned" }],
    ["clk_set_rate", "clock rate", SUCCEEDS, sleepsAndMayFail("EINVAL")]
  ]),
  ...primitives("include/linux/reset.h", [
    [
      "reset_control_assert reset_control_deassert reset_control_reset",
      "reset",
      SUCCEEDS,
      sleepsAndMayFail("EINVAL")
    ],
    [
      "reset_control_get_exclusive devm_reset_control_get devm_reset_control_get_optional",
      "device name",
      FRESH,
      ERROR_POINTER
    ],
    ["devm_reset_control_get_exclusive devm_reset_control_get_shared", "device name", FRESH, ERROR_POINTER],
    ["devm_reset_control_get_optional_exclusive", "device name", FRESH, ERROR_POINTER],
    ["reset_control_put", "reset", NOTHING2]
  ]),
  ...primitives("include/linux/regulator/consumer.h", [
    ["regulator_get devm_regulator_get devm_regulator_get_optional", "device name", FRESH, ERROR_POINTER],
    ["regulator_enable", "regulator", hold("regulator"), { ...sleepsAndMayFail("EINVAL"), mustCheck: true }],
    ["regulator_disable", "regulator", release("regulator"), { context: "sleeps", returns: "errno" }],
    ["regulator_put", "regulator", NOTHING2, SLEEPS]
  ]),
  ...primitives("include/linux/interconnect.h", [
    ["icc_set_bw", "path average peak", SUCCEEDS, sleepsAndMayFail("EINVAL")],
    ["devm_of_icc_get", "device name", FRESH, { ...ERROR_POINTER, returns: "pointer-or-null" }]
  ]),
  ...primitives("include/linux/interrupt.h", [
    [
      "request_irq",
      "irq handler flags name data",
      OPAQUE,
      { ...sleepsAndMayFail("EBUSY"), simplified: HANDLER }
    ],
    [
      "request_threaded_irq",
      "irq handler thread flags name data",
      OPAQUE,
      { ...sleepsAndMayFail("EBUSY"), simplified: HANDLER }
    ],
    [
      "devm_request_irq",
      "device irq handler flags name data",
      OPAQUE,
      { ...sleepsAndMayFail("EBUSY"), simplified: HANDLER }
    ],
    [
      "devm_request_threaded_irq",
      "device irq handler thread flags name data",
      OPAQUE,
      { ...sleepsAndMayFail("EBUSY"), simplified: HANDLER }
    ],
    ["free_irq", "irq data", NOTHING2, { context: "sleeps", returns: "pointer-or-null" }],
    ["devm_free_irq", "device irq data", NOTHING2, SLEEPS],
    ["disable_irq", "irq", NOTHING2, SLEEPS],
    ["disable_irq_nosync enable_irq", "irq", NOTHING2],
    ["irq_set_affinity_hint irq_set_affinity", "irq mask", FRESH, { returns: "errno" }]
  ]),
  ...primitives("include/linux/hardirq.h", [["synchronize_irq", "irq", NOTHING2, SLEEPS]]),
  ...primitives("include/linux/irqdomain.h", [
    ["irq_domain_get_irq_data", "domain irq", FRESH, POINTER_OR_NULL],
    ["irq_domain_alloc_irqs_parent", "domain irq count data", OPAQUE, sleepsAndMayFail("ENOMEM")],
    ["irq_domain_free_irqs_common irq_domain_free_irqs_parent", "domain irq count", NOTHING2, SLEEPS],
    ["irq_domain_remove irq_domain_free_fwnode", "domain", OPAQUE, SLEEPS]
  ]),
  ...primitives("include/linux/irq.h", [
    ["irq_get_irq_data", "irq", FRESH, POINTER_OR_NULL],
    ["irq_data_get_irq_chip_data", "data", FRESH, POINTER_OR_NULL],
    ["irq_set_status_flags irq_clear_status_flags", "irq flags", NOTHING2]
  ]),
  ...primitives("arch/x86/include/asm/hw_irq.h", [["irqd_cfg", "data", FRESH, POINTER_OR_NULL]]),
  ...primitives("include/linux/dmar.h", [
    [
      "dmar_alloc_hwirq",
      "id node data",
      OPAQUE,
      { context: "sleeps", returns: "id", fails: failsWith("ENOSPC") }
    ],
    ["dmar_free_hwirq", "irq", NOTHING2, SLEEPS]
  ]),
  ...primitives("include/linux/sysfs.h", [
    ["sysfs_emit", "to format", forget(0), INTEGER],
    ["sysfs_emit_at", "to at format", forget(0), INTEGER],
    [
      "sysfs_create_link sysfs_create_link_nowarn",
      "kobject target name",
      hold(LINK),
      sleepsAndMayFail("ENOMEM")
    ],
    ["sysfs_remove_link", "kobject name", release(LINK), SLEEPS],
    ["sysfs_add_link_to_group", "kobject group target name", SUCCEEDS, sleepsAndMayFail("ENOMEM")],
    ["sysfs_remove_link_from_group", "kobject group name", NOTHING2, SLEEPS],
    [
      "sysfs_create_file sysfs_create_group sysfs_create_groups",
      "kobject what",
      FRESH,
      sleepsAndMayFail("ENOMEM")
    ],
    ["sysfs_remove_file sysfs_remove_group sysfs_remove_groups", "kobject what", NOTHING2, SLEEPS]
  ]),
  ...primitives("include/linux/seq_file.h", [["DEFINE_SHOW_ATTRIBUTE", "name", NOTHING2]]),
  ...primitives("include/linux/debugfs.h", [
    ["debugfs_create_dir", "name parent", FRESH, { context: "sleeps", returns: "pointer" }],
    [
      "debugfs_create_file",
      "name mode parent data operations",
      FRESH,
      { context: "sleeps", returns: "pointer" }
    ],
    [
      "debugfs_create_bool debugfs_create_u32 debugfs_create_u64 debugfs_create_x32",
      "name mode parent value",
      NOTHING2,
      SLEEPS
    ],
    ["debugfs_create_symlink", "name parent target", FRESH, { context: "sleeps", returns: "pointer" }],
    ["debugfs_remove debugfs_remove_recursive", "entry", NOTHING2, SLEEPS],
    ["debugfs_lookup_and_remove", "name parent", NOTHING2, SLEEPS],
    ["debugfs_lookup", "name parent", FRESH, { context: "sleeps", returns: "pointer-or-null" }],
    ["debugfs_initialized", "", FRESH, BOOL]
  ]),
  ...primitives("include/linux/percpu-defs.h", [
    [
      "per_cpu_ptr per_cpu",
      "object cpu",
      argument(0),
      { ...POINTER, simplified: "One object stands for those of all CPUs." }
    ],
    [
      "this_cpu_ptr raw_cpu_ptr get_cpu_ptr get_cpu_var",
      "object",
      argument(0),
      { ...POINTER, simplified: "One object stands for those of all CPUs, and preemption stays on." }
    ],
    ["put_cpu_ptr put_cpu_var", "object", NOTHING2],
    ["this_cpu_inc this_cpu_dec", "object", NOTHING2, { simplified: "The number does not change." }],
    ["this_cpu_add this_cpu_write", "object value", NOTHING2, { simplified: "The number does not change." }],
    ["this_cpu_read", "object", FRESH, UNSIGNED]
  ]),
  ...primitives("include/linux/smp.h", [
    ["get_cpu", "", { do: "preempt", what: "off", isIrq: false }, UNSIGNED],
    ["put_cpu", "", { do: "preempt", what: "on", isIrq: false }],
    ["smp_processor_id raw_smp_processor_id", "", FRESH, UNSIGNED]
  ]),
  ...primitives("include/linux/cpumask.h", [
    ["num_possible_cpus num_online_cpus num_present_cpus", "", PURE, UNSIGNED],
    ["cpumask_first", "mask", FRESH, UNSIGNED],
    ["cpumask_empty", "mask", FRESH, BOOL],
    ["cpumask_test_cpu", "cpu mask", FRESH, BOOL],
    ["cpumask_set_cpu cpumask_clear_cpu", "cpu mask", forget(1)]
  ]),
  ...primitives("include/linux/topology.h", [
    ["numa_node_id", "", PURE, UNSIGNED],
    ["cpu_to_node", "cpu", PURE, INTEGER]
  ]),
  ...primitives("include/linux/nodemask.h", [["node_online", "node", PURE, BOOL]]),
  ...primitives("include/linux/jump_label.h", [
    ["static_branch_unlikely static_branch_likely static_key_enabled", "key", FRESH, BOOL],
    [
      "static_branch_enable static_branch_disable static_branch_inc static_branch_dec",
      "key",
      NOTHING2,
      SLEEPS
    ],
    ["static_branch_maybe", "option key", FRESH, BOOL]
  ]),
  ...primitives("include/linux/static_call_types.h", [["static_call", "name", FRESH, POINTER]]),
  ...primitives("include/linux/static_call.h", [["static_call_update", "name function", NOTHING2, SLEEPS]]),
  ...primitives("arch/x86/include/asm/cpufeature.h", [
    ["cpu_feature_enabled boot_cpu_has static_cpu_has this_cpu_has", "feature", { do: "config" }, BOOL]
  ]),
  ...primitives("arch/arm64/include/asm/cpufeature.h", [
    ["cpus_have_cap", "feature", { do: "config" }, BOOL],
    ["read_sanitised_ftr_reg", "register", PURE, UNSIGNED],
    ["cpuid_feature_extract_unsigned_field", "value shift", PURE, UNSIGNED]
  ]),
  ...primitives("include/linux/cc_platform.h", [
    ["cc_platform_has", "attribute", constant(0), { ...BOOL, simplified: "No confidential computing." }]
  ]),
  ...primitives("include/linux/crash_dump.h", [
    ["is_kdump_kernel", "", constant(0), { ...BOOL, simplified: "No crash kernel." }]
  ]),
  ...primitives("arch/arm64/include/asm/sysreg.h", [
    ["read_sysreg read_sysreg_s", "register", FRESH, UNSIGNED],
    ["write_sysreg", "value register", NOTHING2]
  ]),
  ...primitives("arch/powerpc/include/asm/reg.h", [
    ["mfspr", "register", FRESH, UNSIGNED],
    ["mtspr", "register value", NOTHING2]
  ]),
  ...primitives("arch/x86/include/asm/msr.h", [
    ["wrmsrl", "register value", NOTHING2],
    ["rdmsrl", "register out", NOTHING2]
  ]),
  ...primitives("include/linux/capability.h", [
    ["capable", "capability", FRESH, BOOL],
    ["ns_capable", "namespace capability", FRESH, BOOL]
  ]),
  ...primitives("include/linux/cred.h", [
    ["current_user current_cred current_uid", "", FRESH, POINTER],
    ["task_user", "task", FRESH, POINTER]
  ]),
  ...primitives("include/linux/fault-inject.h", [
    [
      "should_fail",
      "attribute size",
      constant(0),
      { ...BOOL, simplified: "The explorer chooses what fails." }
    ],
    ["fault_create_debugfs_attr", "name parent attribute", FRESH, POINTER]
  ])
];

// server/src/sim/kernel/errors.table.ts
var error = (what) => ({ do: "error", what });
var ERRORS = [
  ...primitives("include/linux/err.h", [
    ["ERR_PTR ERR_PTR_PCPU", "error", error("make"), POINTER_OR_NULL],
    ["IS_ERR IS_ERR_PCPU", "pointer", error("is"), BOOL],
    ["IS_ERR_OR_NULL", "pointer", error("is-or-null"), BOOL],
    ["IS_ERR_VALUE", "value", error("is-value"), BOOL],
    ["PTR_ERR PTR_ERR_PCPU", "pointer", error("number"), INTEGER],
    ["PTR_ERR_OR_ZERO", "pointer", error("number-or-zero"), { returns: "errno" }],
    ["ERR_CAST", "pointer", error("cast"), POINTER]
  ]),
  ...primitives("include/linux/xarray.h", [
    ["xa_is_err", "entry", error("xa-is"), BOOL],
    ["xa_err", "entry", error("xa-number"), { returns: "errno" }]
  ])
];

// server/src/sim/kernel/io.table.ts
var read2 = (place = 0) => ({ do: "io", what: "read", place });
var write = (place = 1) => ({ do: "io", what: "write", place });
var poll = (place, out) => ({ do: "io", what: "poll", place, out });
var POLLED = "The condition is met at once, unless the wait times out.";
var POLL = { ...mayFail("ETIMEDOUT"), simplified: POLLED };
var SLEEPING_POLL = { ...sleepsAndMayFail("ETIMEDOUT"), simplified: POLLED };
var NOT_COPIED = { context: "sleeps", returns: "unsigned", fails: failsWith("EFAULT", "nonzero") };
var MAPPED = { context: "sleeps", returns: "pointer-or-null", fails: NO_MEMORY };
var ERROR_POINTER2 = {
  context: "sleeps",
  returns: "pointer",
  fails: failsWith("ENOMEM", "error-pointer")
};
var BUFFER = "A buffer that is not freed is not noticed.";
var PINNED = {
  context: "sleeps",
  returns: "id",
  fails: failsWith("EFAULT"),
  simplified: "Pins are not counted."
};
var free = (what) => ({ do: "free", what, lifetime: "heap" });
var IO = [
  ...primitives("include/asm-generic/io.h", [
    [
      "readb readw readl readq readb_relaxed readw_relaxed readl_relaxed readq_relaxed",
      "address",
      read2(),
      UNSIGNED
    ],
    ["__raw_readb __raw_readw __raw_readl __raw_readq", "address", read2(), UNSIGNED],
    ["ioread8 ioread16 ioread32 ioread64 ioread16be ioread32be ioread64be", "address", read2(), UNSIGNED],
    [
      "writeb writew writel writeq writeb_relaxed writew_relaxed writel_relaxed writeq_relaxed",
      "value address",
      write()
    ],
    ["__raw_writeb __raw_writew __raw_writel __raw_writeq", "value address", write()],
    ["iowrite8 iowrite16 iowrite32 iowrite64 iowrite16be iowrite32be iowrite64be", "value address", write()],
    ["memcpy_toio", "to from size", write(0)],
    ["memset_io", "to value size", write(0)],
    ["memcpy_fromio", "to from size", forget(0)],
    ["ioremap ioremap_wc ioremap_uc ioremap_np ioremap_encrypted", "physical size", find("mapping"), MAPPED],
    ["iounmap", "address", release("mapping"), SLEEPS],
    ["ioport_map", "port count", FRESH, MAPPED],
    ["ioport_unmap", "address", NOTHING2]
  ]),
  ...primitives("include/linux/io-64-nonatomic-hi-lo.h", [
    ["hi_lo_readq hi_lo_readq_relaxed", "address", read2(), UNSIGNED],
    ["hi_lo_writeq hi_lo_writeq_relaxed", "value address", write()]
  ]),
  ...primitives("include/linux/io-64-nonatomic-lo-hi.h", [
    ["lo_hi_readq lo_hi_readq_relaxed", "address", read2(), UNSIGNED],
    ["lo_hi_writeq lo_hi_writeq_relaxed", "value address", write()]
  ]),
  ...primitives("arch/powerpc/include/asm/io.h", [
    ["in_be32 in_le32", "address", read2(), UNSIGNED],
    ["out_be32 out_le32", "address value", write(0)]
  ]),
  ...primitives("include/linux/io.h", [
    ["__iowrite32_copy __iowrite64_copy", "to from count", write(0)],
    ["memremap", "physical size flags", find("mapping"), MAPPED],
    ["memunmap", "address", release("mapping"), SLEEPS],
    ["devm_ioremap", "device physical size", FRESH, MAPPED],
    ["devm_memremap", "device physical size flags", FRESH, ERROR_POINTER2]
  ]),
  ...primitives("arch/x86/include/asm/io.h", [["iosubmit_cmds512", "to from count", write(0)]]),
  ...primitives("arch/x86/include/asm/special_insns.h", [["movdir64b", "to from", write(0)]]),
  ...primitives("include/asm-generic/early_ioremap.h", [
    ["early_ioremap", "physical size", FRESH, MAPPED],
    ["early_iounmap", "address size", NOTHING2]
  ]),
  ...primitives("include/linux/device/devres.h", [
    ["devm_ioremap_resource", "device resource", FRESH, ERROR_POINTER2]
  ]),
  ...primitives("include/asm-generic/pci_iomap.h", [
    ["pci_iomap", "device bar most", FRESH, MAPPED],
    ["pci_iounmap", "device address", NOTHING2]
  ]),
  ...primitives("arch/x86/include/asm/cacheflush.h", [["clflush_cache_range", "address size", NOTHING2]]),
  ...primitives("include/asm-generic/cacheflush.h", [["flush_dcache_page", "page", NOTHING2]]),
  ...primitives("include/linux/dma-map-ops.h", [
    ["arch_sync_dma_for_cpu arch_sync_dma_for_device", "physical size direction", NOTHING2],
    ["dev_is_dma_coherent", "device", PURE, BOOL],
    ["set_dma_ops", "device operations", NOTHING2],
    ["dma_pgprot", "device protection attributes", argument(1)]
  ]),
  ...primitives("include/linux/iopoll.h", [
    [
      "readl_poll_timeout readq_poll_timeout readw_poll_timeout readb_poll_timeout",
      "address value condition sleep timeout",
      poll(0, 1),
      SLEEPING_POLL
    ],
    [
      "readl_relaxed_poll_timeout readq_relaxed_poll_timeout",
      "address value condition sleep timeout",
      poll(0, 1),
      SLEEPING_POLL
    ],
    [
      "readl_poll_timeout_atomic readq_poll_timeout_atomic",
      "address value condition delay timeout",
      poll(0, 1),
      POLL
    ],
    ["readl_relaxed_poll_timeout_atomic", "address value condition delay timeout", poll(0, 1), POLL],
    ["readx_poll_timeout", "read address value condition sleep timeout", poll(1, 2), SLEEPING_POLL],
    ["readx_poll_timeout_atomic", "read address value condition delay timeout", poll(1, 2), POLL],
    ["read_poll_timeout", "read value condition sleep timeout before address", poll(6, 1), SLEEPING_POLL],
    ["read_poll_timeout_atomic", "read value condition delay timeout before address", poll(6, 1), POLL],
    ["poll_timeout_us", "read condition sleep timeout before", SUCCEEDS, SLEEPING_POLL],
    ["poll_timeout_us_atomic", "read condition delay timeout before", SUCCEEDS, POLL]
  ]),
  ...primitives("include/linux/regmap.h", [
    ["regmap_read", "map register out", forget(2), sleepsAndMayFail("EIO")],
    ["regmap_write", "map register value", SUCCEEDS, sleepsAndMayFail("EIO")],
    ["regmap_update_bits", "map register mask value", SUCCEEDS, sleepsAndMayFail("EIO")],
    ["regmap_set_bits regmap_clear_bits", "map register bits", SUCCEEDS, sleepsAndMayFail("EIO")],
    ["regmap_read_poll_timeout", "map register value condition sleep timeout", poll(0, 2), SLEEPING_POLL]
  ]),
  ...primitives("include/linux/dma-mapping.h", [
    ["dma_map_single", "device memory size direction", FRESH, UNSIGNED],
    ["dma_map_single_attrs", "device memory size direction attributes", FRESH, UNSIGNED],
    ["dma_map_page", "device page offset size direction", FRESH, UNSIGNED],
    ["dma_map_page_attrs", "device page offset size direction attributes", FRESH, UNSIGNED],
    ["dma_map_resource", "device physical size direction attributes", FRESH, UNSIGNED],
    [
      "dma_mapping_error",
      "device address",
      constant(0),
      { returns: "integer", fails: failsWith("ENOMEM", "nonzero") }
    ],
    ["dma_unmap_single dma_unmap_page", "device address size direction", NOTHING2],
    [
      "dma_unmap_single_attrs dma_unmap_page_attrs dma_unmap_resource",
      "device address size direction attributes",
      NOTHING2
    ],
    ["dma_map_sg", "device list count direction", FRESH, { ...UNSIGNED, fails: failsWith("ENOMEM", "null") }],
    [
      "dma_map_sg_attrs",
      "device list count direction attributes",
      FRESH,
      { ...UNSIGNED, fails: failsWith("ENOMEM", "null") }
    ],
    ["dma_unmap_sg", "device list count direction", NOTHING2],
    ["dma_unmap_sg_attrs", "device list count direction attributes", NOTHING2],
    ["dma_map_sgtable", "device table direction attributes", SUCCEEDS, mayFail("ENOMEM")],
    ["dma_unmap_sgtable", "device table direction attributes", NOTHING2],
    ["dma_sync_single_for_device dma_sync_single_for_cpu", "device address size direction", NOTHING2],
    [
      "dma_sync_single_range_for_device dma_sync_single_range_for_cpu",
      "device address offset size direction",
      NOTHING2
    ],
    ["dma_sync_sg_for_device dma_sync_sg_for_cpu", "device list count direction", NOTHING2],
    [
      "dma_alloc_coherent dma_alloc_wc",
      "device size handle gfp",
      forget(2),
      { context: { gfp: 3 }, returns: "pointer", fails: NO_MEMORY, simplified: BUFFER }
    ],
    [
      "dma_alloc_attrs",
      "device size handle gfp attributes",
      forget(2),
      { context: { gfp: 3 }, returns: "pointer", fails: NO_MEMORY, simplified: BUFFER }
    ],
    [
      "dmam_alloc_coherent",
      "device size handle gfp",
      forget(2),
      { context: { gfp: 3 }, returns: "pointer", fails: NO_MEMORY }
    ],
    [
      "dmam_alloc_attrs",
      "device size handle gfp attributes",
      forget(2),
      { context: { gfp: 3 }, returns: "pointer", fails: NO_MEMORY }
    ],
    ["dma_free_coherent dma_free_wc", "device size memory handle", free(2), SLEEPS],
    ["dma_free_attrs", "device size memory handle attributes", free(2), SLEEPS],
    ["dmam_free_coherent", "device size memory handle", NOTHING2, SLEEPS],
    ["dma_set_mask_and_coherent dma_set_mask dma_set_coherent_mask", "device mask", SUCCEEDS, mayFail("EIO")],
    ["dma_coerce_mask_and_coherent", "device mask", SUCCEEDS, mayFail("EIO")],
    ["dma_set_max_seg_size dma_set_seg_boundary", "device size", SUCCEEDS, { returns: "errno" }],
    [
      "dma_get_mask dma_get_required_mask dma_get_max_seg_size dma_get_min_align_mask",
      "device",
      PURE,
      UNSIGNED
    ],
    ["dma_mmap_coherent", "device area memory handle size", OPAQUE, mayFail("ENXIO")],
    ["dma_get_sgtable", "device table memory handle size", forget(1), mayFail("ENOMEM")],
    ["dma_unmap_addr dma_unmap_len", "object member", FRESH, UNSIGNED],
    ["dma_unmap_addr_set dma_unmap_len_set", "object member value", NOTHING2],
    ["arch_iommu_dma_supported", "device mask", PURE, INTEGER]
  ]),
  ...primitives("include/linux/dma-direct.h", [
    ["dma_range_map_min dma_range_map_max", "map", PURE, UNSIGNED]
  ]),
  ...primitives("include/linux/swiotlb.h", [
    ["is_swiotlb_active is_swiotlb_force_bounce", "device", PURE, BOOL]
  ]),
  ...primitives("include/linux/dmapool.h", [
    [
      "dma_pool_create",
      "name device size align boundary",
      FRESH,
      { ...MAPPED, simplified: "A pool that is not destroyed is not noticed." }
    ],
    ["dmam_pool_create", "name device size align boundary", FRESH, MAPPED],
    ["dma_pool_destroy", "pool", NOTHING2, SLEEPS],
    [
      "dma_pool_alloc dma_pool_zalloc",
      "pool gfp handle",
      forget(2),
      { context: { gfp: 1 }, returns: "pointer", fails: NO_MEMORY, simplified: BUFFER }
    ],
    ["dma_pool_free", "pool memory handle", free(1)]
  ]),
  ...primitives("include/linux/scatterlist.h", [
    ["sg_dma_address sg_dma_len sg_phys", "entry", FRESH, UNSIGNED],
    ["sg_page sg_virt", "entry", FRESH, POINTER],
    ["sg_next", "entry", FRESH, POINTER_OR_NULL],
    ["sg_is_last sg_is_chain sg_dma_is_bus_address sg_dma_is_swiotlb", "entry", FRESH, BOOL],
    ["sg_dma_mark_bus_address sg_dma_unmark_bus_address sg_dma_mark_swiotlb", "entry", NOTHING2],
    ["sg_init_one", "entry memory size", forget(0)],
    ["sg_init_table", "list count", forget(0)],
    ["sg_set_page", "entry page size offset", forget(0)],
    ["sg_set_buf", "entry memory size", forget(0)],
    ["sg_mark_end", "entry", forget(0)],
    [
      "sg_alloc_table",
      "table count gfp",
      forget(0),
      { ...mayFail("ENOMEM"), context: { gfp: 2 }, simplified: "A table that is not freed is not noticed." }
    ],
    [
      "sg_alloc_table_from_pages",
      "table pages count offset size gfp",
      forget(0),
      { ...mayFail("ENOMEM"), context: { gfp: 5 }, simplified: "A table that is not freed is not noticed." }
    ],
    ["sg_free_table", "table", forget(0)]
  ]),
  ...primitives("include/linux/uaccess.h", [
    ["copy_from_user __copy_from_user", "to from size", forget(0), NOT_COPIED],
    ["copy_to_user __copy_to_user", "to from size", constant(0), NOT_COPIED],
    ["clear_user", "to size", constant(0), NOT_COPIED],
    ["copy_struct_from_user", "to size from user_size", forget(0), sleepsAndMayFail("EFAULT")],
    [
      "get_user __get_user",
      "out from",
      constant(0),
      { ...sleepsAndMayFail("EFAULT"), simplified: "The value is not read." }
    ],
    ["put_user __put_user", "value to", SUCCEEDS, sleepsAndMayFail("EFAULT")],
    ["unsafe_get_user", "out from label", NOTHING2, { simplified: "The value is not read, and never fails." }],
    ["unsafe_put_user", "value to label", NOTHING2, { simplified: "Never fails." }],
    ["access_ok user_access_begin", "from size", FRESH, BOOL],
    ["user_access_end", "", NOTHING2]
  ]),
  ...primitives("include/linux/fs.h", [
    [
      "simple_read_from_buffer",
      "to count position from available",
      forget(2),
      { context: "sleeps", returns: "id" }
    ],
    [
      "simple_write_to_buffer",
      "to available position from count",
      forget(0, 2),
      { context: "sleeps", returns: "id" }
    ]
  ]),
  ...primitives("include/linux/uio.h", [
    ["copy_from_iter", "to size iterator", forget(0, 2), { context: "sleeps", returns: "unsigned" }],
    ["copy_to_iter", "from size iterator", forget(2), { context: "sleeps", returns: "unsigned" }]
  ]),
  ...primitives("include/linux/mm.h", [
    ["get_user_pages_fast pin_user_pages_fast", "start count flags pages", forget(3), PINNED],
    ["get_user_pages_unlocked pin_user_pages_unlocked", "start count pages flags", forget(2), PINNED],
    ["get_user_pages pin_user_pages", "start count flags pages", forget(3), PINNED],
    [
      "get_user_pages_remote pin_user_pages_remote",
      "mm start count flags pages locked",
      forget(4, 5),
      { ...PINNED, simplified: "Pins are not counted, and the lock of the mm is never dropped." }
    ],
    ["unpin_user_page", "page", NOTHING2],
    ["unpin_user_pages", "pages count", NOTHING2],
    ["unpin_user_pages_dirty_lock", "pages count dirty", NOTHING2, SLEEPS],
    ["unpin_user_page_range_dirty_lock", "page count dirty", NOTHING2, SLEEPS],
    ["vma_lookup find_vma", "mm address", FRESH, POINTER_OR_NULL],
    [
      "find_extend_vma find_extend_vma_locked",
      "mm address",
      FRESH,
      { ...POINTER_OR_NULL, context: "sleeps" }
    ],
    ["find_vma_intersection", "mm first last", FRESH, POINTER_OR_NULL],
    ["vma_iter_load vma_next", "iterator", FRESH, POINTER_OR_NULL],
    ["handle_mm_fault", "vma address flags registers", FRESH, { context: "sleeps", returns: "unsigned" }],
    ["fixup_user_fault", "mm address flags unlocked", forget(3), sleepsAndMayFail("EFAULT")],
    ["follow_pfnmap_start", "args", forget(0), mayFail("EINVAL")],
    ["follow_pfnmap_end", "args", NOTHING2],
    ["follow_pte", "vma address entry lock", forget(2, 3), mayFail("EINVAL")],
    ["account_locked_vm", "mm pages is_more", SUCCEEDS, sleepsAndMayFail("ENOMEM")],
    ["__account_locked_vm", "mm pages is_more task bypass", SUCCEEDS, mayFail("ENOMEM")],
    [
      "remap_pfn_range io_remap_pfn_range",
      "area address number size protection",
      SUCCEEDS,
      sleepsAndMayFail("EINVAL")
    ],
    ["vm_flags_set vm_flags_clear", "area flags", NOTHING2],
    ["set_memory_4k", "address pages", SUCCEEDS, sleepsAndMayFail("EINVAL")],
    ["get_mm_exe_file", "mm", find("file"), POINTER_OR_NULL]
  ]),
  ...primitives("include/linux/mm_types.h", [["VMA_ITERATOR", "name mm address", forget(0)]]),
  ...primitives("include/linux/vmstat.h", [
    ["mod_node_page_state", "node item by", NOTHING2],
    ["mod_lruvec_page_state", "page item by", NOTHING2]
  ]),
  ...primitives("include/linux/sched/mm.h", [
    ["memalloc_nofs_save memalloc_noio_save", "", constant(0), UNSIGNED],
    ["memalloc_nofs_restore memalloc_noio_restore", "flags", NOTHING2]
  ]),
  ...primitives("include/linux/set_memory.h", [
    ["set_memory_encrypted set_memory_decrypted", "address pages", SUCCEEDS, sleepsAndMayFail("EINVAL")]
  ]),
  ...primitives("include/linux/virtio_config.h", [
    ["virtio_has_feature", "device feature", PURE, BOOL],
    ["virtio_cread virtio_cread_le virtio_cwrite virtio_cwrite_le", "device type member place", forget(3)],
    [
      "virtio_cread_le_feature virtio_cread_feature",
      "device feature type member place",
      forget(4),
      mayFail("ENOENT")
    ],
    ["virtio_device_ready", "device", OPAQUE]
  ]),
  ...primitives("include/linux/virtio.h", [
    [
      "virtqueue_add_sgs",
      "queue lists out in data gfp",
      OPAQUE,
      { ...mayFail("ENOSPC"), context: { gfp: 5 } }
    ],
    [
      "virtqueue_add_outbuf virtqueue_add_inbuf",
      "queue list count data gfp",
      OPAQUE,
      { ...mayFail("ENOSPC"), context: { gfp: 4 } }
    ],
    ["virtqueue_kick virtqueue_notify", "queue", NOTHING2, { returns: "bool" }],
    ["virtqueue_get_buf", "queue length", forget(1), POINTER_OR_NULL],
    ["virtqueue_enable_cb", "queue", FRESH, BOOL],
    ["virtqueue_disable_cb", "queue", NOTHING2],
    ["virtio_reset_device", "device", OPAQUE]
  ]),
  ...primitives("include/linux/mlx5/device.h", [
    ["MLX5_SET MLX5_SET64", "type place member value", NOTHING2],
    ["MLX5_GET MLX5_GET64", "type place member", FRESH, UNSIGNED],
    ["MLX5_ADDR_OF", "type place member", FRESH, { ...POINTER, simplified: "Not a part of the buffer." }],
    ["MLX5_ST_SZ_DW MLX5_ST_SZ_BYTES", "type", PURE, UNSIGNED],
    ["MLX5_FLD_SZ_BYTES", "type member", PURE, UNSIGNED],
    ["MLX5_CAP_GEN MLX5_CAP_GEN_2 MLX5_CAP_ADV_VIRTUALIZATION", "device capability", PURE, UNSIGNED]
  ]),
  ...primitives("include/linux/mlx5/driver.h", [
    ["mlx5_cmd_exec", "device in in_size out out_size", forget(3), sleepsAndMayFail("EIO")],
    ["mlx5_cmd_exec_in", "device command in", SUCCEEDS, sleepsAndMayFail("EIO")],
    ["mlx5_cmd_exec_inout", "device command in out", forget(3), sleepsAndMayFail("EIO")]
  ]),
  ...primitives("include/linux/mlx5/eq.h", [
    [
      "mlx5_nb_cof",
      "block type member",
      FRESH,
      { ...POINTER, simplified: "Not the object that the block is in." }
    ],
    ["MLX5_NB_INIT", "place function event", NOTHING2]
  ]),
  ...primitives("include/linux/arm-smccc.h", [
    ["arm_smccc_smc arm_smccc_hvc", "function a1 a2 a3 a4 a5 a6 a7 result", forget(8)],
    ["arm_smccc_1_1_invoke arm_smccc_1_1_smc", "function", OPAQUE, INTEGER]
  ]),
  ...primitives("include/linux/firmware/qcom/qcom_scm.h", [
    ["qcom_scm_restore_sec_cfg", "device spare", SUCCEEDS, sleepsAndMayFail("EINVAL")],
    ["qcom_scm_io_readl", "address out", forget(1), sleepsAndMayFail("EINVAL")],
    ["qcom_scm_is_available", "", FRESH, BOOL]
  ]),
  ...primitives("arch/s390/include/asm/pci.h", [
    [
      "zpci_register_ioat",
      "device id base limit table status",
      forget(5),
      { ...INTEGER, fails: failsWith("EIO", "nonzero") }
    ],
    ["zpci_unregister_ioat", "device id", constant(0), { ...INTEGER, fails: failsWith("EIO", "nonzero") }],
    ["zpci_refresh_trans", "handle start size", SUCCEEDS, mayFail("ENOMEM")],
    [
      "to_zpci_dev to_zpci",
      "device",
      PURE,
      { ...POINTER, simplified: "Not the object that the device is in." }
    ]
  ]),
  ...primitives("include/linux/cdx/cdx_bus.h", [
    ["to_cdx_device", "device", PURE, { ...POINTER, simplified: "Not the object that the device is in." }]
  ]),
  ...primitives("include/linux/vfio.h", [
    [
      "vfio_alloc_device",
      "type member device operations",
      { do: "alloc", lifetime: "managed", fill: "zero", size: [] },
      { ...ERROR_POINTER2, simplified: "The last vfio_put_device() frees it unseen." }
    ],
    ["vfio_check_feature", "flags size wanted minimum", FRESH, INTEGER]
  ]),
  ...primitives("include/linux/vfio_pci_core.h", [
    ["VFIO_PCI_OFFSET_TO_INDEX VFIO_PCI_INDEX_TO_OFFSET", "value", PURE, UNSIGNED]
  ])
];

// server/src/sim/kernel/iommu.table.ts
var PRIVATE = member2(0, "struct device", "iommu.priv");
var FWSPEC = member2(0, "struct device", "iommu.fwspec");
var THROUGH = "A device without a record for its IOMMU is not told from one with an empty record.";
var INDIRECT = "The driver's own operation is not called.";
var pages = { do: "alloc", lifetime: "page", fill: "zero", size: [] };
var gfp2 = (number) => ({
  context: { gfp: number },
  returns: "pointer-or-null",
  fails: NO_MEMORY
});
var object = { do: "alloc", lifetime: "heap", fill: "unknown", size: [] };
var OBJECT = {
  context: "sleeps",
  returns: "pointer",
  fails: failsWith("ENOMEM", "error-pointer")
};
var IOMMU = [
  ...primitives("include/linux/iommu.h", [
    [
      "dev_iommu_priv_get",
      "device",
      { do: "load", from: PRIVATE, width: 8 },
      { ...POINTER_OR_NULL, simplified: THROUGH }
    ],
    ["dev_iommu_priv_set", "device data", { do: "store", to: PRIVATE, value: 1, width: 8 }],
    [
      "dev_iommu_fwspec_get",
      "device",
      { do: "load", from: FWSPEC, width: 8 },
      { ...POINTER_OR_NULL, simplified: THROUGH }
    ],
    ["dev_iommu_fwspec_set", "device fwspec", { do: "store", to: FWSPEC, value: 1, width: 8 }],
    [
      "iommu_get_iommu_dev",
      "device type member",
      PURE,
      { ...POINTER, simplified: "The instance is one of its own per device." }
    ],
    ["iommu_copy_struct_from_user", "to user type last", forget(0), sleepsAndMayFail("EINVAL")],
    ["iommu_copy_struct_from_full_user_array", "to size user type", forget(0), sleepsAndMayFail("EINVAL")],
    ["iommu_copy_struct_from_user_array", "to user type index last", forget(0), sleepsAndMayFail("EINVAL")],
    ["iommu_copy_struct_to_user", "user from type last", SUCCEEDS, sleepsAndMayFail("EFAULT")],
    ["mm_get_enqcmd_pasid", "mm", FRESH, UNSIGNED]
  ]),
  ...primitives("include/linux/iommu-helper.h", [
    ["iommu_num_pages", "address size page_size", PURE, UNSIGNED]
  ]),
  ...primitives("include/linux/iova.h", [
    ["iova_pfn", "domain address", PURE, UNSIGNED],
    ["iova_align iova_align_down iova_offset", "domain size", PURE, UNSIGNED],
    ["iova_shift iova_mask", "domain", PURE, UNSIGNED]
  ]),
  ...primitives("include/dt-bindings/memory/mtk-memory-port.h", [
    ["MTK_M4U_TO_LARB MTK_M4U_TO_PORT MTK_M4U_TO_DOM", "id", PURE, UNSIGNED]
  ]),
  ...primitives("arch/x86/include/asm/mmu_context.h", [["arch_pgtable_dma_compat", "mm", FRESH, BOOL]]),
  ...primitives("drivers/iommu/iommufd/iommufd_private.h", [
    ["iommufd_object_alloc", "context object type", object, OBJECT],
    ["__iommufd_object_alloc", "context object type member", object, OBJECT]
  ])
];
var IN_TREE = [
  ...primitives("drivers/iommu/iommu.c", [
    ["iommu_group_get", "device", find("iommu_group"), POINTER_OR_NULL],
    ["iommu_group_ref_get", "group", hold("iommu_group"), POINTER],
    ["iommu_group_put", "group", release("iommu_group")],
    ["iommu_group_id", "group", PURE, { returns: "integer" }],
    [
      "iommu_group_get_iommudata",
      "group",
      { do: "load", from: member2(0, "struct iommu_group", "iommu_data"), width: 8 },
      POINTER_OR_NULL
    ],
    [
      "iommu_group_for_each_dev",
      "group data function",
      { do: "call", function: 2, args: [-1, 1], each: true },
      {
        context: "sleeps",
        returns: "integer",
        simplified: "The function is called once, for a device of any kind."
      }
    ],
    ["iommu_attach_group iommu_attach_device", "domain group", OPAQUE, sleepsAndMayFail("EINVAL")],
    ["iommu_detach_group iommu_detach_device", "domain group", OPAQUE, SLEEPS],
    ["iommu_domain_free", "domain", OPAQUE, SLEEPS],
    [
      "iommu_map",
      "domain iova physical size protection gfp",
      SUCCEEDS,
      { ...mayFail("ENOMEM"), context: { gfp: 5 } }
    ],
    ["iommu_unmap", "domain iova size", FRESH, UNSIGNED],
    ["iommu_unmap_fast", "domain iova size gather", forget(3), UNSIGNED],
    ["iommu_iova_to_phys", "domain iova", FRESH, UNSIGNED],
    ["iommu_get_domain_for_dev", "device", FRESH, POINTER_OR_NULL],
    ["device_iommu_capable", "device capability", PURE, BOOL],
    ["iommu_fwspec_init", "device fwnode", OPAQUE, sleepsAndMayFail("ENOMEM")],
    ["iommu_fwspec_add_ids", "device ids count", OPAQUE, sleepsAndMayFail("ENOMEM")],
    ["iommu_fwspec_free", "device", OPAQUE, SLEEPS],
    [
      "iommu_alloc_global_pasid",
      "device",
      { do: "ids", what: "alloc", pool: "global", low: { value: 1 } },
      {
        context: "sleeps",
        returns: "unsigned",
        simplified: "Never fails, and does not look at how many PASIDs the device has."
      }
    ],
    ["iommu_free_global_pasid", "pasid", { do: "ids", what: "free", pool: "global", id: 0 }]
  ]),
  ...primitives("include/linux/iommu.h", [
    ["iommu_is_dma_domain", "domain", FRESH, BOOL],
    ["iommu_iotlb_gather_init", "gather", forget(0)],
    ["iommu_iotlb_gather_add_page", "domain gather iova size", forget(1), { simplified: INDIRECT }],
    ["iommu_iotlb_gather_add_range", "gather iova size", forget(0)],
    ["iommu_iotlb_gather_queued", "gather", FRESH, BOOL],
    ["iommu_iotlb_gather_is_disjoint", "gather iova size", FRESH, BOOL],
    ["iommu_iotlb_sync", "domain gather", forget(1), { simplified: INDIRECT }],
    ["iommu_flush_iotlb_all", "domain", NOTHING2, { simplified: INDIRECT }]
  ]),
  ...primitives("include/linux/io-pgtable.h", [
    [
      "alloc_io_pgtable_ops",
      "format config cookie",
      forget(1),
      { context: "sleeps", returns: "pointer", fails: NO_MEMORY }
    ],
    [
      "free_io_pgtable_ops",
      "operations",
      NOTHING2,
      { ...SLEEPS, simplified: "A table that is used afterwards is not noticed." }
    ],
    [
      "io_pgtable_ops_to_pgtable",
      "operations",
      PURE,
      { ...POINTER, simplified: "Not the object that the operations are in." }
    ],
    ["io_pgtable_tlb_flush_all", "table", NOTHING2, { simplified: INDIRECT }],
    ["io_pgtable_tlb_flush_walk", "table iova size granule", NOTHING2, { simplified: INDIRECT }],
    ["io_pgtable_tlb_add_page", "table gather iova granule", NOTHING2, { simplified: INDIRECT }]
  ]),
  ...primitives("drivers/iommu/iommu-pages.h", [
    ["iommu_alloc_page", "gfp", pages, gfp2(0)],
    ["iommu_alloc_pages", "gfp order", pages, gfp2(0)],
    ["iommu_alloc_page_node", "node gfp", pages, gfp2(1)],
    ["iommu_alloc_pages_node", "node gfp order", pages, gfp2(1)],
    ["iommu_alloc_pages_node_sz", "node gfp size", { ...pages, size: [2] }, gfp2(1)],
    ["iommu_alloc_pages_sz", "gfp size", { ...pages, size: [1] }, gfp2(0)],
    ["iommu_free_page", "memory", { do: "free", what: 0, lifetime: "page" }],
    ["iommu_free_pages", "memory order", { do: "free", what: 0, lifetime: "page" }],
    ["iommu_put_pages_list", "list", OPAQUE, { simplified: "The pages on the list are not followed." }]
  ]),
  ...primitives("drivers/iommu/iommufd/io_pagetable.h", [
    [
      "iopt_area_iter_first iopt_allowed_iter_first iopt_reserved_iter_first",
      "table first last",
      FRESH,
      { ...POINTER_OR_NULL, simplified: "What is in the tree is not followed." }
    ],
    [
      "iopt_area_iter_next iopt_allowed_iter_next iopt_reserved_iter_next",
      "node first last",
      FRESH,
      { ...POINTER_OR_NULL, simplified: "What is in the tree is not followed." }
    ]
  ]),
  ...primitives("include/linux/vfio.h", [
    ["vfio_put_device", "device", release("device"), { simplified: "The release function is not called." }]
  ]),
  ...primitives("drivers/iommu/iommu-sva.c", [
    [
      "iommu_sva_alloc_pasid",
      "mm first last",
      OPAQUE,
      { context: "sleeps", returns: "errno", fails: NO_MEMORY_ERRNO }
    ]
  ])
];
var PAIRED = [
  ...primitives("include/linux/iommu.h", [
    [
      "iommu_device_register",
      "iommu operations device",
      hold("registration"),
      { ...sleepsAndMayFail("EBUSY"), mustCheck: true }
    ],
    ["iommu_device_unregister", "iommu", release("registration"), SLEEPS],
    [
      "iommu_device_sysfs_add",
      "iommu parent groups format",
      hold("sysfs entry"),
      { ...sleepsAndMayFail("ENOMEM"), mustCheck: true }
    ],
    ["iommu_device_sysfs_remove", "iommu", release("sysfs entry"), SLEEPS]
  ])
];

// server/src/sim/kernel/lists.table.ts
var list = (what) => ({ do: "list", what });
var tree = (what) => ({ do: "tree", what });
var READERS = { simplified: "Readers that still stand on the node are not followed." };
var OUTSIDE = "What is on the list is not followed.";
var LISTS = [
  ...primitives("include/linux/list.h", [
    ["INIT_LIST_HEAD", "head", list("init")],
    ["list_add", "node head", list("add")],
    ["list_add_tail", "node head", list("add-tail")],
    ["list_del __list_del_entry", "node", list("del")],
    ["list_del_init list_del_init_careful", "node", list("del-init")],
    ["list_move", "node head", list("move")],
    ["list_move_tail", "node head", list("move-tail")],
    ["list_empty list_empty_careful", "head", list("empty"), BOOL],
    ["list_is_singular", "head", list("singular"), BOOL],
    ["list_splice", "list head", list("splice")],
    ["list_splice_init", "list head", list("splice-init")],
    ["list_splice_tail", "list head", list("splice-tail")],
    ["list_splice_tail_init", "list head", list("splice-tail-init")],
    ["list_replace", "old new", list("replace")],
    ["list_count_nodes", "head", list("count"), UNSIGNED],
    ["list_is_head", "node head", list("is-head"), BOOL],
    ["list_is_first", "node head", list("is-first"), BOOL],
    ["list_is_last", "node head", list("is-last"), BOOL],
    ["list_first_entry", "head", list("first-entry"), POINTER],
    ["list_last_entry", "head", list("last-entry"), POINTER],
    ["list_first_entry_or_null", "head", list("first-entry-or-null"), POINTER_OR_NULL],
    ["list_next_entry", "cursor", list("next-entry"), POINTER],
    ["list_prev_entry", "cursor", list("prev-entry"), POINTER],
    ["list_entry_is_head", "cursor head member", FRESH, BOOL],
    ["list_prepare_entry", "cursor head member", FRESH, POINTER],
    ["list_swap list_replace_init", "one other", OPAQUE, { simplified: OUTSIDE }],
    ["list_bulk_move_tail", "head first last", OPAQUE, { simplified: OUTSIDE }],
    ["list_rotate_left", "head", OPAQUE, { simplified: OUTSIDE }],
    ["list_rotate_to_front", "node head", OPAQUE, { simplified: OUTSIDE }],
    ["list_cut_position list_cut_before", "list head node", OPAQUE, { simplified: OUTSIDE }],
    ["INIT_HLIST_HEAD", "head", list("hlist-init")],
    ["INIT_HLIST_NODE", "node", NOTHING2],
    ["hlist_add_head", "node head", list("hlist-add")],
    ["hlist_add_before hlist_add_behind", "node other", OPAQUE, { simplified: OUTSIDE }],
    ["hlist_del hlist_del_init", "node", list("hlist-del")],
    ["hlist_empty", "head", list("hlist-empty"), BOOL],
    ["hlist_unhashed hlist_unhashed_lockless", "node", FRESH, BOOL],
    ["hlist_entry_safe", "node", FRESH, POINTER_OR_NULL]
  ]),
  ...primitives("include/linux/rculist.h", [
    ["INIT_LIST_HEAD_RCU", "head", list("init")],
    ["list_add_rcu", "node head", list("add")],
    ["list_add_tail_rcu", "node head", list("add-tail")],
    ["list_del_rcu", "node", list("del-rcu")],
    ["list_replace_rcu", "old new", list("replace"), READERS],
    ["list_splice_init_rcu list_splice_tail_init_rcu", "list head synchronize", list("splice-init"), READERS],
    ["list_first_or_null_rcu", "head", list("first-entry-or-null"), POINTER_OR_NULL],
    [
      "list_entry_rcu",
      "node",
      PURE,
      { ...POINTER, simplified: "The container is not the one the node is in." }
    ],
    ["list_next_rcu", "node", FRESH, POINTER],
    ["hlist_add_head_rcu hlist_add_tail_rcu", "node head", list("hlist-add")],
    ["hlist_del_rcu hlist_del_init_rcu", "node", list("hlist-del"), READERS]
  ]),
  ...primitives("include/linux/list_sort.h", [
    ["list_sort", "private head compare", list("sort"), { simplified: "The comparison is not called." }]
  ]),
  ...primitives("include/linux/hashtable.h", [
    ["hash_init", "table", NOTHING2],
    ["hash_add hash_add_rcu", "table node key", OPAQUE, { simplified: OUTSIDE }],
    ["hash_del hash_del_rcu", "node", OPAQUE, { simplified: OUTSIDE }],
    ["hash_empty", "table", FRESH, BOOL],
    ["hash_hashed", "node", FRESH, BOOL]
  ]),
  ...primitives("include/linux/llist.h", [
    ["init_llist_head init_llist_node", "head", NOTHING2],
    ["llist_add __llist_add", "node head", OPAQUE, { ...BOOL, simplified: OUTSIDE }],
    [
      "llist_del_all __llist_del_all llist_del_first",
      "head",
      FRESH,
      { ...POINTER_OR_NULL, simplified: OUTSIDE }
    ],
    ["llist_reverse_order", "head", FRESH, { ...POINTER_OR_NULL, simplified: OUTSIDE }],
    ["llist_empty", "head", FRESH, BOOL]
  ]),
  ...primitives("include/linux/rbtree.h", [
    [
      "rb_link_node rb_link_node_rcu",
      "node parent link",
      NOTHING2,
      { simplified: "The node is in the tree once it is coloured." }
    ],
    ["rb_add", "node tree less", tree("add"), { simplified: "The comparison is not called." }],
    ["rb_insert_color", "node tree", tree("add")],
    ["rb_insert_color_cached", "node tree is_leftmost", OPAQUE, { simplified: OUTSIDE }],
    ["rb_erase rb_erase_cached", "node tree", tree("del")],
    ["rb_replace_node", "old new tree", OPAQUE, { simplified: "What is in the tree is not followed." }],
    ["rb_first rb_last rb_first_cached rb_first_postorder", "tree", tree("first"), POINTER_OR_NULL],
    [
      "rb_next rb_prev rb_next_postorder",
      "node",
      tree("next"),
      { ...POINTER_OR_NULL, simplified: "The order of nodes is not followed: before is after." }
    ],
    [
      "rb_find",
      "key tree compare",
      FRESH,
      { ...POINTER_OR_NULL, simplified: "The comparison is not called." }
    ],
    [
      "rb_find_add",
      "node tree compare",
      OPAQUE,
      { ...POINTER_OR_NULL, simplified: "Whether the node got into the tree is not followed." }
    ],
    ["rb_entry_safe", "node", FRESH, POINTER_OR_NULL],
    ["rb_first_entry", "tree", tree("first"), POINTER_OR_NULL],
    ["RB_EMPTY_ROOT", "tree", tree("empty"), BOOL],
    ["RB_EMPTY_NODE", "node", FRESH, BOOL],
    ["RB_CLEAR_NODE", "node", NOTHING2],
    ["RB_ROOT RB_ROOT_CACHED", "", PURE]
  ]),
  ...primitives("include/linux/interval_tree.h", [
    ["interval_tree_insert", "node tree", tree("add")],
    ["interval_tree_remove", "node tree", tree("del")],
    ["interval_tree_iter_first", "tree first last", tree("find"), POINTER_OR_NULL],
    ["interval_tree_iter_next", "node first last", tree("next"), POINTER_OR_NULL],
    ["interval_tree_span_iter_first", "iterator tree first last", { do: "forget", args: [0] }],
    ["interval_tree_span_iter_next", "iterator", { do: "forget", args: [0] }],
    ["interval_tree_span_iter_advance", "iterator tree index", { do: "forget", args: [0] }],
    ["interval_tree_span_iter_done", "iterator", FRESH, BOOL]
  ])
];

// server/src/sim/kernel/locks.table.ts
var change = (verb, irq) => (kind, mode = "exclusive", of = 0) => ({
  do: verb,
  lock: of,
  kind,
  mode,
  irq
});
var lock = change("lock", false);
var unlock = change("unlock", false);
var tryLock = change("try-lock", false);
var lockIrq = change("lock", true);
var unlockIrq = change("unlock", true);
var tryLockIrq = change("try-lock", true);
var init = { do: "lock-init", lock: 0 };
var dead = { do: "lock-dead", lock: 0 };
var query = { do: "lock-query", lock: 0 };
var held2 = (of = 0) => ({ do: "lock-held", lock: of, isWanted: true });
var notHeld = { do: "lock-held", lock: 0, isWanted: false };
var MMAP = member2(0, "struct mm_struct", "mmap_lock");
var DEVICE = member2(0, "struct device", "mutex");
var PCI_DEVICE = member2(0, "struct pci_dev", "dev.mutex");
var BASE = member2(0, "struct xa_state", "xa");
var interrupted = failsWith("EINTR");
var SIGNAL = { context: "sleeps", returns: "errno", fails: interrupted, mustCheck: true };
var BOTTOM_HALVES = "Bottom halves are not switched off: only the lock is taken.";
var bh = { simplified: BOTTOM_HALVES };
var STATE2 = "The lock counts as one of the state, not as that of its array.";
var NO_RETRY = {
  ...UNSIGNED,
  simplified: "Readers never see a writer at work, so they never read again."
};
var CLASSES = "Classes of locks are told by their members, not by keys.";
var LOCKS = [
  ...primitives("include/linux/mutex.h", [
    ["mutex_lock mutex_lock_io", "lock", lock("mutex"), SLEEPS],
    ["mutex_lock_nested mutex_lock_io_nested", "lock subclass", lock("mutex"), SLEEPS],
    ["mutex_lock_nest_lock", "lock outer", lock("mutex"), SLEEPS],
    ["mutex_lock_interruptible mutex_lock_killable", "lock", lock("mutex"), SIGNAL],
    ["mutex_lock_interruptible_nested mutex_lock_killable_nested", "lock subclass", lock("mutex"), SIGNAL],
    ["mutex_trylock", "lock", tryLock("mutex"), { returns: "bool", mustCheck: true }],
    ["mutex_unlock", "lock", unlock("mutex")],
    ["mutex_init", "lock", init],
    ["__mutex_init", "lock name key", init],
    ["mutex_destroy", "lock", dead],
    ["devm_mutex_init", "device lock", { do: "lock-init", lock: 1 }, { returns: "errno" }],
    ["mutex_is_locked", "lock", query, BOOL]
  ]),
  ...primitives("include/linux/spinlock.h", [
    ["spin_lock", "lock", lock("spin")],
    ["spin_lock_bh", "lock", lock("spin"), bh],
    ["spin_lock_nested", "lock subclass", lock("spin")],
    ["spin_lock_nest_lock", "lock outer", lock("spin")],
    ["spin_lock_irq", "lock", lockIrq("spin")],
    ["spin_lock_irqsave", "lock flags", lockIrq("spin")],
    ["spin_lock_irqsave_nested", "lock flags subclass", lockIrq("spin")],
    ["spin_trylock", "lock", tryLock("spin"), { returns: "bool", mustCheck: true }],
    [
      "spin_trylock_bh",
      "lock",
      tryLock("spin"),
      { returns: "bool", mustCheck: true, simplified: BOTTOM_HALVES }
    ],
    ["spin_trylock_irq", "lock", tryLockIrq("spin"), { returns: "bool", mustCheck: true }],
    ["spin_trylock_irqsave", "lock flags", tryLockIrq("spin"), { returns: "bool", mustCheck: true }],
    ["spin_unlock", "lock", unlock("spin")],
    ["spin_unlock_bh", "lock", unlock("spin"), bh],
    ["spin_unlock_irq", "lock", unlockIrq("spin")],
    ["spin_unlock_irqrestore", "lock flags", unlockIrq("spin")],
    ["spin_lock_init", "lock", init],
    ["spin_is_locked", "lock", query, BOOL],
    ["assert_spin_locked", "lock", held2(), { simplified: "Another task that holds it does not count." }],
    ["raw_spin_lock", "lock", lock("spin")],
    ["raw_spin_lock_bh", "lock", lock("spin"), bh],
    ["raw_spin_lock_nested", "lock subclass", lock("spin")],
    ["raw_spin_lock_irq", "lock", lockIrq("spin")],
    ["raw_spin_lock_irqsave", "lock flags", lockIrq("spin")],
    ["raw_spin_lock_irqsave_nested", "lock flags subclass", lockIrq("spin")],
    ["raw_spin_trylock", "lock", tryLock("spin"), { returns: "bool", mustCheck: true }],
    [
      "raw_spin_trylock_bh",
      "lock",
      tryLock("spin"),
      { returns: "bool", mustCheck: true, simplified: BOTTOM_HALVES }
    ],
    ["raw_spin_trylock_irq", "lock", tryLockIrq("spin"), { returns: "bool", mustCheck: true }],
    ["raw_spin_trylock_irqsave", "lock flags", tryLockIrq("spin"), { returns: "bool", mustCheck: true }],
    ["raw_spin_unlock", "lock", unlock("spin")],
    ["raw_spin_unlock_bh", "lock", unlock("spin"), bh],
    ["raw_spin_unlock_irq", "lock", unlockIrq("spin")],
    ["raw_spin_unlock_irqrestore", "lock flags", unlockIrq("spin")],
    ["raw_spin_lock_init", "lock", init],
    ["raw_spin_is_locked", "lock", query, BOOL]
  ]),
  ...primitives("include/linux/rwsem.h", [
    ["init_rwsem", "lock", init],
    ["down_read", "lock", lock("rwsem", "shared"), SLEEPS],
    ["down_read_nested", "lock subclass", lock("rwsem", "shared"), SLEEPS],
    ["down_read_interruptible down_read_killable", "lock", lock("rwsem", "shared"), SIGNAL],
    ["down_read_trylock", "lock", tryLock("rwsem", "shared"), { returns: "bool", mustCheck: true }],
    ["down_write", "lock", lock("rwsem"), SLEEPS],
    ["down_write_nested", "lock subclass", lock("rwsem"), SLEEPS],
    ["down_write_nest_lock", "lock outer", lock("rwsem"), SLEEPS],
    ["down_write_killable", "lock", lock("rwsem"), SIGNAL],
    ["down_write_trylock", "lock", tryLock("rwsem"), { returns: "bool", mustCheck: true }],
    ["up_read", "lock", unlock("rwsem", "shared")],
    ["up_write", "lock", unlock("rwsem")],
    [
      "downgrade_write",
      "lock",
      NOTHING2,
      { simplified: "The lock stays exclusive, and may be given back either way." }
    ],
    ["rwsem_is_locked", "lock", query, BOOL],
    ["rwsem_assert_held rwsem_assert_held_write", "lock", held2()]
  ]),
  ...primitives("include/linux/rwlock.h", [
    ["rwlock_init", "lock", init],
    ["read_lock", "lock", lock("rwlock", "shared")],
    ["read_lock_bh", "lock", lock("rwlock", "shared"), bh],
    ["read_lock_irq", "lock", lockIrq("rwlock", "shared")],
    ["read_lock_irqsave", "lock flags", lockIrq("rwlock", "shared")],
    ["read_trylock", "lock", tryLock("rwlock", "shared"), { returns: "bool", mustCheck: true }],
    ["read_unlock", "lock", unlock("rwlock", "shared")],
    ["read_unlock_bh", "lock", unlock("rwlock", "shared"), bh],
    ["read_unlock_irq", "lock", unlockIrq("rwlock", "shared")],
    ["read_unlock_irqrestore", "lock flags", unlockIrq("rwlock", "shared")],
    ["write_lock", "lock", lock("rwlock")],
    ["write_lock_nested", "lock subclass", lock("rwlock")],
    ["write_lock_bh", "lock", lock("rwlock"), bh],
    ["write_lock_irq", "lock", lockIrq("rwlock")],
    ["write_lock_irqsave", "lock flags", lockIrq("rwlock")],
    ["write_trylock", "lock", tryLock("rwlock"), { returns: "bool", mustCheck: true }],
    ["write_unlock", "lock", unlock("rwlock")],
    ["write_unlock_bh", "lock", unlock("rwlock"), bh],
    ["write_unlock_irq", "lock", unlockIrq("rwlock")],
    ["write_unlock_irqrestore", "lock flags", unlockIrq("rwlock")]
  ]),
  ...primitives("include/linux/seqlock.h", [
    ["seqlock_init", "lock", init],
    ["write_seqlock read_seqlock_excl", "lock", lock("seqlock")],
    ["write_seqlock_bh", "lock", lock("seqlock"), bh],
    ["write_seqlock_irq", "lock", lockIrq("seqlock")],
    ["write_seqlock_irqsave", "lock flags", lockIrq("seqlock")],
    ["write_sequnlock read_sequnlock_excl", "lock", unlock("seqlock")],
    ["write_sequnlock_bh", "lock", unlock("seqlock"), bh],
    ["write_sequnlock_irq", "lock", unlockIrq("seqlock")],
    ["write_sequnlock_irqrestore", "lock flags", unlockIrq("seqlock")],
    ["seqcount_init", "counter", NOTHING2],
    ["seqcount_spinlock_init seqcount_raw_spinlock_init seqcount_mutex_init", "counter lock", NOTHING2],
    [
      "write_seqcount_begin write_seqcount_end raw_write_seqcount_begin raw_write_seqcount_end",
      "counter",
      NOTHING2
    ],
    ["write_seqcount_invalidate", "counter", NOTHING2],
    [
      "read_seqbegin read_seqcount_begin raw_read_seqcount_begin raw_read_seqcount",
      "counter",
      constant(0),
      NO_RETRY
    ],
    ["read_seqretry read_seqcount_retry", "counter start", constant(0), NO_RETRY]
  ]),
  ...primitives("include/linux/xarray.h", [
    ["xa_lock", "array", lock("spin")],
    ["xa_lock_nested", "array subclass", lock("spin")],
    ["xa_lock_bh", "array", lock("spin"), bh],
    ["xa_lock_irq", "array", lockIrq("spin")],
    ["xa_lock_irqsave", "array flags", lockIrq("spin")],
    ["xa_trylock", "array", tryLock("spin"), { returns: "bool", mustCheck: true }],
    ["xa_unlock", "array", unlock("spin")],
    ["xa_unlock_bh", "array", unlock("spin"), bh],
    ["xa_unlock_irq", "array", unlockIrq("spin")],
    ["xa_unlock_irqrestore", "array flags", unlockIrq("spin")],
    ["xas_lock", "state", lock("spin", "exclusive", BASE), { simplified: STATE2 }],
    ["xas_lock_bh", "state", lock("spin", "exclusive", BASE), { simplified: `${STATE2} ${BOTTOM_HALVES}` }],
    ["xas_lock_irq", "state", lockIrq("spin", "exclusive", BASE), { simplified: STATE2 }],
    ["xas_lock_irqsave", "state flags", lockIrq("spin", "exclusive", BASE), { simplified: STATE2 }],
    ["xas_unlock", "state", unlock("spin", "exclusive", BASE), { simplified: STATE2 }],
    [
      "xas_unlock_bh",
      "state",
      unlock("spin", "exclusive", BASE),
      { simplified: `${STATE2} ${BOTTOM_HALVES}` }
    ],
    ["xas_unlock_irq", "state", unlockIrq("spin", "exclusive", BASE), { simplified: STATE2 }],
    ["xas_unlock_irqrestore", "state flags", unlockIrq("spin", "exclusive", BASE), { simplified: STATE2 }]
  ]),
  ...primitives("include/linux/mmap_lock.h", [
    ["mmap_read_lock", "mm", lock("rwsem", "shared", MMAP), SLEEPS],
    ["mmap_read_lock_killable", "mm", lock("rwsem", "shared", MMAP), SIGNAL],
    ["mmap_read_trylock", "mm", tryLock("rwsem", "shared", MMAP), { returns: "bool", mustCheck: true }],
    ["mmap_read_unlock mmap_read_unlock_non_owner", "mm", unlock("rwsem", "shared", MMAP)],
    ["mmap_write_lock", "mm", lock("rwsem", "exclusive", MMAP), SLEEPS],
    ["mmap_write_lock_nested", "mm subclass", lock("rwsem", "exclusive", MMAP), SLEEPS],
    ["mmap_write_lock_killable", "mm", lock("rwsem", "exclusive", MMAP), SIGNAL],
    ["mmap_write_trylock", "mm", tryLock("rwsem", "exclusive", MMAP), { returns: "bool", mustCheck: true }],
    ["mmap_write_unlock", "mm", unlock("rwsem", "exclusive", MMAP)],
    ["mmap_write_downgrade", "mm", NOTHING2, { simplified: "The lock stays exclusive." }],
    ["mmap_assert_locked mmap_assert_write_locked", "mm", held2(MMAP)]
  ]),
  ...primitives("include/linux/device.h", [
    ["device_lock", "device", lock("mutex", "exclusive", DEVICE), SLEEPS],
    ["device_lock_interruptible", "device", lock("mutex", "exclusive", DEVICE), SIGNAL],
    ["device_trylock", "device", tryLock("mutex", "exclusive", DEVICE), { returns: "bool", mustCheck: true }],
    ["device_unlock", "device", unlock("mutex", "exclusive", DEVICE)],
    ["device_lock_assert", "device", held2(DEVICE)]
  ]),
  ...primitives("include/linux/pci.h", [
    ["pci_dev_lock", "pci_device", lock("mutex", "exclusive", PCI_DEVICE), SLEEPS],
    [
      "pci_dev_trylock",
      "pci_device",
      tryLock("mutex", "exclusive", PCI_DEVICE),
      { returns: "bool", mustCheck: true }
    ],
    ["pci_dev_unlock", "pci_device", unlock("mutex", "exclusive", PCI_DEVICE)]
  ]),
  ...primitives("include/linux/semaphore.h", [
    ["sema_init", "lock count", init],
    ["down", "lock", lock("mutex"), { ...SLEEPS, simplified: "A semaphore counts to one." }],
    ["down_interruptible down_killable", "lock", lock("mutex"), SIGNAL],
    ["up", "lock", unlock("mutex")]
  ]),
  ...primitives("include/linux/percpu-rwsem.h", [
    [
      "percpu_init_rwsem",
      "lock",
      { do: "lock-init", lock: 0 },
      { returns: "errno", fails: failsWith("ENOMEM") }
    ],
    ["percpu_free_rwsem", "lock", dead],
    ["percpu_down_read", "lock", lock("rwsem", "shared"), SLEEPS],
    ["percpu_up_read", "lock", unlock("rwsem", "shared")],
    ["percpu_down_write", "lock", lock("rwsem"), SLEEPS],
    ["percpu_up_write", "lock", unlock("rwsem")]
  ]),
  ...primitives("include/linux/cpuhplock.h", [
    ["cpus_read_lock cpus_write_lock", "", NOTHING2, { ...SLEEPS, simplified: "CPUs never come or go." }],
    ["cpus_read_unlock cpus_write_unlock lockdep_assert_cpus_held", "", NOTHING2],
    ["cpus_read_trylock", "", constant(1), BOOL]
  ]),
  ...primitives("include/linux/lockdep.h", [
    ["lockdep_assert_held lockdep_assert_held_read", "lock", held2()],
    ["lockdep_assert_held_once", "lock", held2()],
    ["lockdep_assert_held_write", "lock", held2(), { simplified: "A shared hold passes as well." }],
    ["lockdep_assert_not_held", "lock", notHeld],
    ["lockdep_is_held", "lock", query, { ...BOOL, simplified: "True for whoever holds it." }],
    ["lockdep_is_held_type", "lock mode", query, BOOL],
    ["lockdep_assert lockdep_assert_once", "condition", { do: "warn", condition: 0, isFatal: false }],
    ["lockdep_set_class lockdep_set_subclass", "lock key", NOTHING2, { simplified: CLASSES }],
    ["lockdep_set_novalidate_class", "lock", NOTHING2],
    ["lockdep_set_class_and_name", "lock key name", NOTHING2, { simplified: CLASSES }],
    ["lockdep_off lockdep_on", "", NOTHING2],
    ["lockdep_register_key lockdep_unregister_key", "key", NOTHING2, { simplified: CLASSES }],
    ["lockdep_init_map", "map name key subclass", NOTHING2, { simplified: CLASSES }],
    ["lock_map_acquire lock_map_acquire_read lock_map_release", "map", NOTHING2],
    ["lockdep_assert_irqs_disabled lockdep_assert_irqs_enabled lockdep_assert_in_irq", "", NOTHING2],
    ["lockdep_assert_preemption_disabled lockdep_assert_preemption_enabled", "", NOTHING2],
    ["lockdep_assert_none_held_once lockdep_assert_no_hardirq", "", NOTHING2],
    ["lockdep_pin_lock", "lock", NOTHING2],
    ["lockdep_unpin_lock", "lock cookie", NOTHING2],
    ["might_lock might_lock_read", "lock", { do: "sleeps" }, SLEEPS],
    ["might_lock_nested", "lock subclass", { do: "sleeps" }, SLEEPS]
  ]),
  ...primitives("include/linux/irqflags.h", [
    ["local_irq_disable", "", { do: "preempt", what: "off", isIrq: true }],
    ["local_irq_enable", "", { do: "preempt", what: "on", isIrq: true }],
    ["local_irq_save", "flags", { do: "preempt", what: "off", isIrq: true }],
    ["local_irq_restore", "flags", { do: "preempt", what: "on", isIrq: true }],
    ["irqs_disabled", "", { do: "fresh" }, BOOL]
  ]),
  ...primitives("include/linux/preempt.h", [
    ["preempt_disable preempt_disable_notrace", "", { do: "preempt", what: "off", isIrq: false }],
    ["preempt_enable preempt_enable_notrace", "", { do: "preempt", what: "on", isIrq: false }],
    ["migrate_disable migrate_enable", "", NOTHING2],
    ["in_interrupt in_atomic in_task in_irq in_softirq in_hardirq", "", { do: "fresh" }, INTEGER]
  ]),
  ...primitives("include/linux/bottom_half.h", [
    ["local_bh_disable", "", { do: "preempt", what: "off", isIrq: false }],
    ["local_bh_enable", "", { do: "preempt", what: "on", isIrq: false }]
  ])
];

// server/src/sim/kernel/memory.table.ts
var alloc = (lifetime, fill, size2 = [], copies) => copies === void 0 ? { do: "alloc", lifetime, fill, size: size2 } : { do: "alloc", lifetime, fill, size: size2, copies };
var free2 = (lifetime, what = 0) => ({ do: "free", what, lifetime });
var freeArray = (lifetime, what) => ({
  do: "free",
  what,
  lifetime,
  isArray: true
});
var resize = (what, ...size2) => ({ do: "resize", what, size: size2 });
var gfp3 = (number) => ({
  context: { gfp: number },
  returns: "pointer-or-null",
  fails: NO_MEMORY
});
var SLEEPING = { context: "sleeps", returns: "pointer-or-null", fails: NO_MEMORY };
var FROM_USER = {
  context: "sleeps",
  returns: "pointer",
  fails: NO_MEMORY_POINTER,
  simplified: "User memory is always readable: never -EFAULT."
};
var TEXT = "The characters are not known.";
var ONE_CPU = "One object stands for those of all CPUs.";
var MEMORY2 = [
  ...primitives("include/linux/slab.h", [
    ["kmalloc", "size flags", alloc("heap", "undefined", [0]), gfp3(1)],
    ["kzalloc", "size flags", alloc("heap", "zero", [0]), gfp3(1)],
    ["kmalloc_node", "size flags node", alloc("heap", "undefined", [0]), gfp3(1)],
    ["kzalloc_node", "size flags node", alloc("heap", "zero", [0]), gfp3(1)],
    ["kmalloc_array", "n size flags", alloc("heap", "undefined", [0, 1]), gfp3(2)],
    ["kcalloc", "n size flags", alloc("heap", "zero", [0, 1]), gfp3(2)],
    ["kmalloc_array_node", "n size flags node", alloc("heap", "undefined", [0, 1]), gfp3(2)],
    ["kcalloc_node", "n size flags node", alloc("heap", "zero", [0, 1]), gfp3(2)],
    ["kmalloc_obj", "of flags", alloc("heap", "undefined"), gfp3(1)],
    ["kzalloc_obj", "of flags", alloc("heap", "zero"), gfp3(1)],
    ["kmalloc_objs", "of count flags", alloc("heap", "undefined"), gfp3(2)],
    ["kzalloc_objs", "of count flags", alloc("heap", "zero"), gfp3(2)],
    ["krealloc", "object size flags", resize(0, 1), gfp3(2)],
    ["krealloc_array", "object n size flags", resize(0, 1, 2), gfp3(3)],
    ["kvmalloc", "size flags", alloc("heap", "undefined", [0]), gfp3(1)],
    ["kvzalloc", "size flags", alloc("heap", "zero", [0]), gfp3(1)],
    ["kvmalloc_node", "size flags node", alloc("heap", "undefined", [0]), gfp3(1)],
    ["kvzalloc_node", "size flags node", alloc("heap", "zero", [0]), gfp3(1)],
    ["kvmalloc_array", "n size flags", alloc("heap", "undefined", [0, 1]), gfp3(2)],
    ["kvcalloc", "n size flags", alloc("heap", "zero", [0, 1]), gfp3(2)],
    ["kvrealloc", "object size flags", resize(0, 1), gfp3(2)],
    ["kfree kfree_sensitive", "object", free2("heap")],
    ["kvfree", "object", free2("heap"), SLEEPS],
    ["kvfree_sensitive", "object size", free2("heap"), SLEEPS],
    ["kfree_bulk", "count objects", freeArray("heap", 1)],
    ["ksize", "object", PURE, UNSIGNED],
    [
      "kmem_cache_create",
      "name size align flags constructor",
      alloc("heap", "unknown"),
      { ...SLEEPING, simplified: "Constructors are not run." }
    ],
    ["KMEM_CACHE", "of flags", alloc("heap", "unknown"), SLEEPING],
    ["kmem_cache_destroy", "cache", free2("heap"), SLEEPS],
    ["kmem_cache_shrink", "cache", FRESH, { context: "sleeps", returns: "integer" }],
    ["kmem_cache_alloc", "cache flags", alloc("slab", "undefined"), gfp3(1)],
    ["kmem_cache_zalloc", "cache flags", alloc("slab", "zero"), gfp3(1)],
    ["kmem_cache_alloc_node", "cache flags node", alloc("slab", "undefined"), gfp3(1)],
    ["kmem_cache_free", "cache object", free2("slab", 1)],
    ["kmem_cache_free_bulk", "cache count objects", freeArray("slab", 2)],
    [
      "kmem_cache_alloc_bulk",
      "cache flags count objects",
      forget(3),
      {
        context: { gfp: 1 },
        returns: "unsigned",
        fails: { gives: "null", errno: 12 },
        simplified: "The objects are not told apart."
      }
    ]
  ]),
  ...primitives("include/linux/string.h", [
    ["kstrdup kstrdup_const", "text flags", alloc("heap", "unknown", [], 0), { ...gfp3(1), simplified: TEXT }],
    ["kstrndup", "text most flags", alloc("heap", "unknown", [], 0), { ...gfp3(2), simplified: TEXT }],
    ["kmemdup_nul", "text length flags", alloc("heap", "unknown", [], 0), { ...gfp3(2), simplified: TEXT }],
    ["kmemdup", "from size flags", alloc("heap", "undefined", [1], 0), gfp3(2)],
    ["kvmemdup", "from size flags", alloc("heap", "undefined", [1], 0), gfp3(2)],
    ["kmemdup_array", "from count size flags", alloc("heap", "undefined", [1, 2], 0), gfp3(3)],
    ["kfree_const", "text", free2("heap"), { simplified: "Constant strings are freed like others." }],
    ["memdup_user vmemdup_user", "from size", alloc("heap", "unknown", [1]), FROM_USER],
    ["memdup_user_nul", "from size", alloc("heap", "unknown"), FROM_USER],
    ["memdup_array_user vmemdup_array_user", "from count size", alloc("heap", "unknown", [1, 2]), FROM_USER],
    ["strndup_user", "from most", alloc("heap", "unknown"), FROM_USER]
  ]),
  ...primitives("include/linux/sprintf.h", [
    ["kasprintf", "flags format", alloc("heap", "unknown"), { ...gfp3(0), simplified: TEXT }],
    ["kvasprintf", "flags format list", alloc("heap", "unknown"), { ...gfp3(0), simplified: TEXT }],
    ["kvasprintf_const", "flags format list", alloc("heap", "unknown"), { ...gfp3(0), simplified: TEXT }]
  ]),
  ...primitives("include/linux/rcupdate.h", [
    ["kfree_rcu kvfree_rcu", "object member", { do: "rcu", what: "free", object: 0 }],
    ["kfree_rcu_mightsleep kvfree_rcu_mightsleep", "object", { do: "rcu", what: "free", object: 0 }, SLEEPS]
  ]),
  ...primitives("include/linux/vmalloc.h", [
    ["vmalloc vmalloc_user vmalloc_32", "size", alloc("heap", "undefined", [0]), SLEEPING],
    ["vzalloc", "size", alloc("heap", "zero", [0]), SLEEPING],
    ["vmalloc_node", "size node", alloc("heap", "undefined", [0]), SLEEPING],
    ["vzalloc_node", "size node", alloc("heap", "zero", [0]), SLEEPING],
    ["vmalloc_array", "n size", alloc("heap", "undefined", [0, 1]), SLEEPING],
    ["vcalloc", "n size", alloc("heap", "zero", [0, 1]), SLEEPING],
    ["vfree", "object", free2("heap"), SLEEPS],
    ["vfree_atomic", "object", free2("heap")],
    ["vmap", "pages count flags protection", alloc("heap", "unknown"), SLEEPING],
    ["vunmap", "object", free2("heap"), SLEEPS]
  ]),
  ...primitives("include/linux/mm.h", [
    ["is_vmalloc_addr", "object", PURE, { returns: "bool" }],
    ["vmalloc_to_page", "object", argument(0), { ...POINTER, simplified: "A page is the memory in it." }],
    ["get_page", "page", hold("page")],
    ["folio_get", "folio", hold("page")],
    ["put_page", "page", release("page")],
    ["folio_put", "folio", release("page")],
    ["split_page", "page order", NOTHING2]
  ]),
  ...primitives("include/linux/gfp.h", [
    ["alloc_pages", "flags order", alloc("page", "undefined"), gfp3(0)],
    ["alloc_page", "flags", alloc("page", "undefined"), gfp3(0)],
    ["alloc_pages_node __alloc_pages_node", "node flags order", alloc("page", "undefined"), gfp3(1)],
    ["folio_alloc", "flags order", alloc("page", "undefined"), gfp3(0)],
    ["__get_free_pages", "flags order", alloc("page", "undefined"), gfp3(0)],
    ["__get_free_page", "flags", alloc("page", "undefined"), gfp3(0)],
    ["__get_dma_pages", "flags order", alloc("page", "undefined"), gfp3(0)],
    ["get_zeroed_page", "flags", alloc("page", "zero"), gfp3(0)],
    ["alloc_pages_exact", "size flags", alloc("page", "undefined", [0]), gfp3(1)],
    ["free_pages_exact", "address size", free2("page")],
    ["__free_pages", "page order", free2("page")],
    ["__free_page", "page", free2("page")],
    ["free_pages", "address order", free2("page")],
    ["free_page", "address", free2("page")],
    [
      "alloc_pages_bulk_array alloc_pages_bulk",
      "flags count pages",
      forget(2),
      { context: { gfp: 0 }, returns: "unsigned", simplified: "The pages are not told apart." }
    ],
    ["gfpflags_allow_blocking", "flags", PURE, { returns: "bool" }]
  ]),
  ...primitives("include/linux/percpu.h", [
    ["alloc_percpu", "type", alloc("heap", "zero"), { ...SLEEPING, simplified: ONE_CPU }],
    ["alloc_percpu_gfp", "type flags", alloc("heap", "zero"), { ...gfp3(1), simplified: ONE_CPU }],
    ["__alloc_percpu", "size align", alloc("heap", "zero", [0]), { ...SLEEPING, simplified: ONE_CPU }],
    [
      "__alloc_percpu_gfp",
      "size align flags",
      alloc("heap", "zero", [0]),
      { ...gfp3(2), simplified: ONE_CPU }
    ],
    ["free_percpu", "object", free2("heap")]
  ]),
  ...primitives("include/linux/device.h", [
    ["devm_kmalloc", "device size flags", alloc("managed", "undefined", [1]), gfp3(2)],
    [
      "devm_krealloc",
      "device object size flags",
      alloc("managed", "unknown", [2]),
      { ...gfp3(3), simplified: "The old memory stays until the device is unbound." }
    ],
    ["devm_kmemdup", "device from size flags", alloc("managed", "undefined", [2], 1), gfp3(3)],
    ["devm_kasprintf", "device flags format", alloc("managed", "unknown"), { ...gfp3(1), simplified: TEXT }],
    ["devm_alloc_percpu", "device type", alloc("managed", "zero"), { ...SLEEPING, simplified: ONE_CPU }],
    [
      "devm_add_action",
      "device action data",
      { do: "managed", action: 1, data: 2 },
      { context: "sleeps", returns: "errno", fails: NO_MEMORY_ERRNO, mustCheck: true }
    ],
    [
      "devm_add_action_or_reset",
      "device action data",
      { do: "managed", action: 1, data: 2 },
      {
        context: "sleeps",
        returns: "errno",
        fails: NO_MEMORY_ERRNO,
        simplified: "When it fails the action is not run at once."
      }
    ],
    ["devm_remove_action devm_release_action", "device action data", NOTHING2, SLEEPS]
  ]),
  ...primitives("include/linux/device/devres.h", [
    ["devm_kzalloc", "device size flags", alloc("managed", "zero", [1]), gfp3(2)],
    ["devm_kmalloc_array", "device n size flags", alloc("managed", "undefined", [1, 2]), gfp3(3)],
    ["devm_kcalloc", "device n size flags", alloc("managed", "zero", [1, 2]), gfp3(3)],
    [
      "devm_kstrdup devm_kstrdup_const",
      "device text flags",
      alloc("managed", "unknown"),
      { ...gfp3(2), simplified: TEXT }
    ],
    ["devm_get_free_pages", "device flags order", alloc("managed", "undefined"), gfp3(1)],
    ["devm_kfree", "device object", free2("managed", 1)],
    ["devm_free_pages", "device address", free2("managed", 1)]
  ]),
  ...primitives("include/linux/kmemleak.h", [
    ["kmemleak_alloc", "object size count flags", NOTHING2],
    ["kmemleak_free kmemleak_ignore kmemleak_not_leak kmemleak_transient_leak", "object", NOTHING2]
  ])
];

// server/src/sim/kernel/messages.table.ts
var warn = (condition) => ({ do: "warn", condition, isFatal: false });
var fatal = (condition) => ({ do: "warn", condition, isFatal: true });
var MESSAGES = [
  ...primitives("include/asm-generic/bug.h", [
    ["WARN_ON WARN_ON_ONCE", "condition", warn(0), BOOL],
    ["WARN WARN_ONCE", "condition format", warn(0), BOOL],
    ["WARN_TAINT WARN_TAINT_ONCE", "condition taint format", warn(0), BOOL],
    ["BUG_ON", "condition", fatal(0)],
    ["BUG", "", fatal(null)]
  ]),
  ...primitives("include/linux/ratelimit.h", [
    ["WARN_RATELIMIT", "condition format", warn(0), BOOL],
    ["ratelimit_default_init", "state", NOTHING2],
    ["ratelimit_state_init", "state interval burst", NOTHING2]
  ]),
  ...primitives("include/linux/build_bug.h", [
    ["BUILD_BUG_ON_ZERO", "condition", constant(0), INTEGER],
    ["BUILD_BUG_ON_NOT_POWER_OF_2", "value", NOTHING2]
  ]),
  ...primitives("include/linux/mmdebug.h", [
    ["VM_WARN_ON VM_WARN_ON_ONCE", "condition", warn(0), BOOL],
    ["VM_BUG_ON", "condition", fatal(0)]
  ]),
  ...primitives("include/linux/dev_printk.h", [
    ["dev_WARN", "device format", warn(null)],
    ["dev_WARN_ONCE", "device condition format", warn(1), BOOL],
    [
      "dev_emerg dev_alert dev_crit dev_err dev_warn dev_notice dev_info dev_dbg dev_vdbg",
      "device format",
      NOTHING2
    ],
    ["dev_emerg_once dev_alert_once dev_crit_once dev_err_once dev_warn_once", "device format", NOTHING2],
    ["dev_notice_once dev_info_once dev_dbg_once", "device format", NOTHING2],
    ["dev_emerg_ratelimited dev_alert_ratelimited dev_crit_ratelimited", "device format", NOTHING2],
    ["dev_err_ratelimited dev_warn_ratelimited dev_notice_ratelimited", "device format", NOTHING2],
    ["dev_info_ratelimited dev_dbg_ratelimited dev_vdbg_ratelimited", "device format", NOTHING2],
    ["dev_printk", "level device format", NOTHING2],
    ["dev_err_probe dev_warn_probe", "device error format", argument(1), { returns: "errno" }],
    [
      "dev_err_ptr_probe",
      "device error format",
      argument(1),
      { ...POINTER, simplified: "The error is not made a pointer." }
    ]
  ]),
  ...primitives("include/linux/printk.h", [
    ["printk printk_once printk_ratelimited printk_deferred _printk", "format", NOTHING2, INTEGER],
    [
      "pr_emerg pr_alert pr_crit pr_err pr_warn pr_notice pr_info pr_cont pr_debug pr_devel",
      "format",
      NOTHING2
    ],
    ["pr_emerg_once pr_alert_once pr_crit_once pr_err_once pr_warn_once", "format", NOTHING2],
    ["pr_notice_once pr_info_once pr_debug_once pr_devel_once", "format", NOTHING2],
    ["pr_emerg_ratelimited pr_alert_ratelimited pr_crit_ratelimited pr_err_ratelimited", "format", NOTHING2],
    ["pr_warn_ratelimited pr_notice_ratelimited pr_info_ratelimited pr_debug_ratelimited", "format", NOTHING2],
    ["apic_pr_verbose apic_pr_debug", "format", NOTHING2],
    ["print_hex_dump", "level prefix type row group buffer length ascii", NOTHING2],
    ["print_hex_dump_debug", "prefix type row group buffer length ascii", NOTHING2],
    ["print_hex_dump_bytes", "prefix type buffer length", NOTHING2],
    ["dump_stack", "", NOTHING2],
    ["printk_ratelimit", "", constant(1), INTEGER]
  ]),
  ...primitives("include/linux/kernel.h", [
    ["trace_dump_stack", "skip", NOTHING2],
    ["trace_printk", "format", NOTHING2]
  ]),
  ...primitives("include/linux/panic.h", [
    ["panic", "format", { do: "stop" }],
    ["add_taint", "flag lockdep", NOTHING2]
  ]),
  ...primitives("include/linux/pci.h", [
    ["pci_printk", "level device format", NOTHING2],
    ["pci_emerg pci_alert pci_crit pci_err pci_warn pci_notice pci_info pci_dbg", "device format", NOTHING2],
    [
      "pci_err_ratelimited pci_warn_ratelimited pci_notice_ratelimited pci_info_ratelimited",
      "device format",
      NOTHING2
    ],
    ["pci_info_once pci_notice_once pci_warn_once", "device format", NOTHING2],
    ["pci_WARN pci_WARN_ONCE", "device condition format", warn(1), BOOL]
  ]),
  ...primitives("include/linux/ratelimit_types.h", [
    ["__ratelimit", "state", constant(1), { ...INTEGER, simplified: "Never limits." }],
    ["DEFINE_RATELIMIT_STATE", "name interval burst", NOTHING2]
  ]),
  ...primitives("include/linux/seq_file.h", [
    ["seq_printf", "file format", NOTHING2],
    ["seq_vprintf", "file format list", NOTHING2],
    ["seq_puts", "file text", NOTHING2],
    ["seq_putc", "file character", NOTHING2],
    ["seq_write", "file data length", NOTHING2, INTEGER],
    ["seq_has_overflowed", "file", constant(0), BOOL]
  ]),
  ...primitives("include/trace/events/iommu.h", [
    ["trace_add_device_to_group trace_remove_device_from_group", "group device", NOTHING2],
    ["trace_attach_device_to_domain trace_detach_device_from_domain", "device", NOTHING2],
    ["trace_map", "iova physical size", NOTHING2],
    ["trace_unmap", "iova size unmapped", NOTHING2],
    ["trace_io_page_fault", "device iova flags", NOTHING2],
    ["trace_swiotlb_bounced", "device address size", NOTHING2]
  ]),
  ...primitives("drivers/iommu/intel/trace.h", [
    ["trace_cache_tag_assign trace_cache_tag_unassign", "tag", NOTHING2],
    ["trace_cache_tag_flush_all", "tag", NOTHING2],
    [
      "trace_cache_tag_flush_range trace_cache_tag_flush_range_np",
      "tag first last address pages mask",
      NOTHING2
    ],
    ["trace_qi_submit", "iommu first second third fourth", NOTHING2],
    ["trace_prq_report", "iommu device first second third fourth fifth", NOTHING2]
  ]),
  ...primitives("include/kunit/test.h", [
    [
      "KUNIT_EXPECT_EQ KUNIT_EXPECT_NE KUNIT_EXPECT_GE KUNIT_EXPECT_LE KUNIT_ASSERT_EQ",
      "test left right",
      NOTHING2
    ],
    ["KUNIT_EXPECT_GT KUNIT_EXPECT_LT KUNIT_ASSERT_NE KUNIT_EXPECT_PTR_EQ", "test left right", NOTHING2],
    ["KUNIT_EXPECT_TRUE KUNIT_EXPECT_FALSE KUNIT_ASSERT_TRUE KUNIT_ASSERT_FALSE", "test condition", NOTHING2],
    ["KUNIT_ASSERT_NOT_NULL KUNIT_EXPECT_NOT_NULL KUNIT_EXPECT_NULL", "test pointer", NOTHING2],
    ["KUNIT_ASSERT_NOT_ERR_OR_NULL", "test pointer", NOTHING2],
    ["KUNIT_EXPECT_MEMEQ", "test left right size", NOTHING2],
    ["KUNIT_FAIL", "test format", NOTHING2],
    ["KUNIT_CASE", "function", NOTHING2]
  ])
];

// server/src/sim/kernel/references.table.ts
var count = (what, of = 0) => ({
  do: "count",
  what,
  of,
  isRefcount: true
});
var countPlain = (what, of) => ({
  do: "count",
  what,
  of,
  isRefcount: false
});
var CHECKED2 = { returns: "bool", mustCheck: true };
var MANY = "How many references is not followed: the counter becomes unknown.";
var USERS = member2(0, "struct mm_struct", "mm_users");
var COUNT = member2(0, "struct mm_struct", "mm_count");
var UNCOUNTED = "The reference that comes with it is not counted.";
var putWithRelease = { do: "count", what: "put-and-release", of: 0, release: 1, isRefcount: true };
var REFERENCES = [
  ...primitives("include/linux/refcount.h", [
    [
      "refcount_set",
      "counter value",
      { do: "count", what: "set", of: 0, to: { argument: 1 }, isRefcount: true }
    ],
    ["refcount_read", "counter", count("read"), INTEGER],
    ["refcount_inc", "counter", count("get")],
    ["refcount_inc_not_zero", "counter", count("get-unless-zero"), CHECKED2],
    ["refcount_dec", "counter", count("put")],
    ["refcount_dec_and_test", "counter", count("put-and-test"), CHECKED2],
    ["refcount_dec_not_one", "counter", count("put-unless-last"), CHECKED2],
    ["refcount_dec_if_one", "counter", count("put-if-last"), CHECKED2],
    ["refcount_add", "number counter", forget(1), { simplified: MANY }],
    ["refcount_add_not_zero", "number counter", forget(1), { ...CHECKED2, simplified: MANY }],
    ["refcount_sub_and_test", "number counter", forget(1), { ...CHECKED2, simplified: MANY }],
    ["REFCOUNT_INIT", "value", argument(0), INTEGER]
  ]),
  ...primitives("include/linux/kref.h", [
    ["kref_init", "kref", { do: "count", what: "set", of: 0, to: { value: 1 }, isRefcount: true }],
    ["kref_read", "kref", count("read"), INTEGER],
    ["kref_get", "kref", count("get")],
    ["kref_get_unless_zero", "kref", count("get-unless-zero"), CHECKED2],
    ["kref_put", "kref release", putWithRelease, INTEGER],
    [
      "kref_put_mutex kref_put_lock",
      "kref release lock",
      putWithRelease,
      { ...INTEGER, simplified: "The lock is not taken: the release function finds it held at its entry." }
    ],
    ["KREF_INIT", "value", argument(0), INTEGER]
  ]),
  ...primitives("include/linux/sched/mm.h", [
    ["mmget", "mm", countPlain("get", USERS)],
    ["mmget_not_zero", "mm", countPlain("get-unless-zero", USERS), CHECKED2],
    ["mmput", "mm", { do: "mm-put" }, { context: "sleeps" }],
    ["mmput_async", "mm", { do: "mm-put" }, { simplified: "Tears down at once." }],
    ["mmgrab", "mm", countPlain("get", COUNT)],
    ["mmdrop", "mm", { do: "mm-drop" }],
    ["get_task_mm", "task", FRESH, { ...POINTER_OR_NULL, simplified: UNCOUNTED }],
    [
      "mm_access",
      "task mode",
      FRESH,
      { context: "sleeps", returns: "pointer-or-null", simplified: UNCOUNTED }
    ]
  ]),
  ...primitives("include/linux/sched/task.h", [
    ["get_task_struct", "task", hold("task"), POINTER],
    ["put_task_struct", "task", release("task")]
  ]),
  ...primitives("include/linux/sched.h", [
    ["find_get_task_by_vpid", "number", find("task"), POINTER_OR_NULL]
  ]),
  ...primitives("include/linux/pid.h", [
    ["get_pid", "pid", hold("pid"), POINTER],
    ["put_pid", "pid", release("pid")],
    ["get_task_pid", "task type", find("pid"), POINTER_OR_NULL],
    ["find_get_pid", "number", find("pid"), POINTER_OR_NULL],
    ["get_pid_task", "pid type", find("task"), POINTER_OR_NULL],
    ["task_pid_nr task_tgid_nr", "task", PURE, INTEGER]
  ]),
  ...primitives("include/linux/sched/user.h", [
    ["get_uid", "user", hold("user"), POINTER],
    ["free_uid", "user", release("user")]
  ]),
  ...primitives("include/linux/device.h", [
    ["get_device", "device", hold("device"), POINTER_OR_NULL],
    ["put_device", "device", release("device")],
    ["device_find_child", "parent data match", find("device"), POINTER_OR_NULL],
    ["device_find_child_by_name", "parent name", find("device"), POINTER_OR_NULL],
    ["get_dev_from_fwnode", "fwnode", find("device"), POINTER_OR_NULL],
    [
      "device_initialize",
      "device",
      OPAQUE,
      {
        startsCounting: true,
        simplified: "The object counts as handed over: the last put_device() frees it unseen."
      }
    ]
  ]),
  ...primitives("include/linux/device/bus.h", [
    ["bus_find_device", "set start data match", find("device"), POINTER_OR_NULL],
    ["bus_find_device_by_name", "bus start name", find("device"), POINTER_OR_NULL],
    ["bus_find_device_by_fwnode", "set fwnode", find("device"), POINTER_OR_NULL],
    ["bus_find_device_by_of_node", "set node", find("device"), POINTER_OR_NULL]
  ]),
  ...primitives("include/linux/device/driver.h", [
    ["driver_find_device", "set start data match", find("device"), POINTER_OR_NULL],
    ["driver_find_device_by_fwnode", "set fwnode", find("device"), POINTER_OR_NULL],
    ["driver_find_device_by_of_node", "set node", find("device"), POINTER_OR_NULL]
  ]),
  ...primitives("include/linux/device/class.h", [
    ["class_find_device", "set start data match", find("device"), POINTER_OR_NULL],
    ["class_find_device_by_name class_find_device_by_of_node", "class key", find("device"), POINTER_OR_NULL]
  ]),
  ...primitives("include/linux/pci.h", [
    ["pci_dev_get", "device", hold("device"), POINTER_OR_NULL],
    ["pci_dev_put", "device", release("device")],
    ["pci_get_domain_bus_and_slot", "domain bus devfn", find("device"), POINTER_OR_NULL],
    ["pci_get_slot", "bus devfn", find("device"), POINTER_OR_NULL],
    ["pci_get_device", "vendor device from", FRESH, { ...POINTER_OR_NULL, simplified: UNCOUNTED }],
    ["pci_get_class pci_get_base_class", "class from", FRESH, { ...POINTER_OR_NULL, simplified: UNCOUNTED }],
    [
      "pci_get_subsys",
      "vendor device subvendor subdevice from",
      FRESH,
      { ...POINTER_OR_NULL, simplified: UNCOUNTED }
    ]
  ]),
  ...primitives("include/linux/platform_device.h", [["platform_device_put", "device", release("device")]]),
  ...primitives("include/linux/of_platform.h", [
    ["of_find_device_by_node", "node", find("device"), POINTER_OR_NULL]
  ]),
  ...primitives("include/linux/of.h", [
    ["of_node_get", "node", hold("of_node"), POINTER_OR_NULL],
    ["of_node_put", "node", release("of_node")],
    ["of_get_parent", "node", find("of_node"), POINTER_OR_NULL],
    ["of_get_child_by_name of_get_compatible_child", "node name", find("of_node"), POINTER_OR_NULL],
    ["of_find_node_by_path of_find_node_by_phandle", "path", find("of_node"), POINTER_OR_NULL],
    ["of_get_cpu_node", "cpu thread", find("of_node"), POINTER_OR_NULL],
    ["of_cpu_device_node_get", "cpu", find("of_node"), POINTER_OR_NULL],
    [
      "of_find_matching_node of_find_node_by_name of_find_node_by_type of_find_node_with_property",
      "from what",
      find("of_node"),
      { ...POINTER_OR_NULL, simplified: "The node to begin at is not put." }
    ],
    [
      "of_find_compatible_node",
      "from type compatible",
      find("of_node"),
      { ...POINTER_OR_NULL, simplified: "The node to begin at is not put." }
    ],
    [
      "of_get_next_child of_get_next_available_child",
      "parent from",
      FRESH,
      { ...POINTER_OR_NULL, simplified: UNCOUNTED }
    ],
    ["of_get_next_parent", "node", FRESH, { ...POINTER_OR_NULL, simplified: UNCOUNTED }],
    ["of_parse_phandle", "node name index", find("of_node"), POINTER_OR_NULL],
    [
      "of_parse_phandle_with_args",
      "node list cells index out",
      forget(4),
      { ...mayFail("ENOENT"), simplified: UNCOUNTED }
    ],
    [
      "of_parse_phandle_with_fixed_args",
      "node list count index out",
      forget(4),
      { ...mayFail("ENOENT"), simplified: UNCOUNTED }
    ]
  ]),
  ...primitives("include/linux/property.h", [
    ["fwnode_handle_get", "fwnode", hold("fwnode"), POINTER_OR_NULL],
    ["fwnode_handle_put", "fwnode", release("fwnode")],
    ["fwnode_get_parent", "fwnode", find("fwnode"), POINTER_OR_NULL],
    [
      "fwnode_find_reference",
      "fwnode name index",
      find("fwnode"),
      { ...POINTER, fails: failsWith("ENOENT", "error-pointer") }
    ]
  ]),
  ...primitives("include/linux/kobject.h", [
    ["kobject_get", "kobject", hold("kobject"), POINTER_OR_NULL],
    [
      "kobject_get_unless_zero",
      "kobject",
      hold("kobject"),
      { ...POINTER_OR_NULL, mustCheck: true, fails: failsWith("ENOENT", "null") }
    ],
    ["kobject_put", "kobject", release("kobject")],
    [
      "kobject_init",
      "kobject type",
      OPAQUE,
      { startsCounting: true, simplified: "The last kobject_put() frees the object unseen." }
    ],
    [
      "kobject_init_and_add",
      "kobject type parent format",
      OPAQUE,
      {
        ...sleepsAndMayFail("ENOMEM"),
        startsCounting: true,
        simplified: "The last kobject_put() frees the object unseen."
      }
    ],
    [
      "kobject_create_and_add",
      "name parent",
      find("kobject"),
      { context: "sleeps", returns: "pointer-or-null", fails: NO_MEMORY }
    ],
    ["kobject_add", "kobject parent format", OPAQUE, sleepsAndMayFail("ENOMEM")],
    ["kobject_set_name", "kobject format", OPAQUE, sleepsAndMayFail("ENOMEM")],
    ["kobject_set_name_vargs", "kobject format list", OPAQUE, sleepsAndMayFail("ENOMEM")],
    ["kobject_rename", "kobject name", OPAQUE, sleepsAndMayFail("ENOMEM")],
    ["kobject_del kset_unregister", "kobject", OPAQUE, { context: "sleeps" }],
    ["kobject_uevent", "kobject action", NOTHING2, { context: "sleeps", returns: "errno" }],
    ["kobject_uevent_env", "kobject action environment", NOTHING2, { context: "sleeps", returns: "errno" }],
    ["kobject_name", "kobject", PURE, POINTER],
    [
      "kset_create_and_add",
      "name operations parent",
      find("kobject"),
      { context: "sleeps", returns: "pointer-or-null", fails: NO_MEMORY }
    ]
  ]),
  ...primitives("include/linux/file.h", [
    ["fget fget_raw", "number", find("file"), POINTER_OR_NULL],
    ["fput __fput_sync", "file", release("file")],
    ["fdget fdget_raw", "number", OPAQUE, { simplified: UNCOUNTED }],
    ["fdput", "fd", NOTHING2, { simplified: UNCOUNTED }],
    ["fd_file", "fd", PURE, POINTER_OR_NULL],
    ["fd_install", "number file", OPAQUE],
    ["get_unused_fd_flags", "flags", FRESH, { returns: "id", fails: failsWith("EMFILE") }],
    ["put_unused_fd", "number", NOTHING2]
  ]),
  ...primitives("include/linux/fs.h", [
    ["get_file", "file", hold("file"), POINTER],
    ["iput", "inode", release("inode"), { context: "sleeps" }],
    ["igrab", "inode", hold("inode"), POINTER_OR_NULL],
    ["stream_open nonseekable_open", "inode file", constant(0), { returns: "errno" }],
    [
      "alloc_anon_inode",
      "superblock",
      find("inode"),
      { ...POINTER, context: "sleeps", fails: failsWith("ENOMEM", "error-pointer") }
    ]
  ]),
  ...primitives("include/linux/anon_inodes.h", [
    [
      "anon_inode_getfile",
      "name operations data flags",
      find("file"),
      { context: "sleeps", returns: "pointer", fails: failsWith("ENOMEM", "error-pointer") }
    ],
    [
      "anon_inode_getfd",
      "name operations data flags",
      OPAQUE,
      { context: "sleeps", returns: "id", fails: failsWith("ENOMEM") }
    ]
  ]),
  ...primitives("include/linux/eventfd.h", [
    [
      "eventfd_ctx_fdget",
      "number",
      find("eventfd"),
      { ...POINTER, fails: failsWith("EINVAL", "error-pointer") }
    ],
    [
      "eventfd_ctx_fileget",
      "file",
      find("eventfd"),
      { ...POINTER, fails: failsWith("EINVAL", "error-pointer") }
    ],
    ["eventfd_ctx_put", "context", release("eventfd")],
    ["eventfd_signal", "context", NOTHING2],
    ["eventfd_signal_mask", "context mask", NOTHING2],
    ["eventfd_ctx_do_read", "context count", forget(1)],
    ["eventfd_ctx_remove_wait_queue", "context wait count", forget(2), mayFail("EAGAIN")]
  ]),
  ...primitives("include/linux/module.h", [
    [
      "try_module_get",
      "module",
      hold("module"),
      { returns: "bool", mustCheck: true, fails: failsWith("ENODEV", "false") }
    ],
    ["__module_get", "module", hold("module")],
    ["module_put", "module", release("module")],
    ["symbol_get", "name", FRESH, { ...POINTER_OR_NULL, context: "sleeps" }],
    ["symbol_request", "name", FRESH, { ...POINTER_OR_NULL, context: "sleeps" }],
    ["symbol_put", "name", NOTHING2]
  ]),
  ...primitives("include/linux/percpu-refcount.h", [
    ["percpu_ref_init", "counter release flags gfp", OPAQUE, { ...mayFail("ENOMEM"), context: { gfp: 3 } }],
    ["percpu_ref_get", "counter", hold("percpu_ref")],
    [
      "percpu_ref_tryget percpu_ref_tryget_live",
      "counter",
      hold("percpu_ref"),
      { returns: "bool", mustCheck: true, fails: failsWith("ENODEV", "false") }
    ],
    [
      "percpu_ref_put",
      "counter",
      release("percpu_ref"),
      { simplified: "The release function is not called." }
    ],
    ["percpu_ref_kill percpu_ref_reinit percpu_ref_resurrect", "counter", OPAQUE],
    ["percpu_ref_exit", "counter", NOTHING2],
    ["percpu_ref_is_dying percpu_ref_is_zero", "counter", FRESH, BOOL]
  ]),
  ...primitives("include/linux/dma-fence.h", [
    ["dma_fence_get", "fence", hold("dma_fence"), POINTER_OR_NULL],
    ["dma_fence_put", "fence", release("dma_fence")],
    ["dma_fence_wait", "fence interruptible", OPAQUE, sleepsAndMayFail("ERESTARTSYS")],
    [
      "dma_fence_wait_timeout",
      "fence interruptible timeout",
      OPAQUE,
      { context: "sleeps", returns: "integer" }
    ],
    ["dma_fence_signal", "fence", OPAQUE, INTEGER],
    ["dma_fence_is_signaled", "fence", FRESH, BOOL]
  ])
];

// server/src/sim/kernel/simulated.table.ts
var does = (what) => ({ do: "simulated", what });
var SIMULATED = primitives("server/simulated/kernel.h", [
  ["simulated_begin", "what device mm", does("begin")],
  ["simulated_end", "result wants", does("end")],
  ["simulated_member", "group device pasids", does("member")],
  ["simulated_made", "domain instance", does("made")],
  ["simulated_program", "device pasid domain instance", does("program")],
  ["simulated_block", "device pasid", does("block")],
  ["simulated_refuse", "device domain", does("refuse")],
  ["simulated_foreign", "device domain", does("foreign")],
  ["simulated_domain", "device pasid", does("domain"), POINTER_OR_NULL],
  ["simulated_pasid", "device", does("pasid"), UNSIGNED],
  ["simulated_ask", "device group", does("ask")],
  ["simulated_answer", "device group", does("answer")],
  ["simulated_gone", "mm", does("gone")],
  ["simulated_command", "", SUCCEEDS, mayFail("ENOMEM")]
]);

// server/src/sim/kernel/work.table.ts
var work = (what, of = 0) => ({ do: "work", what, work: of });
var bind3 = (of, to) => ({ do: "work", what: "init", work: of, function: to });
var afterGrace = (head, to) => ({
  do: "work",
  what: "call-rcu",
  work: head,
  function: to
});
var wait = (what, on = 0) => ({ do: "wait", what, on });
var rcu = (what) => ({ do: "rcu", what });
var notifier = (what, of = 0, mm) => mm === void 0 ? { do: "notifier", what, notifier: of } : { do: "notifier", what, notifier: of, mm };
var srcu = (verb) => ({
  do: verb,
  lock: 0,
  kind: "srcu",
  mode: "shared",
  irq: false
});
var PENDING = { returns: "bool" };
var SLEEPS_BOOL = { context: "sleeps", returns: "bool" };
var LATER = "Delays are not kept: it may run at once.";
var ATOMIC = "The handler runs like work, where it may sleep.";
var ONCE2 = "The condition is looked at once, as it was when the call was made.";
var QUEUE = {
  context: "sleeps",
  returns: "pointer-or-null",
  fails: NO_MEMORY,
  simplified: "A queue that is never destroyed is not noticed."
};
var THREAD = {
  context: "sleeps",
  returns: "pointer",
  fails: failsWith("ENOMEM", "error-pointer"),
  simplified: "The thread does not run."
};
var READERS2 = "Waits for no reader: the read sections of this domain are only balanced.";
var queue = { do: "alloc", lifetime: "managed", fill: "unknown", size: [] };
var WORK = [
  ...primitives("include/linux/workqueue.h", [
    ["INIT_WORK INIT_WORK_ONSTACK INIT_DELAYED_WORK INIT_DELAYED_WORK_ONSTACK", "work function", bind3(0, 1)],
    ["INIT_DEFERRABLE_WORK INIT_RCU_WORK", "work function", bind3(0, 1)],
    ["destroy_work_on_stack destroy_delayed_work_on_stack", "work", NOTHING2],
    ["queue_work", "queue work", work("queue", 1), PENDING],
    ["queue_work_on queue_work_node", "cpu queue work", work("queue", 2), PENDING],
    [
      "queue_delayed_work mod_delayed_work",
      "queue work delay",
      work("queue", 1),
      { ...PENDING, simplified: LATER }
    ],
    [
      "queue_delayed_work_on mod_delayed_work_on",
      "cpu queue work delay",
      work("queue", 2),
      { ...PENDING, simplified: LATER }
    ],
    [
      "queue_rcu_work",
      "queue work",
      work("queue", 1),
      { ...PENDING, simplified: "Waits for no grace period." }
    ],
    ["schedule_work", "work", work("queue"), PENDING],
    ["schedule_work_on", "cpu work", work("queue", 1), PENDING],
    ["schedule_delayed_work", "work delay", work("queue"), { ...PENDING, simplified: LATER }],
    ["schedule_delayed_work_on", "cpu work delay", work("queue", 1), { ...PENDING, simplified: LATER }],
    ["flush_work flush_delayed_work flush_rcu_work", "work", work("flush"), SLEEPS_BOOL],
    ["flush_workqueue drain_workqueue", "queue", work("flush-all"), SLEEPS],
    [
      "destroy_workqueue",
      "queue",
      work("flush-all"),
      { ...SLEEPS, simplified: "The queue may be used again." }
    ],
    ["cancel_work cancel_delayed_work disable_work disable_delayed_work", "work", work("cancel"), BOOL],
    ["cancel_work_sync cancel_delayed_work_sync", "work", work("cancel-sync"), SLEEPS_BOOL],
    [
      "disable_work_sync disable_delayed_work_sync",
      "work",
      work("cancel-sync"),
      { ...SLEEPS_BOOL, simplified: "It may be queued again." }
    ],
    ["enable_work enable_delayed_work", "work", constant(1), BOOL],
    ["work_pending delayed_work_pending", "work", FRESH, BOOL],
    ["work_busy", "work", FRESH, UNSIGNED],
    ["alloc_workqueue alloc_ordered_workqueue", "format flags most", queue, QUEUE],
    ["create_workqueue create_singlethread_workqueue create_freezable_workqueue", "name", queue, QUEUE]
  ]),
  ...primitives("include/linux/timer.h", [
    ["timer_setup timer_setup_on_stack", "timer function flags", bind3(0, 1), { simplified: ATOMIC }],
    ["add_timer", "timer", work("queue"), { simplified: LATER }],
    [
      "mod_timer mod_timer_pending timer_reduce",
      "timer expires",
      work("queue"),
      { ...INTEGER, simplified: LATER }
    ],
    ["add_timer_on", "timer cpu", work("queue"), { simplified: LATER }],
    ["del_timer timer_delete timer_shutdown", "timer", work("cancel"), INTEGER],
    ["del_timer_sync timer_delete_sync timer_shutdown_sync", "timer", work("cancel-sync"), INTEGER],
    ["timer_pending", "timer", FRESH, BOOL],
    [
      "from_timer timer_container_of",
      "variable timer member",
      FRESH,
      { ...POINTER, simplified: "The object is not the one that the timer is in." }
    ]
  ]),
  ...primitives("include/linux/interrupt.h", [
    ["tasklet_setup", "tasklet function", bind3(0, 1), { simplified: ATOMIC }],
    ["tasklet_init", "tasklet function data", OPAQUE, { simplified: "The function does not run." }],
    ["tasklet_schedule tasklet_hi_schedule", "tasklet", work("queue")],
    ["tasklet_kill", "tasklet", work("cancel-sync"), SLEEPS],
    ["tasklet_disable tasklet_enable", "tasklet", NOTHING2]
  ]),
  ...primitives("include/linux/irq_work.h", [
    ["init_irq_work", "work function", bind3(0, 1), { simplified: ATOMIC }],
    ["irq_work_queue", "work", work("queue"), BOOL],
    ["irq_work_sync", "work", work("flush"), SLEEPS]
  ]),
  ...primitives("include/linux/hrtimer.h", [
    ["hrtimer_init", "timer clock mode", NOTHING2, { simplified: "The handler does not run." }],
    ["hrtimer_setup", "timer function clock mode", bind3(0, 1), { simplified: ATOMIC }],
    ["hrtimer_start", "timer time mode", OPAQUE, { simplified: "The handler does not run." }],
    ["hrtimer_cancel hrtimer_try_to_cancel", "timer", FRESH, INTEGER]
  ]),
  ...primitives("include/linux/kthread.h", [
    ["kthread_create kthread_run", "function data format", OPAQUE, THREAD],
    ["kthread_stop", "task", OPAQUE, { context: "sleeps", returns: "integer" }],
    ["kthread_should_stop", "", FRESH, BOOL],
    ["kthread_use_mm kthread_unuse_mm", "mm", NOTHING2, { context: "sleeps" }]
  ]),
  ...primitives("include/linux/sched.h", [
    ["wake_up_process", "task", NOTHING2, INTEGER],
    ["schedule", "", { do: "yield" }, SLEEPS],
    [
      "schedule_timeout schedule_timeout_interruptible schedule_timeout_uninterruptible",
      "timeout",
      FRESH,
      { context: "sleeps", returns: "integer" }
    ],
    ["set_current_state __set_current_state", "state", NOTHING2],
    ["cond_resched", "", { do: "yield" }, { context: "sleeps", returns: "integer" }],
    [
      "cond_resched_lock",
      "lock",
      { do: "yield" },
      { returns: "integer", simplified: "The lock is not dropped." }
    ],
    ["need_resched", "", FRESH, BOOL],
    ["cpu_relax yield", "", { do: "yield" }]
  ]),
  ...primitives("include/linux/completion.h", [
    ["init_completion reinit_completion", "completion", wait("init")],
    ["complete complete_all", "completion", wait("complete")],
    ["wait_for_completion wait_for_completion_io", "completion", wait("wait"), SLEEPS],
    [
      "wait_for_completion_timeout wait_for_completion_io_timeout",
      "completion timeout",
      wait("wait"),
      { context: "sleeps", returns: "unsigned", fails: failsWith("ETIMEDOUT", "null") }
    ],
    [
      "wait_for_completion_interruptible wait_for_completion_killable",
      "completion",
      wait("wait"),
      sleepsAndMayFail("ERESTARTSYS")
    ],
    [
      "wait_for_completion_interruptible_timeout wait_for_completion_killable_timeout",
      "completion timeout",
      wait("wait"),
      { context: "sleeps", returns: "integer", fails: failsWith("ETIMEDOUT", "null") }
    ],
    ["try_wait_for_completion", "completion", wait("try"), BOOL],
    ["completion_done", "completion", FRESH, BOOL]
  ]),
  ...primitives("include/linux/wait.h", [
    ["init_waitqueue_head", "queue", wait("init")],
    ["init_waitqueue_entry", "entry task", NOTHING2],
    ["init_waitqueue_func_entry", "entry function", NOTHING2],
    [
      "wake_up wake_up_all wake_up_interruptible wake_up_interruptible_all wake_up_locked",
      "queue",
      wait("wake")
    ],
    ["wake_up_all_locked wake_up_interruptible_sync", "queue", wait("wake")],
    ["wake_up_nr wake_up_poll wake_up_interruptible_poll wake_up_locked_poll", "queue what", wait("wake")],
    [
      "wait_event wait_event_freezable",
      "queue condition",
      wait("condition", 1),
      { ...SLEEPS, simplified: ONCE2 }
    ],
    [
      "wait_event_interruptible wait_event_killable",
      "queue condition",
      wait("condition", 1),
      { ...sleepsAndMayFail("ERESTARTSYS"), simplified: ONCE2 }
    ],
    [
      "wait_event_timeout wait_event_interruptible_timeout wait_event_killable_timeout",
      "queue condition timeout",
      wait("condition", 1),
      { context: "sleeps", returns: "integer", fails: failsWith("ETIMEDOUT", "null"), simplified: ONCE2 }
    ],
    [
      "wait_event_lock_irq",
      "queue condition lock",
      wait("condition", 1),
      { ...SLEEPS, simplified: `${ONCE2} The lock is not dropped meanwhile.` }
    ],
    [
      "___wait_event",
      "queue condition state exclusive result command",
      wait("condition", 1),
      { ...SLEEPS, simplified: ONCE2 }
    ],
    ["prepare_to_wait prepare_to_wait_exclusive", "queue entry state", NOTHING2],
    ["finish_wait add_wait_queue add_wait_queue_exclusive remove_wait_queue", "queue entry", NOTHING2],
    ["waitqueue_active wq_has_sleeper", "queue", FRESH, BOOL],
    ["DEFINE_WAIT", "entry", forget(0)],
    ["DEFINE_WAIT_FUNC", "entry function", forget(0)],
    ["key_to_poll", "key", FRESH, UNSIGNED]
  ]),
  ...primitives("include/linux/wait_bit.h", [
    ["wait_var_event", "variable condition", wait("condition", 1), { ...SLEEPS, simplified: ONCE2 }],
    ["wake_up_var", "variable", NOTHING2]
  ]),
  ...primitives("include/linux/sched/signal.h", [
    ["signal_pending fatal_signal_pending", "task", FRESH, { returns: "bool" }]
  ]),
  ...primitives("include/linux/kernel.h", [
    ["might_sleep", "", { do: "sleeps" }, SLEEPS],
    [
      "might_sleep_if",
      "condition",
      { do: "nothing" },
      { simplified: "Whether it may sleep here is not checked." }
    ],
    ["might_fault", "", { do: "nothing" }, SLEEPS]
  ]),
  ...primitives("include/linux/sched/mm.h", [
    ["might_alloc", "gfp", { do: "sleeps" }, { context: { gfp: 0 } }]
  ]),
  ...primitives("include/linux/delay.h", [
    ["udelay ndelay mdelay", "time", NOTHING2],
    ["msleep ssleep fsleep", "time", { do: "sleeps" }, SLEEPS],
    ["msleep_interruptible", "time", constant(0), { context: "sleeps", returns: "unsigned" }],
    ["usleep_range", "shortest longest", { do: "sleeps" }, SLEEPS]
  ]),
  ...primitives("include/linux/rcupdate.h", [
    ["rcu_read_lock rcu_read_lock_bh rcu_read_lock_sched", "", rcu("enter")],
    ["rcu_read_unlock rcu_read_unlock_bh rcu_read_unlock_sched", "", rcu("exit")],
    ["synchronize_rcu", "", rcu("synchronize"), SLEEPS],
    ["call_rcu call_rcu_hurry", "head function", afterGrace(0, 1)],
    ["rcu_read_lock_held rcu_read_lock_sched_held rcu_read_lock_bh_held", "", FRESH, INTEGER],
    ["rcu_lockdep_assert RCU_LOCKDEP_WARN", "condition text", NOTHING2],
    ["init_rcu_head destroy_rcu_head", "head", NOTHING2]
  ]),
  ...primitives("include/linux/rcutree.h", [
    ["synchronize_rcu_expedited", "", rcu("synchronize"), SLEEPS],
    ["rcu_barrier", "", work("rcu-barrier"), SLEEPS],
    ["get_state_synchronize_rcu start_poll_synchronize_rcu", "", FRESH, UNSIGNED]
  ]),
  ...primitives("include/linux/netdevice.h", [["synchronize_net", "", rcu("synchronize"), SLEEPS]]),
  ...primitives("include/linux/srcu.h", [
    ["srcu_read_lock", "domain", srcu("lock"), INTEGER],
    ["srcu_read_unlock", "domain index", srcu("unlock")],
    [
      "init_srcu_struct",
      "domain",
      { do: "lock-init", lock: 0 },
      { context: "sleeps", returns: "errno", fails: NO_MEMORY_ERRNO }
    ],
    ["cleanup_srcu_struct", "domain", { do: "lock-dead", lock: 0 }, SLEEPS],
    ["synchronize_srcu", "domain", { do: "sleeps" }, { ...SLEEPS, simplified: READERS2 }],
    ["call_srcu", "domain head function", afterGrace(1, 2)],
    ["srcu_read_lock_held", "domain", FRESH, INTEGER]
  ]),
  ...primitives("include/linux/srcutree.h", [
    ["synchronize_srcu_expedited", "domain", { do: "sleeps" }, { ...SLEEPS, simplified: READERS2 }],
    ["srcu_barrier", "domain", work("rcu-barrier"), SLEEPS]
  ]),
  ...primitives("include/linux/mmu_notifier.h", [
    [
      "mmu_notifier_register __mmu_notifier_register",
      "notifier mm",
      notifier("register", 0, 1),
      sleepsAndMayFail("ENOMEM")
    ],
    [
      "mmu_notifier_get mmu_notifier_get_locked",
      "operations mm",
      notifier("get", 0, 1),
      { context: "sleeps", returns: "pointer", fails: failsWith("ENOMEM", "error-pointer") }
    ],
    ["mmu_notifier_unregister", "notifier mm", notifier("unregister", 0, 1), SLEEPS],
    ["mmu_notifier_put", "notifier", notifier("put")],
    ["mmu_notifier_synchronize", "", notifier("synchronize"), SLEEPS],
    [
      "mmu_interval_notifier_insert",
      "subscription mm first length operations",
      OPAQUE,
      { ...sleepsAndMayFail("ENOMEM"), simplified: "Nothing is ever invalidated through it." }
    ],
    ["mmu_interval_notifier_remove", "subscription", OPAQUE, SLEEPS],
    ["mmu_interval_read_begin", "subscription", FRESH, UNSIGNED],
    ["mmu_interval_read_retry", "subscription sequence", constant(0), BOOL],
    ["mmu_notifier_range_update_to_read_only", "range", FRESH, BOOL],
    ["mmu_notifier_range_blockable", "range", FRESH, BOOL]
  ]),
  ...primitives("include/linux/notifier.h", [
    ["BLOCKING_INIT_NOTIFIER_HEAD ATOMIC_INIT_NOTIFIER_HEAD", "head", NOTHING2],
    [
      "blocking_notifier_chain_register blocking_notifier_chain_unregister",
      "head block",
      OPAQUE,
      { context: "sleeps", returns: "errno" }
    ],
    [
      "atomic_notifier_chain_register atomic_notifier_chain_unregister",
      "head block",
      OPAQUE,
      { returns: "errno" }
    ],
    ["blocking_notifier_call_chain", "head value data", OPAQUE, { context: "sleeps", returns: "integer" }],
    ["atomic_notifier_call_chain", "head value data", OPAQUE, INTEGER]
  ]),
  ...primitives("include/linux/poll.h", [
    ["poll_wait", "file queue table", NOTHING2],
    ["vfs_poll", "file table", FRESH, UNSIGNED],
    ["init_poll_funcptr", "table function", NOTHING2]
  ]),
  ...primitives("include/asm-generic/current.h", [["get_current", "", FRESH, POINTER_OR_NULL]])
];

// server/src/sim/kernel/xarrays.table.ts
var array2 = (what, slots = {}) => ({
  do: "xarray",
  what,
  array: 0,
  isLocked: false,
  ...slots
});
var locked = (what, slots = {}) => ({
  ...array2(what, slots),
  isLocked: true
});
var ids = (what, more = {}) => ({
  do: "ids",
  what,
  pool: 0,
  ...more
});
var previous = (gfp4) => ({
  context: { gfp: gfp4 },
  returns: "pointer-or-null",
  fails: failsWith("ENOMEM", "xa-error")
});
var errno = (gfp4) => ({ context: { gfp: gfp4 }, returns: "errno", fails: NO_MEMORY_ERRNO });
var id = (gfp4) => ({ context: { gfp: gfp4 }, returns: "id", fails: NO_MEMORY_ERRNO });
var checked = (options) => ({ ...options, mustCheck: true });
var LIMIT = "The limit is not looked into.";
var CURSOR = "Cursors are not followed: entries come from nowhere.";
var CURSOR_ENTRY = { ...POINTER_OR_NULL, simplified: CURSOR };
var DECLARED = forget(0);
var XARRAYS = [
  ...primitives("include/linux/xarray.h", [
    ["xa_init", "array", array2("init")],
    ["xa_init_flags", "array flags", array2("init")],
    ["xa_load", "array index", array2("load", { index: 1 }), POINTER_OR_NULL],
    [
      "xa_store xa_store_bh xa_store_irq",
      "array index entry gfp",
      array2("store", { index: 1, entry: 2 }),
      previous(3)
    ],
    ["__xa_store", "array index entry gfp", locked("store", { index: 1, entry: 2 }), previous(3)],
    ["xa_erase xa_erase_bh xa_erase_irq", "array index", array2("erase", { index: 1 }), POINTER_OR_NULL],
    ["__xa_erase", "array index", locked("erase", { index: 1 }), POINTER_OR_NULL],
    [
      "xa_insert xa_insert_bh xa_insert_irq",
      "array index entry gfp",
      array2("insert", { index: 1, entry: 2 }),
      checked(errno(3))
    ],
    ["__xa_insert", "array index entry gfp", locked("insert", { index: 1, entry: 2 }), checked(errno(3))],
    [
      "xa_cmpxchg xa_cmpxchg_bh xa_cmpxchg_irq",
      "array index old entry gfp",
      array2("exchange", { index: 1, expected: 2, entry: 3 }),
      checked(previous(4))
    ],
    [
      "__xa_cmpxchg",
      "array index old entry gfp",
      locked("exchange", { index: 1, expected: 2, entry: 3 }),
      checked({ ...previous(4), simplified: "The lock is not dropped while memory is found." })
    ],
    [
      "xa_reserve xa_reserve_bh xa_reserve_irq",
      "array index gfp",
      array2("reserve", { index: 1 }),
      checked(errno(2))
    ],
    ["xa_release", "array index", array2("release", { index: 1 })],
    [
      "xa_alloc xa_alloc_bh xa_alloc_irq",
      "array id entry limit gfp",
      array2("alloc", { index: 1, entry: 2 }),
      checked({ ...errno(4), simplified: LIMIT })
    ],
    [
      "__xa_alloc",
      "array id entry limit gfp",
      locked("alloc", { index: 1, entry: 2 }),
      checked({ ...errno(4), simplified: LIMIT })
    ],
    [
      "xa_alloc_cyclic xa_alloc_cyclic_bh xa_alloc_cyclic_irq",
      "array id entry limit next gfp",
      array2("alloc", { index: 1, entry: 2 }),
      checked({ ...errno(5), simplified: LIMIT })
    ],
    [
      "__xa_alloc_cyclic",
      "array id entry limit next gfp",
      locked("alloc", { index: 1, entry: 2 }),
      checked({ ...errno(5), simplified: LIMIT })
    ],
    ["xa_empty", "array", array2("empty"), BOOL],
    ["xa_find", "array index last filter", array2("find", { index: 1 }), POINTER_OR_NULL],
    ["xa_find_after", "array index last filter", array2("find", { index: 1 }), POINTER_OR_NULL],
    ["xa_destroy", "array", array2("destroy")],
    ["xa_get_mark", "array index mark", FRESH, BOOL],
    ["xa_marked", "array mark", FRESH, BOOL],
    ["xa_set_mark xa_clear_mark __xa_set_mark __xa_clear_mark", "array index mark", NOTHING2],
    ["xa_to_value", "entry", PURE, UNSIGNED],
    ["xa_mk_value", "value", PURE, POINTER],
    ["xa_is_value", "entry", PURE, BOOL],
    ["xa_is_zero xa_is_retry", "entry", constant(0), BOOL],
    ["XA_LIMIT", "low high", PURE, { simplified: LIMIT }],
    ["XA_STATE_ORDER", "state array index order", DECLARED, { simplified: CURSOR }],
    ["XA_STATE", "state array index", DECLARED, { simplified: CURSOR }],
    ["xas_load xas_next xas_prev", "state", FRESH, CURSOR_ENTRY],
    ["xas_find", "state last", FRESH, CURSOR_ENTRY],
    ["xas_find_marked", "state last mark", FRESH, CURSOR_ENTRY],
    ["xas_next_entry", "state last", FRESH, CURSOR_ENTRY],
    [
      "xas_store",
      "state entry",
      OPAQUE,
      { ...POINTER_OR_NULL, fails: failsWith("ENOMEM", "xa-error"), simplified: CURSOR }
    ],
    ["xas_retry", "state entry", constant(0), BOOL],
    ["xas_reset xas_pause xas_create_range", "state", forget(0)],
    ["xas_set", "state index", forget(0)],
    ["xas_set_err", "state error", forget(0)],
    ["xas_set_order", "state index order", forget(0)],
    ["xas_error", "state", FRESH, { returns: "errno" }],
    ["xas_invalid", "state", FRESH, BOOL],
    ["xas_nomem", "state gfp", constant(0), { returns: "bool", context: { gfp: 1 }, simplified: CURSOR }],
    ["xas_set_mark xas_clear_mark", "state mark", NOTHING2],
    ["xas_get_mark", "state mark", FRESH, BOOL]
  ]),
  ...primitives("include/linux/idr.h", [
    ["idr_init", "idr", array2("init")],
    ["idr_init_base", "idr base", array2("init")],
    [
      "idr_alloc idr_alloc_cyclic",
      "idr entry start end gfp",
      array2("alloc", { entry: 1, givesId: true }),
      checked({ ...id(4), simplified: LIMIT })
    ],
    [
      "idr_alloc_u32",
      "idr entry id last gfp",
      array2("alloc", { index: 2, entry: 1 }),
      checked({ ...errno(4), simplified: LIMIT })
    ],
    ["idr_find", "idr id", array2("load", { index: 1 }), POINTER_OR_NULL],
    ["idr_remove", "idr id", array2("erase", { index: 1 }), POINTER_OR_NULL],
    ["idr_replace", "idr entry id", array2("store", { index: 2, entry: 1 }), POINTER_OR_NULL],
    ["idr_destroy", "idr", array2("destroy")],
    ["idr_is_empty", "idr", array2("empty"), BOOL],
    ["idr_get_next idr_get_next_ul", "idr id", array2("find", { index: 1 }), POINTER_OR_NULL],
    [
      "idr_for_each",
      "idr function data",
      { do: "call", function: 1, args: [-1, -1, 2], each: true },
      { returns: "integer", simplified: "The function is called once, for an entry of any number." }
    ],
    ["idr_preload", "gfp", { do: "preempt", what: "off", isIrq: false }, { context: { gfp: 0 } }],
    ["idr_preload_end", "", { do: "preempt", what: "on", isIrq: false }],
    ["ida_init", "ida", ids("init")],
    ["ida_alloc", "ida gfp", ids("alloc", { low: { value: 0 } }), checked(id(1))],
    ["ida_alloc_min", "ida low gfp", ids("alloc", { low: 1 }), checked(id(2))],
    ["ida_alloc_max", "ida high gfp", ids("alloc", { low: { value: 0 }, high: 1 }), checked(id(2))],
    ["ida_alloc_range", "ida low high gfp", ids("alloc", { low: 1, high: 2 }), checked(id(3))],
    ["ida_free", "ida id", ids("free", { id: 1 })],
    ["ida_destroy", "ida", ids("destroy")],
    [
      "ida_simple_get",
      "ida low end gfp",
      ids("alloc", { low: 1 }),
      checked({ ...id(3), simplified: "The end of the range is not looked at." })
    ],
    ["ida_simple_remove", "ida id", ids("free", { id: 1 })],
    ["ida_is_empty", "ida", FRESH, BOOL]
  ]),
  ...primitives("drivers/iommu/ioasid.c", [
    [
      "ioasid_alloc",
      "set low high data",
      ids("alloc", { pool: "global", low: 1, high: 2 }),
      {
        context: "sleeps",
        returns: "unsigned",
        simplified: "Keeps no data, and fails only when no id is left."
      }
    ],
    ["ioasid_free", "id", ids("free", { pool: "global", id: 0 }), { context: "sleeps" }],
    [
      "ioasid_find",
      "set id getter",
      FRESH,
      { ...POINTER_OR_NULL, simplified: "The data is not what was given, and the getter is not called." }
    ],
    ["ioasid_get", "id", NOTHING2, { simplified: "References to an id are not counted." }],
    ["ioasid_put", "id", FRESH, { ...BOOL, simplified: "References to an id are not counted." }],
    ["ioasid_set_data", "id data", SUCCEEDS, { returns: "errno", simplified: "The data is not kept." }]
  ]),
  ...primitives("include/linux/maple_tree.h", [
    ["MA_STATE", "state tree first last", DECLARED, { simplified: CURSOR }],
    ["mas_find", "state last", FRESH, CURSOR_ENTRY],
    ["mas_next_range", "state last", FRESH, CURSOR_ENTRY],
    ["mas_walk", "state", FRESH, CURSOR_ENTRY]
  ])
];

// server/src/sim/kernel/scopes.table.ts
var pair = (name2, enter, exit2) => [name2, { enter, exit: exit2 }];
var GUARDS = new Map([
  // include/linux/mutex.h
  pair("mutex", "mutex_lock", "mutex_unlock"),
  pair("mutex_try", "mutex_trylock", "mutex_unlock"),
  pair("mutex_intr", "mutex_lock_interruptible", "mutex_unlock"),
  pair("mutex_kill", "mutex_lock_killable", "mutex_unlock"),
  // include/linux/spinlock.h
  pair("spinlock", "spin_lock", "spin_unlock"),
  pair("spinlock_try", "spin_trylock", "spin_unlock"),
  pair("spinlock_bh", "spin_lock_bh", "spin_unlock_bh"),
  pair("spinlock_bh_try", "spin_trylock_bh", "spin_unlock_bh"),
  pair("spinlock_irq", "spin_lock_irq", "spin_unlock_irq"),
  pair("spinlock_irq_try", "spin_trylock_irq", "spin_unlock_irq"),
  pair("spinlock_irqsave", "spin_lock_irqsave", "spin_unlock_irqrestore"),
  pair("spinlock_irqsave_try", "spin_trylock_irqsave", "spin_unlock_irqrestore"),
  pair("raw_spinlock", "raw_spin_lock", "raw_spin_unlock"),
  pair("raw_spinlock_try", "raw_spin_trylock", "raw_spin_unlock"),
  pair("raw_spinlock_nested", "raw_spin_lock_nested", "raw_spin_unlock"),
  pair("raw_spinlock_bh", "raw_spin_lock_bh", "raw_spin_unlock_bh"),
  pair("raw_spinlock_bh_try", "raw_spin_trylock_bh", "raw_spin_unlock_bh"),
  pair("raw_spinlock_irq", "raw_spin_lock_irq", "raw_spin_unlock_irq"),
  pair("raw_spinlock_irq_try", "raw_spin_trylock_irq", "raw_spin_unlock_irq"),
  pair("raw_spinlock_irqsave", "raw_spin_lock_irqsave", "raw_spin_unlock_irqrestore"),
  pair("raw_spinlock_irqsave_try", "raw_spin_trylock_irqsave", "raw_spin_unlock_irqrestore"),
  pair("read_lock", "read_lock", "read_unlock"),
  pair("read_lock_irq", "read_lock_irq", "read_unlock_irq"),
  pair("read_lock_irqsave", "read_lock_irqsave", "read_unlock_irqrestore"),
  pair("write_lock", "write_lock", "write_unlock"),
  pair("write_lock_irq", "write_lock_irq", "write_unlock_irq"),
  pair("write_lock_irqsave", "write_lock_irqsave", "write_unlock_irqrestore"),
  // include/linux/rwsem.h
  pair("rwsem_read", "down_read", "up_read"),
  pair("rwsem_read_try", "down_read_trylock", "up_read"),
  pair("rwsem_read_intr", "down_read_interruptible", "up_read"),
  pair("rwsem_write", "down_write", "up_write"),
  pair("rwsem_write_try", "down_write_trylock", "up_write"),
  pair("rwsem_write_kill", "down_write_killable", "up_write"),
  // include/linux/rcupdate.h, srcu.h
  pair("rcu", "rcu_read_lock", "rcu_read_unlock"),
  pair("srcu", "srcu_read_lock", "srcu_read_unlock"),
  // include/linux/preempt.h, irqflags.h, cpuhplock.h
  pair("preempt", "preempt_disable", "preempt_enable"),
  pair("preempt_notrace", "preempt_disable_notrace", "preempt_enable_notrace"),
  pair("migrate", "migrate_disable", "migrate_enable"),
  pair("irq", "local_irq_disable", "local_irq_enable"),
  pair("irqsave", "local_irq_save", "local_irq_restore"),
  pair("cpus_read_lock", "cpus_read_lock", "cpus_read_unlock"),
  // include/linux/device.h, pci.h, and elsewhere
  pair("device", "device_lock", "device_unlock"),
  pair("device_intr", "device_lock_interruptible", "device_unlock"),
  pair("pci_dev", "pci_dev_lock", "pci_dev_unlock"),
  pair("pm_runtime_active", "pm_runtime_get_sync", "pm_runtime_put"),
  pair("disable_irq", "disable_irq", "enable_irq")
]);
var FREES = /* @__PURE__ */ new Map([
  ["kfree", "kfree"],
  ["kvfree", "kvfree"],
  ["kfree_sensitive", "kfree_sensitive"],
  ["kfree_const", "kfree_const"],
  ["vfree", "vfree"],
  ["free_percpu", "free_percpu"],
  ["free_page", "free_page"],
  ["bitmap", "bitmap_free"],
  ["put_device", "put_device"],
  ["device_del", "device_del"],
  ["device_node", "of_node_put"],
  ["fwnode_handle", "fwnode_handle_put"],
  ["pci_dev_put", "pci_dev_put"],
  ["platform_device_put", "platform_device_put"],
  ["fput", "fput"],
  ["put_unused_fd", "put_unused_fd"],
  ["module_put", "module_put"],
  ["put_task", "put_task_struct"],
  ["put_pid", "put_pid"],
  ["mmput", "mmput"],
  ["mmdrop", "mmdrop"],
  ["iput", "iput"],
  ["acpi_put_table", "acpi_put_table"],
  ["iommu_group_put", "iommu_group_put"]
]);

// server/src/sim/kernel/index.ts
function table(families) {
  const byName = /* @__PURE__ */ new Map();
  for (const primitive of families.flat()) {
    if (byName.has(primitive.name)) never(`two rows say what ${primitive.name}() does`);
    byName.set(primitive.name, primitive);
  }
  return byName;
}
var PRIMITIVES = table([
  MEMORY2,
  LOCKS,
  REFERENCES,
  LISTS,
  XARRAYS,
  ERRORS,
  ATOMICS,
  WORK,
  DEVICES2,
  IO,
  MESSAGES,
  ARITHMETIC,
  IOMMU,
  SIMULATED
]);
var FALLBACKS = table([IN_TREE]);
var PAIRS = table([PAIRED]);

// server/src/sim/model/containers.ts
var Container = class {
  constructor(isUnknown) {
    this.isUnknown = isUnknown;
  }
  isUnknown;
  /** By the identity of the index. */
  entries = /* @__PURE__ */ new Map();
  /** Indices that were looked up and found absent. */
  absent = /* @__PURE__ */ new Set();
  next = 0n;
};

// server/src/sim/model/locks.ts
var LockState = class {
  /** Number of the task that holds it exclusively; 0 for none. */
  owner = 0;
  readers = [];
  /** Whether the code at hand gave back what it had not taken: then its caller held it. */
  heldAtEntry = "unknown";
  /** Where it was given back last. */
  releasedAt = null;
  /** Whether the code at hand has taken it. */
  wasTaken = false;
  isFree(mode) {
    return this.owner === 0 && (mode === "shared" || this.readers.length === 0);
  }
};
var Locks = class {
  byObject = /* @__PURE__ */ new Map();
  at(object3, key) {
    let keys = this.byObject.get(object3);
    if (!keys) {
      keys = /* @__PURE__ */ new Map();
      this.byObject.set(object3, keys);
    }
    let state = keys.get(key);
    if (!state) {
      state = new LockState();
      keys.set(key, state);
    }
    return state;
  }
};

// server/src/sim/model/memory.ts
var REGION_SPACE = 2 ** 26;
var MOST_REGIONS = 2 ** 25;
var WIDEST = 8;
var WHOLE = { key: 0, parent: null, at: 0, step: "" };
var MemoryObject = class {
  constructor(id2, type, lifetime, size2, fill, madeAt, words) {
    this.id = id2;
    this.lifetime = lifetime;
    this.size = size2;
    this.madeAt = madeAt;
    this.words = words;
    this.type = type;
    this.fill = fill;
  }
  id;
  lifetime;
  size;
  madeAt;
  words;
  state = "live";
  fill;
  ranges = [];
  cells = /* @__PURE__ */ new Map();
  /** The unknown pointer that it was made for, 0 for none: what was computed from that still holds. */
  origin = 0;
  /** Whether other tasks can reach it. */
  isShared = false;
  /** Whether code that is not at hand was given it. */
  hasEscaped = false;
  freedAt = null;
  /** A record's spelling, once somebody used it as one. */
  type;
  regions = /* @__PURE__ */ new Map();
  /** The same, by how many times the space of one their key is. */
  bands = /* @__PURE__ */ new Map();
  /** The part that a step leads to; asked again, it is the same. Its key must not tell which task asked first. */
  region(parent, at, step2) {
    const name2 = `${parent.key}.${at}.${step2}`;
    let region = this.regions.get(name2);
    if (!region) {
      let band = 1 + hashOf(name2) % MOST_REGIONS;
      while (this.bands.has(band)) band++;
      region = { key: band * REGION_SPACE, parent, at, step: step2 };
      this.regions.set(name2, region);
      this.bands.set(band, region);
    }
    return region;
  }
  fillAt(key) {
    const place = this.anchorOf(key);
    for (const { start: start3, end, fill } of this.ranges) if (place >= start3 && place < end) return fill;
    return this.fill;
  }
  /** Where in the object itself a part lies, as far as that is known. */
  anchorOf(key) {
    const region = this.bands.get(Math.round(key / REGION_SPACE));
    if (!region?.parent || isAround(region)) return key;
    return this.anchorOf(region.parent.key + region.at);
  }
  /** The cell there, exactly that wide; `mixed` when other cells lie there. */
  at(key, width) {
    const cell = this.cells.get(key);
    if (cell) return cell.width === width ? cell : "mixed";
    return this.overlapping(key, width).length > 0 ? "mixed" : null;
  }
  /** The cells that have a byte in the range. */
  overlapping(key, width) {
    if (this.cells.size === 0) return [];
    const found2 = [];
    for (let at = key - WIDEST + 1; at < key + width; at++) {
      const cell = this.cells.get(at);
      if (cell && at + cell.width > key) found2.push(cell);
    }
    return found2;
  }
  put(key, width, value, member3) {
    if (this.regions.size > 0) this.forgetParts(key, width, (step2) => step2.startsWith("bits "));
    const known2 = this.cells.get(key);
    if (known2 && known2.width === width) {
      known2.value = value;
      if (member3 !== "") known2.member = member3;
      return;
    }
    this.clear(key, width);
    this.cells.set(key, { key, width, value, member: member3 });
  }
  /** Cuts a range out of the cells; of those that reach beyond it the rest is kept byte by byte. */
  clear(key, width) {
    const overlapping = width > 64 ? this.within(key, key + width) : this.overlapping(key, width);
    for (const cell of overlapping) {
      this.cells.delete(cell.key);
      for (let at = cell.key; at < cell.key + cell.width; at++) {
        if (at >= key && at < key + width) continue;
        this.cells.set(at, { key: at, width: 1, value: byteOf(cell, at - cell.key), member: cell.member });
      }
    }
  }
  within(start3, end) {
    return [...this.cells.values()].filter((cell) => cell.key + cell.width > start3 && cell.key < end);
  }
  /** Forgets a range: it reads as `fill` from now on. A negative width is all of the object. */
  refill(key, width, fill) {
    if (width < 0) {
      this.cells.clear();
      this.ranges = [];
      this.fill = fill;
      return;
    }
    this.clear(key, width);
    this.forgetParts(key, width, () => true);
    this.fillRange({ start: key, end: key + width, fill });
  }
  /** What lies at unknown places within a range, or in bits of its units, goes with the range. */
  forgetParts(key, width, which) {
    for (const region of this.partsOf(key, width)) {
      if (!which(region.step)) continue;
      for (const { key: inner2 } of this.cellsIn(region)) this.cells.delete(inner2);
      this.forgetParts(region.key - REGION_SPACE / 2, REGION_SPACE, () => true);
    }
  }
  partsOf(key, width) {
    return [...this.regions.values()].filter((region) => {
      const at = (region.parent?.key ?? 0) + region.at;
      return at >= key && at < key + width && !isAround(region);
    });
  }
  /** The region that a key lies in. */
  regionAt(key) {
    return this.bands.get(Math.round(key / REGION_SPACE)) ?? WHOLE;
  }
  /** Ranges never overlap: a copy in a loop would double them. */
  fillRange(range) {
    this.ranges = this.ranges.flatMap((each2) => without2(each2, range));
    this.ranges.push(range);
  }
  /** What lies in a range that no single cell covers, when every byte of it is known; null otherwise. */
  assemble(key, width) {
    let value = 0n;
    for (let at = width - 1; at >= 0; at--) {
      const byte = this.byteAt(key + at);
      if (byte === null) return null;
      value = value << 8n | byte;
    }
    return value;
  }
  byteAt(key) {
    const [cell] = this.overlapping(key, 1);
    if (!cell) return this.fillAt(key) === "zero" ? 0n : null;
    const byte = byteOf(cell, key - cell.key);
    return typeof byte === "bigint" ? byte : null;
  }
  /** Copies a range, cell by cell, with what was never written. */
  copyFrom(source, from, to, width) {
    const cells = source.within(from, from + width).map((cell) => ({ ...cell }));
    const parts = source.partsOf(from, width).map((region) => ({ region, cells: source.cellsIn(region) }));
    const fills = source.ranges.filter(({ start: start3, end }) => end > from && start3 < from + width);
    this.refill(to, width, source.fill);
    for (const { start: start3, end, fill } of fills) {
      const [low, high] = [Math.max(start3, from), Math.min(end, from + width)];
      this.fillRange({ start: low - from + to, end: high - from + to, fill });
    }
    for (const cell of cells) {
      const whole = cell.key >= from && cell.key + cell.width <= from + width;
      if (whole) this.put(cell.key - from + to, cell.width, cell.value, cell.member);
      else
        for (let at = Math.max(cell.key, from); at < Math.min(cell.key + cell.width, from + width); at++)
          this.cells.set(at - from + to, {
            key: at - from + to,
            width: 1,
            value: byteOf(cell, at - cell.key),
            member: cell.member
          });
    }
    for (const { region, cells: inner2 } of parts) {
      const parent = this.regionAt(to);
      const copy2 = this.region(parent, region.parent.key + region.at - from + to - parent.key, region.step);
      for (const { key, width: wide, value, member: member3 } of inner2)
        this.cells.set(key - region.key + copy2.key, {
          key: key - region.key + copy2.key,
          width: wide,
          value,
          member: member3
        });
    }
  }
  /** Copies of what lies in a part. */
  cellsIn({ key }) {
    return this.within(key - REGION_SPACE / 2, key + REGION_SPACE / 2).map((cell) => ({ ...cell }));
  }
};
function isAround({ step: step2 }) {
  return step2.startsWith("container ");
}
function without2({ start: start3, end, fill }, hole) {
  if (hole.end <= start3 || hole.start >= end) return [{ start: start3, end, fill }];
  const parts = [
    { start: start3, end: hole.start, fill },
    { start: hole.end, end, fill }
  ];
  return parts.filter((part) => part.start < part.end);
}
function byteOf(cell, index2) {
  return typeof cell.value === "bigint" ? cell.value >> BigInt(8 * index2) & 255n : null;
}
var OWNERS_SPACE = 1e6;
var Heap = class {
  objects = [];
  numbers = /* @__PURE__ */ new Map();
  /** Of what belongs to no task. */
  taken = /* @__PURE__ */ new Set();
  /** `owner`: the task that makes it. Numbers do not depend on what other tasks did meanwhile. */
  make(owner, parts) {
    const { type, lifetime, size: size2, fill, madeAt, words } = parts;
    const id2 = owner === 0 ? this.numberFor(`${type} ${words}`) : this.number(owner);
    const object3 = new MemoryObject(id2, type, lifetime, size2, fill, madeAt, words);
    this.objects.push(object3);
    return object3;
  }
  /** Variables come into being when somebody first names them: their number must not tell who that was. */
  numberFor(name2) {
    if (this.taken.size >= OWNERS_SPACE) never("a run made a million variables");
    let number = hashOf(name2) % OWNERS_SPACE;
    while (this.taken.has(number)) number = (number + 1) % OWNERS_SPACE;
    this.taken.add(number);
    return number;
  }
  /** The next number of a task's own. */
  number(owner) {
    const next = (this.numbers.get(owner) ?? 0) + 1;
    if (next >= OWNERS_SPACE) never("a run made a million values in one task");
    this.numbers.set(owner, next);
    return owner * OWNERS_SPACE + next;
  }
};
function hashOf(text) {
  let hash = 2166136261;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
  return hash >>> 0;
}

// server/src/sim/model/values.ts
var FARTHEST = 2 ** 25;
var Pointer = class _Pointer {
  constructor(object3, region, offset, member3) {
    this.object = object3;
    this.region = region;
    this.member = member3;
    this.offset = Math.max(-FARTHEST, Math.min(FARTHEST - 64, offset));
  }
  object;
  region;
  member;
  offset;
  /** The key of the cell it points to, unique within the object. */
  get key() {
    return this.region.key + this.offset;
  }
  moved(bytes, member3 = this.member) {
    return new _Pointer(this.object, this.region, this.offset + bytes, member3);
  }
};
var FunctionValue = class {
  constructor(name2, from) {
    this.name = name2;
    this.from = from;
  }
  name;
  from;
};
var ErrorValue = class {
  constructor(errno2, isXa, cause) {
    this.errno = errno2;
    this.isXa = isXa;
    this.cause = cause;
  }
  errno;
  isXa;
  cause;
};
var Undefined = class {
  constructor(words) {
    this.words = words;
  }
  words;
};
var Unknown = class {
  constructor(id2, sort, low, high, words, term = null, pointee = "") {
    this.id = id2;
    this.sort = sort;
    this.low = low;
    this.high = high;
    this.words = words;
    this.term = term;
    this.pointee = pointee;
  }
  id;
  sort;
  low;
  high;
  words;
  term;
  pointee;
  bound = null;
  /** Values that it was found not to have. */
  excluded = null;
  /** How it stands to other unknowns. */
  relations = null;
  /** Whether it may be an error pointer: null until somebody asks. */
  isError = null;
  cause = null;
};
function resolve(value) {
  let known2 = value;
  while (known2 instanceof Unknown && known2.bound !== null) known2 = known2.bound;
  return known2;
}
function causeOf(value) {
  let known2 = value;
  while (known2 instanceof Unknown) {
    if (known2.cause) return known2.cause;
    known2 = known2.bound;
  }
  return known2 instanceof ErrorValue ? known2.cause : null;
}
function isSamePlace(a, b) {
  return a.object === b.object && a.key === b.key;
}
function identity(value) {
  const known2 = resolve(value);
  if (typeof known2 === "bigint") return `n${known2}`;
  if (known2 instanceof Pointer) {
    const { origin } = known2.object;
    return origin !== 0 && known2.key === 0 ? `u${origin}` : `p${known2.object.id}.${known2.key}`;
  }
  if (known2 instanceof Unknown) return `u${known2.id}`;
  if (known2 instanceof FunctionValue) return `f${known2.name}@${known2.from}`;
  if (known2 instanceof ErrorValue) return `e${known2.errno}${known2.isXa ? "x" : ""}`;
  return "undefined";
}

// server/src/sim/engine/lists.ts
var PREV = 8;
var Sentinel = class _Sentinel extends Pointer {
  constructor(object3, region, offset, member3, head) {
    super(object3, region, offset, member3);
    this.head = head;
  }
  head;
  /** What is no element leads back to the head where its node would be. */
  moved(bytes, member3 = this.member) {
    const moved3 = new Pointer(this.object, this.region, this.offset + bytes, member3);
    const isHead = moved3.key >= this.head.key && moved3.key < this.head.key + 2 * PREV;
    return isHead ? moved3 : new _Sentinel(this.object, this.region, moved3.offset, member3, this.head);
  }
};
function neighbour(machine, node, head, isForward) {
  const place = isForward ? node : node.moved(PREV);
  if (!checkAlive(machine, node, "walks to")) return null;
  if (isOpen(place)) open(machine, node, head ?? node);
  const value = resolve(readCell(machine, place, 10 /* Pointer */, "struct list_head"));
  if (value instanceof Pointer) return value;
  if (value instanceof Unknown) {
    open(machine, node, head ?? node);
    const opened = resolve(readCell(machine, place, 10 /* Pointer */, "struct list_head"));
    return opened instanceof Pointer ? opened : null;
  }
  complain(machine, value);
  return null;
}
function complain(machine, value) {
  const text = quote(machine);
  if (value instanceof Undefined || value === 0n)
    machine.fatal("LIST", `\`${text}\` uses a list head or node that was never initialised`);
  else if (POISON.includes(value))
    machine.fatal("LIST", `\`${text}\` goes on from a node that was deleted from its list`);
  else machine.end({ kind: "stopped", why: "a list that the model cannot follow" });
}
function isOpen({ object: object3, key }) {
  const cell = object3.at(key, 8);
  return cell === null ? object3.fillAt(key) === "unknown" : cell !== "mixed" && cell.value === null;
}
function expectedNode(machine, head, isForward) {
  if (!checkAlive(machine, head, "walks to")) return null;
  if (isOpen(isForward ? head : head.moved(PREV))) populate(machine, head);
  return neighbour(machine, head, head, isForward);
}
function open(machine, node, head) {
  const isHead = node.object === head.object && node.key === head.key;
  if (!isHead) {
    link(machine, node, head);
    return;
  }
  const words = [`the list ${nameOfList(head)} has an element`, `the list ${nameOfList(head)} is empty`];
  if (machine.choose("unknown", words, machine.site) === 1) {
    link(machine, head, head);
    return;
  }
  populate(machine, head);
}
function populate(machine, head) {
  const element = machine.heap.make(machine.task.number, {
    type: "",
    lifetime: "given",
    size: -1,
    fill: "unknown",
    madeAt: null,
    words: `an element of ${nameOfList(head)}`
  });
  element.isShared = true;
  const first2 = new Pointer(element, WHOLE, 0, "list");
  link(machine, head, first2);
  link(machine, first2, head);
}
function nameOfList({ object: object3, member: member3 }) {
  return member3 === "" ? object3.words : `${object3.words}->${member3}`;
}
function link(machine, before, after) {
  writeCell(machine, before, 8, plain(after));
  writeCell(machine, after.moved(PREV, after.member), 8, plain(before));
}
function plain({ object: object3, region, offset, member: member3 }) {
  return new Pointer(object3, region, offset, member3);
}
function insert(machine, node, before, after) {
  link(machine, before, node);
  link(machine, node, after);
}
function isLinked(node) {
  const cell = node.object.at(node.key, 8);
  if (cell === null || cell === "mixed" || cell.value === null) return false;
  const next = resolve(cell.value);
  if (!(next instanceof Pointer) || next.object === node.object && next.key === node.key) return false;
  const back = next.object.at(next.key + PREV, 8);
  const previous2 = back && back !== "mixed" && back.value !== null ? resolve(back.value) : null;
  return previous2 instanceof Pointer && previous2.object === node.object && previous2.key === node.key;
}
function unlink(machine, node, leaves) {
  const next = plainNeighbour(machine, node, true);
  const previous2 = next === null ? null : plainNeighbour(machine, node, false);
  if (machine.ending !== null) return false;
  if (next && previous2 && next !== "open" && previous2 !== "open") link(machine, previous2, next);
  if (leaves === "itself") link(machine, node, node);
  else {
    if (leaves === "poison") writeCell(machine, node, 8, POISON[0]);
    writeCell(machine, node.moved(PREV), 8, POISON[1]);
  }
  return true;
}
function plainNeighbour(machine, node, isForward) {
  const place = isForward ? node : node.moved(PREV);
  if (isOpen(place)) return "open";
  const value = resolve(readCell(machine, place, 10 /* Pointer */, ""));
  if (value instanceof Unknown) return "open";
  if (value instanceof Pointer) {
    if (!checkAlive(machine, value, "relinks the neighbour by")) return null;
    return value;
  }
  if (value === POISON[0] || value === POISON[1])
    machine.fatal("LIST", `\`${quote(machine)}\` deletes a node that was deleted before`);
  else complain(machine, value);
  return null;
}
function ends(machine, head, isFront) {
  const place = isFront ? head : head.moved(PREV);
  if (isOpen(place)) populate(machine, head);
  if (head.object.isShared) touch(machine, head.object, head.key, true);
  return neighbour(machine, head, head, isFront);
}
function replaceEverywhere(machine, node, value) {
  for (const object3 of machine.heap.objects) {
    if (object3 === node.object) continue;
    for (const cell of object3.cells.values()) {
      const held4 = cell.value === null ? null : resolve(cell.value);
      if (held4 instanceof Pointer && held4.object === node.object && held4.key === node.key) cell.value = value;
    }
  }
}

// server/src/sim/engine/locals.ts
function setLocal(machine, frame, index2, value) {
  const { ir, boxed } = frame.procedure;
  if (!boxed[index2]) {
    frame.locals[index2] = value;
    return;
  }
  const local = ir.locals[index2];
  const box = boxOf(machine, frame, index2);
  if (local.kind === 12 /* Record */) copyRecord(box, value, local.size);
  else box.put(0, WIDTHS2[local.kind], value, local.name);
}
function copyRecord(box, value, size2) {
  if (typeof value === "object" && "region" in value && size2 > 0) {
    const from = value;
    box.copyFrom(from.object, from.key, 0, size2);
  } else box.refill(0, -1, "unknown");
}
function boxOf(machine, frame, index2) {
  let box = frame.boxes[index2];
  if (!box) {
    const local = frame.procedure.ir.locals[index2];
    box = local.isStatic ? staticLocal(machine, frame, index2) : null;
    box ??= machine.heap.make(machine.task.number, {
      type: local.type,
      lifetime: "stack",
      size: local.size,
      fill: "undefined",
      madeAt: null,
      words: local.name || "a temporary"
    });
    frame.boxes[index2] = box;
  }
  return box;
}
function staticLocal(machine, frame, index2) {
  const { path, name: name2, ir } = frame.procedure;
  const key = `${path}:${name2}:${index2}`;
  let object3 = machine.globals.get(key);
  if (!object3) {
    const local = ir.locals[index2];
    object3 = machine.heap.make(0, {
      type: local.type,
      lifetime: "static",
      size: local.size,
      fill: machine.options.world === "concrete" ? "zero" : "unknown",
      madeAt: null,
      words: local.name
    });
    object3.isShared = true;
    machine.globals.set(key, object3);
  }
  return object3;
}
var WIDTHS2 = [0, 1, 1, 1, 2, 2, 4, 4, 8, 8, 8, 8, 0];

// server/src/sim/engine/access.ts
var LOWEST = [
  0n,
  0n,
  -128n,
  0n,
  -32768n,
  0n,
  -(1n << 31n),
  0n,
  -(1n << 63n),
  0n,
  0n,
  -(1n << 63n),
  0n
];
var HIGHEST = [
  0n,
  1n,
  127n,
  255n,
  32767n,
  65535n,
  (1n << 31n) - 1n,
  (1n << 32n) - 1n,
  (1n << 63n) - 1n,
  (1n << 64n) - 1n,
  (1n << 64n) - 1n,
  (1n << 64n) - 1n,
  0n
];
var POISON = [0xdead000000000100n, 0xdead000000000122n];
function anything(machine, kind, words, pointee = "") {
  const sort = kind === 10 /* Pointer */ ? "pointer" : "integer";
  return machine.unknown(sort, LOWEST[kind], HIGHEST[kind], words, pointee);
}
function materialise(machine, unknown) {
  const object3 = machine.heap.make(machine.task.number, {
    type: unknown.pointee,
    lifetime: "given",
    size: -1,
    fill: "unknown",
    madeAt: null,
    words: unknown.words
  });
  object3.isShared = true;
  object3.origin = unknown.id;
  const pointer = new Pointer(object3, WHOLE, 0, "");
  unknown.bound = pointer;
  if (unknown.isError === null) unknown.isError = false;
  return pointer;
}
function follow2(machine, value, doing) {
  const known2 = resolve(value);
  if (known2 instanceof Pointer) return known2;
  if (known2 instanceof Unknown) {
    if (known2.sort !== "integer" || known2.term === null) return materialise(machine, known2);
    return materialise(machine, known2);
  }
  if (known2 instanceof FunctionValue) return null;
  if (known2 instanceof Undefined) {
    machine.fatal("UNINIT", `${doing} \`${quote(machine)}\`, which nobody has set`);
    return null;
  }
  badPointer(machine, value, known2, doing);
  return null;
}
function badPointer(machine, value, known2, doing) {
  const cause = causeOf(value);
  const related2 = cause ? [{ site: siteOfChoice(machine, cause.choice), words: cause.words }] : [];
  const text = quote(machine);
  const isOwn = cause !== null && (cause.kind === "fault" || cause.kind === "tested" && cause.frame === machine.frame.number);
  const assumes = isOwn || cause === null ? [] : [cause.words];
  if (machine.ledger.wasAsked(value) || machine.ledger.wasAsked(known2)) {
    const [is, asked2] = known2 === 0n ? ["NULL", "an error pointer"] : ["an error pointer", "NULL"];
    machine.fatal(
      "ERRNO",
      `${doing} \`${text}\` while it is ${is}: on failure it was asked for ${asked2}`,
      related2,
      { assumes }
    );
  } else if (known2 instanceof ErrorValue) {
    machine.fatal("DEREF", `${doing} \`${text}\` while it holds an error pointer`, related2, { assumes });
  } else if (POISON.includes(known2)) {
    machine.fatal("LIST", `${doing} \`${text}\`: the node was deleted from its list`, related2);
  } else if (known2 < 4096n || known2 > (1n << 64n) - 4096n) {
    machine.fatal("DEREF", `${doing} \`${text}\` while it is NULL`, related2, { assumes });
  } else machine.end({ kind: "stopped", why: `the address \`${text}\` is a plain number` });
}
function siteOfChoice(machine, choice) {
  return machine.choices[choice]?.site ?? machine.site;
}
function quote(machine) {
  const { frame } = machine;
  const { start: start3, end } = machine.site;
  return quoted(frame.procedure.source.slice(start3, end));
}
function quoted(text) {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 60 ? `${line.slice(0, 57)}\u2026` : line;
}
function checkAlive(machine, pointer, doing) {
  const { object: object3 } = pointer;
  if (pointer instanceof Sentinel) {
    machine.fatal(
      "LIST",
      `${doing} \`${quote(machine)}\`: after its loop the cursor is no element of the list`
    );
    return false;
  }
  if (object3.state === "live") return machine.ledger.dead.size === 0 || isUsable(machine, object3, doing);
  if (object3.state === "dying" && machine.task.sections.length > 0) return true;
  const freed = object3.freedAt;
  const how = object3.lifetime === "stack" ? "whose function has returned" : "after it was freed";
  machine.fatal(
    "UAF",
    `${doing} \`${quote(machine)}\` of ${nameOf(object3)} ${how}`,
    freed ? [{ site: freed, words: `${nameOf(object3)} is freed here` }] : []
  );
  return false;
}
function isUsable(machine, object3, doing) {
  const refusal = machine.ledger.dead.get(object3);
  if (!refusal || refusal.task !== machine.task.number) return true;
  const isStillThere = machine.task.frames.some(({ number }) => number === refusal.frame);
  if (isStillThere && !refusal.isIgnored) return true;
  machine.fatal(
    "R01",
    `${doing} \`${quote(machine)}\` although no reference could be got: ${nameOf(object3)} is on its way out`,
    [{ site: refusal.site, words: "the count is zero here" }]
  );
  return false;
}
function nameOf(object3) {
  const type = object3.type.replace(/\*+$/, "").trim();
  if (object3.lifetime === "stack") return `the local \`${object3.words}\``;
  if (object3.lifetime === "static") return `\`${object3.words}\``;
  if (/^(?:struct|union) \w/.test(type)) return `the ${type.replace(/^\w+ /, "")} \`${object3.words}\``;
  return `the object \`${object3.words}\``;
}
function readCell(machine, pointer, kind, pointee) {
  const { object: object3, key } = pointer;
  if (object3.isShared) touch(machine, object3, key, false);
  const width = WIDTHS2[kind];
  const cell = object3.at(key, width);
  if (cell !== null && cell !== "mixed") {
    if (cell.value === null) cell.value = anything(machine, kind, wordsFor(pointer), pointee);
    return cell.value;
  }
  if (cell === "mixed") {
    const known2 = object3.assemble(key, width);
    if (known2 !== null) return known2;
    const guess = anything(machine, kind, wordsFor(pointer), pointee);
    object3.put(key, width, guess, pointer.member);
    return guess;
  }
  const fill = object3.fillAt(key);
  const isElsewhere = pointer.region !== WHOLE && (fill === "undefined" || object3.cells.size > 0);
  if (isElsewhere) {
    const guess = anything(machine, kind, wordsFor(pointer), pointee);
    object3.put(key, width, guess, pointer.member);
    return guess;
  }
  if (fill === "zero") return 0n;
  if (fill === "undefined") return new Undefined(wordsFor(pointer));
  const made2 = anything(machine, kind, wordsFor(pointer), pointee);
  object3.put(key, width, made2, pointer.member);
  return made2;
}
function wordsFor({ object: object3, member: member3, region }) {
  if (member3 !== "") return `${object3.words}->${member3}`;
  return region === WHOLE ? `*${object3.words}` : `${object3.words}[\u2026]`;
}
function writeCell(machine, pointer, width, value) {
  const { object: object3, key } = pointer;
  if (object3.isShared) {
    touch(machine, object3, key, true);
    share(value);
  }
  const target2 = resolve(value);
  if (target2 instanceof Pointer && object3.lifetime !== "stack") machine.ledger.kept.add(target2.object);
  if (object3.lifetime !== "stack" && /lock/i.test(pointer.member)) machine.ledger.notesLock = true;
  machine.recorder?.write(machine, pointer, width, value);
  object3.put(key, width, value, pointer.member);
}
function share(value) {
  const known2 = resolve(value);
  if (!(known2 instanceof Pointer) || known2.object.isShared) return;
  known2.object.isShared = true;
  for (const { value: inner2 } of known2.object.cells.values()) if (inner2 !== null) share(inner2);
}
function touch(machine, object3, key, isWrite) {
  if (machine.tasks.length < 2) return;
  machine.order.touch(machine.task, object3.id, key, isWrite);
}

// server/src/sim/engine/checks/reach.ts
function reachableFrom(machine, roots, without3 = null) {
  const seen = /* @__PURE__ */ new Set();
  const pending = [...roots];
  for (let value = pending.pop(); value !== void 0; value = pending.pop()) {
    const known2 = resolve(value);
    if (!(known2 instanceof Pointer) || seen.has(known2.object)) continue;
    const { object: object3 } = known2;
    seen.add(object3);
    for (const cell of object3.cells.values()) if (cell.value !== null) pending.push(cell.value);
    const isLeftOut = without3 !== null && without3.object === object3;
    if (!isLeftOut) pending.push(...storedIn(machine, object3));
  }
  return seen;
}
function outside(machine) {
  return machine.heap.objects.flatMap(
    (object3) => object3.state === "live" && (object3.lifetime === "static" || object3.lifetime === "given" || object3.hasEscaped) ? [machine.pointerTo(object3)] : []
  );
}
function held3(machine) {
  return machine.tasks.flatMap(
    ({ frames }) => frames.flatMap(({ registers, locals, boxes }) => [
      ...registers.filter((value) => value !== void 0),
      ...locals.filter((value) => value !== void 0),
      ...boxes.flatMap((box) => box ? [machine.pointerTo(box)] : [])
    ])
  );
}
function isReachableWithout(machine, object3, container2) {
  const roots = [...outside(machine), ...held3(machine)].filter(
    (value) => value.object !== object3
  );
  return reachableFrom(machine, roots, container2).has(object3);
}
function checkHidden(machine, object3) {
  if (reachableFrom(machine, [...outside(machine), ...held3(machine)]).has(object3)) return;
  const made2 = object3.madeAt ? [{ site: object3.madeAt, words: "it was made here" }] : [];
  machine.report(
    "DUP",
    `\`${quote(machine)}\` overwrites ${nameOf(object3)}, and nothing else refers to it`,
    made2
  );
}

// server/src/sim/engine/escapes.ts
function letEscape(value) {
  const known2 = resolve(value);
  if (!(known2 instanceof Pointer) || known2.object.hasEscaped) return;
  known2.object.hasEscaped = true;
  known2.object.isShared ||= known2.object.lifetime !== "stack";
  for (const cell of known2.object.cells.values()) if (cell.value !== null) letEscape(cell.value);
}
function loseTrack(value) {
  const known2 = resolve(value);
  if (known2 instanceof Pointer) known2.object.hasEscaped = true;
}

// server/src/sim/engine/checks/sleep.ts
var DIRECT_RECLAIM = 0x400n;
function checkMaySleep(machine, { primitive, args }) {
  const { atomic: atomic2 } = machine.task;
  if (atomic2.length === 0 || primitive.context === "any") return;
  if (primitive.effect.do === "xarray" && primitive.effect.isLocked) return;
  if (typeof primitive.context === "object") {
    const gfp4 = resolve(args[primitive.context.gfp] ?? 0n);
    if (typeof gfp4 !== "bigint" || (gfp4 & DIRECT_RECLAIM) === 0n) return;
  }
  const key = `slept ${machine.site.start}`;
  if (machine.ghosts.has(key)) return;
  machine.ghosts.set(key, true);
  machine.report("ATOMSLEEP", `${primitive.name}() may sleep, and here nothing may`, [
    { site: atomic2.at(-1), words: "since this" }
  ]);
}

// server/src/sim/engine/knowledge.ts
var COMPARISONS = /* @__PURE__ */ new Set(["equal", "not-equal", "less", "less-equal", "greater", "greater-equal"]);
var DEPTH = 4;
var NEIGHBOUR = 3;
function truthOf(value, depth = DEPTH) {
  const known2 = settled(value, depth);
  if (typeof known2 === "bigint") return known2 !== 0n;
  if (!(known2 instanceof Unknown)) return true;
  const { term } = known2;
  if (term && depth > 0) {
    const [left, right] = term.operands;
    const truth2 = COMPARISONS.has(term.operation) ? comparison(term.operation, left, right, depth - 1) : null;
    if (truth2 !== null) return truth2;
    if (term.operation === "is-error") return isErrorOf(left);
    if (term.operation === "not") {
      const inner2 = truthOf(left, depth - 1);
      return inner2 === null ? null : !inner2;
    }
  }
  if (known2.excluded?.has(0n)) return true;
  const { low, high } = rangeOf2(known2, depth);
  if (low > 0n || high < 0n) return true;
  return low === 0n && high === 0n ? false : null;
}
function isErrorOf(value) {
  const known2 = resolve(value);
  if (known2 instanceof ErrorValue) return true;
  if (known2 instanceof Unknown) return known2.sort === "result" ? known2.isError : false;
  return false;
}
function settled(value, depth = DEPTH) {
  const known2 = resolve(value);
  if (!(known2 instanceof Unknown) || !known2.term || depth <= 0) return known2;
  const { operation: operation2, operands } = known2.term;
  const calculate = EXACT[operation2];
  if (!calculate) return known2;
  const numbers = operands.map((operand) => settled(operand, depth - 1));
  if (!numbers.every((number) => typeof number === "bigint")) return known2;
  const [left, right] = numbers;
  return fitted(known2.term, calculate(left, right));
}
var EXACT = {
  add: (left, right) => left + right,
  subtract: (left, right) => left - right,
  multiply: (left, right) => left * right,
  and: (left, right) => left & right,
  or: (left, right) => left | right,
  xor: (left, right) => left ^ right,
  complement: (value) => ~value,
  convert: (value) => value
};
function fitted({ bits: bits2, isSigned: isSigned2 }, value) {
  return isSigned2 ? BigInt.asIntN(bits2, value) : BigInt.asUintN(bits2, value);
}
function rangeOf2(unknown, depth) {
  const { term, relations, sort } = unknown;
  if (sort !== "integer" || depth <= 0 || !term && !relations) return unknown;
  let range = unknown;
  if (term) range = common(range, derivedRange(term, depth - 1));
  for (const { kind, other, gap } of relations ?? []) {
    const bounds = kind === "apart" ? null : boundsOf(resolve(other), depth - NEIGHBOUR);
    if (!bounds) continue;
    const { low, high } = range;
    range = common(
      range,
      kind === "above" ? { low: bounds.low + gap, high } : { low, high: bounds.high - gap }
    );
  }
  return range;
}
function common(one, other) {
  if (!other || other.low <= one.low && other.high >= one.high) return one;
  return {
    low: one.low > other.low ? one.low : other.low,
    high: one.high < other.high ? one.high : other.high
  };
}
function derivedRange(term, depth) {
  const { operation: operation2, operands } = term;
  if (!DERIVED.has(operation2)) return null;
  const a = boundsOf(resolve(operands[0]), depth);
  if (!a) return null;
  if (operation2 === "convert") return ifFits(term, a);
  const b = boundsOf(resolve(operands[1]), depth);
  if (!b) return null;
  if (operation2 === "add") return ifFits(term, { low: a.low + b.low, high: a.high + b.high });
  if (operation2 === "subtract") return ifFits(term, { low: a.low - b.high, high: a.high - b.low });
  if (a.low < 0n || b.low < 0n) return null;
  return { low: 0n, high: a.high < b.high ? a.high : b.high };
}
var DERIVED = /* @__PURE__ */ new Set(["convert", "add", "subtract", "and"]);
function ifFits(term, range) {
  return fitted(term, range.low) === range.low && fitted(term, range.high) === range.high ? range : null;
}
function boundsOf(value, depth = DEPTH) {
  if (typeof value === "bigint") return { low: value, high: value };
  if (value instanceof Unknown && value.sort === "integer") return rangeOf2(value, depth);
  if (value instanceof ErrorValue && value.errno !== null) return { low: value.errno, high: value.errno };
  return null;
}
function comparison(operation2, left, right, depth = DEPTH) {
  const a = settled(left, depth);
  const b = settled(right, depth);
  switch (operation2) {
    case "equal":
      return sameness(a, b);
    case "not-equal": {
      const same2 = sameness(a, b);
      return same2 === null ? null : !same2;
    }
    case "less":
      return ordered2(a, b, true);
    case "less-equal":
      return ordered2(a, b, false);
    case "greater":
      return ordered2(b, a, true);
    default:
      return ordered2(b, a, false);
  }
}
function sameness(a, b) {
  if (typeof a === "bigint" && typeof b === "bigint") return a === b;
  if (a instanceof Unknown && a === b) return true;
  if (a instanceof Pointer && b instanceof Pointer) return a.object === b.object && a.key === b.key;
  if (a instanceof Unknown && typeof b === "bigint") return mayEqual(a, b) ? null : false;
  if (b instanceof Unknown && typeof a === "bigint") return mayEqual(b, a) ? null : false;
  if (a instanceof Unknown || b instanceof Unknown) return isApart(a, b) ? false : null;
  if (a instanceof ErrorValue && b instanceof ErrorValue && (a.errno === null || b.errno === null))
    return null;
  if (a instanceof ErrorValue && b instanceof ErrorValue) return a.errno === b.errno;
  if (typeof a !== typeof b || a.constructor !== b.constructor) return false;
  return a instanceof FunctionValue && b instanceof FunctionValue ? a.name === b.name : null;
}
function mayEqual(unknown, value) {
  const { low, high } = rangeOf2(unknown, DEPTH);
  return value >= low && value <= high && !unknown.excluded?.has(value);
}
function isApart(a, b) {
  if (related(a, b).some(({ kind, gap }) => kind === "apart" || gap > 0n)) return true;
  const [left, right] = [boundsOf(a), boundsOf(b)];
  return left !== null && right !== null && (left.high < right.low || right.high < left.low);
}
function related(a, b) {
  if (!(a instanceof Unknown)) return [];
  return a.relations?.filter(({ other }) => resolve(other) === b) ?? [];
}
function ordered2(a, b, isStrict) {
  if (a instanceof Unknown && a === b) return !isStrict;
  if (a instanceof Pointer && b instanceof Pointer && a.object === b.object && a.region === b.region)
    return isStrict ? a.offset < b.offset : a.offset <= b.offset;
  for (const { kind, gap } of related(a, b)) {
    if (kind === "below" && (gap > 0n || !isStrict)) return true;
    if (kind === "above" && (gap > 0n || isStrict)) return false;
  }
  const [left, right] = [boundsOf(a), boundsOf(b)];
  if (!left || !right) return null;
  if (isStrict ? left.high < right.low : left.high <= right.low) return true;
  return (isStrict ? left.low >= right.high : left.low > right.high) ? false : null;
}
function mentionsTwice(value) {
  const seen = /* @__PURE__ */ new Set();
  const visit = (part, depth) => {
    const known2 = resolve(part);
    if (!(known2 instanceof Unknown) || depth > DEPTH) return false;
    if (!known2.term) return seen.has(known2) || !seen.add(known2);
    return known2.term.operands.some((operand) => visit(operand, depth + 1));
  };
  return visit(value, 0);
}

// server/src/sim/engine/arithmetic.ts
var TERMS = {
  [19 /* Add */]: "add",
  [20 /* Subtract */]: "subtract",
  [21 /* Multiply */]: "multiply",
  [22 /* Divide */]: "divide",
  [23 /* Remainder */]: "remainder",
  [24 /* And */]: "and",
  [25 /* Or */]: "or",
  [26 /* Xor */]: "xor",
  [27 /* ShiftLeft */]: "shift-left",
  [28 /* ShiftRight */]: "shift-right",
  [29 /* Equal */]: "equal",
  [30 /* NotEqual */]: "not-equal",
  [31 /* Less */]: "less",
  [32 /* LessEqual */]: "less-equal",
  [33 /* Greater */]: "greater",
  [34 /* GreaterEqual */]: "greater-equal"
};
function binary2(machine, op, from, left, right, kind) {
  const a = numeric(left, from);
  const b = numeric(right, from);
  if (a instanceof Undefined || b instanceof Undefined) return a instanceof Undefined ? a : b;
  if (typeof a === "bigint" && typeof b === "bigint") {
    const value = compute(op, from === 11 /* Unknown */ || from === 10 /* Pointer */ ? 9 /* U64 */ : from, a, b);
    return value ?? machine.unknown("integer", LOWEST[kind], HIGHEST[kind], "a value that C does not define");
  }
  const isComparison2 = op >= 29 /* Equal */ && op <= 34 /* GreaterEqual */;
  if (isComparison2) return compared2(machine, op, from, a, b);
  if (a instanceof Pointer && typeof b === "bigint" && (op === 19 /* Add */ || op === 20 /* Subtract */))
    return a.moved(Number(op === 19 /* Add */ ? BigInt.asIntN(64, b) : -BigInt.asIntN(64, b)));
  if (b instanceof Pointer && typeof a === "bigint" && op === 19 /* Add */)
    return b.moved(Number(BigInt.asIntN(64, a)));
  if (a instanceof Pointer && b instanceof Pointer && op === 20 /* Subtract */ && a.object === b.object)
    return BigInt(a.key - b.key);
  return operation(machine, op, from, a, b, kind);
}
function numeric(value, from) {
  const known2 = settled(value);
  if (known2 instanceof ErrorValue && known2.errno !== null && from !== 10 /* Pointer */)
    return wrap(from === 11 /* Unknown */ ? 8 /* I64 */ : from, known2.errno);
  return known2;
}
function compared2(machine, op, from, a, b) {
  const known2 = comparison(TERMS[op], a, b);
  if (known2 !== null) return known2 ? 1n : 0n;
  const term = { operation: TERMS[op], operands: [a, b], bits: widthOf(from), isSigned: isSigned(from) };
  return machine.term("integer", term, 0n, 1n);
}
function operation(machine, op, from, a, b, kind) {
  const simple = simplified(machine, op, from, a, b);
  if (simple !== null) return simple;
  let [low, high] = [LOWEST[kind], HIGHEST[kind]];
  if (op === 24 /* And */) {
    const masks = [boundsOf2(a), boundsOf2(b)].flatMap((each2) => each2 && each2[0] >= 0n ? [each2[1]] : []);
    if (masks.length > 0) [low, high] = [0n, masks.reduce((least, each2) => each2 < least ? each2 : least)];
  } else if (op === 19 /* Add */ || op === 20 /* Subtract */) [low, high] = sumBounds(op, a, b, low, high);
  else if (op === 28 /* ShiftRight */ && a instanceof Unknown && typeof b === "bigint" && a.low >= 0n && b >= 0n)
    [low, high] = [a.low >> b, a.high >> b];
  const term = { operation: TERMS[op], operands: [a, b], bits: widthOf(from), isSigned: isSigned(from) };
  return machine.term("integer", term, low, high);
}
function sumBounds(op, a, b, low, high) {
  const [x, y] = [boundsOf2(a), boundsOf2(b)];
  if (!x || !y) return [low, high];
  const least = op === 19 /* Add */ ? x[0] + y[0] : x[0] - y[1];
  const most = op === 19 /* Add */ ? x[1] + y[1] : x[1] - y[0];
  return least >= low && most <= high ? [least, most] : [low, high];
}
function boundsOf2(value) {
  if (typeof value === "bigint") return [value, value];
  return value instanceof Unknown && value.sort === "integer" ? [value.low, value.high] : null;
}
function simplified(machine, op, from, a, b) {
  if (a === b) {
    if (op === 20 /* Subtract */ || op === 26 /* Xor */) return 0n;
    if (op === 24 /* And */ || op === 25 /* Or */) return a;
  }
  if (b === 0n && NEUTRAL_ZERO.has(op)) return a;
  if (a === 0n && (op === 19 /* Add */ || op === 25 /* Or */ || op === 26 /* Xor */)) return b;
  if ((op === 24 /* And */ || op === 21 /* Multiply */) && (a === 0n || b === 0n)) return 0n;
  if (op === 21 /* Multiply */ && (a === 1n || b === 1n)) return a === 1n ? b : a;
  if (typeof b === "bigint" && (op === 19 /* Add */ || op === 20 /* Subtract */))
    return steppedSum(machine, op, from, a, b);
  return null;
}
var NEUTRAL_ZERO = /* @__PURE__ */ new Set([
  19 /* Add */,
  20 /* Subtract */,
  25 /* Or */,
  26 /* Xor */,
  27 /* ShiftLeft */,
  28 /* ShiftRight */
]);
function steppedSum(machine, op, from, a, b) {
  const term = a instanceof Unknown ? a.term : null;
  const inner2 = term?.operands[1];
  if (!term || typeof inner2 !== "bigint" || term.operation !== "add" && term.operation !== "subtract")
    return null;
  if (term.bits !== widthOf(from) || term.isSigned !== isSigned(from)) return null;
  const sum = (term.operation === "add" ? inner2 : -inner2) + (op === 19 /* Add */ ? b : -b);
  const total = BigInt.asIntN(term.bits, sum);
  const base = resolve(term.operands[0]);
  if (total === 0n) return base;
  if (BigInt.asIntN(term.bits, -total) === total) return null;
  return binary2(machine, total > 0n ? 19 /* Add */ : 20 /* Subtract */, from, base, total > 0n ? total : -total, from);
}
function unary2(machine, op, kind, value) {
  const known2 = resolve(value);
  if (known2 instanceof Undefined) return known2;
  if (op === 16 /* Negate */) return binary2(machine, 20 /* Subtract */, kind, 0n, known2, kind);
  if (typeof known2 === "bigint") return wrap(kind, ~known2);
  const term = { operation: "complement", operands: [known2], bits: widthOf(kind), isSigned: isSigned(kind) };
  return machine.term("integer", term, LOWEST[kind], HIGHEST[kind]);
}
function not2(machine, value) {
  const known2 = resolve(value);
  if (known2 instanceof Undefined) return known2;
  const truth2 = truthOf(known2);
  if (truth2 !== null) return truth2 ? 0n : 1n;
  return machine.term("integer", { operation: "not", operands: [known2], bits: 1, isSigned: false }, 0n, 1n);
}
function convert(machine, value, _from, kind, pointee) {
  const known2 = settled(value);
  if (known2 instanceof Undefined) return known2;
  if (kind === 1 /* Bool */) return toBool(machine, known2);
  if (known2 === 0n && kind === 10 /* Pointer */) return value;
  if (typeof known2 === "bigint") return convertNumber(known2, kind);
  if (known2 instanceof ErrorValue) {
    if (kind === 10 /* Pointer */ || kind === 11 /* Unknown */ || known2.errno === null) return value;
    return wrap(kind, known2.errno);
  }
  if (known2 instanceof Pointer || known2 instanceof FunctionValue) return known2;
  return convertUnknown(machine, value, known2, kind, pointee);
}
function convertNumber(value, kind) {
  const number = wrap(kind === 11 /* Unknown */ ? 8 /* I64 */ : kind, value);
  const isError = kind === 10 /* Pointer */ && number > (1n << 64n) - 4096n;
  return isError ? new ErrorValue(BigInt.asIntN(64, number), false, null) : number;
}
function toBool(machine, known2) {
  const truth2 = truthOf(known2);
  if (truth2 !== null) return truth2 ? 1n : 0n;
  if (known2 instanceof Unknown && known2.low >= 0n && known2.high <= 1n && known2.sort === "integer")
    return known2;
  const term = { operation: "not-equal", operands: [known2, 0n], bits: 64, isSigned: false };
  return machine.term("integer", term, 0n, 1n);
}
function convertUnknown(machine, value, known2, kind, pointee) {
  if (kind === 11 /* Unknown */ || kind === 10 /* Pointer */ && known2.sort !== "integer") return value;
  const [source] = known2.term?.operation === "convert" && known2.term.bits === 64 ? known2.term.operands : [];
  if (kind === 10 /* Pointer */ && source instanceof Unknown && source.sort !== "integer") return source;
  if (kind === 10 /* Pointer */)
    return machine.term(
      "pointer",
      { operation: `pointer ${pointee}`, operands: [known2], bits: 64, isSigned: false },
      0n,
      HIGHEST[kind],
      known2.words
    );
  if (known2.sort === "integer" && known2.low >= LOWEST[kind] && known2.high <= HIGHEST[kind]) return value;
  const term = { operation: "convert", operands: [known2], bits: widthOf(kind), isSigned: isSigned(kind) };
  return machine.term("integer", term, LOWEST[kind], HIGHEST[kind], known2.words);
}

// server/src/sim/engine/effects/atomics.ts
var KINDS = {
  1: 3 /* U8 */,
  2: 5 /* U16 */,
  4: 6 /* I32 */,
  8: 8 /* I64 */
};
function atomic(machine, effect, call2) {
  const place = follow2(machine, argument2(call2, effect.place), "reaches");
  if (!place || !checkAlive(machine, place, "reaches")) return 0n;
  const result = call2.each.kind;
  const kind = effect.width === 0 ? result === 0 /* Void */ ? 10 /* Pointer */ : result : KINDS[effect.width];
  const width = effect.width === 0 ? widthOfKind(kind) : effect.width;
  const old = resolve(readCell(machine, place, kind, call2.each.type));
  const value = effect.value === void 0 ? BigInt(effect.by ?? 1) : resolve(argument2(call2, effect.value));
  switch (effect.what) {
    case "read":
      return old;
    case "set":
      writeCell(machine, place, width, value);
      return 0n;
    case "exchange":
      writeCell(machine, place, width, value);
      return old;
    case "add": {
      const amount = effect.value === void 0 || effect.by !== -1 ? value : binary2(machine, 20 /* Subtract */, kind, 0n, value, kind);
      const sum = binary2(machine, 19 /* Add */, kind, old, amount, kind);
      writeCell(machine, place, width, sum);
      return given(machine, effect, kind, old, sum);
    }
    default:
      return compareExchange(machine, effect, call2, { place, kind, width, old, value });
  }
}
function widthOfKind(kind) {
  return kind === 10 /* Pointer */ || kind === 11 /* Unknown */ ? 8 : HIGHEST[kind] > 0xffffffffn ? 8 : HIGHEST[kind] > 0xffffn ? 4 : HIGHEST[kind] > 0xffn ? 2 : 1;
}
function given(machine, { gives }, kind, old, sum) {
  switch (gives) {
    case "old":
      return old;
    case "new":
      return sum;
    case "is-zero":
      return binary2(machine, 29 /* Equal */, kind, sum, 0n, 6 /* I32 */);
    case "is-not-zero":
      return binary2(machine, 30 /* NotEqual */, kind, sum, 0n, 6 /* I32 */);
    case "is-negative":
      return binary2(machine, 31 /* Less */, kind, sum, 0n, 6 /* I32 */);
    default:
      return 0n;
  }
}
function compareExchange(machine, effect, call2, { place, kind, width, old, value }) {
  const isTry = effect.what === "try-compare-exchange";
  const given2 = argument2(call2, effect.expected);
  const expectedAt = isTry ? follow2(machine, given2, "reads") : null;
  const expected = expectedAt ? readCell(machine, expectedAt, kind, "") : given2;
  const isEqual = machine.decide(
    binary2(machine, 29 /* Equal */, kind, old, expected, 6 /* I32 */),
    machine.site,
    true
  );
  if (isEqual) writeCell(machine, place, width, value);
  if (!isTry) return old;
  if (!isEqual && expectedAt) writeCell(machine, expectedAt, width, old);
  return isEqual ? 1n : 0n;
}

// server/src/sim/engine/effects/bits.ts
function bits(machine, effect, call2) {
  const { what } = effect;
  const map2 = follow2(machine, argument2(call2, effect.map), "reaches");
  if (!map2 || !checkAlive(machine, map2, "reaches")) return 0n;
  if (what === "zero" || what === "fill" || what === "forget") {
    if (map2.object.isShared) touch(machine, map2.object, map2.key, true);
    map2.object.refill(map2.key, 8, what === "zero" ? "zero" : "unknown");
    return 0n;
  }
  const bit2 = resolve(argument2(call2, effect.bit));
  const word = typeof bit2 === "bigint" ? Number(bit2 / 64n) : 0;
  const place = typeof bit2 === "bigint" ? map2.moved(word * 8) : map2;
  if (typeof bit2 !== "bigint") return unknownBit(machine, what);
  const mask = 1n << bit2 % 64n;
  const old = readCell(machine, place, 9 /* U64 */, "");
  const was = binary2(
    machine,
    30 /* NotEqual */,
    9 /* U64 */,
    binary2(machine, 24 /* And */, 9 /* U64 */, old, mask, 9 /* U64 */),
    0n,
    6 /* I32 */
  );
  const isSet = what === "set" || what === "test-and-set" || what === "assign" && resolve(argument2(call2, 2)) !== 0n;
  if (what !== "test") {
    const next = isSet ? binary2(machine, 25 /* Or */, 9 /* U64 */, old, mask, 9 /* U64 */) : binary2(machine, 24 /* And */, 9 /* U64 */, old, (1n << 64n) - 1n ^ mask, 9 /* U64 */);
    writeCell(machine, place, 8, next);
  }
  return was;
}
function unknownBit(machine, what) {
  return what.startsWith("test") ? machine.unknown("integer", 0n, 1n, "a bit") : 0n;
}

// server/src/sim/engine/effects/counts.ts
var MOST2 = 1n << 30n;
function count2(machine, effect, call2) {
  const place = placeOf(machine, call2, effect.of, "counts");
  if (!place || !checkAlive(machine, place, "counts references of")) return 0n;
  const by = BigInt(effect.by ?? 1);
  if (effect.what === "set") return setTo(machine, effect, call2, place);
  const value = counterAt(machine, place);
  machine.order.touch(machine.task, place.object.id, place.key, true);
  switch (effect.what) {
    case "read":
      return value;
    case "get":
      return take2(machine, effect, place, value, by, call2);
    case "get-unless-zero":
      return takeUnlessZero(machine, place, value, call2);
    case "put":
      put(machine, effect, place, value, by);
      return 0n;
    case "put-and-test":
      return put(machine, effect, place, value, by) ? 1n : 0n;
    case "put-and-release":
      return put(machine, effect, place, value, by) ? release2(machine, effect, call2, place) : 0n;
    case "put-unless-last":
      if (machine.decide(comparedTo(machine, value, 1n), machine.site, false)) return 0n;
      put(machine, effect, place, value, by);
      return 1n;
    case "put-if-last":
      if (!machine.decide(comparedTo(machine, value, 1n), machine.site, false)) return 0n;
      writeCell(machine, place, 4, 0n);
      return 1n;
  }
}
function comparedTo(machine, value, number) {
  return binary2(machine, 29 /* Equal */, 6 /* I32 */, value, number, 6 /* I32 */);
}
function setTo(machine, { to }, call2, place) {
  const value = to === void 0 ? 1n : "value" in to ? BigInt(to.value) : argument2(call2, to.argument);
  writeCell(machine, place, 4, value);
  return 0n;
}
function counterAt(machine, place) {
  const { object: owner, key } = place;
  if (owner.at(key, 4) === null && owner.fillAt(key) === "unknown")
    owner.put(key, 4, machine.unknown("integer", 1n, MOST2, `the count of ${owner.words}`), place.member);
  const value = readCell(machine, place, 6 /* I32 */, "");
  const known2 = resolve(value);
  if (known2 instanceof Undefined)
    machine.fatal("UNINIT", `counts references by \`${quote(machine)}\` before the count was set`);
  return known2;
}
function take2(machine, { isRefcount }, place, value, by, { primitive }) {
  if (value === 0n && isRefcount) {
    machine.fatal(
      "R01",
      `${primitive.name}() takes a reference on ${nameOf(place.object)}, whose count is zero`
    );
    return 0n;
  }
  const sum = binary2(machine, 19 /* Add */, 6 /* I32 */, value, by, 6 /* I32 */);
  machine.recorder?.counted(machine, place, value, sum);
  writeCell(machine, place, 4, sum);
  machine.acquire("reference", place, primitive.name);
  return sum;
}
function takeUnlessZero(machine, place, value, call2) {
  const isGone = typeof value === "bigint" ? value === 0n : machine.choose("unknown", ["the count is not zero", "the count is zero already"], machine.site) === 1;
  if (!isGone) {
    take2(machine, { do: "count", what: "get", of: 0, isRefcount: false }, place, value, 1n, call2);
    return 1n;
  }
  if (machine.options.world === "concrete" || call2.isIgnored) machine.refused(place.object, call2.isIgnored);
  return 0n;
}
function madeHere({ object: owner }) {
  return owner.madeAt ? [{ site: owner.madeAt, words: "it was made here" }] : [];
}
function put(machine, effect, place, value, by) {
  if (typeof value === "bigint" && value < by) {
    machine.fatal(
      "RNEG",
      `puts a reference of ${nameOf(place.object)}, whose count is ${value}`,
      madeHere(place)
    );
    return false;
  }
  const rest = binary2(machine, 20 /* Subtract */, 6 /* I32 */, value, by, 6 /* I32 */);
  machine.recorder?.counted(machine, place, value, rest);
  writeCell(machine, place, 4, rest);
  machine.ledger.release("reference", place, machine.outerSite);
  if (effect.what === "put") {
    if (rest !== 0n) return false;
  } else if (!machine.decide(comparedTo(machine, rest, 0n), machine.site, false)) return false;
  if (effect.what === "put" && effect.isRefcount)
    machine.report(
      "RNEG",
      `${quote(machine)} puts the last reference of ${nameOf(place.object)}, and nobody frees it`
    );
  return true;
}
function putCount(machine, place) {
  const effect = { do: "count", what: "put", of: 0, isRefcount: false };
  put(machine, effect, place, counterAt(machine, place), 1n);
}
function release2(machine, effect, call2, place) {
  const target2 = resolve(argument2(call2, effect.release));
  const procedure = target2 instanceof FunctionValue ? machine.code.procedure(target2.name, target2.from) : null;
  if (!procedure) {
    letEscape(place);
    return 1n;
  }
  const caller = machine.frame;
  const { dst } = call2.each;
  machine.enter(machine.task, procedure, [place]).afterwards = () => {
    if (dst >= 0) caller.registers[dst] = 1n;
  };
  return "later";
}
function hold2(machine, effect, call2) {
  if (effect.do === "find") return find2(machine, effect, call2);
  const value = argument2(call2, typeof effect.of === "number" ? effect.of : 0);
  const known2 = resolve(value);
  const { returns } = call2.primitive;
  const given2 = returns === "pointer" || returns === "pointer-or-null" ? value : returns === "bool" ? 1n : 0n;
  if (known2 === 0n || known2 instanceof Unknown && known2.sort === "integer") return given2;
  const place = effect.of === void 0 || typeof effect.of === "number" ? known2 : placeOf(machine, call2, effect.of, "holds");
  const target2 = place instanceof Pointer ? place : follow2(machine, value, call2.primitive.name);
  if (!target2 || !checkAlive(machine, target2, `${call2.primitive.name}()`)) return given2;
  if (target2.object.madeAt !== null) letEscape(target2);
  if (effect.do === "hold") machine.acquire(effect.kind, target2, call2.primitive.name);
  else machine.ledger.release(effect.kind, target2, machine.outerSite);
  return given2;
}
function find2(machine, effect, call2) {
  const { primitive, each: each2 } = call2;
  const words = `${primitive.name}()`;
  for (const arg of call2.args) letEscape(arg);
  const mayFail2 = primitive.returns === "pointer-or-null" && primitive.failure === null;
  const meanings = [`${words} finds something`, `${words} finds nothing`];
  if (mayFail2 && machine.choose("unknown", meanings, machine.site) === 1) {
    return machine.nothing("environment", `${words} finds nothing`);
  }
  const found2 = object2(machine, words, each2.type);
  machine.ledger.found.add(found2.object);
  machine.acquire(effect.kind, found2, primitive.name);
  return found2;
}

// server/src/sim/engine/effects/errors.ts
function error2(machine, { what }, call2) {
  const value = argument2(call2, 0);
  const known2 = resolve(value);
  switch (what) {
    case "make":
      return made(machine, known2);
    case "cast":
      return value;
    case "is":
    case "xa-is":
    case "is-value":
      if (known2 === 0n) machine.ledger.noteAsked(originOf(value));
      if (known2 instanceof ErrorValue) machine.ledger.handled.add(known2);
      return machine.decideError(known2, machine.site) ? 1n : 0n;
    case "is-or-null":
      if (known2 === 0n || machine.decideError(known2, machine.site)) return 1n;
      return machine.decide(known2, machine.site, true) ? 0n : 1n;
    case "xa-number":
      return known2 instanceof ErrorValue ? numberOf(machine, known2) : 0n;
    case "number":
      return numberOf(machine, known2);
    case "number-or-zero":
      return machine.decideError(known2, machine.site) ? numberOf(machine, resolve(value)) : 0n;
  }
}
function originOf(value) {
  let known2 = value;
  while (known2 instanceof Unknown && known2.bound instanceof Unknown) known2 = known2.bound;
  return known2;
}
function made(machine, known2) {
  if (known2 === 0n) return 0n;
  const last = machine.choices.at(-1);
  const words = last?.meanings[last.taken] ?? "";
  const cause = last ? machine.causeHere(last.kind === "fault" ? "fault" : "tested", words) : null;
  return new ErrorValue(typeof known2 === "bigint" ? BigInt.asIntN(64, known2) : null, false, cause);
}
function numberOf(machine, known2) {
  if (known2 instanceof ErrorValue) return known2.errno ?? machine.unknown("integer", -4095n, -1n, "the error");
  if (known2 === 0n) return 0n;
  return machine.unknown("integer", -4095n, -1n, "PTR_ERR() of a pointer that is no error");
}

// server/src/sim/engine/addresses.ts
function memberOf(machine, base, each2) {
  const known2 = resolve(base);
  if (typeof known2 === "bigint") return machine.derived(base, known2 + BigInt(Math.max(0, each2.c)));
  if (known2 instanceof Unknown && !(known2.sort === "integer" && known2.term))
    return fieldOf(materialise(machine, known2), each2);
  if (known2 instanceof Pointer) return fieldOf(known2, each2);
  return base;
}
function fieldOf(pointer, each2) {
  const { object: object3 } = pointer;
  if (pointer.offset === 0 && pointer.region === WHOLE && !/^(?:struct|union) \w/.test(object3.type))
    object3.type = each2.type;
  if (each2.c >= 0) return pointer.moved(each2.c, each2.text);
  const region = object3.region(pointer.region, pointer.offset, `${each2.type}.${each2.text}`);
  return new Pointer(object3, region, 0, each2.text);
}
function elementOf(machine, array3, at, each2) {
  const base = resolve(array3);
  const index2 = resolve(at);
  if (base instanceof Undefined) return base;
  if (typeof base === "bigint")
    return machine.derived(array3, typeof index2 === "bigint" ? base + index2 * BigInt(each2.c) : base);
  if (!(base instanceof Pointer) && !(base instanceof Unknown)) return base;
  const pointer = base instanceof Pointer ? base : materialise(machine, base);
  if (typeof index2 === "bigint" && each2.c >= 0) return pointer.moved(Number(index2) * each2.c);
  const step2 = index2 instanceof Unknown ? `[${index2.id}]` : `[${String(index2)}]`;
  return new Pointer(
    pointer.object,
    pointer.object.region(pointer.region, pointer.offset, step2),
    0,
    pointer.member
  );
}
function containerOf2(machine, member3, each2) {
  const base = resolve(member3);
  if (base instanceof Undefined) return base;
  if (typeof base === "bigint") return BigInt.asUintN(64, base - BigInt(Math.max(0, each2.c)));
  if (!(base instanceof Pointer) && !(base instanceof Unknown)) return base;
  const pointer = base instanceof Pointer ? base : materialise(machine, base);
  const { object: object3 } = pointer;
  if (each2.c >= 0) {
    const moved3 = pointer.moved(-each2.c, "");
    if (object3.lifetime === "given" && moved3.offset <= 0) object3.type = each2.type;
    return moved3;
  }
  return containerByName(pointer, each2.type, each2.text);
}
function containerByName({ object: object3, region, offset }, record, member3) {
  const name2 = `${record}.${member3}`;
  if (region.parent && offset === 0 && region.step === name2)
    return new Pointer(object3, region.parent, region.at, "");
  return new Pointer(object3, object3.region(region, offset, `container ${name2}`), 0, "");
}

// server/src/sim/engine/effects/list-effects.ts
function list2(machine, { what }, call2) {
  if (what === "sort") return 0n;
  const value = argument2(call2, 0);
  const cursor = what === "next-entry" || what === "prev-entry" ? cursorNode(machine, call2) : null;
  const place = cursor ?? follow2(machine, value, "uses the list of");
  if (!place || !checkAlive(machine, place, "uses the list of")) return 0n;
  return ACTS[what](machine, place, call2);
}
var ACTS = {
  init: (machine, node) => {
    link(machine, node, node);
    return 0n;
  },
  add: (machine, node, call2) => add(machine, node, call2, true),
  "add-tail": (machine, node, call2) => add(machine, node, call2, false),
  del: (machine, node) => remove(machine, node, "poison"),
  "del-init": (machine, node) => remove(machine, node, "itself"),
  "del-rcu": (machine, node) => remove(machine, node, "next"),
  move: (machine, node, call2) => move(machine, node, call2, true),
  "move-tail": (machine, node, call2) => move(machine, node, call2, false),
  empty: (machine, head) => truth(first(machine, head), (node) => isSamePlace(node, head)),
  singular: (machine, head) => {
    const node = first(machine, head);
    if (!node || isSamePlace(node, head)) return 0n;
    return truth(neighbour(machine, node, head, true), (next) => isSamePlace(next, head));
  },
  splice: (machine, head, call2) => splice(machine, head, call2, true, false),
  "splice-init": (machine, head, call2) => splice(machine, head, call2, true, true),
  "splice-tail": (machine, head, call2) => splice(machine, head, call2, false, false),
  "splice-tail-init": (machine, head, call2) => splice(machine, head, call2, false, true),
  replace: (machine, old, call2) => replace(machine, old, call2),
  count: (machine, head) => countOf(machine, head),
  "is-head": (machine, node, call2) => same(machine, node, argument2(call2, 1)),
  "is-first": (machine, node, call2) => relation(machine, node, call2, false),
  "is-last": (machine, node, call2) => relation(machine, node, call2, true),
  "first-entry": (machine, head, call2) => entry2(machine, head, expectedNode(machine, head, true), call2, false),
  "last-entry": (machine, head, call2) => entry2(machine, head, expectedNode(machine, head, false), call2, false),
  "first-entry-or-null": (machine, head, call2) => entry2(machine, head, first(machine, head), call2, true),
  "next-entry": (machine, node, call2) => entry2(machine, null, neighbour(machine, node, null, true), call2, false),
  "prev-entry": (machine, node, call2) => entry2(machine, null, neighbour(machine, node, null, false), call2, false),
  "hlist-init": (machine, node) => {
    writeCell(machine, node, 8, 0n);
    return 0n;
  },
  "hlist-empty": (machine, head) => {
    const value = resolve(readCell(machine, head, 10 /* Pointer */, ""));
    return machine.decide(value, machine.site, true) ? 0n : 1n;
  },
  "hlist-add": (machine, node, call2) => {
    const head = follow2(machine, argument2(call2, 1), "uses the list of");
    if (!head) return 0n;
    writeCell(machine, node, 8, readCell(machine, head, 10 /* Pointer */, ""));
    writeCell(machine, head, 8, node);
    return 0n;
  },
  "hlist-del": (machine, node) => {
    const next = readCell(machine, node, 10 /* Pointer */, "");
    replaceEverywhere(machine, node, next);
    return 0n;
  },
  sort: () => 0n
};
function first(machine, head) {
  return neighbour(machine, head, head, true);
}
function truth(node, is) {
  return node && is(node) ? 1n : 0n;
}
function same(machine, node, other) {
  const known2 = resolve(other);
  if (known2 instanceof Pointer) return isSamePlace(node, known2) ? 1n : 0n;
  return machine.unknown("integer", 0n, 1n, quote(machine));
}
function relation(machine, node, call2, isForward) {
  const head = follow2(machine, argument2(call2, 1), "uses the list of");
  if (!head) return 0n;
  return truth(neighbour(machine, node, head, isForward), (next) => isSamePlace(next, head));
}
function add(machine, node, call2, isFront) {
  const head = follow2(machine, argument2(call2, 1), "uses the list of");
  if (!head || !checkAlive(machine, head, "uses the list of")) return 0n;
  if (isLinked(node) && node.object.lifetime !== "given") {
    machine.fatal("LIST", `\`${quote(machine)}\` adds ${nameOf(node.object)}, which is on a list already`);
    return 0n;
  }
  const end = ends(machine, head, isFront);
  if (!end || machine.ending !== null) return 0n;
  if (isFront) insert(machine, node, head, end);
  else insert(machine, node, end, head);
  return 0n;
}
function remove(machine, node, leaves) {
  unlink(machine, node, leaves);
  return 0n;
}
function move(machine, node, call2, isFront) {
  if (!unlink(machine, node, "itself")) return 0n;
  return add(machine, node, call2, isFront);
}
function splice(machine, from, call2, isFront, isEmptied) {
  const head = follow2(machine, argument2(call2, 1), "uses the list of");
  const start3 = head && first(machine, from);
  if (!head || !start3 || isSamePlace(start3, from)) return 0n;
  const last = neighbour(machine, from, from, false);
  const end = ends(machine, head, isFront);
  if (!last || !end) return 0n;
  const [before, after] = isFront ? [head, end] : [end, head];
  link(machine, before, start3);
  link(machine, last, after);
  if (isEmptied) link(machine, from, from);
  return 0n;
}
function replace(machine, old, call2) {
  const fresh = follow2(machine, argument2(call2, 1), "uses the list of");
  const next = fresh && neighbour(machine, old, null, true);
  const previous2 = next && neighbour(machine, old, null, false);
  if (fresh && next && previous2) insert(machine, fresh, previous2, next);
  return 0n;
}
var MOST3 = 64;
function countOf(machine, head) {
  let node = first(machine, head);
  let count3 = 0n;
  while (node && !isSamePlace(node, head) && count3 < MOST3) {
    count3++;
    node = neighbour(machine, node, head, true);
  }
  return count3;
}
function entry2(machine, head, node, call2, isNullForNone) {
  if (!node) return 0n;
  const isNone = head !== null && isSamePlace(node, head);
  if (isNone && isNullForNone) return 0n;
  const container2 = containerOfNode(machine, node, call2);
  return isNone && head ? new Sentinel(container2.object, container2.region, container2.offset, "", head) : container2;
}
function memberOffset(machine, { each: each2 }) {
  const { slot } = each2;
  return slot ? machine.code.offsetOf(slot.record, slot.member, machine.frame.procedure.path) : 0;
}
function containerOfNode(machine, node, call2) {
  const offset = memberOffset(machine, call2);
  const { slot } = call2.each;
  if (offset >= 0) {
    if (node.object.lifetime === "given" && slot) node.object.type = slot.record;
    return node.moved(-offset, "");
  }
  return containerByName(node, slot?.record ?? "", slot?.member ?? "");
}
function cursorNode(machine, call2) {
  const cursor = follow2(machine, argument2(call2, 0), "walks from");
  const offset = memberOffset(machine, call2);
  return cursor && offset >= 0 ? cursor.moved(offset, call2.each.slot?.member ?? "") : cursor;
}

// server/src/sim/engine/effects/locking.ts
function lockEffect(machine, effect, call2) {
  const place = placeOf(machine, call2, effect.lock, effect.do === "unlock" ? "unlocks" : "locks");
  if (!place || !checkAlive(machine, place, effect.do === "unlock" ? "unlocks" : "locks")) return 0n;
  if (effect.do === "unlock") return unlock2(machine, effect, place);
  return lock2(machine, effect, place);
}
function isSpinning({ kind }) {
  return kind === "spin" || kind === "rwlock" || kind === "seqlock";
}
function lock2(machine, effect, place) {
  const { task } = machine;
  const { object: object3, key } = place;
  const state = machine.locks.at(object3, key);
  const mine = task.held.find((each2) => each2.object === object3 && each2.key === key);
  if (mine && effect.do === "lock" && !(mine.mode === "shared" && effect.mode === "shared")) {
    machine.fatal("SELFDEAD", `takes ${lockName(place)} while it holds it`, [
      { site: mine.at, words: "it was taken here" }
    ]);
    return 0n;
  }
  checkInitialised(machine, place);
  if (!state.isFree(effect.mode)) {
    if (effect.do === "try-lock") return 0n;
    task.obstacle = {
      kind: "lock",
      words: `waits for ${lockName(place)}`,
      site: machine.site,
      isGone: () => state.isFree(effect.mode)
    };
    return "again";
  }
  if (effect.do === "try-lock") {
    const words = [`${quote(machine)} succeeds`, `${quote(machine)} fails`];
    if (mine || machine.choose("environment", words, machine.site) === 1) return 0n;
  }
  take3(machine, effect, place);
  return effect.do === "try-lock" ? 1n : 0n;
}
function take3(machine, effect, place) {
  const { task } = machine;
  const { object: object3, key } = place;
  const state = machine.locks.at(object3, key);
  if (state.heldAtEntry === "released") {
    state.heldAtEntry = "unknown";
    const name2 = lockName(place);
    const at = machine.ledger.entryReleases.findLastIndex(({ words }) => words === name2);
    if (at >= 0) machine.ledger.entryReleases.splice(at, 1);
    return;
  }
  const held4 = {
    object: object3,
    key,
    mode: effect.mode,
    kind: effect.kind,
    group: groupOf(place),
    words: lockName(place),
    at: machine.outerSite,
    frame: machine.frame.number,
    disablesInterrupts: effect.irq
  };
  for (const outer of task.held) machine.noteOrder(outer, held4);
  task.held.push(held4);
  if (effect.mode === "exclusive") state.owner = task.number;
  else state.readers.push(task.number);
  state.wasTaken = true;
  if (isSpinning(effect)) task.atomic.push(held4.at);
  touch(machine, object3, key, true);
  machine.races.acquire(task, object3, key);
  machine.recorder?.locked(machine, held4);
}
function unlock2(machine, effect, place) {
  const { task } = machine;
  const { object: object3, key } = place;
  const at = task.held.findLastIndex((each2) => each2.object === object3 && each2.key === key);
  const state = machine.locks.at(object3, key);
  if (at < 0) {
    releaseOfCaller(machine, place);
    return 0n;
  }
  const [held4] = task.held.splice(at, 1);
  state.releasedAt = machine.outerSite;
  if (held4.mode === "exclusive") state.owner = 0;
  else state.readers.splice(state.readers.indexOf(task.number), 1);
  if (isSpinning(effect)) task.atomic.splice(task.atomic.lastIndexOf(held4.at), 1);
  touch(machine, object3, key, true);
  machine.races.release(task, object3, key);
  machine.recorder?.unlocked(machine, held4);
  return 0n;
}
function releaseOfCaller(machine, place) {
  const state = machine.locks.at(place.object, place.key);
  const isOwn = state.wasTaken || place.object.madeAt !== null;
  if (machine.options.world === "concrete" || isOwn) {
    machine.fatal("LOCKBAL", `unlocks ${lockName(place)}, which it does not hold`);
    return;
  }
  if (state.heldAtEntry === "released") {
    machine.fatal("LOCKBAL", `unlocks ${lockName(place)} a second time`);
    return;
  }
  state.heldAtEntry = "released";
  state.releasedAt = machine.outerSite;
  machine.ledger.entryReleases.push({ words: lockName(place), at: machine.outerSite });
}
function checkInitialised(machine, { object: object3, key }) {
  const isOurs = object3.madeAt !== null && object3.lifetime !== "stack";
  if (!isOurs || object3.hasEscaped || object3.fillAt(key) === "unknown") return;
  if (machine.ledger.initialisedLocks.has(`${object3.id}.${key}`) || object3.cells.has(key)) return;
  machine.report("UNINIT", `takes \`${quote(machine)}\` of ${nameOf(object3)} before it is initialised`);
  machine.ledger.initialisedLocks.add(`${object3.id}.${key}`);
}
function lockInit(machine, effect, call2) {
  const place = placeOf(machine, call2, effect.lock, "initialises");
  if (!place || !checkAlive(machine, place, "initialises")) return 0n;
  if (effect.do === "lock-init") machine.ledger.initialisedLocks.add(`${place.object.id}.${place.key}`);
  return 0n;
}
function lockHeld(machine, effect, call2) {
  const place = placeOf(machine, call2, effect.lock, "asks for");
  if (!place || !checkAlive(machine, place, "asks for")) return 0n;
  const { object: object3, key } = place;
  const state = machine.locks.at(object3, key);
  const isHeld = machine.task.held.some((each2) => each2.object === object3 && each2.key === key);
  if (isHeld === effect.isWanted) return 0n;
  if (!effect.isWanted) {
    const mine = machine.task.held.find((each2) => each2.object === object3 && each2.key === key);
    machine.report("LOCKREQ", `${quote(machine)} says that ${lockName(place)} is not held, but it is`, [
      { site: mine.at, words: "it was taken here" }
    ]);
    return 0n;
  }
  if (machine.options.world === "open" && !state.wasTaken && state.heldAtEntry !== "released") return 0n;
  const given2 = state.releasedAt ? [{ site: state.releasedAt, words: "it was given back here" }] : [];
  machine.report("LOCKREQ", `${quote(machine)} says that ${lockName(place)} is held, but it is not`, given2);
  return 0n;
}
function lockQuery(machine, effect, call2) {
  const place = resolve(argument2(call2, effect.lock));
  if (!(place instanceof Pointer)) return machine.unknown("integer", 0n, 1n, quote(machine));
  const isHeld = machine.task.held.some((each2) => each2.object === place.object && each2.key === place.key);
  if (isHeld) return 1n;
  return machine.options.world === "open" ? machine.unknown("integer", 0n, 1n, quote(machine)) : 0n;
}
function preempt(machine, { what }) {
  if (what === "off") machine.task.atomic.push(machine.site);
  else machine.task.atomic.pop();
  return 0n;
}
function groupOf({ object: object3, member: member3 }) {
  return object3.lifetime === "static" ? `${object3.words}.${member3}` : `${object3.type}.${member3}`;
}
function lockName({ object: object3, member: member3 }) {
  if (member3 === "") return `\`${object3.words}\``;
  return `\`${object3.words}->${member3}\``;
}

// server/src/sim/engine/hardware.ts
var Hardware = class {
  entries = /* @__PURE__ */ new Map();
  domains = /* @__PURE__ */ new Map();
  members = [];
  /** Numbers that may be PASIDs, with the pool that gave them out. */
  issued = /* @__PURE__ */ new Map();
  /** By task number. */
  calls = /* @__PURE__ */ new Map();
  /** Page requests that are out, by device and number. */
  requests = /* @__PURE__ */ new Map();
  domainOf(device, pasid) {
    return this.entries.get(keyOf(device, pasid)) ?? null;
  }
  of(device) {
    return [...this.entries.values()].filter((each2) => each2.device === device);
  }
  /** Devices that have a domain for a PASID, as a list of their own. */
  withPasid(pasid) {
    return [...this.entries.values()].filter((each2) => each2.pasid === pasid);
  }
  program(entry3) {
    this.entries.set(keyOf(entry3.device, entry3.pasid), entry3);
  }
  block(device, pasid) {
    this.entries.delete(keyOf(device, pasid));
  }
  member(device) {
    return this.members.find((each2) => each2.device === device) ?? null;
  }
  /** The devices of its group, itself among them. */
  groupOf(device) {
    const own = this.member(device);
    return own ? this.members.filter(({ group }) => group === own.group) : [];
  }
};
function keyOf(device, pasid) {
  return `${device.id}.${pasid}`;
}

// server/src/sim/engine/effects/simulated.ts
function simulated(machine, { what }, call2) {
  return ACTIONS[what](machine, call2);
}
var ACTIONS = {
  begin(machine, call2) {
    machine.hardware.calls.set(machine.task.number, {
      what: textOf2(argument2(call2, 0)),
      device: objectOf(call2, 1),
      mm: objectOf(call2, 2),
      choices: machine.choices.length,
      before: new Map(machine.hardware.entries),
      refusals: 0,
      isAsked: false
    });
    machine.task.leftAt = null;
    return 0n;
  },
  end(machine, call2) {
    const current = currentCall(machine);
    if (current) checkCall(machine, current, argument2(call2, 0), resolve(argument2(call2, 1)) === 1n);
    machine.hardware.calls.delete(machine.task.number);
    return 0n;
  },
  member(machine, call2) {
    const [group, device] = [objectOf(call2, 0), objectOf(call2, 1)];
    const pasids = numberOf2(argument2(call2, 2));
    if (group && device) machine.hardware.members.push({ group, device, pasids });
    return 0n;
  },
  made(machine, call2) {
    const domain = resolve(argument2(call2, 0));
    if (!(domain instanceof Pointer)) return 0n;
    const known2 = machine.hardware.domains.get(domain.object);
    if (known2) known2.instance = objectOf(call2, 1);
    else
      machine.hardware.domains.set(domain.object, { instance: objectOf(call2, 1), by: currentCall(machine) });
    return 0n;
  },
  program(machine, call2) {
    const device = objectOf(call2, 0);
    const domain = resolve(argument2(call2, 2));
    if (!device || !(domain instanceof Pointer)) return 0n;
    const entry3 = { device, pasid: numberOf2(argument2(call2, 1)), domain, at: whereInCode(machine) };
    checkProgrammed(machine, entry3, objectOf(call2, 3));
    machine.hardware.program(entry3);
    machine.recorder?.hardware(
      machine,
      `${device.words} has ${nameOf(domain.object)} for PASID ${entry3.pasid}`
    );
    return 0n;
  },
  block(machine, call2) {
    const device = objectOf(call2, 0);
    if (!device) return 0n;
    const pasid = numberOf2(argument2(call2, 1));
    machine.hardware.block(device, pasid);
    machine.recorder?.hardware(machine, `${device.words} is blocked for PASID ${pasid}`);
    return 0n;
  },
  refuse(machine) {
    const current = currentCall(machine);
    if (current) current.refusals++;
    return 0n;
  },
  foreign(machine, call2) {
    const device = objectOf(call2, 0);
    breach(machine, "OWN", `gives ${device?.words ?? "a device"} to an operation of another driver`);
    return 0n;
  },
  domain(machine, call2) {
    const device = objectOf(call2, 0);
    const entry3 = device && machine.hardware.domainOf(device, numberOf2(argument2(call2, 1)));
    return entry3 ? entry3.domain : 0n;
  },
  pasid(machine, call2) {
    const device = objectOf(call2, 0);
    return device && machine.hardware.of(device)[0]?.pasid || 0n;
  },
  ask(machine, call2) {
    machine.hardware.requests.set(requestOf(call2), { at: machine.site });
    return 0n;
  },
  answer(machine, call2) {
    if (!machine.hardware.requests.delete(requestOf(call2)))
      breach(machine, "NORESP", "answers a page request that is not out");
    return 0n;
  },
  gone(_machine, call2) {
    const mm = objectOf(call2, 0);
    if (mm) mm.state = "freed";
    if (mm) mm.freedAt = whereInCode(_machine);
    return 0n;
  }
};
function currentCall(machine) {
  return machine.hardware.calls.get(machine.task.number) ?? null;
}
function objectOf(call2, index2) {
  const known2 = resolve(argument2(call2, index2));
  return known2 instanceof Pointer ? known2.object : null;
}
function numberOf2(value) {
  const known2 = resolve(value);
  return typeof known2 === "bigint" ? BigInt.asUintN(32, known2) : 0n;
}
function textOf2(value) {
  const known2 = resolve(value);
  return known2 instanceof Pointer ? known2.object.words.replace(/^"|"$/g, "") : "";
}
function requestOf(call2) {
  return `${objectOf(call2, 0)?.id ?? 0}.${numberOf2(argument2(call2, 1))}`;
}
function whereInCode(machine) {
  const { frames } = machine.task;
  for (let depth = frames.length - 1; depth >= 0; depth--) {
    const frame = frames[depth];
    if (!machine.code.isWorld(frame.procedure.path))
      return frame.siteOf(frame.procedure.ir.code[Math.max(0, frame.at - 1)]);
  }
  return machine.task.leftAt ?? machine.site;
}
function breach(machine, monitor, words, related2 = []) {
  machine.report(monitor, words, related2, { site: whereInCode(machine) });
}
function checkProgrammed(machine, entry3, instance) {
  const { device, domain, pasid } = entry3;
  const made2 = machine.hardware.domains.get(domain.object);
  const current = currentCall(machine);
  if (made2?.instance && instance && made2.instance !== instance)
    breach(machine, "INC", `gives ${device.words} a domain that was made for another instance`);
  const mm = made2?.by?.mm;
  if (mm && current?.mm && mm !== current.mm)
    breach(machine, "XMM", `binds ${device.words} to the address space of another process`);
  const pasids = machine.hardware.member(device)?.pasids;
  if (pasids !== void 0 && (pasid === 0n || pasid >= pasids))
    breach(machine, "PASIDRANGE", `gives ${device.words} PASID ${pasid}, which it does not have`);
}
function checkDomainFreed(machine, object3) {
  for (const { domain, device, pasid, at } of machine.hardware.entries.values())
    if (domain.object === object3)
      breach(machine, "FREEATT", `frees a domain that ${device.words} has for PASID ${pasid}`, [
        { site: at, words: "it was attached here" }
      ]);
}
function checkPasidFreed(machine, pasid) {
  for (const { device, at } of machine.hardware.withPasid(pasid))
    breach(machine, "PASIDFREE", `frees PASID ${pasid}, for which ${device.words} still has a domain`, [
      { site: at, words: "it was attached here" }
    ]);
}
function checkAnswered(machine) {
  for (const { at } of machine.hardware.requests.values())
    machine.report("NORESP", "a page request is never answered", [], { site: at });
}
function checkCall(machine, current, result, isWanted) {
  const errno2 = failureOf(result);
  if (errno2 === null) checkSuccess(machine, current);
  else checkFailure(machine, current, errno2, isWanted);
}
function failureOf(result) {
  const known2 = resolve(result);
  if (known2 instanceof ErrorValue) return known2.errno === null ? 0n : -known2.errno;
  if (known2 === 0n) return 0n;
  if (typeof known2 !== "bigint") return null;
  const number = BigInt.asIntN(64, known2);
  return number < 0n && number >= -4095n ? -number : null;
}
function checkFailure(machine, current, errno2, isWanted) {
  checkUnchanged(machine, current);
  const faults = machine.choices.slice(current.choices).filter(({ kind, taken }) => kind === "fault" && taken > 0);
  const name2 = ERRNOS.get(errno2) ?? `error ${errno2}`;
  const isOutOfNumbers = errno2 === 28n && faults.some(({ meanings }) => givesNumbers(meanings[1]));
  if (faults.length === 1 && errno2 !== 12n && errno2 !== 0n && !isOutOfNumbers)
    breach(machine, "ERRNO", `gives ${name2} where memory ran out`, [
      { site: faults[0].site, words: faults[0].meanings[1] }
    ]);
  if (faults.length > 0 || !isWanted) return;
  if (current.refusals > 0)
    breach(machine, "INC", `${current.what} fails: one domain did not fit the device, and no other is tried`);
  else breach(machine, "ERRNO", `${current.what} gives ${name2} where it must succeed`);
}
function givesNumbers(failure) {
  return PRIMITIVES.get(/^\w*/.exec(failure)[0])?.effect.do === "ids";
}
function checkUnchanged(machine, { device, before, what }) {
  if (!device) return;
  const group = new Set(machine.hardware.groupOf(device).map((each2) => each2.device));
  for (const [key, entry3] of machine.hardware.entries)
    if (group.has(entry3.device) && before.get(key)?.domain.object !== entry3.domain.object)
      breach(
        machine,
        "HALF",
        `${what} fails and leaves ${entry3.device.words} attached for PASID ${entry3.pasid}`,
        [{ site: entry3.at, words: "it was attached here" }]
      );
}
function checkSuccess(machine, { what, device, mm }) {
  if (!device || !mm || !/bind|attach/.test(what) || /unbind|detach/.test(what)) return;
  const own = machine.hardware.of(device).filter(({ domain }) => machine.hardware.domains.get(domain.object)?.by?.mm === mm);
  if (own.length === 0) {
    const others = machine.hardware.of(device);
    if (others.length === 0) breach(machine, "NOTDONE", `${what} succeeds and attaches nothing`);
    else breach(machine, "XMM", `${what} leaves the device with a domain of another process`);
  }
  for (const { pasid, domain } of own)
    for (const member3 of machine.hardware.groupOf(device)) {
      const theirs = machine.hardware.entries.get(keyOf(member3.device, pasid));
      if (member3.pasids > 0n && theirs?.domain.object !== domain.object)
        breach(
          machine,
          "HALFOK",
          `${what} succeeds, but ${member3.device.words} of the same group has no such domain`
        );
    }
}
var ERRNOS = /* @__PURE__ */ new Map([
  [0n, "NULL"],
  [2n, "ENOENT"],
  [12n, "ENOMEM"],
  [14n, "EFAULT"],
  [16n, "EBUSY"],
  [19n, "ENODEV"],
  [22n, "EINVAL"],
  [28n, "ENOSPC"],
  [75n, "EOVERFLOW"],
  [95n, "EOPNOTSUPP"]
]);

// server/src/sim/engine/effects/memory-effects.ts
function alloc2(machine, effect, call2) {
  const { primitive, each: each2 } = call2;
  const object3 = machine.heap.make(machine.task.number, {
    type: each2.type,
    lifetime: effect.lifetime,
    size: sizeOf(effect.size, call2),
    fill: fillOf(effect, call2),
    madeAt: machine.outerSite,
    words: target(machine) || `${primitive.name}()`
  });
  const pointer = new Pointer(object3, WHOLE, 0, "");
  machine.recorder?.made(machine, object3);
  if (effect.copies !== void 0) {
    const from = resolve(argument2(call2, effect.copies));
    if (from instanceof Pointer && object3.size > 0) object3.copyFrom(from.object, from.key, 0, object3.size);
  }
  if (effect.into === void 0) return pointer;
  const into = follow2(machine, argument2(call2, effect.into), "writes");
  if (into) writeCell(machine, into, 8, pointer);
  return 0n;
}
function fillOf({ fill }, { primitive, args }) {
  const { context } = primitive;
  const gfp4 = typeof context === "object" ? resolve(args[context.gfp] ?? 0n) : 0n;
  return typeof gfp4 === "bigint" && (gfp4 & 0x100n) !== 0n && fill === "undefined" ? "zero" : fill;
}
function sizeOf(factors, call2) {
  if (factors.length === 0) return -1;
  let size2 = 1n;
  for (const factor of factors) {
    const value = resolve(argument2(call2, factor));
    if (typeof value !== "bigint") return -1;
    size2 *= value;
  }
  return size2 < 1n << 30n ? Number(size2) : -1;
}
function target(machine) {
  const { frame } = machine;
  const { start: start3 } = machine.site;
  const before = frame.procedure.source.slice(Math.max(0, start3 - 80), start3);
  return /([\w>.[\]-]+)\s*(?:__\w+(?:\([^()]*\))?\s*)?=\s*$/.exec(before)?.[1]?.replace(/^-?>/, "") ?? "";
}
function freeEffect(machine, effect, call2) {
  const value = argument2(call2, effect.what);
  const known2 = resolve(value);
  if (known2 === 0n) return 0n;
  const place = follow2(machine, value, `${call2.primitive.name}()`);
  if (place) free3(machine, place, call2.primitive.name, false, effect.lifetime === "managed");
  return 0n;
}
function free3(machine, place, by, later = false, isManaged = false) {
  const { object: object3 } = place;
  if (object3.state !== "live") {
    const related2 = object3.freedAt ? [{ site: object3.freedAt, words: "it was freed here" }] : [];
    machine.fatal("DF", `${by}() frees ${nameOf(object3)} a second time`, related2);
    return;
  }
  if (!(isManaged && object3.lifetime === "managed") && !isFreeable(machine, place, by)) return;
  const counted = machine.options.world === "open" ? machine.ledger.counted.get(object3) : void 0;
  if (counted) {
    const related2 = [{ site: counted, words: "it is counted since" }];
    machine.report("DF", `${by}() frees ${nameOf(object3)}, which only its last put may free`, related2);
  }
  if (machine.hardware.entries.size > 0) checkDomainFreed(machine, object3);
  machine.races.freed(machine, object3);
  touch(machine, object3, -1, true);
  object3.state = later ? "dying" : "freed";
  object3.freedAt = machine.outerSite;
  machine.recorder?.freed(machine, object3);
  if (later) machine.afterGracePeriod(object3);
}
function isFreeable(machine, { object: object3, offset, region }, by) {
  if (object3.lifetime === "static" || object3.lifetime === "stack") {
    machine.fatal("DF", `${by}() frees ${nameOf(object3)}, which was never allocated`);
    return false;
  }
  if (object3.lifetime === "managed") {
    machine.fatal("DF", `${by}() frees ${nameOf(object3)}, which its device frees`);
    return false;
  }
  if (object3.lifetime !== "given" && (offset !== 0 || region !== WHOLE)) {
    machine.fatal(
      "DF",
      `${by}() frees \`${quote(machine)}\`, a member of ${nameOf(object3)}, not its beginning`
    );
    return false;
  }
  return true;
}
function resize2(machine, effect, call2) {
  const old = resolve(argument2(call2, effect.what));
  const made2 = alloc2(
    machine,
    { do: "alloc", lifetime: "heap", fill: "undefined", size: effect.size },
    call2
  );
  if (!(old instanceof Pointer)) return made2;
  if (!checkAlive(machine, old, "resizes")) return made2;
  moveContents(old.object, made2.object);
  free3(machine, old, call2.primitive.name);
  return made2;
}
function moveContents(from, to) {
  for (const cell of from.cells.values()) to.put(cell.key, cell.width, cell.value ?? 0n, cell.member);
  to.fill = from.fill;
}
function fillBytes(machine, effect, call2) {
  const destination = argument2(call2, effect.to);
  const to = follow2(machine, destination, "writes");
  if (!to || !checkAlive(machine, to, "writes")) return destination;
  const value = resolve(argument2(call2, effect.value));
  const size2 = resolve(argument2(call2, effect.size));
  const { object: object3 } = to;
  if (object3.isShared) touch(machine, object3, to.key, true);
  const width = typeof size2 === "bigint" && size2 < 1n << 24n ? Number(size2) : -1;
  if (value === 0n || typeof value !== "bigint" || width < 0 || width > 4096) {
    object3.refill(to.key, width < 0 && to.key !== 0 ? 1 << 20 : width, value === 0n ? "zero" : "unknown");
    return destination;
  }
  object3.clear(to.key, width);
  for (let at = 0; at < width; at++) object3.put(to.key + at, 1, value & 255n, "");
  return destination;
}
function copyBytes(machine, effect, call2) {
  const destination = argument2(call2, effect.to);
  const to = follow2(machine, destination, "writes");
  const from = to && follow2(machine, argument2(call2, effect.from), "reads");
  if (!to || !from || !checkAlive(machine, to, "writes") || !checkAlive(machine, from, "reads"))
    return destination;
  const size2 = resolve(argument2(call2, effect.size));
  if (to.object.isShared) touch(machine, to.object, to.key, true);
  if (typeof size2 === "bigint" && size2 < 1n << 24n)
    to.object.copyFrom(from.object, from.key, to.key, Number(size2));
  else to.object.refill(to.key, -1, "unknown");
  return destination;
}
function forget2(machine, effect, call2) {
  for (const index2 of effect.args) {
    const place = resolve(argument2(call2, index2));
    if (!(place instanceof Pointer)) continue;
    if (!checkAlive(machine, place, "writes")) return 0n;
    if (place.object.isShared) touch(machine, place.object, place.key, true);
    place.object.refill(place.key, place.object.lifetime === "stack" && place.key === 0 ? -1 : 8, "unknown");
    letEscape(place);
  }
  return freshResult(machine, call2);
}

// server/src/sim/engine/effects/system.ts
function work2(machine, effect, call2) {
  const { what } = effect;
  if (what === "rcu-barrier") return waitForTasks(machine, (task) => task.kind === "callback", "callbacks");
  if (what === "flush-all") return waitForTasks(machine, (task) => task.kind === "work", "all work");
  const place = follow2(machine, argument2(call2, effect.work), "uses the work of");
  if (!place || !checkAlive(machine, place, "uses the work of")) return 0n;
  const key = `${place.object.id}.${place.key}`;
  switch (what) {
    case "init":
      machine.ghosts.set(`work ${key}`, argument2(call2, effect.function));
      return 0n;
    case "queue":
      return queue2(machine, place, key);
    case "call-rcu":
      return callRcu(machine, place, argument2(call2, effect.function));
    case "cancel":
    case "cancel-sync":
    case "flush": {
      if (what !== "flush") dequeue(machine, key);
      if (what === "cancel") return 1n;
      return waitForTasks(machine, (task) => task.name === `work ${key}`, "its work");
    }
    default:
      return 0n;
  }
}
function queue2(machine, place, key) {
  const target2 = resolve(machine.ghosts.get(`work ${key}`) ?? 0n);
  const isQueued = machine.tasks.some(
    ({ name: name2, programme, isDone }) => name2 === `work ${key}` && !isDone && programme.length > 0
  );
  if (isQueued) return 0n;
  if (machine.options.world === "open" || !(target2 instanceof FunctionValue)) {
    letEscape(place);
    return 1n;
  }
  const procedure = machine.code.procedure(target2.name, target2.from);
  if (!procedure) {
    letEscape(place);
    return 1n;
  }
  place.object.isShared = true;
  const task = machine.newTask(`work ${key}`, "work", [{ procedure, args: [place] }]);
  task.words = `${target2.name}()`;
  machine.races.follows(task, machine.task);
  return 1n;
}
function dequeue(machine, key) {
  for (const task of machine.tasks)
    if (task.name === `work ${key}` && task.frames.length === 0 && !task.isDone) {
      task.programme.length = 0;
      task.isDone = true;
    }
}
function waitForTasks(machine, which, words) {
  const { task } = machine;
  if (which(task) && task.kind !== "thread") {
    machine.fatal("FLUSHDEAD", `waits for ${words}, which is what runs here`);
    return 0n;
  }
  const pending = machine.tasks.filter((each2) => each2 !== task && !each2.isDone && which(each2));
  if (pending.length === 0) {
    for (const each2 of machine.tasks) if (each2.isDone && which(each2)) machine.races.follows(task, each2);
    return 0n;
  }
  task.obstacle = {
    kind: "flush",
    words: `waits for ${words}`,
    site: machine.site,
    isGone: () => pending.every(({ isDone }) => isDone)
  };
  return "again";
}
function callRcu(machine, place, callback) {
  const target2 = resolve(callback);
  const procedure = target2 instanceof FunctionValue ? machine.code.procedure(target2.name, target2.from) : null;
  if (!procedure) {
    letEscape(place);
    return 0n;
  }
  if (machine.options.world === "open") {
    letEscape(place);
    return 0n;
  }
  const task = machine.newTask(`callback ${place.object.id}.${place.key}`, "callback", [
    { procedure, args: [place] }
  ]);
  task.words = `${procedure.name}()`;
  const isOver = gracePeriod(machine);
  task.obstacle = {
    kind: "grace-period",
    words: "waits for a grace period",
    site: machine.site,
    isGone: isOver
  };
  machine.races.follows(task, machine.task);
  return 0n;
}
function gracePeriod(machine) {
  const open2 = machine.tasks.filter(({ sections }) => sections.length > 0).map((task) => ({ task, left: task.sectionsLeft }));
  return () => open2.every(({ task, left }) => task.sectionsLeft !== left || task.isDone);
}
function rcu2(machine, effect, call2) {
  const { task } = machine;
  switch (effect.what) {
    case "enter":
      task.sections.push(machine.outerSite);
      task.atomic.push(machine.site);
      return 0n;
    case "exit":
      if (task.sections.length === 0) return unbalancedExit(machine);
      task.sections.pop();
      if (task.sections.length === 0) task.sectionsLeft++;
      task.atomic.pop();
      return 0n;
    case "synchronize":
      return synchronise(machine);
    case "free": {
      const value = argument2(call2, effect.object);
      if (resolve(value) === 0n) return 0n;
      const place = follow2(machine, value, `${call2.primitive.name}()`);
      if (place)
        free3(
          machine,
          place,
          call2.primitive.name,
          machine.tasks.some((each2) => each2.sections.length > 0)
        );
      return 0n;
    }
  }
}
function unbalancedExit(machine) {
  if (machine.options.world === "concrete")
    machine.fatal("LOCKBAL", "leaves a read section that it is not in");
  else machine.ledger.entryReleases.push({ words: "the RCU read section", at: machine.outerSite });
  return 0n;
}
function synchronise(machine) {
  const { task } = machine;
  if (task.obstacle === null && !task.waited) {
    const isGone = gracePeriod(machine);
    if (!isGone()) {
      task.waited = true;
      task.obstacle = { kind: "grace-period", words: "waits for a grace period", site: machine.site, isGone };
      return "again";
    }
  }
  task.waited = false;
  return 0n;
}
function endDying(machine) {
  for (const [object3, isOver] of machine.dying) {
    if (!isOver()) continue;
    object3.state = "freed";
    machine.dying.delete(object3);
  }
}
function wait2(machine, effect, call2) {
  if (effect.what === "condition") return waitForCondition(machine, call2);
  if (effect.what === "wake") return 0n;
  const place = follow2(machine, argument2(call2, effect.on), "waits for");
  if (!place || !checkAlive(machine, place, "waits for")) return 0n;
  const key = `completion ${place.object.id}.${place.key}`;
  const done = machine.ghosts.get(key) ?? 0;
  touch(machine, place.object, place.key, true);
  switch (effect.what) {
    case "init":
      machine.ghosts.set(key, 0);
      return 0n;
    case "complete":
      machine.ghosts.set(key, done + 1);
      machine.races.release(machine.task, place.object, place.key);
      return 0n;
    case "try":
      if (done > 0) machine.ghosts.set(key, done - 1);
      return done > 0 ? 1n : 0n;
    default:
      return waitFor(machine, place, key, { done, call: call2 });
  }
}
function waitFor(machine, place, key, { done, call: call2 }) {
  if (done > 0 || machine.options.world === "open") {
    machine.ghosts.set(key, Math.max(0, done - 1));
    machine.races.acquire(machine.task, place.object, place.key);
    return call2.primitive.returns === "errno" ? 0n : 1n;
  }
  machine.task.obstacle = {
    kind: "wait",
    words: `waits for \`${place.object.words}${place.member ? `->${place.member}` : ""}\``,
    site: machine.site,
    isGone: () => (machine.ghosts.get(key) ?? 0) > 0
  };
  return "again";
}
function waitForCondition(machine, call2) {
  const condition = call2.args[1] ?? 1n;
  if (truthOf(condition) === null) machine.learn(condition, true);
  return call2.primitive.returns === "void" ? 0n : freshResult(machine, call2);
}
function notifier2(machine, effect, call2) {
  const place = resolve(argument2(call2, effect.notifier));
  if (place instanceof Pointer && !checkAlive(machine, place, "uses the notifier of")) return 0n;
  if (effect.what === "register" || effect.what === "get") {
    if (place instanceof Pointer) letEscape(place);
  }
  return call2.each.dst < 0 ? 0n : freshOrZero(machine, call2);
}
function freshOrZero(machine, call2) {
  return call2.primitive.returns === "errno" ? 0n : freshResult(machine, call2);
}
var putMm = (member3) => (machine, _effect, call2) => {
  if (resolve(argument2(call2, 0)) === 0n) return 0n;
  const place = placeOf(machine, call2, { argument: 0, record: "struct mm_struct", member: member3 }, "puts");
  if (place && checkAlive(machine, place, "puts")) putCount(machine, place);
  return 0n;
};
var mmPut = putMm("mm_users");
var mmDrop = putMm("mm_count");
function warn2(machine, effect, call2) {
  const condition = effect.condition === null ? 1n : argument2(call2, effect.condition);
  const known2 = truthOf(condition);
  const isOurs = machine.options.world === "concrete" && resolve(condition) instanceof Unknown === false;
  if (known2 === true && isOurs) machine.report("WARNHIT", `\`${quote(machine)}\` comes true`);
  if (!effect.isFatal) return condition;
  if (known2 === true) machine.end({ kind: isOurs ? "violated" : "impossible" });
  else if (known2 === null) machine.learn(condition, false);
  return 0n;
}
function io(machine, effect, call2) {
  if (effect.what === "write") {
    machine.recorder?.register(machine);
    return 0n;
  }
  if (effect.what === "read") return call2.each.dst < 0 ? 0n : freshResult(machine, call2);
  const out = effect.out === void 0 ? null : resolve(argument2(call2, effect.out));
  if (out instanceof Pointer) writeCell(machine, out, 4, anything(machine, 7 /* U32 */, "the register"));
  return 0n;
}
function managed2(_machine, effect, call2) {
  letEscape(argument2(call2, effect.data));
  return 0n;
}

// server/src/sim/engine/globals.ts
var DECLARING2 = {
  DEFINE_MUTEX: "mutex_init",
  DEFINE_SPINLOCK: "spin_lock_init",
  DEFINE_RAW_SPINLOCK: "raw_spin_lock_init",
  DECLARE_RWSEM: "init_rwsem",
  DEFINE_RWLOCK: "rwlock_init",
  LIST_HEAD: "INIT_LIST_HEAD",
  HLIST_HEAD: "INIT_HLIST_HEAD",
  DEFINE_XARRAY: "xa_init",
  DEFINE_XARRAY_ALLOC: "xa_init",
  DEFINE_XARRAY_ALLOC1: "xa_init",
  DEFINE_XARRAY_FLAGS: "xa_init",
  DEFINE_IDA: "ida_init",
  DEFINE_IDR: "idr_init",
  DECLARE_COMPLETION: "init_completion",
  DECLARE_WAIT_QUEUE_HEAD: "init_waitqueue_head"
};
function globalAddress(machine, frame, { text: name2, type }) {
  const variable = machine.code.global(name2, frame.procedure.path);
  const key = `${variable?.path ?? ""}:${name2}`;
  const known2 = machine.globals.get(key);
  const object3 = known2 ?? make(machine, name2, key, variable, type);
  return new Pointer(object3, WHOLE, 0, "");
}
function make(machine, name2, key, variable, type) {
  const isAsBooted = machine.options.world === "concrete" || (variable?.isConst ?? false);
  const object3 = machine.heap.make(0, {
    type: variable?.type || type,
    lifetime: "static",
    size: variable?.size ?? -1,
    fill: variable?.isDefined && isAsBooted ? "zero" : "unknown",
    madeAt: null,
    words: name2
  });
  object3.isShared = true;
  if (!variable) machine.undeclared.add(object3);
  machine.globals.set(key, object3);
  if (variable?.isDefined && isAsBooted) initialise(machine, object3, variable);
  return object3;
}
function initialise(machine, object3, variable) {
  if (variable.initial) machine.runNow(variable.initial);
  const primitive = PRIMITIVES.get(DECLARING2[variable.macro] ?? "");
  if (!primitive || machine.task.frames.length === 0) return;
  const each2 = machine.frame.procedure.ir.code[machine.frame.at - 1];
  perform(machine, { primitive, args: [new Pointer(object3, WHOLE, 0, "")], each: each2, isIgnored: true });
}

// server/src/sim/engine/mod-sets.ts
var known = /* @__PURE__ */ new WeakMap();
var DEPTH2 = 6;
var REACH = 3;
function effectsOf(code, procedure) {
  let effects = known.get(procedure);
  if (!effects) {
    const growing = { members: /* @__PURE__ */ new Set(), puts: /* @__PURE__ */ new Set() };
    collect(code, procedure, growing, /* @__PURE__ */ new Set(), DEPTH2);
    effects = growing;
    known.set(procedure, effects);
  }
  return effects;
}
function putBy(name2) {
  const effect = PRIMITIVES.get(name2)?.effect;
  if (effect?.do === "release") return effect.kind;
  return effect?.do === "count" && effect.what.startsWith("put") ? "reference" : null;
}
function collect(code, procedure, effects, seen, depth) {
  if (seen.has(procedure)) return;
  seen.add(procedure);
  const { members: members2, puts } = effects;
  const fields = /* @__PURE__ */ new Map();
  for (const each2 of procedure.ir.code) {
    if (each2.op === 13 /* FieldAddress */) fields.set(each2.dst, each2.text);
    else if (each2.op === 8 /* Store */ || each2.op === 10 /* StoreBits */ || each2.op === 12 /* Zero */ || each2.op === 11 /* Copy */)
      members2.add(fields.get(each2.a) ?? "*");
    else if (each2.op === 38 /* Call */) {
      for (const arg of each2.args) if (fields.has(arg)) members2.add(fields.get(arg));
    }
  }
  if (depth === 0) return;
  for (const name2 of procedure.calls) {
    const kind = putBy(name2);
    if (kind !== null) puts.add(kind);
    const callee = code.procedure(name2, procedure.path);
    if (callee) collect(code, callee, effects, seen, depth - 1);
  }
}
function forgetWritten(members2, args) {
  const seen = /* @__PURE__ */ new Set();
  let frontier = args;
  for (let depth = 0; depth < REACH; depth++) {
    const next = [];
    for (const value of frontier) {
      const target2 = resolve(value);
      if (!(target2 instanceof Pointer) || seen.has(target2.object)) continue;
      seen.add(target2.object);
      next.push(...forgetIn(target2.object, members2, depth === 0 && members2.has("*")));
    }
    frontier = next;
  }
}
function forgetIn(object3, members2, isWhole3) {
  const pointers2 = [];
  for (const cell of [...object3.cells.values()]) {
    const value = cell.value === null ? null : resolve(cell.value);
    if (value instanceof Pointer) pointers2.push(value);
    if (!isWhole3 && !members2.has(cell.member)) continue;
    if (value instanceof Pointer && !members2.has(cell.member)) continue;
    object3.cells.delete(cell.key);
    if (object3.fillAt(cell.key) !== "unknown") object3.refill(cell.key, cell.width, "unknown");
  }
  if (isWhole3 && object3.lifetime === "stack") object3.fill = "unknown";
  return pointers2;
}

// server/src/sim/engine/calls.ts
var DEEPEST4 = 40;
function call(machine, frame, each2) {
  const args = each2.args.map((register) => frame.registers[register] ?? 0n);
  return callNamed(machine, frame, each2, each2.text, args);
}
function callNamed(machine, frame, each2, name2, args, from = frame.procedure.path) {
  const standIn = machine.code.standIn(name2);
  if (standIn) {
    machine.recorder?.call(machine, name2);
    machine.enter(machine.task, standIn, args);
    return void 0;
  }
  const pair2 = machine.options.world === "open" ? PAIRS.get(name2) : void 0;
  const primitive = pair2 ?? PRIMITIVES.get(DECLARING2[name2] ?? name2);
  if (primitive) return callPrimitive(machine, frame, each2, primitive, args);
  const procedure = machine.code.procedure(name2, from);
  const fallback = FALLBACKS.get(name2) ?? PAIRS.get(name2);
  if (procedure && mayEnter(machine, frame, procedure)) {
    machine.recorder?.call(machine, name2);
    machine.enter(machine.task, procedure, args);
    return void 0;
  }
  if (fallback) return callPrimitive(machine, frame, each2, fallback, args);
  if (procedure) {
    finish2(frame, each2, skipped(machine, each2, procedure, args));
    return void 0;
  }
  finish2(frame, each2, unseen(machine, each2, name2, args));
  return void 0;
}
function callPrimitive(machine, frame, each2, primitive, args) {
  const isIgnored = each2.dst < 0 || !frame.procedure.isUsed(each2.dst);
  const result = perform(machine, { primitive, args, each: each2, isIgnored });
  if (result === "again") return "again";
  if (result !== "later") finish2(frame, each2, result);
  return void 0;
}
function finish2(frame, each2, result) {
  if (each2.dst >= 0) frame.registers[each2.dst] = result;
}
function mayEnter(machine, frame, procedure) {
  if (frame.depth >= DEEPEST4) return false;
  const isLeaf = procedure.ir.code.length <= machine.options.leaf;
  return isLeaf || frame.depth < machine.options.depth;
}
function skipped(machine, each2, procedure, args) {
  machine.cuts.add(`${procedure.name}() is not entered`);
  const effects = effectsOf(machine.code, procedure);
  forgetWritten(effects.members, args);
  machine.ledger.doubt(effects.puts);
  for (const arg of args) letEscape(arg);
  return resultOf(machine, each2, `${procedure.name}()`);
}
function unseen(machine, each2, name2, args) {
  for (const arg of args) {
    letEscape(arg);
    const known2 = resolve(arg);
    if (known2 instanceof Pointer) forgetGuesses(known2);
  }
  machine.recorder?.call(machine, name2);
  return resultOf(machine, each2, `${name2}()`);
}
function forgetGuesses({ object: object3, key }) {
  if (object3.lifetime === "stack") {
    if (object3.size > 0 && key === 0) object3.refill(0, -1, "unknown");
    else object3.fill = "unknown";
    return;
  }
  if (object3.fill !== "unknown") object3.fill = "unknown";
  for (const cell of [...object3.cells.values()]) {
    const value = cell.value === null ? null : resolve(cell.value);
    if (value === null || typeof value === "bigint") object3.cells.delete(cell.key);
  }
}
function resultOf(machine, each2, words) {
  const { kind } = each2;
  if (each2.dst < 0 || kind === 0 /* Void */) return 0n;
  const sort = kind === 10 /* Pointer */ ? "result" : "integer";
  return machine.unknown(sort, LOWEST[kind], HIGHEST[kind], words, each2.type);
}
function callIndirect(machine, frame, each2) {
  const args = each2.args.map((register) => frame.registers[register] ?? 0n);
  const raw = frame.registers[each2.a] ?? 0n;
  const target2 = resolve(raw);
  if (target2 instanceof FunctionValue) return callNamed(machine, frame, each2, target2.name, args, target2.from);
  if (typeof target2 === "bigint" || target2 instanceof ErrorValue) {
    machine.fatal(
      "DEREF",
      `calls \`${quote(machine)}\` through a pointer that is ${target2 === 0n ? "NULL" : "bad"}`
    );
    return void 0;
  }
  const only = each2.slot?.candidates.length === 1 ? each2.slot.candidates[0] : null;
  if (only && target2 instanceof Unknown && machine.options.world === "open") {
    const procedure = machine.code.procedure(only, frame.procedure.path);
    if (procedure) return callNamed(machine, frame, each2, only, args, procedure.path);
  }
  const name2 = each2.slot?.member || "a function";
  finish2(frame, each2, unseen(machine, each2, name2, args));
  return void 0;
}
function returnFrom(machine, frame, each2) {
  const { task } = machine;
  const result = each2.a >= 0 ? explained(machine, frame, frame.registers[each2.a] ?? 0n) : 0n;
  machine.atReturn(frame, result);
  if (machine.ending !== null) return void 0;
  task.frames.pop();
  const caller = task.frames.at(-1);
  if (caller && isOut(machine, frame, caller)) task.leftAt = frame.siteOf(each2);
  const given2 = caller && frame.procedure.ir.returns === 12 /* Record */ ? copied(machine, caller, result) : result;
  for (const box of frame.boxes) {
    if (box?.lifetime !== "stack") continue;
    box.state = "freed";
    box.freedAt = frame.siteOf(each2);
  }
  machine.recorder?.returned(machine, frame, result);
  if (frame.afterwards) frame.afterwards(given2);
  else if (caller) finish2(caller, callerOf(caller), given2);
  else task.result = given2;
  return void 0;
}
function isOut(machine, { procedure }, caller) {
  return machine.code.isWorld(caller.procedure.path) && !machine.code.isWorld(procedure.path);
}
function explained(machine, frame, result) {
  const isPointer = frame.procedure.ir.returns === 10 /* Pointer */;
  if (!isPointer || frame.depth === 0 || resolve(result) !== 0n || causeOf(result) !== null) return result;
  const last = machine.choices.at(-1);
  if (!last) return result;
  const kind = last.kind === "fault" ? "fault" : "environment";
  return machine.nothing(kind, last.meanings[last.taken]);
}
function callerOf(caller) {
  return caller.procedure.ir.code[caller.at - 1];
}
function copied(machine, caller, result) {
  const { c } = callerOf(caller);
  const from = resolve(result);
  if (c < 0) return result;
  const box = boxOf(machine, caller, c);
  const { size: size2 } = caller.procedure.ir.locals[c];
  if (from instanceof Pointer && size2 > 0) box.copyFrom(from.object, from.key, 0, size2);
  else box.refill(0, -1, "unknown");
  return new Pointer(box, WHOLE, 0, "");
}
function scopeEnter(machine, frame, each2) {
  const args = each2.args.map((register) => frame.registers[register] ?? 0n);
  const row4 = GUARDS.get(each2.text);
  const primitive = row4 && PRIMITIVES.get(row4.enter);
  frame.locals[each2.a] = args[0] ?? 0n;
  if (!primitive) {
    machine.cuts.add(`guard(${each2.text}) is not known`);
    return void 0;
  }
  return perform(machine, { primitive, args, each: each2, isIgnored: false }) === "again" ? "again" : void 0;
}
function scopeExit(machine, frame, each2) {
  const guard = GUARDS.get(each2.text);
  const name2 = guard?.exit ?? FREES.get(each2.text);
  const primitive = name2 === void 0 ? void 0 : PRIMITIVES.get(name2) ?? FALLBACKS.get(name2);
  const value = localValue(machine, frame, each2.a);
  if (!guard && isNothing(value)) return void 0;
  if (!primitive) {
    if (name2 === void 0) machine.cuts.add(`__free(${each2.text}) is not known`);
    letEscape(value);
    return void 0;
  }
  const result = perform(machine, { primitive, args: [value], each: each2, isIgnored: true });
  return result === "again" ? "again" : void 0;
}
function localValue(machine, frame, index2) {
  if (frame.locals[index2] !== void 0) return frame.locals[index2];
  if (!frame.procedure.boxed[index2]) return 0n;
  const box = boxOf(machine, frame, index2);
  return readCell(machine, new Pointer(box, WHOLE, 0, ""), 10 /* Pointer */, "");
}
function isNothing(value) {
  const known2 = resolve(value);
  return known2 === 0n || known2 instanceof ErrorValue;
}

// server/src/sim/engine/effects/unmodelled.ts
function property(machine, _effect, call2) {
  const { primitive, args, each: each2 } = call2;
  if (each2.dst < 0) return 0n;
  const known2 = configured(machine, call2);
  if (known2 !== null) return known2;
  const operands = args.map((value) => resolve(value));
  if (primitive.returns === "pointer") {
    const key = `property:${primitive.name}:${operands.map(identity).join(":")}`;
    const before = machine.ghosts.get(key);
    const made2 = before ?? object2(machine, `${primitive.name}()`, each2.type);
    machine.ghosts.set(key, made2);
    return made2;
  }
  const kind = each2.kind;
  const isBool = primitive.returns === "bool";
  const sort = kind === 10 /* Pointer */ || primitive.returns === "pointer-or-null" ? "pointer" : "integer";
  const low = primitive.returns === "unsigned" || isBool ? 0n : LOWEST[kind];
  const term = { operation: primitive.name, operands, bits: 64, isSigned: false };
  return machine.term(sort, term, low, isBool ? 1n : HIGHEST[kind], `${primitive.name}()`);
}
function configured(machine, { primitive, args }) {
  if (primitive.effect.do !== "config") return null;
  const option2 = machine.strings.textOf(args[0] ?? 0n);
  const value = option2 === null ? void 0 : machine.options.configuration.get(option2);
  return value === void 0 ? null : value ? 1n : 0n;
}
function escaped(machine, _effect, call2) {
  return unseen(machine, call2.each, call2.primitive.name, call2.args);
}
function callBack(machine, effect, call2) {
  const target2 = resolve(argument2(call2, effect.function));
  const args = effect.args.map(
    (index2) => index2 < 0 ? object2(machine, `an element of ${call2.primitive.name}()`, "") : argument2(call2, index2)
  );
  const procedure = target2 instanceof FunctionValue ? machine.code.procedure(target2.name, target2.from) : null;
  if (!procedure) {
    for (const arg of args) letEscape(arg);
    return unseen(machine, call2.each, call2.primitive.name, call2.args);
  }
  const caller = machine.frame;
  const { dst } = call2.each;
  const frame = machine.enter(machine.task, procedure, args);
  frame.afterwards = (result) => {
    if (dst >= 0) caller.registers[dst] = result;
  };
  return "later";
}

// server/src/sim/engine/effects/perform.ts
function perform(machine, call2) {
  const { primitive } = call2;
  checkMaySleep(machine, call2);
  if (primitive.mustCheck && call2.isIgnored && !isErasing(call2))
    machine.report("RIGN", `the result of ${primitive.name}() is ignored`);
  if (primitive.startsCounting) machine.startCounting(argument2(call2, 0));
  if (primitive.failure && machine.fails(`${primitive.name}()`, machine.site)) return failed(machine, call2);
  machine.recorder?.primitive(machine, call2);
  const handler = HANDLERS[primitive.effect.do];
  return handler(machine, primitive.effect, call2);
}
function isErasing(call2) {
  const { effect } = call2.primitive;
  return effect.do === "xarray" && effect.entry !== void 0 && resolve(argument2(call2, effect.entry)) === 0n;
}
function failed(machine, call2) {
  const { primitive } = call2;
  const { gives, errno: errno2 } = primitive.failure;
  const cause = {
    kind: "fault",
    frame: machine.frame.number,
    choice: machine.choices.length - 1,
    words: `${primitive.name}() fails`
  };
  machine.recorder?.failed(machine, primitive.name);
  const { effect } = primitive;
  if (effect.do === "hold" && effect.isHeldOnFailure) hold2(machine, effect, call2);
  switch (gives) {
    case "error-pointer":
    case "xa-error":
      return new ErrorValue(-BigInt(errno2), gives === "xa-error", cause);
    case "errno":
      return -BigInt(errno2);
    case "nonzero":
      return 1n;
    default:
      return machine.nothing("fault", cause.words);
  }
}
function argument2({ args }, index2) {
  return index2 === void 0 ? 0n : args[index2] ?? 0n;
}
function placeOf(machine, call2, operand, doing) {
  if (typeof operand === "number") return follow2(machine, argument2(call2, operand), doing);
  const base = follow2(machine, argument2(call2, operand.argument), doing);
  if (!base) return null;
  return through(machine, base, operand.record, operand.member.split("."), doing);
}
var POINTED = { "struct device.iommu": "struct dev_iommu" };
function through(machine, base, record, [first2 = "", ...rest], doing) {
  const target2 = POINTED[`${record}.${first2}`];
  const member3 = target2 === void 0 ? [first2, ...rest].join(".") : first2;
  const offset = machine.code.offsetOf(record, member3, machine.frame.procedure.path);
  const place = offset >= 0 ? base.moved(offset, member3) : new Pointer(
    base.object,
    base.object.region(base.region, base.offset, `${record}.${member3}`),
    0,
    member3
  );
  if (target2 === void 0 || rest.length === 0) return place;
  if (!checkAlive(machine, place, doing)) return null;
  const next = follow2(machine, readCell(machine, place, 10 /* Pointer */, target2), doing);
  return next && through(machine, next, target2, rest, doing);
}
function freshResult(machine, { primitive, each: each2 }) {
  const words = `${primitive.name}()`;
  const { kind } = each2;
  switch (primitive.returns) {
    case "void":
      return 0n;
    case "bool":
      return machine.unknown("integer", 0n, 1n, words);
    case "errno":
      return primitive.failure ? 0n : machine.unknown("integer", -4095n, 0n, words);
    case "id":
      return machine.unknown("integer", primitive.failure ? 0n : -4095n, HIGHEST[6 /* I32 */], words);
    case "unsigned":
      if (primitive.failure?.gives === "nonzero") return 0n;
      return machine.unknown("integer", 0n, kind === 0 /* Void */ ? 0n : HIGHEST[kind] ?? 0n, words);
    case "pointer":
      return object2(machine, words, each2.type);
    case "pointer-or-null":
      if (primitive.failure) return object2(machine, words, each2.type);
      return machine.unknown("pointer", LOWEST[10 /* Pointer */], HIGHEST[10 /* Pointer */], words, each2.type);
    default:
      return anything(machine, kind, words, each2.type);
  }
}
function object2(machine, words, type) {
  const made2 = machine.heap.make(machine.task.number, {
    type,
    lifetime: "given",
    size: -1,
    fill: "unknown",
    madeAt: null,
    words
  });
  made2.isShared = true;
  return new Pointer(made2, WHOLE, 0, "");
}
var nothing = () => 0n;
var HANDLERS = {
  nothing,
  fresh: (machine, _, call2) => {
    if (call2.each.dst >= 0) for (const arg of call2.args) loseTrack(arg);
    return freshResult(machine, call2);
  },
  pure: property,
  config: property,
  offset: property,
  opaque: escaped,
  argument: (_, effect, call2) => argument2(call2, effect.argument),
  constant: (_, { value }) => BigInt(value),
  alloc: alloc2,
  free: freeEffect,
  resize: resize2,
  fill: fillBytes,
  copy: copyBytes,
  forget: forget2,
  lock: lockEffect,
  "try-lock": lockEffect,
  unlock: lockEffect,
  "lock-init": lockInit,
  "lock-dead": lockInit,
  "lock-held": lockHeld,
  "lock-query": lockQuery,
  preempt,
  count: count2,
  hold: hold2,
  release: hold2,
  find: hold2,
  atomic,
  list: list2,
  xarray,
  ids: ids2,
  tree: tree2,
  work: work2,
  wait: wait2,
  rcu: rcu2,
  notifier: notifier2,
  error: error2,
  bits,
  sleeps: nothing,
  yield: nothing,
  stop: (machine) => {
    machine.end({ kind: "finished" });
    return 0n;
  },
  warn: warn2,
  load: (machine, { from, width }, call2) => loadMember(machine, from, width, call2),
  store: (machine, { to, value, width }, call2) => storeMember(machine, to, value, width, call2),
  io,
  call: callBack,
  managed: managed2,
  simulated,
  "mm-put": mmPut,
  "mm-drop": mmDrop
};
function loadMember(machine, from, width, call2) {
  const place = placeOf(machine, call2, from, "reads");
  if (!place || !checkAlive(machine, place, "reads")) return 0n;
  const kind = width === 8 ? call2.each.kind === 0 /* Void */ ? 10 /* Pointer */ : call2.each.kind : 7 /* U32 */;
  return readCell(machine, place, kind, call2.each.type);
}
function storeMember(machine, to, value, width, call2) {
  const place = placeOf(machine, call2, to, "writes");
  if (!place || !checkAlive(machine, place, "writes")) return 0n;
  writeCell(machine, place, width, argument2(call2, value));
  return 0n;
}

// server/src/sim/engine/effects/storage.ts
var EBUSY = 16n;
function containerAt(machine, { object: owner, key }) {
  let keys = machine.containers.get(owner);
  if (!keys) {
    keys = /* @__PURE__ */ new Map();
    machine.containers.set(owner, keys);
  }
  let known2 = keys.get(key);
  if (!known2) {
    known2 = new Container(owner.fillAt(key) === "unknown");
    keys.set(key, known2);
  }
  return known2;
}
function storedIn(machine, owner) {
  const keys = machine.containers.get(owner);
  return keys ? [...keys.values()].flatMap(({ entries }) => [...entries.values()].map(({ value }) => value)) : [];
}
function entryAfter(machine, place, position, type) {
  touch(machine, place.object, place.key, false);
  const container2 = containerAt(machine, place);
  if (position === 0 && container2.isUnknown && container2.entries.size === 0) {
    const name2 = nameOfContainer(place);
    if (machine.choose("unknown", [`${name2} has an entry`, `${name2} is empty`], machine.site) === 0) {
      const index2 = machine.unknown("integer", 0n, HIGHEST[7 /* U32 */], `an index of ${name2}`);
      container2.entries.set(identity(index2), { index: index2, value: object2(machine, `an entry of ${name2}`, type) });
    }
    container2.isUnknown = false;
  }
  return [...container2.entries.values()].filter(({ value }) => resolve(value) !== 0n)[position] ?? null;
}
function nameOfContainer({ object: owner, member: member3 }) {
  return member3 === "" ? owner.words : `${owner.words}->${member3}`;
}
function xarray(machine, effect, call2) {
  const place = follow2(machine, argument2(call2, effect.array), "reaches");
  if (!place || !checkAlive(machine, place, "reaches")) return 0n;
  touch(
    machine,
    place.object,
    place.key,
    effect.what !== "load" && effect.what !== "empty" && effect.what !== "find"
  );
  const container2 = containerAt(machine, place);
  const { what } = effect;
  if (what === "init") {
    machine.containers.get(place.object).set(place.key, new Container(false));
    return 0n;
  }
  if (what === "empty") return isEmpty(machine, place, container2);
  if (what === "destroy") {
    container2.entries.clear();
    container2.isUnknown = false;
    return 0n;
  }
  if (what === "find") return found(machine, effect, call2, place);
  if (what === "alloc") return allocate(machine, effect, call2, place, container2);
  return access(machine, effect, call2, place, container2);
}
function isEmpty(machine, place, container2) {
  if (container2.entries.size > 0) return 0n;
  if (!container2.isUnknown) return 1n;
  return entryAfter(machine, place, 0, "") ? 0n : 1n;
}
function access(machine, effect, call2, place, container2) {
  const index2 = argument2(call2, effect.index);
  const key = identity(index2);
  const old = lookUp(machine, place, container2, index2, call2);
  const entry3 = effect.entry === void 0 ? 0n : argument2(call2, effect.entry);
  const put3 = (value) => {
    if (resolve(value) === 0n) container2.entries.delete(key);
    else container2.entries.set(key, { index: index2, value });
    if (place.object.isShared) share(value);
    if (place.object.hasEscaped) letEscape(value);
    machine.recorder?.stored(machine, place, index2, value);
  };
  switch (effect.what) {
    case "load":
      return old;
    case "erase":
      put3(0n);
      return old;
    case "release":
      if (resolve(old) === 0n) put3(0n);
      return 0n;
    case "store":
      checkOverwritten(machine, place, old, entry3, call2);
      put3(entry3);
      return old;
    case "exchange": {
      const expected = resolve(argument2(call2, effect.expected));
      if (identity(old) === identity(expected)) put3(entry3);
      return old;
    }
    default: {
      if (resolve(old) !== 0n || container2.entries.has(key)) return effect.what === "reserve" ? 0n : -EBUSY;
      container2.entries.set(key, { index: index2, value: entry3 });
      if (place.object.isShared) share(entry3);
      machine.recorder?.stored(machine, place, index2, entry3);
      return 0n;
    }
  }
}
function lookUp(machine, place, container2, index2, call2) {
  const key = identity(index2);
  const known2 = container2.entries.get(key);
  if (known2) return known2.value;
  if (!container2.isUnknown || container2.absent.has(key)) return 0n;
  const name2 = `${nameOfContainer(place)}[${typeof resolve(index2) === "bigint" ? String(resolve(index2)) : "index"}]`;
  const wants = call2.primitive.effect.do === "xarray" && call2.primitive.effect.what === "load";
  const words = wants ? [`${name2} is there`, `${name2} is not there`] : [`${name2} is free`, `${name2} is taken`];
  const taken = machine.choose("unknown", words, machine.site);
  if (taken === 0 !== wants) {
    container2.absent.add(key);
    return machine.nothing("environment", `${name2} is not there`);
  }
  const value = object2(machine, name2, call2.each.type);
  container2.entries.set(key, { index: index2, value });
  return value;
}
function checkOverwritten(machine, place, old, entry3, call2) {
  const known2 = resolve(old);
  const isIgnored = call2.isIgnored || machine.frame.procedure.isOnlyAskedForError(call2.each.dst);
  if (!(known2 instanceof Pointer) || !isIgnored || known2.object.state !== "live") return;
  if (known2.object.lifetime === "given" || identity(known2) === identity(entry3)) return;
  if (known2.object.hasEscaped || isReachableWithout(machine, known2.object, place)) return;
  machine.report(
    "DUP",
    `\`${quote(machine)}\` overwrites ${nameOf(known2.object)}, and nothing else refers to it`,
    [...known2.object.madeAt ? [{ site: known2.object.madeAt, words: "it was made here" }] : []]
  );
}
function found(machine, effect, call2, place) {
  const entry3 = entryAfter(machine, place, 0, call2.each.type);
  const index2 = effect.index === void 0 ? null : resolve(argument2(call2, effect.index));
  if (!entry3) return 0n;
  if (index2 instanceof Pointer) writeCell(machine, index2, 8, entry3.index);
  return entry3.value;
}
function allocate(machine, effect, call2, place, container2) {
  const entry3 = argument2(call2, effect.entry);
  const name2 = nameOfContainer(place);
  const index2 = container2.isUnknown ? machine.unknown("integer", 0n, HIGHEST[6 /* I32 */], `an index of ${name2}`) : ++container2.next;
  container2.entries.set(identity(index2), { index: index2, value: entry3 });
  if (place.object.isShared) share(entry3);
  machine.recorder?.stored(machine, place, index2, entry3);
  if (effect.givesId) return index2;
  const out = effect.index === void 0 ? null : follow2(machine, argument2(call2, effect.index), "writes");
  if (out) writeCell(machine, out, 4, index2);
  return 0n;
}
function ids2(machine, effect, call2) {
  const container2 = poolOf(machine, effect, call2);
  if (!container2) return 0n;
  const { what } = effect;
  if (what === "init" || what === "destroy") {
    container2.entries.clear();
    container2.isUnknown = false;
    return 0n;
  }
  if (what === "free") {
    const id3 = argument2(call2, effect.id);
    const number = resolve(id3);
    if (typeof number === "bigint" && machine.hardware.issued.get(number) === container2)
      checkPasidFreed(machine, number);
    container2.entries.delete(identity(id3));
    return 0n;
  }
  const low = boundOf(effect.low, call2) ?? 0n;
  const high = boundOf(effect.high, call2);
  if (container2.isUnknown || high === null)
    return machine.unknown(
      "integer",
      typeof low === "bigint" ? low : 0n,
      HIGHEST[6 /* I32 */],
      `${call2.primitive.name}()`
    );
  let id2 = low;
  while (container2.entries.has(identity(id2))) id2++;
  if (id2 > high) return call2.primitive.returns === "id" ? -28n : HIGHEST[7 /* U32 */];
  container2.entries.set(identity(id2), { index: id2, value: 1n });
  machine.hardware.issued.set(id2, container2);
  return id2;
}
function boundOf(bound, call2) {
  if (bound === void 0) return HIGHEST[6 /* I32 */];
  if (typeof bound === "object") return BigInt(bound.value);
  const value = resolve(argument2(call2, bound));
  return typeof value === "bigint" ? value : null;
}
function poolOf(machine, { pool }, call2) {
  if (pool === "global") {
    const known2 = machine.ghosts.get("global ids") ?? new Container(machine.options.world === "open");
    machine.ghosts.set("global ids", known2);
    return known2;
  }
  const place = follow2(machine, argument2(call2, pool), "reaches");
  if (!place || !checkAlive(machine, place, "reaches")) return null;
  touch(machine, place.object, place.key, true);
  return containerAt(machine, place);
}
function tree2(machine, { what }, call2) {
  const { primitive, each: each2 } = call2;
  const adds = what === "add" || what === "del";
  const node = adds ? follow2(machine, argument2(call2, 0), "reaches") : null;
  const rootAt = adds ? call2.args.length - 1 : 0;
  const root = resolve(argument2(call2, rootAt));
  if (!(root instanceof Pointer)) {
    if (node) letEscape(node);
    return machine.unknown("pointer", 0n, HIGHEST[10 /* Pointer */], `${primitive.name}()`, each2.type);
  }
  if (!checkAlive(machine, root, "reaches")) return 0n;
  touch(machine, root.object, root.key, adds);
  const container2 = containerAt(machine, root);
  if (node) {
    if (what === "add") container2.entries.set(identity(node), { index: node, value: node });
    else container2.entries.delete(identity(node));
    root.object.refill(root.key, 8, "unknown");
    return 0n;
  }
  if (what === "empty") return isEmpty(machine, root, container2);
  const [only] = container2.entries.values();
  if (!container2.isUnknown && container2.entries.size === 0) return 0n;
  if (only && what === "first") return only.value;
  return machine.unknown("pointer", 0n, HIGHEST[10 /* Pointer */], `${primitive.name}()`, each2.type);
}

// server/src/sim/engine/checks/leaks.ts
function checkLeaks(machine, result) {
  if (machine.cuts.size > 0 && machine.options.world === "concrete") return;
  const seen = reachableFrom(machine, [...outside(machine), result]);
  const lost = machine.heap.objects.filter(
    (object3) => object3.state === "live" && object3.madeAt !== null && (object3.lifetime === "heap" || object3.lifetime === "slab" || object3.lifetime === "page") && !object3.hasEscaped && !seen.has(object3)
  );
  const inner2 = new Set(lost.flatMap((object3) => [...partsOf2(machine, object3)]));
  for (const object3 of lost) if (!inner2.has(object3)) reportLeak(machine, object3);
}
function partsOf2(machine, object3) {
  const parts = reachableFrom(machine, [machine.pointerTo(object3)]);
  parts.delete(object3);
  return parts;
}
function reportLeak(machine, object3) {
  machine.report(
    "LEAK",
    `${nameOf(object3)} is never freed on this path`,
    [{ site: object3.madeAt, words: "it was allocated here" }],
    {
      site: object3.madeAt
    }
  );
}
function checkKeptErrors(machine) {
  for (const object3 of machine.heap.objects) {
    if (object3.state !== "live" || object3.lifetime === "stack") continue;
    for (const cell of object3.cells.values()) {
      const value = cell.value === null ? null : resolve(cell.value);
      if (!(value instanceof ErrorValue) || value.cause?.kind !== "fault") continue;
      if (machine.ledger.handled.has(value)) continue;
      const site = machine.choices[value.cause.choice]?.site;
      const name2 = cell.member === "" ? object3.words : `${object3.words}->${cell.member}`;
      if (site)
        machine.report(
          "ERRNO",
          `leaves an error pointer in \`${name2}\` and goes on as if all were well`,
          [],
          { site }
        );
    }
  }
}
function checkStale(machine) {
  const roots = machine.heap.objects.filter(
    ({ lifetime, state }) => lifetime === "static" && state === "live"
  );
  const live = reachableFrom(
    machine,
    roots.map((object3) => machine.pointerTo(object3))
  );
  for (const object3 of live) {
    if (object3.state !== "live") continue;
    for (const value of storedIn(machine, object3)) reportStale(machine, object3, value, "an entry");
    for (const cell of object3.cells.values())
      if (cell.value !== null)
        reportStale(machine, object3, cell.value, cell.member === "" ? "it" : `\`${cell.member}\``);
  }
}
function reportStale(machine, owner, value, words) {
  const known2 = resolve(value);
  if (!(known2 instanceof Pointer) || known2.object.state !== "freed" || known2.object.lifetime === "stack")
    return;
  const freed = known2.object.freedAt;
  machine.report(
    "STALE",
    `${words} of ${nameOf(owner)} still refers to ${nameOf(known2.object)}, which is freed`,
    [],
    { site: freed }
  );
}
function checkLocksHeld(machine) {
  const { task } = machine;
  for (const held4 of task.held)
    machine.report(
      "LOCKBAL",
      `returns and still holds ${held4.words}`,
      [{ site: held4.at, words: "it was taken here" }],
      { site: held4.at }
    );
}

// server/src/sim/engine/learning.ts
var BOOLEAN = /* @__PURE__ */ new Set([...COMPARISONS, "not", "is-error"]);
function assume(learner, value, isTrue) {
  const known2 = settled(value);
  if (!(known2 instanceof Unknown)) {
    if (truthOf(known2) !== isTrue) learner.contradict();
    return;
  }
  const { term } = known2;
  if (!term || !BOOLEAN.has(term.operation)) {
    if (isTrue) exclude(learner, known2, 0n);
    else bind4(learner, known2, 0n);
    return;
  }
  if (truthOf(known2) === !isTrue) {
    learner.contradict();
    return;
  }
  known2.bound = isTrue ? 1n : 0n;
  assumeTerm(learner, term, isTrue);
}
function assumeTerm(learner, { operation: operation2, operands }, isTrue) {
  const [left, right] = operands;
  if (operation2 === "not") assume(learner, left, !isTrue);
  else if (operation2 === "is-error") assumeError(learner, left, isTrue);
  else if (operation2 === "equal" || operation2 === "not-equal") {
    if (operation2 === "equal" === isTrue) unify(learner, left, right);
    else separate(learner, left, right);
  } else assumeOrder(learner, operation2, isTrue ? [left, right] : [right, left], isTrue);
}
function assumeOrder(learner, operation2, [left, right], isTrue) {
  const isStrict = (operation2 === "less" || operation2 === "greater") === isTrue;
  const isLess = operation2 === "less" || operation2 === "less-equal";
  order(learner, isLess ? left : right, isLess ? right : left, isStrict ? 1n : 0n);
}
function assumeError(learner, value, isTrue) {
  const known2 = resolve(value);
  if (known2 instanceof ErrorValue || !(known2 instanceof Unknown)) {
    if (known2 instanceof ErrorValue !== isTrue) learner.contradict();
    return;
  }
  if (known2.isError !== null && known2.isError !== isTrue) learner.contradict();
  known2.isError = isTrue;
  if (isTrue) known2.bound = new ErrorValue(null, false, known2.cause);
}
function unify(learner, left, right) {
  const a = settled(left);
  const b = settled(right);
  if (a === b) return;
  if (a instanceof Unknown && !(b instanceof Unknown && a.term && !b.term)) bind4(learner, a, b);
  else if (b instanceof Unknown) bind4(learner, b, a);
  else if (sameness(a, b) === false) learner.contradict();
}
function separate(learner, left, right) {
  const a = settled(left);
  const b = settled(right);
  if (sameness(a, b) === true) learner.contradict();
  else if (a instanceof Unknown && typeof b === "bigint") exclude(learner, a, b);
  else if (b instanceof Unknown && typeof a === "bigint") exclude(learner, b, a);
  else {
    relate(a, { kind: "apart", other: b, gap: 0n });
    relate(b, { kind: "apart", other: a, gap: 0n });
  }
}
function relate(value, relation2) {
  if (!(value instanceof Unknown)) return;
  value.relations ??= [];
  value.relations.push(relation2);
}
function bind4(learner, unknown, value) {
  if (unknown === value) return;
  if (sameness(unknown, value) === false || value instanceof ErrorValue && unknown.isError === false) {
    learner.contradict();
    return;
  }
  if (value instanceof Unknown && mentions(value, unknown, /* @__PURE__ */ new Set())) return;
  unknown.bound = value;
  if (value instanceof Unknown) inherit(learner, value, unknown);
  for (const relation2 of unknown.relations ?? []) apply(learner, value, relation2);
  const { term } = unknown;
  if (!term || typeof value !== "bigint") return;
  if (BOOLEAN.has(term.operation)) assumeTerm(learner, term, value !== 0n);
  else backwards(term, value, (operand, known2) => unify(learner, operand, known2));
}
function mentions(value, wanted, seen) {
  const known2 = resolve(value);
  if (known2 === wanted) return true;
  if (!(known2 instanceof Unknown) || !known2.term || seen.has(known2)) return false;
  seen.add(known2);
  return known2.term.operands.some((operand) => mentions(operand, wanted, seen));
}
function inherit(learner, heir, { low, high, excluded, isError, sort }) {
  if (isError !== null) heir.isError ??= isError;
  for (const value of excluded ?? []) exclude(learner, heir, value);
  if (sort === "integer") narrow(learner, heir, low, high);
}
function apply(learner, value, { kind, other, gap }) {
  if (kind === "apart") separate(learner, value, other);
  else if (kind === "below") order(learner, value, other, gap);
  else order(learner, other, value, gap);
}
function backwards(term, value, learn) {
  const [left, right] = term.operands.map(resolve);
  const fit = (number) => fitted(term, number);
  if (term.operation === "add" && typeof right === "bigint") learn(left, fit(value - right));
  else if (term.operation === "add" && typeof left === "bigint") learn(right, fit(value - left));
  else if (term.operation === "subtract" && typeof right === "bigint") learn(left, fit(value + right));
  else if (term.operation === "subtract" && typeof left === "bigint") learn(right, fit(left - value));
  else if (term.operation === "xor" && typeof right === "bigint") learn(left, fit(value ^ right));
  else if (term.operation === "complement") learn(left, fit(~value));
  else if (term.operation === "or" && value === 0n) {
    learn(left, 0n);
    learn(right, 0n);
  } else if (term.operation === "convert") {
    const only = onlySource(term, left, value);
    if (only !== null) learn(left, only);
  }
}
function onlySource({ bits: bits2 }, operand, value) {
  const range = boundsOf(operand);
  if (!range) return null;
  const least = range.low + BigInt.asUintN(bits2, value - range.low);
  return least <= range.high && least + (1n << BigInt(bits2)) > range.high ? least : null;
}
function exclude(learner, unknown, value) {
  if (!mayEqual(unknown, value)) return;
  unknown.excluded ??= /* @__PURE__ */ new Set();
  unknown.excluded.add(value);
  narrow(learner, unknown, unknown.low, unknown.high);
  const { term } = unknown;
  if (!term || BOOLEAN.has(term.operation)) return;
  const learn = (operand, known2) => {
    const inner2 = resolve(operand);
    if (inner2 instanceof Unknown) exclude(learner, inner2, known2);
    else if (inner2 === known2) learner.contradict();
  };
  if (term.operation === "and" && value === 0n) for (const operand of term.operands) learn(operand, 0n);
  else if (term.operation !== "or") backwards(term, value, learn);
}
function order(learner, left, right, gap) {
  const a = settled(left);
  const b = settled(right);
  const [low, high] = [boundsOf(a), boundsOf(b)];
  if (low && high && low.low + gap > high.high) {
    learner.contradict();
    return;
  }
  if (a instanceof Unknown && b instanceof Unknown) {
    relate(a, { kind: "below", other: b, gap });
    relate(b, { kind: "above", other: a, gap });
  }
  if (a instanceof Unknown && high) narrow(learner, a, a.low, high.high - gap);
  if (b instanceof Unknown && low) narrow(learner, b, low.low + gap, b.high);
}
function narrow(learner, unknown, low, high) {
  if (unknown.sort !== "integer" || unknown.bound !== null) return;
  if (low > unknown.low) unknown.low = low;
  if (high < unknown.high) unknown.high = high;
  while (unknown.excluded?.has(unknown.low)) unknown.low++;
  while (unknown.excluded?.has(unknown.high)) unknown.high--;
  if (unknown.low > unknown.high) learner.contradict();
  else if (unknown.low === unknown.high) bind4(learner, unknown, unknown.low);
}

// server/src/sim/engine/ledger.ts
var Ledger = class {
  acquisitions = [];
  /** Every reference that was taken, put again or not. */
  taken = [];
  /** Objects to which a pointer was written somewhere that outlives the call. */
  kept = /* @__PURE__ */ new Set();
  /** Whether the code wrote down somewhere that it holds a lock. */
  notesLock = false;
  /** Locks in memory that the run allocated and initialised, by object and key. */
  initialisedLocks = /* @__PURE__ */ new Set();
  /** Locks that were given back although this code had not taken them: its caller had. */
  entryReleases = [];
  /** Objects that a search made: nobody else knows of them. */
  found = /* @__PURE__ */ new Set();
  /** Objects that the last put frees, and since when. */
  counted = /* @__PURE__ */ new Map();
  /** References that were put, and where. */
  put = [];
  /** Objects behind pointers of which nothing was known, and where they were followed first. */
  followed = /* @__PURE__ */ new Map();
  /** Those whose pointer was tested for NULL. */
  tested = /* @__PURE__ */ new Set();
  /** Places of tests that came before any use on this path. */
  soundTests = /* @__PURE__ */ new Set();
  /** Error pointers that the code asked for. */
  handled = /* @__PURE__ */ new Set();
  /** Objects that are on their way out. */
  dead = /* @__PURE__ */ new Map();
  /** NULLs that were asked for an error, and error pointers that were asked for NULL. */
  asked = /* @__PURE__ */ new Set();
  acquire(acquisition) {
    this.acquisitions.push({ ...acquisition, isUnsure: false });
    this.taken.push(acquisition);
  }
  /** Puts the reference that was taken last. */
  release(kind, place, put3) {
    const at = this.acquisitions.findLastIndex(
      (each2) => each2.kind === kind && each2.place.object === place.object && (kind !== "reference" || each2.place.key === place.key)
    );
    if (at >= 0) this.put.push({ taking: this.acquisitions.splice(at, 1)[0], at: put3 });
    else if (place.object.lifetime === "given") this.doubt(/* @__PURE__ */ new Set([kind]));
  }
  /** Somebody may have put references of these kinds. */
  doubt(kinds) {
    for (const each2 of this.acquisitions) if (kinds.has(each2.kind)) each2.isUnsure = true;
  }
  /** The code asked for the other kind of failure of a value. */
  noteAsked(value) {
    this.asked.add(value);
  }
  /** Whether that was asked under any of the names that the value goes by. */
  wasAsked(value) {
    for (let each2 = value; each2 instanceof Unknown; each2 = each2.bound)
      if (this.asked.has(each2)) return true;
    return value instanceof ErrorValue && this.asked.has(value);
  }
};

// server/src/sim/engine/checks/late-checks.ts
function noteFollowed(machine, { object: object3 }) {
  if (object3.lifetime !== "given" || machine.options.world !== "open") return;
  if (machine.ledger.followed.has(object3)) return;
  machine.ledger.followed.set(object3, { frame: machine.frame.number, site: machine.site });
}
function noteTested(machine, value) {
  if (machine.options.world !== "open") return;
  const use = lateUse(machine, value);
  const { site } = machine;
  if (!use) {
    machine.ledger.soundTests.add(`${site.path}:${site.start}`);
    return;
  }
  const { words } = resolve(value).object;
  if (machine.frame !== machine.task.frames[0]) return;
  const test = quoted(machine.frame.procedure.source.slice(site.start, site.end));
  machine.report(
    "LATECHECK",
    `follows \`${words}\` and tests it for NULL afterwards: \`${test}\``,
    [{ site, words: "the test" }],
    { site: use }
  );
}
function lateUse(machine, value) {
  const { ledger, frame, site } = machine;
  if (!(value instanceof Unknown)) return null;
  const known2 = resolve(value);
  if (!(known2 instanceof Pointer)) {
    if (known2 instanceof Unknown) ledger.tested.add(known2);
    return null;
  }
  const { object: object3 } = known2;
  const wasTested = ledger.tested.has(object3) || isTestedUnknown(machine, value);
  ledger.tested.add(object3);
  const use = ledger.followed.get(object3);
  if (wasTested || known2.key !== 0 || !use || use.frame !== frame.number) return null;
  if (object3.hasEscaped) return null;
  return use.site.start > site.start ? null : use.site;
}
function isTestedUnknown(machine, value) {
  for (let each2 = value; each2 instanceof Unknown; each2 = each2.bound)
    if (machine.ledger.tested.has(each2)) return true;
  return false;
}

// server/src/sim/engine/registers.ts
function get(frame, register) {
  return frame.registers[register] ?? 0n;
}
function set(frame, each2, value) {
  if (each2.dst >= 0) frame.registers[each2.dst] = value;
  return void 0;
}

// server/src/sim/engine/bitfields.ts
function loadBits(machine, frame, each2) {
  const pointer = follow2(machine, get(frame, each2.a), "reads");
  if (!pointer || !checkAlive(machine, pointer, "reads")) return set(frame, each2, 0n);
  const { offset, width } = each2.bits;
  const { object: object3, key } = pointer;
  machine.races.access(machine, pointer, false, false);
  noteFollowed(machine, pointer);
  if (object3.isShared) touch(machine, object3, key, false);
  const unit = object3.assemble(key, Math.ceil((offset + width) / 8));
  if (unit !== null) return set(frame, each2, wrap(each2.kind, extractBits(each2.from, unit, offset, width)));
  const region = object3.region(pointer.region, pointer.offset, `bits ${offset}`);
  const cell = object3.at(region.key, 8);
  if (cell && cell !== "mixed") return set(frame, each2, cell.value);
  const high = each2.kind === 1 /* Bool */ ? 1n : (1n << BigInt(Math.min(width, 62))) - 1n;
  const made2 = machine.unknown("integer", 0n, high, `${object3.words}->${pointer.member}`);
  object3.put(region.key, 8, made2, pointer.member);
  return set(frame, each2, made2);
}
function storeBits(machine, frame, each2) {
  const pointer = follow2(machine, get(frame, each2.a), "writes");
  if (!pointer || !checkAlive(machine, pointer, "writes")) return void 0;
  const { offset, width } = each2.bits;
  const { object: object3, key } = pointer;
  machine.races.access(machine, pointer, true, false);
  noteFollowed(machine, pointer);
  if (object3.isShared) touch(machine, object3, key, true);
  const size2 = Math.ceil((offset + width) / 8);
  const value = resolve(get(frame, each2.b));
  const unit = object3.assemble(key, size2);
  if (unit === null || typeof value !== "bigint") {
    if (unit !== null) object3.refill(key, size2, "unknown");
    const region = object3.region(pointer.region, pointer.offset, `bits ${offset}`);
    object3.put(region.key, 8, value, pointer.member);
    return void 0;
  }
  const mask = (1n << BigInt(width)) - 1n << BigInt(offset);
  const bits2 = unit & ~mask | value << BigInt(offset) & mask;
  object3.clear(key, size2);
  for (let at = 0; at < size2; at++) object3.put(key + at, 1, bits2 >> BigInt(8 * at) & 255n, pointer.member);
  return void 0;
}

// server/src/sim/engine/scheduler.ts
function nextTask(machine) {
  const { current, order: order2, tasks } = machine;
  if (current === null) order2.begins(machine.choices.map(({ taken }) => taken).join("."));
  const able = tasks.filter((task) => isAble(task));
  if (able.length === 0) {
    if (tasks.some(({ isDone }) => !isDone)) reportDeadlock(machine);
    return null;
  }
  const goesOn = current !== null && able.includes(current);
  if (goesOn && order2.isJustChosen(tasks.length)) return resumed(current);
  if (able.length < tasks.length && isAloneUntilLater(tasks, able)) return resumed(able[0]);
  if (tasks.length > 1 && wasSeen(machine, goesOn ? current.number : 0)) return null;
  const candidates = goesOn ? [current, ...able.filter((each2) => each2 !== current)] : able;
  const isImplied = goesOn && machine.expands && (machine.isImplied || order2.isJustChosenByTape(tasks.length));
  const next = candidates.length === 1 ? candidates[0] : choose2(machine, candidates, goesOn, isImplied);
  order2.chosen(tasks.length, isImplied);
  return resumed(next);
}
function isAloneUntilLater(tasks, able) {
  return able.length === 1 && tasks.every((each2) => each2 === able[0] || each2.isDone || each2.obstacle?.kind === "start");
}
function resumed(task) {
  task.obstacle?.passed?.();
  task.obstacle = null;
  return task;
}
function isAble(task) {
  return !task.isDone && (task.obstacle === null || task.obstacle.isGone());
}
function choose2(machine, candidates, goesOn, isImplied) {
  if (goesOn && machine.preemptions >= machine.options.preemptions) return candidates[0];
  const meanings = candidates.map(({ name: name2 }) => name2);
  const site = goesOn && candidates[0].frames.length > 0 ? siteOfNext(candidates[0]) : null;
  if (isImplied) {
    machine.imply("schedule", meanings, site);
    return candidates[0];
  }
  const { task } = machine;
  const { history } = task;
  const taken = machine.choose("schedule", meanings, site, !goesOn);
  task.history = history;
  if (goesOn && taken > 0) machine.preemptions++;
  return candidates[taken];
}
var SILENT = /* @__PURE__ */ new Set([
  ...["nothing", "pure", "config", "offset", "error", "argument", "constant", "lock-held"]
]);
function siteOfNext({ frame }) {
  return frame.siteOf(frame.procedure.ir.code[Math.min(frame.at, frame.procedure.ir.code.length - 1)]);
}
function wasSeen(machine, current) {
  if (!machine.visited || !machine.isExploring) return false;
  const key = machine.order.key(machine.tasks, current);
  const before = machine.visited.get(key);
  if (before !== void 0 && before <= machine.cost) {
    machine.end({ kind: "seen before" });
    return true;
  }
  machine.visited.set(key, machine.cost);
  return false;
}
function reportDeadlock(machine) {
  const stuck = machine.tasks.filter(({ isDone }) => !isDone);
  const [first2] = stuck;
  machine.current = first2;
  const monitors = stuck.map(({ obstacle }) => obstacle?.kind);
  const isLock = monitors.every((kind) => kind === "lock" || kind === "start");
  const monitor = isLock ? "ABBA" : "FLUSHDEAD";
  const related2 = stuck.slice(1).flatMap(
    ({ obstacle, name: name2 }) => obstacle ? [{ site: obstacle.site, words: `${name2} ${obstacle.words}` }] : []
  );
  const words = `${first2.name} ${first2.obstacle?.words ?? "cannot go on"} forever: nobody who could end it can go on`;
  machine.fatal(monitor, words, related2, { site: first2.obstacle.site });
}
function isVisible(machine, frame, each2, contended) {
  switch (each2.op) {
    case 7 /* Load */:
    case 8 /* Store */:
      return isContended(contended, frame.registers[each2.a]);
    case 9 /* LoadBits */:
    case 10 /* StoreBits */:
    case 11 /* Copy */:
    case 12 /* Zero */:
      return isShared(frame.registers[each2.a]) || each2.op === 11 /* Copy */ && isShared(frame.registers[each2.b]);
    case 2 /* GetLocal */:
    case 3 /* SetLocal */:
      return frame.boxes[each2.a]?.isShared ?? false;
    case 38 /* Call */:
    case 44 /* ScopeEnter */:
      return isVisibleCall(machine, frame, each2, contended);
    case 45 /* ScopeExit */:
    case 47 /* IterateNext */:
      return true;
    default:
      return false;
  }
}
function isVisibleCall(machine, frame, each2, contended) {
  const primitive = primitiveOf(each2);
  if (primitive && isOutside(primitive)) return true;
  if (primitive && contended && SILENT.has(primitive.effect.do)) return false;
  if (!primitive && machine.code.procedure(each2.text, frame.procedure.path)) return false;
  return each2.args.some((register) => isShared(frame.registers[register]));
}
function primitiveOf({ op, text }) {
  if (op === 38 /* Call */) return PRIMITIVES.get(text);
  if (op === 44 /* ScopeEnter */) return PRIMITIVES.get(GUARDS.get(text)?.enter ?? "");
  return op === 45 /* ScopeExit */ ? PRIMITIVES.get(GUARDS.get(text)?.exit ?? FREES.get(text) ?? "") : void 0;
}
function isOutside({ effect }) {
  return effect.do === "rcu" || effect.do === "work" || effect.do === "simulated" || effect.do === "ids" && effect.pool === "global";
}
function noteOutside(machine, task, each2) {
  const primitive = primitiveOf(each2);
  if (!primitive || !isOutside(primitive)) return;
  const { effect } = primitive;
  const isOwn = effect.do === "rcu" && (effect.what === "enter" || effect.what === "exit");
  if (isOwn) machine.order.readSection(task);
  else machine.order.outside(task, machine.tasks);
}
function isContended(contended, value) {
  if (!contended || value === void 0) return isShared(value);
  const known2 = resolve(value);
  if (!(known2 instanceof Pointer)) return isShared(value);
  return known2.object.isShared && contended.has(placeKey(known2.object.id, known2.key));
}
function isShared(value) {
  if (value === void 0) return false;
  const known2 = resolve(value);
  return known2 instanceof Pointer ? known2.object.isShared : known2 instanceof Unknown && known2.sort !== "integer";
}

// server/src/sim/engine/walkers.ts
var LONGEST2 = 64;
function iterateStart(machine, frame, each2) {
  const walk2 = each2.walk;
  const args = walk2.roles.map((_, index2) => frame.registers[each2.args[index2]] ?? 0n);
  const values = new Map(walk2.roles.map((role, index2) => [role, args[index2]]));
  const shape = SHAPES.find(({ names }) => names.test(walk2.shape));
  const make2 = shape?.make ?? unknownWalk;
  frame.walkers[each2.a] = make2(machine, { walk: walk2, values, args, each: each2 });
  return void 0;
}
function iterateNext(machine, frame, each2) {
  const walker = frame.walkers[each2.a];
  frame.registers[each2.dst] = walker?.next(machine) ? 1n : 0n;
  return void 0;
}
var SHAPES = [
  { names: /^list/, make: (machine, start3) => new ListWalk(machine, start3) },
  { names: /^xarray$|^idr$/, make: (_, start3) => new StorageWalk(start3) },
  { names: /^hlist|^hash|^llist/, make: (_, start3) => new ChainWalk(start3) }
];
function put2(machine, address, width, value) {
  const place = address === void 0 ? null : follow2(machine, address, "writes");
  if (place) writeCell(machine, place, width, value);
}
var ListWalk = class {
  constructor(machine, start3) {
    this.start = start3;
    const { walk: walk2, values } = start3;
    this.isForward = !walk2.shape.includes("reverse");
    this.isSafe = walk2.shape.includes("safe");
    this.startsAtCursor = /continue|from/.test(walk2.shape);
    const head = values.get("head") ?? 0n;
    this.head = follow2(machine, head, "walks the list of");
    this.node = this.startsAtCursor ? this.cursorNode(machine) : this.head;
  }
  start;
  head;
  node;
  /** For a safe walk, the node that comes next, looked up before the body runs. */
  saved = null;
  isForward;
  isSafe;
  steps = 0;
  isAtStart = true;
  startsAtCursor;
  cursorNode(machine) {
    const address = this.start.values.get("cursor&");
    const place = address === void 0 ? null : follow2(machine, address, "reads");
    if (!place) return null;
    const cell = place.object.at(place.key, 8);
    const cursor = cell && cell !== "mixed" && cell.value !== null ? resolve(cell.value) : null;
    const { walk: walk2 } = this.start;
    return cursor instanceof Pointer && walk2.offset >= 0 ? cursor.moved(walk2.offset, walk2.member) : null;
  }
  next(machine) {
    if (!this.head || !this.node || ++this.steps > LONGEST2) return false;
    const node = this.advance(machine);
    if (!node || machine.ending !== null) return false;
    this.node = node;
    const isEnd = isSamePlace(node, this.head);
    if (this.isSafe && !isEnd) this.saved = neighbour(machine, node, this.head, this.isForward);
    this.write(machine, node, isEnd);
    return !isEnd;
  }
  advance(machine) {
    const isFrom = this.isAtStart && this.start.walk.shape.includes("from");
    this.isAtStart = false;
    if (isFrom) return this.node;
    if (this.isSafe && this.saved) return this.saved;
    return neighbour(machine, this.node, this.head, this.isForward);
  }
  write(machine, node, isEnd) {
    const { values } = this.start;
    put2(machine, values.get("cursor&"), 8, this.element(node, isEnd));
    if (this.isSafe && this.saved && values.has("next&"))
      put2(machine, values.get("next&"), 8, this.element(this.saved, isSamePlace(this.saved, this.head)));
  }
  element(node, isEnd) {
    const { walk: walk2, each: each2 } = this.start;
    if (walk2.member === "") return node;
    const element = walk2.offset >= 0 ? node.moved(-walk2.offset, "") : containerByName(node, each2.type, walk2.member);
    if (isEnd) return new Sentinel(element.object, element.region, element.offset, "", this.head);
    if (node.object.lifetime === "given") node.object.type = each2.type;
    return element;
  }
};
var StorageWalk = class {
  constructor(start3) {
    this.start = start3;
  }
  start;
  seen = 0;
  next(machine) {
    const { values, each: each2 } = this.start;
    const place = follow2(machine, values.get("array") ?? 0n, "walks");
    if (!place) return false;
    if (this.seen === 0 && values.has("index&"))
      put2(machine, values.get("index&"), walkWidth(this.start), 0n);
    const found2 = this.seen < LONGEST2 ? entryAfter(machine, place, this.seen++, each2.type) : null;
    if (!found2) {
      put2(machine, values.get("cursor&"), 8, 0n);
      return false;
    }
    put2(machine, values.get("index&"), walkWidth(this.start), found2.index);
    put2(machine, values.get("cursor&"), 8, found2.value);
    return true;
  }
};
function walkWidth({ walk: walk2 }) {
  return walk2.shape === "idr" ? 4 : 8;
}
var ChainWalk = class {
  constructor(start3) {
    this.start = start3;
  }
  start;
  node = null;
  steps = 0;
  next(machine) {
    const { values, walk: walk2, each: each2 } = this.start;
    const from = this.node ?? values.get("head") ?? values.get("node") ?? values.get("table") ?? 0n;
    const isNode = this.node === null && values.has("node");
    const place = isNode ? null : follow2(machine, from, "walks");
    const value = isNode ? from : place ? readLink(machine, place) : 0n;
    const isThere = ++this.steps <= machine.options.turns + 1 && machine.decide(value, machine.site, this.steps === 1);
    if (!isThere) {
      put2(machine, values.get("cursor&"), 8, 0n);
      return false;
    }
    const node = follow2(machine, value, "walks");
    if (!node) return false;
    this.node = node;
    put2(
      machine,
      values.get("cursor&"),
      8,
      walk2.offset >= 0 ? node.moved(-walk2.offset, "") : containerByName(node, each2.type, walk2.member)
    );
    return true;
  }
};
function readLink(machine, place) {
  const cell = place.object.at(place.key, 8);
  if (cell && cell !== "mixed" && cell.value !== null) return cell.value;
  if (place.object.fillAt(place.key) === "zero") return 0n;
  const made2 = anything(machine, 10 /* Pointer */, "a node", "");
  place.object.put(place.key, 8, made2, "");
  return made2;
}
function unknownWalk(_machine, { walk: walk2, args, each: each2 }) {
  const places = args.filter((_, index2) => /&$|^cursor$/.test(walk2.roles[index2]));
  let rounds = 0;
  return {
    next(machine) {
      const words = [`${each2.text}() goes round`, `${each2.text}() does not go round`];
      const isFirst = rounds++ === 0;
      const goesRound = isFirst && machine.choose("unknown", words, machine.site) === 0;
      if (isFirst && !goesRound) machine.cuts.add(`${each2.text}() that does not go round`);
      for (const address of places) {
        const place = follow2(machine, address, "writes");
        if (!place) continue;
        loseTrack(place.object.cells.get(place.key)?.value ?? 0n);
        place.object.refill(place.key, -1, "unknown");
      }
      return goesRound;
    }
  };
}

// server/src/sim/engine/operations.ts
function step(machine, task) {
  const { frame } = task;
  const each2 = frame.procedure.ir.code[frame.at];
  const isAmongOthers = machine.tasks.length > 1 && task.number > 0;
  const isAsked = isAmongOthers && isVisible(machine, frame, each2, machine.contended);
  const isSeen = isAsked || isAmongOthers && machine.expands && isVisible(machine, frame, each2, null);
  if (isSeen) {
    if (!task.wasAsked) {
      task.wasAsked = true;
      machine.isImplied = !isAsked;
      return;
    }
    machine.order.begin(isAsked);
    noteOutside(machine, task, each2);
  }
  task.wasAsked = false;
  frame.at++;
  machine.steps++;
  if (OPERATIONS2[each2.op](machine, frame, each2) === "again") frame.at--;
  else if (isSeen) machine.order.done(task);
}
function load2(machine, frame, each2) {
  const pointer = follow2(machine, get(frame, each2.a), "reads");
  if (!pointer || !checkAlive(machine, pointer, "reads")) return set(frame, each2, 0n);
  machine.races.access(machine, pointer, false, each2.order !== "");
  noteFollowed(machine, pointer);
  const value = readCell(machine, pointer, each2.kind, each2.type);
  if (machine.undeclared.has(pointer.object))
    machine.cuts.add(`${pointer.object.words} is not declared in what is at hand`);
  return set(frame, each2, typeof value === "bigint" ? wrapped(each2.kind, value) : value);
}
function wrapped(kind, value) {
  if (kind === 10 /* Pointer */ || kind === 11 /* Unknown */) return value;
  return wrap(kind, value);
}
function store2(machine, frame, each2) {
  const pointer = follow2(machine, get(frame, each2.a), "writes");
  if (!pointer || !checkAlive(machine, pointer, "writes")) return void 0;
  machine.races.access(machine, pointer, true, each2.order !== "");
  noteFollowed(machine, pointer);
  const hidden = machine.options.world === "concrete" ? hiddenBy(pointer) : null;
  writeCell(machine, pointer, WIDTHS2[each2.kind], get(frame, each2.b));
  if (hidden) checkHidden(machine, hidden);
  return void 0;
}
function hiddenBy({ object: object3, key }) {
  const cell = object3.lifetime === "stack" ? null : object3.at(key, 8);
  const old = cell && cell !== "mixed" && cell.value !== null ? resolve(cell.value) : null;
  if (!(old instanceof Pointer) || old.object === object3) return null;
  return old.object.madeAt !== null && old.object.state === "live" && !old.object.hasEscaped ? old.object : null;
}
function copy(machine, frame, each2) {
  const to = follow2(machine, get(frame, each2.a), "writes");
  const from = to && follow2(machine, get(frame, each2.b), "reads");
  if (!to || !from || !checkAlive(machine, from, "reads") || !checkAlive(machine, to, "writes"))
    return void 0;
  machine.races.access(machine, from, false, false);
  machine.races.access(machine, to, true, false);
  if (from.object.isShared) touch(machine, from.object, from.key, false);
  if (to.object.isShared) touch(machine, to.object, to.key, true);
  if (each2.c < 0) to.object.refill(to.key, -1, "unknown");
  else to.object.copyFrom(from.object, from.key, to.key, each2.c);
  if (to.object.isShared) {
    for (const cell of to.object.cells.values()) if (cell.value !== null) share(cell.value);
  }
  return void 0;
}
function zero(machine, frame, each2) {
  const to = follow2(machine, get(frame, each2.a), "writes");
  if (!to || !checkAlive(machine, to, "writes")) return void 0;
  machine.races.access(machine, to, true, false);
  if (to.object.isShared) touch(machine, to.object, to.key, true);
  to.object.refill(to.key, each2.c, "zero");
  return void 0;
}
function getLocal(machine, frame, each2) {
  const { procedure } = frame;
  if (!procedure.boxed[each2.a]) {
    const name2 = procedure.ir.locals[each2.a].name;
    return set(frame, each2, frame.locals[each2.a] ?? new Undefined(name2));
  }
  const box = boxOf(machine, frame, each2.a);
  const value = readCell(machine, new Pointer(box, WHOLE, 0, ""), each2.kind, each2.type);
  return set(frame, each2, typeof value === "bigint" ? wrapped(each2.kind, value) : value);
}
function setLocalOperation(machine, frame, each2) {
  const box = frame.boxes[each2.a];
  if (box?.isShared) touch(machine, box, 0, true);
  setLocal(machine, frame, each2.a, get(frame, each2.b));
  return void 0;
}
function branch2(machine, frame, each2) {
  const value = get(frame, each2.a);
  noteTested(machine, value);
  const known2 = truthOf(value);
  if (known2 !== null) {
    const is = resolve(value);
    if (is instanceof Undefined) undefinedUse(machine, value);
    if (is instanceof ErrorValue) machine.ledger.noteAsked(is);
    noteEmptyLoop(machine, frame, each2, known2);
    frame.at = known2 ? each2.b : each2.c;
    return void 0;
  }
  const exit2 = frame.procedure.exitOf(frame.at - 1);
  const isTrue = exit2 ? loopCondition(machine, frame, value, exit2) : openCondition(machine, frame, value, each2);
  frame.at = isTrue ? each2.b : each2.c;
  return void 0;
}
function noteEmptyLoop(machine, frame, each2, isTrue) {
  const exit2 = frame.procedure.exitOf(frame.at - 1);
  const last = machine.choices.at(-1);
  if (!exit2 || !last?.site || last.taken === 0 || frame.turns.has(frame.at - 1)) return;
  frame.turns.set(frame.at - 1, 0);
  const isInCondition = last.site.start >= each2.start && last.site.end <= each2.end;
  if (isInCondition && isTrue === (exit2 === "b"))
    machine.cuts.add(`a loop in ${frame.procedure.name}() that does not go round`);
}
function undefinedUse(machine, value) {
  const known2 = resolve(value);
  machine.fatal("UNINIT", `decides by \`${known2.words}\`, which nobody has set`);
}
function openCondition(machine, { procedure }, value, { b, c }) {
  const [yes, no] = [procedure.endsSoon(b), procedure.endsSoon(c)];
  const isDecided = yes === "failure" !== (no === "failure") || yes === null !== (no === null);
  const isTrue = no === "failure" || yes === null && no !== null;
  return machine.decide(value, machine.site, isDecided ? isTrue : plainestOf(value));
}
function plainestOf(value) {
  const known2 = resolve(value);
  if (!(known2 instanceof Unknown)) return true;
  const { term } = known2;
  if (!term) return known2.sort !== "integer";
  const [left, right] = term.operands;
  if (term.operation === "not") return !plainestOf(left);
  if (term.operation === "not-equal") return right === 0n ? plainestOf(left) : true;
  if (term.operation === "equal") return right === 0n ? !plainestOf(left) : false;
  if (term.operation === "less" && right === 0n) return false;
  return false;
}
function loopCondition(machine, frame, value, exit2) {
  const at = frame.at - 1;
  const turns = frame.turns.get(at) ?? 0;
  frame.turns.set(at, turns + 1);
  const leaves = exit2 === "b";
  if (turns >= machine.options.turns) {
    machine.cuts.add(`loop in ${frame.procedure.name}()`);
    machine.learn(value, leaves);
    return leaves;
  }
  const isTrue = machine.decide(value, machine.site, turns === 0 ? !leaves : leaves);
  if (turns === 0 && isTrue === leaves)
    machine.cuts.add(`a loop in ${frame.procedure.name}() that does not go round`);
  return isTrue;
}
function switchOn(machine, frame, each2) {
  const value = resolve(get(frame, each2.a));
  const rows3 = each2.cases;
  if (value instanceof Undefined) undefinedUse(machine, value);
  if (typeof value === "bigint") {
    frame.at = rows3.find(({ low, high }) => value >= low && value <= high)?.target ?? each2.c;
    return void 0;
  }
  const possible = rows3.filter(({ low, high }) => !(value instanceof Unknown) || mayBe(value, low, high));
  const meanings = [...possible.map(({ low }) => String(low)), "none of them"];
  const taken = machine.choose("unknown", meanings, machine.site);
  const row4 = possible[taken];
  const learn = (op, number, isTrue) => machine.learn(binary2(machine, op, 8 /* I64 */, value, number, 6 /* I32 */), isTrue);
  if (row4) {
    learn(34 /* GreaterEqual */, row4.low, true);
    learn(32 /* LessEqual */, row4.high, true);
  } else for (const { low, high } of possible) if (low === high) learn(29 /* Equal */, low, false);
  frame.at = row4 ? row4.target : each2.c;
  return void 0;
}
function mayBe(value, low, high) {
  return high >= value.low && low <= value.high && !(low === high && value.excluded?.has(low));
}
function difference(machine, frame, each2) {
  const a = resolve(get(frame, each2.a));
  const b = resolve(get(frame, each2.b));
  if (a instanceof Pointer && b instanceof Pointer && a.object === b.object && a.region === b.region)
    return set(frame, each2, BigInt(Math.trunc((a.offset - b.offset) / Math.max(1, each2.c))));
  return set(
    frame,
    each2,
    machine.unknown("integer", LOWEST[8 /* I64 */], HIGHEST[8 /* I64 */], quote(machine))
  );
}
function opaque(machine, frame, each2) {
  machine.cuts.add(`${frame.procedure.name}(): ${each2.text}`);
  return set(frame, each2, anything(machine, each2.kind, quote(machine)));
}
var arithmetic2 = (machine, frame, each2) => {
  if ((each2.op === 29 /* Equal */ || each2.op === 30 /* NotEqual */) && get(frame, each2.b) === 0n)
    noteTested(machine, get(frame, each2.a));
  return set(
    frame,
    each2,
    binary2(machine, each2.op, each2.from, get(frame, each2.a), get(frame, each2.b), each2.kind)
  );
};
var unaryOperation = (machine, frame, each2) => set(frame, each2, unary2(machine, each2.op, each2.kind, get(frame, each2.a)));
var OPERATIONS2 = table2({
  [0 /* Const */]: (_, frame, each2) => set(frame, each2, constantOf(frame, each2)),
  [1 /* LocalAddress */]: (machine, frame, each2) => set(frame, each2, new Pointer(boxOf(machine, frame, each2.a), WHOLE, 0, "")),
  [2 /* GetLocal */]: getLocal,
  [3 /* SetLocal */]: setLocalOperation,
  [4 /* GlobalAddress */]: (machine, frame, each2) => set(frame, each2, globalAddress(machine, frame, each2)),
  [5 /* FunctionAddress */]: (_, frame, each2) => set(frame, each2, new FunctionValue(each2.text, frame.procedure.path)),
  [6 /* String */]: (machine, frame, each2) => set(frame, each2, machine.strings.pointerTo(each2.text)),
  [7 /* Load */]: load2,
  [8 /* Store */]: store2,
  [9 /* LoadBits */]: loadBits,
  [10 /* StoreBits */]: storeBits,
  [11 /* Copy */]: copy,
  [12 /* Zero */]: zero,
  [13 /* FieldAddress */]: (machine, frame, each2) => set(frame, each2, memberOf(machine, get(frame, each2.a), each2)),
  [14 /* ElementAddress */]: (machine, frame, each2) => set(frame, each2, elementOf(machine, get(frame, each2.a), get(frame, each2.b), each2)),
  [15 /* ContainerOf */]: (machine, frame, each2) => set(frame, each2, containerOf2(machine, get(frame, each2.a), each2)),
  [16 /* Negate */]: unaryOperation,
  [17 /* Complement */]: unaryOperation,
  [18 /* Not */]: (machine, frame, each2) => {
    noteTested(machine, get(frame, each2.a));
    const value = resolve(get(frame, each2.a));
    if (value instanceof ErrorValue) machine.ledger.noteAsked(value);
    return set(frame, each2, not2(machine, value));
  },
  [35 /* PointerDifference */]: difference,
  [36 /* Convert */]: (machine, frame, each2) => set(frame, each2, convert(machine, get(frame, each2.a), each2.from, each2.kind, each2.type)),
  [37 /* Move */]: (_, frame, each2) => set(frame, each2, get(frame, each2.a)),
  [38 /* Call */]: call,
  [39 /* CallIndirect */]: callIndirect,
  [40 /* Branch */]: branch2,
  [41 /* Jump */]: (_, frame, each2) => {
    frame.at = each2.b;
    return void 0;
  },
  [42 /* Switch */]: switchOn,
  [43 /* Return */]: returnFrom,
  [44 /* ScopeEnter */]: scopeEnter,
  [45 /* ScopeExit */]: scopeExit,
  [46 /* IterateStart */]: iterateStart,
  [47 /* IterateNext */]: iterateNext,
  [48 /* Opaque */]: opaque
});
function table2(rows3) {
  const list3 = [];
  for (let op = 0 /* Const */; op <= 48 /* Opaque */; op++) list3.push(rows3[op] ?? arithmetic2);
  return list3;
}
function constantOf(frame, each2) {
  return frame.procedure.ir.constants[each2.a];
}

// server/src/sim/engine/order.ts
var OUTSIDE2 = -1;
var AccessOrder = class {
  places = /* @__PURE__ */ new Map();
  /** Of all last writes together. */
  first = 0;
  second = 0;
  /** The second hash of what each task has seen; the first one is its history. */
  histories = /* @__PURE__ */ new Map();
  /** How many operations that others can see were begun. */
  operations = 0;
  /** Those of them that the tape has an answer for. */
  asked = 0;
  /** What these were when a task was chosen last, and among how many. */
  atChoice = { operations: -1, asked: -1, among: 0, askedAmong: 0 };
  /** What was answered before any task ran. */
  before = "";
  touch(task, object3, key, isWrite) {
    const place = this.placeAt(object3, key);
    this.sees(task, place.first, place.second);
    if (!isWrite) return;
    const first2 = mixed(task.history, task.number, FIRST);
    const second = mixed(this.histories.get(task), task.number, SECOND);
    this.first ^= mixed(place.first, place.hash, FIRST) ^ mixed(first2, place.hash, FIRST);
    this.second ^= mixed(place.second, place.hash, SECOND) ^ mixed(second, place.hash, SECOND);
    place.first = first2;
    place.second = second;
  }
  sees(task, first2, second) {
    const known2 = mixed(this.histories.get(task) ?? 0, task.history, SECOND);
    this.histories.set(task, mixed(known2, second, SECOND));
    task.sees(first2);
  }
  placeAt(object3, key) {
    let keys = this.places.get(object3);
    if (!keys) {
      keys = /* @__PURE__ */ new Map();
      this.places.set(object3, keys);
    }
    let place = keys.get(key);
    if (!place) {
      place = { first: 0, second: 0, hash: mixed(object3, key, FIRST) };
      keys.set(key, place);
    }
    return place;
  }
  /** A task does something that others may see, or finds that it must wait. */
  begin(isAsked) {
    this.operations++;
    if (isAsked) this.asked++;
  }
  /** It is done. How often a task came so far belongs to its state; how often it waited does not. */
  done(task) {
    this.sees(task, 1, 1);
  }
  /** A task enters or leaves a read section: those of others do not matter for that. */
  readSection(task) {
    this.touch(task, OUTSIDE2, task.number, true);
  }
  /** A task acts on what lies outside of memory: all such actions are in one order. */
  outside(task, tasks) {
    for (const { number } of tasks) this.touch(task, OUTSIDE2, number, false);
    this.touch(task, OUTSIDE2, 0, true);
  }
  /** Nobody has run yet, and this was answered when the world was set up: no task saw it. */
  begins(answers) {
    this.before = answers;
  }
  /** A task was chosen, by the tape or because nothing else was asked. */
  chosen(tasks, isImplied) {
    this.atChoice.operations = this.operations;
    this.atChoice.among = tasks;
    if (isImplied) return;
    this.atChoice.asked = this.asked;
    this.atChoice.askedAmong = tasks;
  }
  /** Whether the task that was chosen last has not done anything yet that others can see. */
  isJustChosen(tasks) {
    return this.atChoice.operations === this.operations && this.atChoice.among === tasks;
  }
  /** The same, as it was where only some of it was asked for. */
  isJustChosenByTape(tasks) {
    return this.atChoice.asked === this.asked && this.atChoice.askedAmong === tasks;
  }
  /** A text that is equal for equal states of the run. `current`: the task that could go on, 0 when it cannot. */
  key(tasks, current) {
    const parts = tasks.map((each2) => `${each2.history}.${this.histories.get(each2) ?? 0}${standingOf(each2)}`);
    return `${this.before}:${current}:${this.first}.${this.second}:${parts.join(",")}`;
  }
};
function standingOf({ isDone, obstacle, frames, kind, name: name2 }) {
  const standing2 = isDone ? "d" : obstacle ? "w" : frames.length === 0 ? "n" : "";
  return kind === "thread" ? standing2 : `${standing2} ${name2}`;
}
var FIRST = 2654435761;
var SECOND = 2135587861;
function mixed(a, b, salt) {
  let mix = Math.imul(a ^ salt, 2246822507);
  mix = Math.imul(mix ^ mix >>> 13 ^ b, 3266489909);
  mix = Math.imul(mix ^ mix >>> 16, 668265263);
  return mix ^ mix >>> 15;
}

// server/src/sim/engine/races.ts
var Races = class {
  places = /* @__PURE__ */ new Map();
  locks = /* @__PURE__ */ new Map();
  /** A plain or marked load or store. */
  access(machine, pointer, isWrite, isMarked) {
    const { task } = machine;
    if (machine.tasks.length < 2 || task.number === 0 || !pointer.object.isShared) return;
    const key = placeKey(pointer.object.id, pointer.key);
    let place = this.places.get(key);
    if (!place) {
      place = { write: null, reads: [] };
      this.places.set(key, place);
    }
    const mine = { task: task.number, time: timeOf(task), isMarked, site: machine.site };
    const others = isWrite ? [...place.reads, ...place.write ? [place.write] : []] : place.write ? [place.write] : [];
    const unordered = others.filter((each2) => each2.task !== task.number && !isBefore(each2, task));
    if (unordered.length > 0) machine.contended?.add(key);
    const other = unordered.find((each2) => !(each2.isMarked && isMarked));
    if (other) report(machine, pointer, other, isWrite);
    if (isWrite) {
      place.write = mine;
      place.reads.length = 0;
      return;
    }
    const before = place.reads.findIndex((each2) => each2.task === mine.task && each2.isMarked === isMarked);
    if (before >= 0) place.reads[before] = mine;
    else place.reads.push(mine);
  }
  /** Whoever reached a place of an object that goes, with nothing that put that before, might as well come after. */
  freed(machine, object3) {
    if (!machine.contended || !object3.isShared) return;
    for (const [key, { write: write2, reads }] of this.places) {
      if (!key.startsWith(`${object3.id}.`)) continue;
      const all = write2 ? [write2, ...reads] : reads;
      const { task } = machine;
      if (all.some((each2) => each2.task !== task.number && !isBefore(each2, task))) machine.contended.add(key);
    }
  }
  /** Taking a lock puts everything done under it before. */
  acquire(task, object3, key) {
    const clock = this.locks.get(`${object3.id}.${key}`);
    if (clock) join(task.clock, clock);
  }
  release(task, object3, key) {
    const name2 = `${object3.id}.${key}`;
    const clock = this.locks.get(name2) ?? [];
    join(clock, task.clock);
    this.locks.set(name2, clock);
    tick(task);
  }
  /** `later` starts, or goes on, after all that `earlier` has done so far. */
  follows(later, earlier) {
    join(later.clock, earlier.clock);
    tick(earlier);
  }
};
function timeOf(task) {
  const time = task.clock[task.number] ?? 1;
  task.clock[task.number] = time;
  return time;
}
function tick(task) {
  task.clock[task.number] = timeOf(task) + 1;
}
function isBefore({ task, time }, of) {
  return (of.clock[task] ?? 0) >= time;
}
function join(into, from) {
  for (let index2 = 0; index2 < from.length; index2++)
    into[index2] = Math.max(into[index2] ?? 0, from[index2] ?? 0);
}
function report(machine, pointer, other, isWrite) {
  const key = `overlap ${other.site.start} ${machine.site.start}`;
  if (machine.ghosts.has(key)) return;
  machine.ghosts.set(key, true);
  const name2 = pointer.member === "" ? `\`${pointer.object.words}\`` : `\`${pointer.object.words}->${pointer.member}\``;
  machine.report(
    "OVERLAP",
    `${machine.task.name} ${isWrite ? "writes" : "reads"} ${name2} while another task may reach it, and nothing orders the two`,
    [{ site: other.site, words: "the other access" }]
  );
}

// server/src/sim/engine/strings.ts
var LONGEST3 = 64;
var Strings = class {
  constructor(heap) {
    this.heap = heap;
  }
  heap;
  pointers = /* @__PURE__ */ new Map();
  texts = /* @__PURE__ */ new Map();
  /** The address of a text. */
  pointerTo(text) {
    let known2 = this.pointers.get(text);
    if (!known2) {
      const object3 = this.make(text);
      this.texts.set(object3, text);
      known2 = new Pointer(object3, WHOLE, 0, "");
      this.pointers.set(text, known2);
    }
    return known2;
  }
  make(text) {
    const object3 = this.heap.make(0, {
      type: "char",
      lifetime: "static",
      size: text.length + 1,
      fill: "zero",
      madeAt: null,
      words: `"${text}"`
    });
    for (let at = 0; at < Math.min(text.length, LONGEST3); at++)
      object3.put(at, 1, BigInt(text.charCodeAt(at) & 255), "");
    return object3;
  }
  /** The text behind a pointer; null for any other value. */
  textOf(value) {
    const known2 = resolve(value);
    return known2 instanceof Pointer ? this.texts.get(known2.object) ?? null : null;
  }
};

// server/src/sim/engine/task.ts
var Frame = class {
  constructor(procedure, number, depth) {
    this.procedure = procedure;
    this.number = number;
    this.depth = depth;
  }
  procedure;
  number;
  depth;
  at = 0;
  registers = [];
  locals = [];
  boxes = [];
  walkers = [];
  /** How often each branch of a loop was asked an open question. */
  turns = /* @__PURE__ */ new Map();
  /** How many locks the task held when it was entered. */
  locksAtEntry = 0;
  /** Runs in the caller when this one returns, before its result is stored. */
  afterwards = null;
  siteOf({ start: start3, end }) {
    return { path: this.procedure.path, name: this.procedure.name, start: start3, end };
  }
};
var Task = class {
  constructor(number, name2, kind, programme) {
    this.number = number;
    this.name = name2;
    this.kind = kind;
    this.programme = programme;
  }
  number;
  name;
  kind;
  programme;
  frames = [];
  held = [];
  obstacle = null;
  isDone = false;
  /** Sites that made it unable to sleep, innermost last. */
  atomic = [];
  /** The RCU read sections that it is in, by where they begin. */
  sections = [];
  /** How many outermost read sections it has left, for grace periods. */
  sectionsLeft = 0;
  /** What it is sure to have happened before, by task number. */
  clock = [];
  /** What it has seen so far, as a number: two runs in which it saw the same are the same for it. */
  history = 17;
  /** Whether the scheduler was asked before the operation at hand. */
  wasAsked = false;
  /** Whether it has waited for the grace period that it asked for. */
  waited = false;
  /** What it is for people, where the name is only a key. */
  words = "";
  result = 0n;
  /** Where it last returned from the code under review to its scenario. */
  leftAt = null;
  get frame() {
    return this.frames[this.frames.length - 1];
  }
  /** Takes something in that its next steps may depend on. */
  sees(value) {
    this.history = Math.imul(this.history, 2654435761) ^ value | 0;
  }
};

// server/src/sim/engine/machine.ts
var Machine = class {
  constructor(code, options, tape2, visited = null, recorder = null, contended = null, expands = false) {
    this.code = code;
    this.options = options;
    this.tape = tape2;
    this.visited = visited;
    this.recorder = recorder;
    this.contended = contended;
    this.expands = expands;
  }
  code;
  options;
  tape;
  visited;
  recorder;
  contended;
  expands;
  heap = new Heap();
  locks = new Locks();
  tasks = [];
  choices = [];
  violations = [];
  globals = /* @__PURE__ */ new Map();
  undeclared = /* @__PURE__ */ new Set();
  containers = /* @__PURE__ */ new Map();
  /** Facts that effects keep beside memory, by a name of their own. */
  ghosts = /* @__PURE__ */ new Map();
  order = new AccessOrder();
  races = new Races();
  ledger = new Ledger();
  /** What the simulated hardware was told. */
  hardware = new Hardware();
  /** Objects that a grace period keeps. */
  dying = /* @__PURE__ */ new Map();
  /** Pairs of locks in the order in which they were taken. */
  lockPairs = [];
  /** Where the function that was run returned. */
  returnedAt = null;
  /** What the calls of the tasks' programmes gave. */
  results = [];
  strings = new Strings(this.heap);
  terms = /* @__PURE__ */ new Map();
  ending = null;
  /** What was cut short without ending the run: a loop, a callee. */
  cuts = /* @__PURE__ */ new Set();
  steps = 0;
  cost = 0;
  preemptions = 0;
  frames = 0;
  /** How much of the tape was used. */
  answered = 0;
  /** When the tape is spelled out: whether the scheduler's question is one that it does not answer. */
  isImplied = false;
  current = null;
  // ---- choices
  /** Asks one question; the answer is on the tape, or the plainest one. */
  choose(kind, meanings, site, isFree = false) {
    const wanted = this.tape[this.answered++] ?? 0;
    const taken = wanted < meanings.length ? wanted : 0;
    if (taken !== wanted) this.end({ kind: "stopped", why: "the tape does not fit the code" });
    const cost = taken === 0 || isFree ? 0 : 1;
    this.cost += cost;
    this.choices.push({ kind, count: meanings.length, taken, cost, isFree, site, meanings });
    this.task.sees(taken + 1);
    return taken;
  }
  /** A question that was not asked when the tape was recorded: all went on as they were. */
  imply(kind, meanings, site) {
    this.choices.push({ kind, count: meanings.length, taken: 0, cost: 0, isFree: false, site, meanings });
  }
  /** Whether an injected failure hits; never asked when failures are off. */
  fails(what, site) {
    if (!this.options.faults) return false;
    return this.choose("fault", [`${what} succeeds`, `${what} fails`], site) === 1;
  }
  /** Decides a condition: by what is known, else by a choice, which is then learned. */
  decide(value, site, plainest) {
    const known2 = truthOf(value);
    if (known2 !== null) return known2;
    if (mentionsTwice(value)) this.cuts.add("a condition on one unknown in two places");
    const taken = this.choose("unknown", plainest ? TRUE_FIRST : FALSE_FIRST, site);
    const isTrue = plainest === (taken === 0);
    this.learn(value, isTrue);
    return isTrue;
  }
  /** Learns that a condition holds, and remembers which decision said so. */
  learn(value, isTrue) {
    const tested = testedPointer(value);
    assume(this, value, isTrue);
    if (tested && tested.bound !== null && !tested.cause)
      tested.cause = this.causeHere("tested", `${tested.words || "it"} is found to be NULL`);
    this.recorder?.decided(this, isTrue);
  }
  /** Learns which value an unknown has. */
  learnEqual(value, number) {
    unify(this, value, number);
  }
  causeHere(kind, words) {
    const frame = this.task.frames.length > 0 ? this.frame.number : 0;
    return { kind, frame, choice: this.choices.length - 1, words };
  }
  contradict() {
    this.end({ kind: "impossible" });
  }
  end(ending) {
    this.ending ??= ending;
  }
  // ---- values
  unknown(sort, low, high, words, pointee = "") {
    return new Unknown(this.heap.number(this.owner), sort, low, high, words, null, pointee);
  }
  /** NULL, and why it is. */
  nothing(kind, words) {
    const nothing2 = this.unknown("pointer", 0n, 0n, "");
    nothing2.bound = 0n;
    nothing2.cause = this.causeHere(kind, words);
    return nothing2;
  }
  /** A number computed from a pointer that is NULL: it keeps the reason. */
  derived(from, number) {
    const cause = causeOf(from);
    if (!cause) return number;
    const value = this.unknown("pointer", number, number, "");
    value.bound = number;
    value.cause = cause;
    if (this.ledger.wasAsked(from)) this.ledger.noteAsked(value);
    return value;
  }
  /** An input of which nothing is known but its kind. */
  anyInput(kind, words, pointee) {
    return anything(this, kind, words, pointee);
  }
  /** The unknown result of an operation; the same operands give the same unknown. */
  term(sort, term, low, high, words = "") {
    const key = `${term.operation}:${term.bits}${term.isSigned}:${term.operands.map(identity).join(":")}`;
    let known2 = this.terms.get(key);
    if (!known2) {
      known2 = new Unknown(this.heap.number(this.owner), sort, low, high, words, term);
      this.terms.set(key, known2);
      if (!COMPARING.has(term.operation)) term.operands.forEach(loseTrack);
    }
    return known2;
  }
  // ---- where we are
  get task() {
    return this.current ?? NOBODY;
  }
  get frame() {
    return this.task.frame;
  }
  get owner() {
    return this.current?.number ?? 0;
  }
  /** The place of the instruction at hand. */
  get site() {
    const { frame } = this;
    return frame.siteOf(frame.procedure.ir.code[Math.max(0, frame.at - 1)]);
  }
  /** The place in the function that was entered first, from which all else was called. */
  get outerSite() {
    const [first2] = this.task.frames;
    if (!first2 || this.options.world === "concrete") return this.site;
    return first2.siteOf(first2.procedure.ir.code[Math.max(0, first2.at - 1)]);
  }
  /**
   * Notes a breach. Of a function that is run alone, what happens in a callee
   * counts only if the function has a part in it: the callee is run alone, too.
   */
  report(monitor, words, related2 = [], more = {}) {
    const [first2] = this.task.frames;
    const isInCallee = this.options.world === "open" && this.task.frames.length > 1 && !more.site;
    const hasPart = related2.some(
      ({ site }) => site.name === first2?.procedure.name && site.path === first2.procedure.path
    );
    if (isInCallee && !hasPart) return;
    const inner2 = isInCallee ? [{ site: this.site, words: "it happens here" }] : [];
    this.violations.push({
      monitor,
      site: more.site ?? this.outerSite,
      words,
      related: [...related2, ...inner2],
      frame: this.task.frames.length > 0 ? this.frame.number : 0,
      choices: this.choices.length,
      assumes: more.assumes ?? []
    });
    this.recorder?.violation(this, this.violations.at(-1));
  }
  /** Reports what makes going on meaningless: one cause is one finding. */
  fatal(...report2) {
    this.report(...report2);
    this.end({ kind: "violated" });
  }
  // ---- what effects keep and ask
  pointerTo(object3) {
    return new Pointer(object3, WHOLE, 0, "");
  }
  /** Frees an object once the read sections that are open now have ended. */
  afterGracePeriod(object3) {
    this.dying.set(object3, gracePeriod(this));
  }
  /** A reference is taken here. */
  acquire(kind, place, by) {
    this.ledger.acquire({ kind, place, by, at: this.outerSite, isState: STATES.has(kind) });
  }
  /** From here on the last put frees the object. */
  startCounting(value) {
    const known2 = resolve(value);
    if (known2 instanceof Pointer) this.ledger.counted.set(known2.object, this.outerSite);
  }
  /** A reference could not be got: the object is on its way out. */
  refused(object3, isIgnored) {
    const { frame, site, task } = this;
    this.ledger.dead.set(object3, { frame: frame.number, site, isIgnored, task: task.number });
  }
  noteOrder(outer, inner2) {
    this.lockPairs.push({ outer, inner: inner2, around: this.task.held.map(({ group }) => group) });
  }
  /** Whether choices are still made, or only what the tape says is done again. */
  get isExploring() {
    return this.answered >= this.tape.length;
  }
  /** Checks what a call leaves behind. The frame is still there. */
  atReturn(frame, result) {
    if (this.task.frames.length > 1 || this.task.number === 0) return;
    this.results.push({ name: frame.procedure.name, value: result });
    this.returnedAt = this.site;
    if (this.options.world === "concrete") {
      if (this.task.programme.length === 0) checkLocksHeld(this);
      return;
    }
    checkLeaks(this, result);
    if (!isFailure(result)) checkKeptErrors(this);
  }
  // ---- tasks and frames
  newTask(name2, kind, programme) {
    const task = new Task(this.tasks.length + 1, name2, kind, programme);
    this.tasks.push(task);
    return task;
  }
  enter(task, procedure, args) {
    const frame = new Frame(procedure, ++this.frames, task.frames.length);
    frame.locksAtEntry = task.held.length;
    task.frames.push(frame);
    const { ir } = procedure;
    for (let index2 = 0; index2 < ir.parameters; index2++) {
      const value = args[index2] ?? this.unknown("integer", 0n, MAX, ir.locals[index2].name);
      setLocal(this, frame, index2, value);
    }
    return frame;
  }
  /** Runs a procedure to its end before anything else does: initial values of variables. */
  runNow(procedure) {
    const before = this.current;
    const task = new Task(0, "initial values", "callback", []);
    this.current = task;
    this.enter(task, procedure, []);
    const past = this.steps + 2e4;
    while (task.frames.length > 0 && this.ending === null && this.steps < past) step(this, task);
    this.current = before;
  }
  functionValue(name2) {
    return new FunctionValue(name2, this.frame.procedure.path);
  }
  /** Runs until everybody is done, or the run is over for another reason. */
  run() {
    while (this.ending === null) {
      if (this.dying.size > 0) endDying(this);
      const task = nextTask(this);
      if (!task) break;
      this.current = task;
      this.turn(task);
    }
    if (this.ending === null) this.atEnd();
    this.ending ??= this.violations.length > 0 ? { kind: "violated" } : { kind: "finished" };
    return this.ending;
  }
  /** All tasks have ended: nothing may be lost, nothing may point to what is gone. */
  atEnd() {
    if (this.options.world !== "concrete") return;
    this.current = this.tasks.at(-1) ?? null;
    checkLeaks(this, 0n);
    checkStale(this);
    checkAnswered(this);
  }
  /** Steps one task until it is done, cannot go on, or somebody else could. */
  turn(task) {
    const { steps } = this.options;
    do {
      if (task.frames.length === 0) {
        const call2 = task.programme.shift();
        if (!call2) {
          task.isDone = true;
          return;
        }
        this.enter(task, call2.procedure, call2.args);
      }
      step(this, task);
      if (this.steps > steps) this.end({ kind: "stopped", why: `a run of more than ${steps} steps` });
    } while (this.ending === null && task.obstacle === null && (this.tasks.length === 1 || !task.wasAsked));
  }
  /** Whether a result is an error pointer; asked of an unknown result, it is a choice. */
  decideError(value, site) {
    const known2 = isErrorOf(value);
    if (known2 !== null) return known2;
    const isError = this.choose("unknown", NO_ERROR_FIRST, site) === 1;
    const unknown = resolve(value);
    unknown.isError = isError;
    if (!isError) return false;
    const cause = this.causeHere("tested", `${unknown.words} gives an error`);
    unknown.bound = new ErrorValue(null, false, cause);
    return true;
  }
};
var COMPARING = /* @__PURE__ */ new Set([
  "equal",
  "not-equal",
  "less",
  "less-equal",
  "greater",
  "greater-equal",
  "not",
  "is-error"
]);
function isFailure(result) {
  const known2 = resolve(result);
  if (known2 instanceof ErrorValue) return true;
  return typeof known2 === "bigint" ? BigInt.asIntN(32, known2) < 0n : known2 instanceof Unknown;
}
var MAX = (1n << 64n) - 1n;
var TRUE_FIRST = ["true", "false"];
var FALSE_FIRST = ["false", "true"];
var NO_ERROR_FIRST = ["no error", "an error"];
var NOBODY = new Task(0, "the world", "callback", []);
function testedPointer(value) {
  let known2 = value;
  while (known2 instanceof Unknown && known2.bound === null) {
    if (known2.sort !== "integer") return known2;
    if (!known2.term || !["not", "equal", "not-equal", "convert"].includes(known2.term.operation)) return null;
    known2 = known2.term.operands[0] ?? null;
  }
  return null;
}

// server/src/sim/engine/recorder.ts
var Recorder = class {
  steps = [];
  /** A step of the current task; one that stands at the same place as the last joins it. */
  add(machine, words, changes, site = machine.site, isViolation = false) {
    const { task } = machine;
    const last = this.steps.at(-1);
    const isSame = last && last.site.start === site.start && last.site.path === site.path && last.task === nameOf2(machine) && !isViolation && !last.isViolation;
    if (isSame && (words === "" || words === last.words)) {
      this.steps[this.steps.length - 1] = { ...last, changes: [...last.changes, ...changes] };
      return;
    }
    this.steps.push({
      task: nameOf2(machine),
      site,
      depth: Math.max(0, task.frames.length - 1),
      words,
      changes,
      locks: task.held.map((held4) => held4.words),
      isViolation
    });
  }
  call(machine, name2) {
    this.add(machine, `calls ${name2}()`, []);
  }
  primitive(machine, { primitive }) {
    if (QUIET.has(primitive.effect.do)) return;
    this.add(machine, quoteSite(machine), []);
  }
  failed(machine, name2) {
    this.add(machine, `${name2}() fails`, []);
  }
  returned(machine, frame, result) {
    if (machine.task.frames.length === 0) return;
    if (frame.procedure.ir.returnType === "void") return;
    this.add(machine, `${frame.procedure.name}() returns ${show(result)}`, []);
  }
  write(machine, pointer, width, value) {
    const { object: object3, key, member: member3 } = pointer;
    if (object3.lifetime === "stack" || machine.task.number === 0) return;
    const cell = object3.at(key, width);
    const before = cell && cell !== "mixed" && cell.value !== null ? show(cell.value) : null;
    const name2 = member3 === "" ? object3.words : `${object3.words}->${member3}`;
    const words = before === null ? `${name2} = ${show(value)}` : `${name2}: ${before} \u2192 ${show(value)}`;
    this.add(machine, "", [{ kind: "modified", words }]);
  }
  counted(machine, { object: object3, member: member3 }, before, after) {
    const words = `${object3.words}${member3 ? `->${member3}` : ""}: ${show(before)} \u2192 ${show(after)}`;
    this.add(machine, quoteSite(machine), [{ kind: "modified", words }]);
  }
  stored(machine, place, index2, value) {
    const name2 = place.member === "" ? place.object.words : `${place.object.words}->${place.member}`;
    this.add(machine, "", [{ kind: "modified", words: `${name2}[${show(index2)}] = ${show(value)}` }]);
  }
  made(machine, object3) {
    this.add(machine, "", [{ kind: "added", words: object3.words }]);
  }
  freed(machine, object3) {
    this.add(machine, "", [{ kind: "freed", words: object3.words }]);
  }
  locked(machine, held4) {
    this.add(machine, `takes ${held4.words}`, []);
  }
  unlocked(machine, held4) {
    this.add(machine, `releases ${held4.words}`, []);
  }
  register(machine) {
    this.add(machine, "", []);
  }
  /** What the simulated hardware is told. */
  hardware(machine, words) {
    this.add(machine, "", [{ kind: "modified", words }]);
  }
  /** A branch that was not decided by what is known. */
  decided(machine, isTrue) {
    this.add(machine, `${quoteSite(machine)} is ${isTrue ? "true" : "false"}`, []);
  }
  violation(machine, violation) {
    this.add(machine, violation.words, [], violation.site, true);
  }
};
var QUIET = /* @__PURE__ */ new Set([
  "nothing",
  "pure",
  "config",
  "offset",
  "lock",
  "unlock",
  "try-lock",
  "count",
  "error",
  "preempt",
  "io",
  "simulated"
]);
function nameOf2({ task }) {
  return task.words === "" ? task.name : task.words;
}
function quoteSite(machine) {
  const { start: start3, end } = machine.site;
  const text = machine.frame.procedure.source.slice(start3, end).replace(/\s+/g, " ").trim();
  return text.length > 70 ? `${text.slice(0, 67)}\u2026` : text;
}
function show(value) {
  const known2 = resolve(value);
  if (typeof known2 === "bigint") return known2 > 1n << 32n ? `0x${known2.toString(16)}` : String(known2);
  if (known2 instanceof Pointer) {
    const inner2 = known2.member !== "" && known2.key !== 0 ? `->${known2.member}` : "";
    return `&${known2.object.words}${inner2}`;
  }
  if (known2 instanceof FunctionValue) return `${known2.name}()`;
  if (known2 instanceof ErrorValue) return known2.errno === null ? "an error" : `ERR_PTR(${known2.errno})`;
  if (known2 instanceof Unknown) return showUnknown(known2);
  return "uninitialised";
}
function showUnknown({ term, words }) {
  if (term && (term.operation === "add" || term.operation === "subtract")) {
    const [left, right] = term.operands;
    return `${show(left)} ${term.operation === "add" ? "+" : "-"} ${show(right)}`;
  }
  return words === "" ? "unknown" : words;
}

// server/src/sim/engine/explore.ts
var Queue = class {
  tapes = [];
  first = 0;
  /** Before it, none takes a branch that nobody took: what was taken stays so. */
  fresh = 0;
  push(tape2) {
    this.tapes.push(tape2);
  }
  get isEmpty() {
    while (this.first < this.tapes.length && this.tapes[this.first] === null) this.first++;
    return this.first === this.tapes.length;
  }
  take() {
    return this.isEmpty ? null : this.remove(this.first);
  }
  takeFresh(covered) {
    for (; this.fresh < this.tapes.length; this.fresh++) {
      const tape2 = this.tapes[this.fresh];
      if (tape2 && tape2.arm !== "" && !covered.has(tape2.arm)) return this.remove(this.fresh);
    }
    return null;
  }
  remove(at) {
    const tape2 = this.tapes[at];
    this.tapes[at] = null;
    return tape2;
  }
};
function explore(subject, budget, search, observer = null) {
  return new Explorer(subject, budget, search, observer).explore();
}
var Explorer = class {
  constructor(subject, budget, search, observer) {
    this.subject = subject;
    this.budget = budget;
    this.search = search;
    this.observer = observer;
    this.visited = search.isReduced ? /* @__PURE__ */ new Map() : null;
    this.contended = search.isReduced ? new Contended() : null;
    this.begin();
  }
  subject;
  budget;
  search;
  observer;
  /** By cost: of the function in focus, and of all others. */
  own = [];
  pending = [];
  covered = /* @__PURE__ */ new Set();
  visited;
  contended;
  found = /* @__PURE__ */ new Map();
  /** What was known of contended places when it was found. */
  known = /* @__PURE__ */ new Map();
  endings = /* @__PURE__ */ new Map();
  stops = /* @__PURE__ */ new Map();
  runs = 0;
  steps = 0;
  bound = "";
  orders = new LockOrders();
  /** Forgets what is left to try, and what was seen: the first tape is tried next. */
  begin() {
    this.own = [];
    this.pending = [];
    this.visited?.clear();
    this.add({ answers: [], index: -1, answer: 0, cost: 0, arm: "" });
  }
  add(tape2) {
    const { focus } = this.subject;
    const isOwn = focus !== void 0 && tape2.arm.startsWith(armsOf(focus));
    const queues = isOwn ? this.own : this.pending;
    while (queues.length <= tape2.cost) queues.push(new Queue());
    queues[tape2.cost].push(tape2);
  }
  explore() {
    for (let next = this.next(); next; next = this.next()) {
      this.run(next);
      if (this.contended?.takeNew()) this.begin();
      if (this.runs >= this.budget.runs + this.budget.freshRuns) this.bound = `${this.runs} runs`;
      else if (this.steps >= this.budget.steps) this.bound = `${this.budget.steps} steps`;
      else if (this.budget.isCancelled()) this.bound = "cancelled";
      if (this.bound !== "") break;
    }
    const left = [...this.own, ...this.pending].some(({ isEmpty: isEmpty2 }) => !isEmpty2);
    const cut = [...this.stops.keys()][0] ?? "";
    return {
      counterexamples: [...this.found].map(([key, found2]) => this.spelledOut(key, found2)),
      runs: this.runs,
      steps: this.steps,
      isComplete: !left && cut === "",
      bound: left ? this.bound || `at most ${this.budget.cost} failures, preemptions or assumptions a run` : cut,
      endings: this.endings,
      stops: this.stops,
      states: this.visited?.size ?? 0
    };
  }
  next() {
    const most = this.budget.cost + 1;
    const affordable = [...this.own.slice(0, most), ...this.pending.slice(0, most)];
    if (this.search.order === "novelty") {
      for (const queue3 of affordable) {
        const fresh = queue3.takeFresh(this.covered);
        if (fresh) return fresh;
      }
    }
    if (this.runs >= this.budget.runs) {
      this.bound = `${this.runs} runs`;
      return null;
    }
    for (let cost = 0; cost < most; cost++) {
      const tape2 = this.own[cost]?.take() ?? this.pending[cost]?.take();
      if (tape2) return tape2;
    }
    return null;
  }
  run({ answers, index: index2, answer, cost, arm }) {
    const tape2 = index2 < 0 ? answers : [...answers.slice(0, index2), answer];
    const { code, options, setUp } = this.subject;
    const machine = new Machine(code, options, tape2, this.visited, null, this.contended);
    setUp(machine);
    const ending = machine.run();
    this.runs++;
    this.steps += machine.steps;
    if (arm !== "") this.covered.add(arm);
    this.endings.set(ending.kind, (this.endings.get(ending.kind) ?? 0) + 1);
    if (ending.kind === "stopped") this.stops.set(ending.why, (this.stops.get(ending.why) ?? 0) + 1);
    this.branchFrom(machine.choices, tape2.length, cost);
    if (ending.kind === "impossible") return;
    for (const violation of machine.violations) this.keep(violation, machine);
    for (const pair2 of machine.lockPairs) {
      const inverted = this.orders.add(pair2);
      if (inverted) this.keep({ ...inverted, choices: machine.choices.length }, machine);
    }
    this.observer?.observe(machine);
  }
  /** Every answer that was not given, from where the tape ended. */
  branchFrom(choices, from, cost) {
    const taken = choices.map((each2) => each2.taken);
    let sum = cost;
    for (let index2 = from; index2 < choices.length; index2++) {
      const choice = choices[index2];
      const arm = (answer) => choice.site === null ? "" : `${choice.site.path}:${choice.site.name}:${choice.site.start}:${choice.site.end}:${answer}`;
      this.covered.add(arm(choice.taken));
      for (let answer = choice.taken + 1; answer < choice.count; answer++) {
        const price = sum + (choice.isFree ? 0 : 1);
        this.add({ answers: taken, index: index2, answer, cost: price, arm: arm(answer) });
      }
      sum += choice.cost;
    }
  }
  keep(violation, machine) {
    const { site, monitor } = violation;
    const key = `${monitor}:${site.path}:${site.start}`;
    const known2 = this.found.get(key);
    const tape2 = machine.choices.slice(0, violation.choices).map(({ taken }) => taken);
    if (known2 && rankOf(known2.choicesMade) <= rankOf(machine.choices.slice(0, violation.choices))) return;
    this.found.set(key, {
      ...violation,
      tape: tape2,
      choicesMade: machine.choices.slice(0, violation.choices),
      cuts: [...machine.cuts]
    });
    if (this.contended) this.known.set(key, this.contended.copy());
  }
  /** A tape answers every question that can be asked, so that it can be run by whoever does not know what was skipped. */
  spelledOut(key, found2) {
    const contended = this.known.get(key);
    if (!contended) return found2;
    const { code, options, setUp } = this.subject;
    const machine = new Machine(code, options, found2.tape, null, null, contended, true);
    setUp(machine);
    machine.run();
    const same2 = machine.violations.find(
      ({ monitor, site }) => monitor === found2.monitor && site.path === found2.site.path && site.start === found2.site.start
    );
    const choicesMade = machine.choices.slice(0, same2?.choices ?? machine.choices.length);
    return {
      ...found2,
      choices: choicesMade.length,
      choicesMade,
      tape: choicesMade.map(({ taken }) => taken)
    };
  }
};
function armsOf({ path, name: name2 }) {
  return `${path}:${name2}:`;
}
function rankOf(choices) {
  const assumed = choices.filter(({ kind, cost }) => kind === "unknown" && cost > 0).length;
  return assumed * 1e3 + costOf(choices);
}
function costOf(choices) {
  return choices.reduce((sum, { cost }) => sum + cost, 0);
}
var LockOrders = class {
  /** By the two locks; one for each set of locks that was held around them. */
  pairs = /* @__PURE__ */ new Map();
  /** The violation that a pair completes, if it does. */
  add(pair2) {
    const { outer, inner: inner2 } = pair2;
    const one = `${outer.object.id}.${outer.key}`;
    const other = `${inner2.object.id}.${inner2.key}`;
    if (one === other) return null;
    const known2 = this.pairs.get(`${one}>${other}`) ?? [];
    if (!known2.some(({ around }) => around.join() === pair2.around.join())) known2.push(pair2);
    this.pairs.set(`${one}>${other}`, known2);
    const reverse = this.pairs.get(`${other}>${one}`)?.find((each2) => !haveOuterLock(pair2, each2));
    if (!reverse) return null;
    return {
      monitor: "ABBA",
      site: inner2.at,
      words: `takes ${inner2.words} under ${outer.words}, and elsewhere it is the other way round`,
      related: [{ site: reverse.inner.at, words: `${reverse.inner.words} under ${reverse.outer.words}` }],
      frame: 0,
      choices: 0,
      assumes: []
    };
  }
};
function haveOuterLock({ outer, inner: inner2, around }, other) {
  return around.some(
    (group) => group !== outer.group && group !== inner2.group && other.around.includes(group)
  );
}
function replay({ code, options, setUp }, tape2) {
  const recorder = new Recorder();
  const machine = new Machine(code, options, tape2, null, recorder);
  setUp(machine);
  const ending = machine.run();
  const { steps } = recorder;
  return {
    ending,
    steps,
    violations: machine.violations,
    choices: machine.choices,
    cuts: [...machine.cuts],
    id: printTapeId(tape2, machine.choices)
  };
}

// server/src/sim/code/lowered-code.ts
var LoweredCode = class {
  /** `files`: those from which runs start; others are found through the declarations. */
  constructor(declarations, files, options, worldFiles = []) {
    this.declarations = declarations;
    this.options = options;
    this.worldFiles = worldFiles;
    for (const { path, file } of files) this.files.set(path, file);
    this.world = worldOf2(declarations, options);
  }
  declarations;
  options;
  worldFiles;
  files = /* @__PURE__ */ new Map();
  procedures = /* @__PURE__ */ new Map();
  standIns = /* @__PURE__ */ new Map();
  named = /* @__PURE__ */ new Map();
  globals = /* @__PURE__ */ new Map();
  offsets = /* @__PURE__ */ new Map();
  world;
  procedure(name2, from) {
    const key = `${from}\0${name2}`;
    const known2 = this.named.get(key);
    if (known2 !== void 0) return known2;
    const file = this.files.get(from);
    const found2 = file ? this.declarations.function(name2, file) : null;
    const procedure = found2?.item.bodySpan ? this.procedureOf(found2) : null;
    this.named.set(key, procedure);
    return procedure;
  }
  standIn(name2) {
    if (this.worldFiles.length === 0) return null;
    const known2 = this.standIns.get(name2);
    if (known2 !== void 0) return known2;
    let procedure = null;
    for (const { path, file } of this.worldFiles) {
      const item = file.items.find(
        (each2) => each2.kind === "function" && each2.name === name2 && each2.bodySpan !== null
      );
      if (item) procedure = this.procedureOf({ item, file, path });
    }
    this.standIns.set(name2, procedure);
    return procedure;
  }
  isWorld(path) {
    return this.worldFiles.some((each2) => each2.path === path);
  }
  /** The procedure of a definition. */
  procedureOf({ item, file, path }) {
    let procedure = this.procedures.get(item);
    if (!procedure) {
      const home = this.homeOf(file, path);
      procedure = new Procedure(lower2(file, item, this.declarations, this.options), home, file.text);
      this.procedures.set(item, procedure);
    }
    return procedure;
  }
  /** The path under which a file is known from here on. */
  homeOf(file, path) {
    if (!this.files.has(path)) this.files.set(path, file);
    return path;
  }
  global(name2, from) {
    const key = `${from}\0${name2}`;
    const known2 = this.globals.get(key);
    if (known2 !== void 0) return known2;
    const file = this.files.get(from);
    const found2 = file ? this.declarations.variable(name2, file) : null;
    const variable = found2 ? this.variable(found2) : null;
    this.globals.set(key, variable);
    return variable;
  }
  variable(found2) {
    const { item, file, path } = found2;
    const type = this.world.variableType(found2);
    const isFixed = item.type.isConst && item.initial !== null;
    const initial = item.initial ? new Procedure(
      lowerInitial(file, item, this.declarations, this.options),
      this.homeOf(file, path),
      file.text
    ) : null;
    const [, macro = ""] = /^\s*(?:static\s+)?([A-Z_]+)\s*\(/.exec(file.text.slice(item.start, item.end)) ?? [];
    const isDefined = !item.isExtern;
    return {
      path: item.isStatic ? path : "",
      type: type.spelling,
      size: type.size,
      isConst: isFixed,
      isDefined,
      initial,
      macro
    };
  }
  offsetOf(record, member3, from) {
    const key = `${record}.${member3}`;
    let offset = this.offsets.get(key);
    if (offset === void 0) {
      const file = this.files.get(from);
      const env = file ? this.world.types.envOf(file, from) : null;
      const type = env && this.world.types.named(record, env);
      offset = (env && type && this.world.constants.place(type, member3, env)?.offset) ?? -1;
      this.offsets.set(key, offset);
    }
    return offset;
  }
};

// server/src/sim/scenarios/verdict.ts
var MOST_ASSUMPTIONS = 2;
function assumptionsOf(choices, more) {
  const answers = choices.filter(({ kind, taken }) => taken > 0 && (kind === "unknown" || kind === "environment")).map(({ site, meanings, taken }) => ({ site, words: meanings[taken] }));
  return [...answers, ...more.map((words) => ({ site: null, words }))];
}
var TOLD_BY_PATH = /* @__PURE__ */ new Set(["UAF", "DF", "SELFDEAD", "LOCKBAL", "RNEG", "R01"]);
function mattersTo(monitor, cut) {
  if (cut.endsWith("is not entered")) return false;
  return !TOLD_BY_PATH.has(monitor) || !/^(?:a )?loop |is not declared/.test(cut);
}
function confidenceOf(monitor, choices, more, cuts) {
  if (monitor === "RIGN") return "certain";
  const most = TOLD_BY_PATH.has(monitor) ? 2 * MOST_ASSUMPTIONS : MOST_ASSUMPTIONS;
  const isGuess = more.length > 0 || assumptionsOf(choices, []).length > most;
  return isGuess || cuts.some((cut) => mattersTo(monitor, cut)) ? "possible" : "certain";
}
function verdictOf(exploration, breaches) {
  const { isComplete, bound, endings } = exploration;
  const explored = isComplete ? "completely" : "to-bound";
  if (breaches.length > 0) return { kind: "violated", explored, why: bound };
  const finished = (endings.get("finished") ?? 0) + (endings.get("violated") ?? 0);
  if (finished > 0) return { kind: "held", explored, why: bound };
  return { kind: "not-modelled", explored, why: bound || "no run came to its end" };
}

// server/src/sim/scenarios/alone.ts
function breachOf(found2) {
  const { monitor, site, words, related: related2, tape: tape2, choicesMade, assumes, cuts } = found2;
  return {
    monitor,
    site,
    words,
    related: related2,
    tape: tape2,
    confidence: confidenceOf(monitor, choicesMade, assumes, cuts),
    assumptions: assumptionsOf(choicesMade, assumes)
  };
}

// server/src/sim/scenarios/programme.ts
var CONCRETE = {
  world: "concrete",
  depth: 40,
  leaf: 40,
  turns: 4,
  steps: 2e4,
  faults: true,
  configuration: /* @__PURE__ */ new Map(),
  preemptions: 2
};
var PROGRAMME_BUDGET = {
  runs: 4e3,
  freshRuns: 0,
  steps: 4e6,
  cost: 3,
  isCancelled: () => false
};
function programmeSubject(code, programme, options = CONCRETE) {
  return { code, options, setUp: (machine) => start2(machine, programme) };
}
function start2(machine, { setUp, tasks, tearDown }) {
  const first2 = setUp ? machine.newTask(setUp.name, "thread", [{ procedure: setUp, args: [] }]) : null;
  const middle = tasks.map((procedure) => {
    const task = machine.newTask(procedure.name, "thread", [{ procedure, args: [] }]);
    if (first2) startAfter(machine, task, () => [first2]);
    return task;
  });
  if (!tearDown) return;
  const last = machine.newTask(tearDown.name, "thread", [{ procedure: tearDown, args: [] }]);
  const others = () => machine.tasks.filter((task) => task !== last);
  startAfter(machine, last, middle.length > 0 || first2 ? others : () => []);
}
function startAfter(machine, task, others) {
  const site = { path: "", name: task.name, start: 0, end: 0 };
  task.obstacle = {
    kind: "start",
    words: "waits for its turn",
    site,
    isGone: () => others().every(({ isDone }) => isDone),
    passed: () => {
      for (const other of others()) machine.races.follows(task, other);
    }
  };
}
function play(code, programme, budget = PROGRAMME_BUDGET, search = { order: "cost", isReduced: true }, options = CONCRETE) {
  const exploration = explore(programmeSubject(code, programme, options), budget, search);
  const breaches = exploration.counterexamples.map(breachOf);
  return { breaches, verdict: verdictOf(exploration, breaches), exploration };
}

// server/src/sim/worlds/texts.generated.ts
var TEXTS = {
  "designs/enclosing.c": '// SPDX-License-Identifier: MIT\n/*\n * The design that the review of the RFC v2 proposed: an object encloses what an\n * mm shares with devices, its PASID and its domains. An operation of the domain\n * says whether it suits a device; a domain is made when none does. What the\n * proposal left open is completed here: the object pins the mm, the last unbind\n * drops it, and a page request pins the mm too, so that its worker needs no lock\n * and nothing that unbind frees.\n */\n#include "../kernel.h"\n\nstruct iommu_domain_ops {\n	/* Whether attach_dev_pasid would take the device. */\n	bool (*device_compatible)(struct iommu_domain *domain, struct device *dev);\n	int (*attach_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);\n	void (*detach_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);\n	void (*free)(struct iommu_domain *domain);\n};\n\nstruct iommu_ops {\n	struct iommu_domain *(*domain_alloc_sva)(struct device *dev, struct mm_struct *mm);\n	void (*page_response)(struct device *dev, unsigned int grpid);\n};\n\n/* What an mm shares with devices. There while the mm has a bond: each holds a reference. */\nstruct iommu_sva_space {\n	struct kref ref;\n	struct mm_struct *mm;\n	ioasid_t pasid;\n	struct xarray domains;\n	struct list_head bonds;\n};\n\nstruct iommu_domain {\n	unsigned int type;\n	const struct iommu_domain_ops *ops;\n	const struct iommu_ops *owner;\n	/* Of SVA domains only. */\n	struct iommu_sva_space *space;\n	unsigned int index;\n	unsigned int users;\n};\n\nstruct iommu_sva {\n	struct device *dev;\n	struct iommu_domain *domain;\n	unsigned int users;\n	struct list_head node;\n};\n\nstruct iopf_group {\n	struct work_struct work;\n	struct mm_struct *mm;\n	struct device *dev;\n	struct iommu_fault fault;\n};\n\n/* ---- attaching to the PASIDs of a group */\n\nstatic bool dev_has_iommu(struct device *dev)\n{\n	return dev->iommu && dev->iommu->iommu_dev;\n}\n\nstatic void detach_group_pasid(struct iommu_group *group, struct group_device *past,\n			       struct iommu_domain *domain, ioasid_t pasid)\n{\n	struct group_device *member;\n\n	list_for_each_entry(member, &group->devices, list) {\n		if (member == past)\n			break;\n		if (member->dev->iommu->max_pasids > 0)\n			domain->ops->detach_dev_pasid(domain, member->dev, pasid);\n	}\n}\n\nstatic int attach_group_pasid(struct iommu_group *group, struct iommu_domain *domain, ioasid_t pasid)\n{\n	struct group_device *member;\n	int ret;\n\n	list_for_each_entry(member, &group->devices, list) {\n		if (member->dev->iommu->max_pasids == 0)\n			continue;\n		if (pasid < member->dev->iommu->max_pasids)\n			ret = domain->ops->attach_dev_pasid(domain, member->dev, pasid);\n		else\n			ret = -EINVAL;\n		if (ret) {\n			detach_group_pasid(group, member, domain, pasid);\n			return ret;\n		}\n	}\n	return 0;\n}\n\nint iommu_attach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n{\n	struct iommu_group *group = dev->iommu_group;\n	int ret;\n\n	if (dev_iommu_ops(dev) != domain->owner)\n		return -EINVAL;\n\n	mutex_lock(&group->mutex);\n	ret = xa_insert(&group->pasid_array, pasid, domain, GFP_KERNEL);\n	if (ret)\n		goto out_unlock;\n	ret = attach_group_pasid(group, domain, pasid);\n	if (ret)\n		xa_erase(&group->pasid_array, pasid);\nout_unlock:\n	mutex_unlock(&group->mutex);\n	return ret;\n}\n\nvoid iommu_detach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n{\n	struct iommu_group *group = dev->iommu_group;\n\n	mutex_lock(&group->mutex);\n	xa_erase(&group->pasid_array, pasid);\n	detach_group_pasid(group, NULL, domain, pasid);\n	mutex_unlock(&group->mutex);\n}\n\n/* ---- page requests */\n\nstatic void iopf_complete_group(struct iopf_group *group, int status)\n{\n	dev_iommu_ops(group->dev)->page_response(group->dev, group->fault.grpid);\n}\n\nstatic void iommu_sva_handle_iopf(struct work_struct *work)\n{\n	struct iopf_group *group = container_of(work, struct iopf_group, work);\n	int status = IOMMU_PAGE_RESP_INVALID;\n	struct mm_struct *mm = group->mm;\n\n	if (mmget_not_zero(mm)) {\n		mmap_read_lock(mm);\n		status = IOMMU_PAGE_RESP_SUCCESS;\n		mmap_read_unlock(mm);\n		mmput(mm);\n	}\n	iopf_complete_group(group, status);\n	mmdrop(mm);\n	kfree(group);\n}\n\n/* A domain in a slot has a space, and that pins the mm: both stay while the slot is locked. */\nstatic struct mm_struct *grab_mm_of_pasid(struct iommu_group *group, ioasid_t pasid)\n{\n	struct mm_struct *mm = NULL;\n	struct iommu_domain *domain;\n\n	xa_lock(&group->pasid_array);\n	domain = xa_load(&group->pasid_array, pasid);\n	if (domain && domain->type == IOMMU_DOMAIN_SVA) {\n		mm = domain->space->mm;\n		mmgrab(mm);\n	}\n	xa_unlock(&group->pasid_array);\n	return mm;\n}\n\nint iommu_report_device_fault(struct device *dev, struct iommu_fault *fault)\n{\n	struct iopf_group *group;\n\n	simulated_ask(dev, fault->grpid);\n	group = kzalloc(sizeof(*group), GFP_KERNEL);\n	if (!group)\n		goto err_answer;\n	group->mm = grab_mm_of_pasid(dev->iommu_group, fault->pasid);\n	if (!group->mm)\n		goto err_free_group;\n	group->dev = dev;\n	group->fault = *fault;\n	INIT_WORK(&group->work, iommu_sva_handle_iopf);\n	schedule_work(&group->work);\n	return 0;\n\nerr_free_group:\n	kfree(group);\nerr_answer:\n	dev_iommu_ops(dev)->page_response(dev, fault->grpid);\n	return -EINVAL;\n}\n\n/* ---- what an mm shares */\n\nstatic DEFINE_IDA(iommu_sva_pasids);\nstatic DEFINE_MUTEX(iommu_sva_lock);\n\nstatic struct iommu_sva_space *make_space(struct device *dev, struct mm_struct *mm)\n{\n	struct iommu_sva_space *space;\n	int pasid;\n\n	space = kzalloc(sizeof(*space), GFP_KERNEL);\n	if (!space)\n		return ERR_PTR(-ENOMEM);\n	pasid = ida_alloc_range(&iommu_sva_pasids, IOMMU_FIRST_GLOBAL_PASID,\n				dev->iommu->max_pasids - 1, GFP_KERNEL);\n	if (pasid < 0) {\n		kfree(space);\n		return ERR_PTR(pasid);\n	}\n	kref_init(&space->ref);\n	xa_init_flags(&space->domains, XA_FLAGS_ALLOC);\n	INIT_LIST_HEAD(&space->bonds);\n	space->pasid = pasid;\n	mmgrab(mm);\n	space->mm = mm;\n	mm->sva_space = space;\n	return space;\n}\n\n/* The lock excludes the last put: the space of an mm can always be had. */\nstatic struct iommu_sva_space *get_space(struct device *dev, struct mm_struct *mm)\n{\n	struct iommu_sva_space *space = mm->sva_space;\n\n	lockdep_assert_held(&iommu_sva_lock);\n\n	if (!space)\n		return make_space(dev, mm);\n	if (space->pasid >= dev->iommu->max_pasids)\n		return ERR_PTR(-EOVERFLOW);\n	kref_get(&space->ref);\n	return space;\n}\n\nstatic void release_space(struct kref *ref)\n{\n	struct iommu_sva_space *space = container_of(ref, struct iommu_sva_space, ref);\n	struct mm_struct *mm = space->mm;\n\n	WARN_ON(!list_empty(&space->bonds));\n	mm->sva_space = NULL;\n	ida_free(&iommu_sva_pasids, space->pasid);\n	xa_destroy(&space->domains);\n	kfree(space);\n	mmdrop(mm);\n}\n\nstatic void put_space(struct iommu_sva_space *space)\n{\n	lockdep_assert_held(&iommu_sva_lock);\n\n	kref_put(&space->ref, release_space);\n}\n\n/* The PASID went with the last bond: a bond pins the mm, so that none is left here. */\nvoid mm_pasid_drop(struct mm_struct *mm)\n{\n	WARN_ON(mm->sva_space);\n}\n\n/* ---- its domains */\n\nstatic struct iommu_domain *find_domain(struct iommu_sva_space *space, struct device *dev)\n{\n	struct iommu_domain *domain;\n	unsigned long index;\n\n	xa_for_each(&space->domains, index, domain) {\n		if (domain->owner != dev_iommu_ops(dev) || !domain->ops->device_compatible)\n			continue;\n		if (domain->ops->device_compatible(domain, dev))\n			return domain;\n	}\n	return NULL;\n}\n\nstatic struct iommu_domain *make_domain_for(struct iommu_sva_space *space, struct device *dev)\n{\n	const struct iommu_ops *ops = dev_iommu_ops(dev);\n	struct iommu_domain *domain;\n	int ret;\n\n	domain = ops->domain_alloc_sva(dev, space->mm);\n	if (IS_ERR(domain))\n		return domain;\n	domain->type = IOMMU_DOMAIN_SVA;\n	domain->owner = ops;\n	domain->space = space;\n	ret = xa_alloc(&space->domains, &domain->index, domain, XA_LIMIT(0, 1023), GFP_KERNEL);\n	if (ret) {\n		domain->ops->free(domain);\n		return ERR_PTR(ret);\n	}\n	return domain;\n}\n\nstatic void free_unused_domain(struct iommu_sva_space *space, struct iommu_domain *domain)\n{\n	if (domain->users > 0)\n		return;\n	xa_erase(&space->domains, domain->index);\n	domain->ops->free(domain);\n}\n\n/* ---- its bonds */\n\n/* A PASID belongs to all devices of a group: so does a bond. */\nstatic struct iommu_sva *find_bond(struct iommu_sva_space *space, struct device *dev)\n{\n	struct iommu_sva *bond;\n\n	list_for_each_entry(bond, &space->bonds, node) {\n		if (bond->dev->iommu_group == dev->iommu_group)\n			return bond;\n	}\n	return NULL;\n}\n\nstatic struct iommu_sva *make_bond(struct iommu_sva_space *space, struct device *dev)\n{\n	struct iommu_domain *domain;\n	struct iommu_sva *bond;\n	int ret;\n\n	bond = kzalloc(sizeof(*bond), GFP_KERNEL);\n	if (!bond)\n		return ERR_PTR(-ENOMEM);\n	domain = find_domain(space, dev);\n	if (!domain)\n		domain = make_domain_for(space, dev);\n	if (IS_ERR(domain)) {\n		ret = PTR_ERR(domain);\n		goto err_free_bond;\n	}\n	ret = iommu_attach_device_pasid(domain, dev, space->pasid);\n	if (ret)\n		goto err_free_domain;\n	domain->users++;\n	bond->dev = dev;\n	bond->domain = domain;\n	bond->users = 1;\n	list_add(&bond->node, &space->bonds);\n	return bond;\n\nerr_free_domain:\n	free_unused_domain(space, domain);\nerr_free_bond:\n	kfree(bond);\n	return ERR_PTR(ret);\n}\n\nstruct iommu_sva *iommu_sva_bind_device(struct device *dev, struct mm_struct *mm)\n{\n	struct iommu_sva_space *space;\n	struct iommu_sva *bond;\n\n	if (!dev->iommu_group || !dev_has_iommu(dev))\n		return ERR_PTR(-ENODEV);\n	if (dev->iommu->max_pasids == 0)\n		return ERR_PTR(-EOPNOTSUPP);\n\n	mutex_lock(&iommu_sva_lock);\n	space = get_space(dev, mm);\n	if (IS_ERR(space)) {\n		mutex_unlock(&iommu_sva_lock);\n		return ERR_CAST(space);\n	}\n	bond = find_bond(space, dev);\n	if (bond) {\n		bond->users++;\n		put_space(space);\n	} else {\n		bond = make_bond(space, dev);\n		if (IS_ERR(bond))\n			put_space(space);\n	}\n	mutex_unlock(&iommu_sva_lock);\n	return bond;\n}\n\nvoid iommu_sva_unbind_device(struct iommu_sva *bond)\n{\n	struct iommu_domain *domain = bond->domain;\n	struct iommu_sva_space *space = domain->space;\n\n	mutex_lock(&iommu_sva_lock);\n	if (--bond->users == 0) {\n		list_del(&bond->node);\n		iommu_detach_device_pasid(domain, bond->dev, space->pasid);\n		domain->users--;\n		free_unused_domain(space, domain);\n		kfree(bond);\n		put_space(space);\n	}\n	mutex_unlock(&iommu_sva_lock);\n}\n',
  "designs/list-per-mm.c": `// SPDX-License-Identifier: MIT
/*
 * The design of Linux 6.8 and later: an mm keeps a list of its SVA domains.
 * A device tries each of them and gets one of its own when none fits. A bond
 * is found again in the PASID slot of the device's group.
 */
#include "../kernel.h"

struct iommu_domain_ops {
	int (*set_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid,
			     struct iommu_domain *old);
	void (*free)(struct iommu_domain *domain);
};

struct iommu_ops {
	struct iommu_domain *(*domain_alloc_sva)(struct device *dev, struct mm_struct *mm);
	void (*remove_dev_pasid)(struct device *dev, ioasid_t pasid, struct iommu_domain *domain);
	void (*page_response)(struct device *dev, unsigned int grpid);
	const struct iommu_domain_ops *default_domain_ops;
};

struct iopf_group;

struct iommu_domain {
	unsigned int type;
	const struct iommu_domain_ops *ops;
	const struct iommu_ops *owner;
	int (*iopf_handler)(struct iopf_group *group);
	struct mm_struct *mm;
	int users;
	struct list_head next;
};

struct iommu_attach_handle {
	struct iommu_domain *domain;
};

struct iommu_sva {
	struct iommu_attach_handle handle;
	struct device *dev;
	refcount_t users;
};

struct iommu_mm_data {
	ioasid_t pasid;
	struct list_head sva_domains;
};

struct iopf_group {
	struct work_struct work;
	struct iommu_attach_handle *attach_handle;
	struct device *dev;
	struct iommu_fault fault;
};

/* ---- PASIDs */

static DEFINE_IDA(iommu_global_pasid_ida);

static ioasid_t iommu_alloc_global_pasid(struct device *dev)
{
	int ret;

	if (!dev->iommu || !dev->iommu->max_pasids)
		return IOMMU_PASID_INVALID;
	ret = ida_alloc_range(&iommu_global_pasid_ida, IOMMU_FIRST_GLOBAL_PASID,
			      dev->iommu->max_pasids - 1, GFP_KERNEL);
	return ret < 0 ? IOMMU_PASID_INVALID : ret;
}

static void iommu_free_global_pasid(ioasid_t pasid)
{
	ida_free(&iommu_global_pasid_ida, pasid);
}

/* ---- attaching to the PASIDs of a group */

static bool dev_has_iommu(struct device *dev)
{
	return dev->iommu && dev->iommu->iommu_dev;
}

static void remove_group_pasid(struct iommu_group *group, struct group_device *past, ioasid_t pasid,
			       struct iommu_domain *domain)
{
	struct group_device *member;

	list_for_each_entry(member, &group->devices, list) {
		if (member == past)
			break;
		if (member->dev->iommu->max_pasids > 0)
			dev_iommu_ops(member->dev)->remove_dev_pasid(member->dev, pasid, domain);
	}
}

static int set_group_pasid(struct iommu_group *group, struct iommu_domain *domain, ioasid_t pasid)
{
	struct group_device *member;
	int ret;

	list_for_each_entry(member, &group->devices, list) {
		if (member->dev->iommu->max_pasids == 0)
			continue;
		ret = domain->ops->set_dev_pasid(domain, member->dev, pasid, NULL);
		if (ret) {
			remove_group_pasid(group, member, pasid, domain);
			return ret;
		}
	}
	return 0;
}

int iommu_attach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid,
			      struct iommu_attach_handle *handle)
{
	struct iommu_group *group = dev->iommu_group;
	struct group_device *member;
	int ret;

	if (!domain->ops->set_dev_pasid)
		return -EOPNOTSUPP;
	if (!group)
		return -ENODEV;
	if (!dev_has_iommu(dev) || dev_iommu_ops(dev) != domain->owner || pasid == IOMMU_NO_PASID)
		return -EINVAL;

	mutex_lock(&group->mutex);
	list_for_each_entry(member, &group->devices, list) {
		if (member->dev->iommu->max_pasids > 0 && pasid >= member->dev->iommu->max_pasids) {
			ret = -EINVAL;
			goto out_unlock;
		}
	}
	handle->domain = domain;
	ret = xa_insert(&group->pasid_array, pasid, handle, GFP_KERNEL);
	if (ret)
		goto out_unlock;
	ret = set_group_pasid(group, domain, pasid);
	if (ret)
		xa_erase(&group->pasid_array, pasid);
out_unlock:
	mutex_unlock(&group->mutex);
	return ret;
}

void iommu_detach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	struct iommu_group *group = dev->iommu_group;

	mutex_lock(&group->mutex);
	remove_group_pasid(group, NULL, pasid, domain);
	xa_erase(&group->pasid_array, pasid);
	mutex_unlock(&group->mutex);
}

static struct iommu_attach_handle *iommu_attach_handle_get(struct iommu_group *group, ioasid_t pasid,
							   unsigned int type)
{
	struct iommu_attach_handle *handle;

	xa_lock(&group->pasid_array);
	handle = xa_load(&group->pasid_array, pasid);
	if (!handle)
		handle = ERR_PTR(-ENOENT);
	else if (type && handle->domain->type != type)
		handle = ERR_PTR(-EBUSY);
	xa_unlock(&group->pasid_array);
	return handle;
}

static void iommu_domain_free(struct iommu_domain *domain)
{
	if (domain->type == IOMMU_DOMAIN_SVA)
		mmdrop(domain->mm);
	domain->ops->free(domain);
}

/* ---- page requests */

static void iopf_group_response(struct iopf_group *group, int status)
{
	dev_iommu_ops(group->dev)->page_response(group->dev, group->fault.grpid);
}

static void iommu_sva_handle_iopf(struct work_struct *work)
{
	struct iopf_group *group = container_of(work, struct iopf_group, work);
	struct mm_struct *mm = group->attach_handle->domain->mm;
	int status = IOMMU_PAGE_RESP_INVALID;

	if (mmget_not_zero(mm)) {
		mmap_read_lock(mm);
		status = IOMMU_PAGE_RESP_SUCCESS;
		mmap_read_unlock(mm);
		mmput(mm);
	}
	iopf_group_response(group, status);
	kfree(group);
}

static int iommu_sva_iopf_handler(struct iopf_group *group)
{
	INIT_WORK(&group->work, iommu_sva_handle_iopf);
	schedule_work(&group->work);
	return 0;
}

int iommu_report_device_fault(struct device *dev, struct iommu_fault *fault)
{
	struct iommu_attach_handle *handle;
	struct iopf_group *group;

	simulated_ask(dev, fault->grpid);
	handle = iommu_attach_handle_get(dev->iommu_group, fault->pasid, IOMMU_DOMAIN_SVA);
	if (IS_ERR(handle))
		goto err_answer;
	group = kzalloc(sizeof(*group), GFP_KERNEL);
	if (!group)
		goto err_answer;
	group->attach_handle = handle;
	group->dev = dev;
	group->fault = *fault;
	return handle->domain->iopf_handler(group);

err_answer:
	dev_iommu_ops(dev)->page_response(dev, fault->grpid);
	return -EINVAL;
}

/* ---- shared virtual addressing */

static DEFINE_MUTEX(iommu_sva_lock);

static struct iommu_mm_data *iommu_alloc_mm_data(struct mm_struct *mm, struct device *dev)
{
	struct iommu_mm_data *iommu_mm = mm->iommu_mm;

	lockdep_assert_held(&iommu_sva_lock);

	if (iommu_mm) {
		if (iommu_mm->pasid >= dev->iommu->max_pasids)
			return ERR_PTR(-EOVERFLOW);
		return iommu_mm;
	}
	iommu_mm = kzalloc(sizeof(*iommu_mm), GFP_KERNEL);
	if (!iommu_mm)
		return ERR_PTR(-ENOMEM);
	iommu_mm->pasid = iommu_alloc_global_pasid(dev);
	if (iommu_mm->pasid == IOMMU_PASID_INVALID) {
		kfree(iommu_mm);
		return ERR_PTR(-ENOSPC);
	}
	INIT_LIST_HEAD(&iommu_mm->sva_domains);
	smp_store_release(&mm->iommu_mm, iommu_mm);
	return iommu_mm;
}

static struct iommu_domain *iommu_sva_domain_alloc(struct device *dev, struct mm_struct *mm)
{
	const struct iommu_ops *ops = dev_iommu_ops(dev);
	struct iommu_domain *domain;

	domain = ops->domain_alloc_sva(dev, mm);
	if (IS_ERR(domain))
		return domain;
	domain->type = IOMMU_DOMAIN_SVA;
	mmgrab(mm);
	domain->mm = mm;
	domain->owner = ops;
	domain->iopf_handler = iommu_sva_iopf_handler;
	return domain;
}

struct iommu_sva *iommu_sva_bind_device(struct device *dev, struct mm_struct *mm)
{
	struct iommu_group *group = dev->iommu_group;
	struct iommu_attach_handle *attach_handle;
	struct iommu_mm_data *iommu_mm;
	struct iommu_domain *domain;
	struct iommu_sva *handle;
	int ret;

	if (!group || !dev_has_iommu(dev))
		return ERR_PTR(-ENODEV);

	mutex_lock(&iommu_sva_lock);
	iommu_mm = iommu_alloc_mm_data(mm, dev);
	if (IS_ERR(iommu_mm)) {
		ret = PTR_ERR(iommu_mm);
		goto out_unlock;
	}

	attach_handle = iommu_attach_handle_get(group, iommu_mm->pasid, IOMMU_DOMAIN_SVA);
	if (!IS_ERR(attach_handle)) {
		handle = container_of(attach_handle, struct iommu_sva, handle);
		if (attach_handle->domain->mm != mm) {
			ret = -EBUSY;
			goto out_unlock;
		}
		refcount_inc(&handle->users);
		mutex_unlock(&iommu_sva_lock);
		return handle;
	}
	if (PTR_ERR(attach_handle) != -ENOENT) {
		ret = PTR_ERR(attach_handle);
		goto out_unlock;
	}

	handle = kzalloc(sizeof(*handle), GFP_KERNEL);
	if (!handle) {
		ret = -ENOMEM;
		goto out_unlock;
	}

	list_for_each_entry(domain, &mm->iommu_mm->sva_domains, next) {
		ret = iommu_attach_device_pasid(domain, dev, iommu_mm->pasid, &handle->handle);
		if (!ret) {
			domain->users++;
			goto out;
		}
	}

	domain = iommu_sva_domain_alloc(dev, mm);
	if (IS_ERR(domain)) {
		ret = PTR_ERR(domain);
		goto out_free_handle;
	}
	ret = iommu_attach_device_pasid(domain, dev, iommu_mm->pasid, &handle->handle);
	if (ret)
		goto out_free_domain;
	domain->users = 1;
	list_add(&domain->next, &mm->iommu_mm->sva_domains);
out:
	refcount_set(&handle->users, 1);
	handle->dev = dev;
	mutex_unlock(&iommu_sva_lock);
	return handle;

out_free_domain:
	iommu_domain_free(domain);
out_free_handle:
	kfree(handle);
out_unlock:
	mutex_unlock(&iommu_sva_lock);
	return ERR_PTR(ret);
}

void iommu_sva_unbind_device(struct iommu_sva *handle)
{
	struct iommu_domain *domain = handle->handle.domain;
	struct iommu_mm_data *iommu_mm = domain->mm->iommu_mm;
	struct device *dev = handle->dev;

	mutex_lock(&iommu_sva_lock);
	if (!refcount_dec_and_test(&handle->users)) {
		mutex_unlock(&iommu_sva_lock);
		return;
	}
	iommu_detach_device_pasid(domain, dev, iommu_mm->pasid);
	if (--domain->users == 0) {
		list_del(&domain->next);
		iommu_domain_free(domain);
	}
	mutex_unlock(&iommu_sva_lock);
	kfree(handle);
}

void mm_pasid_drop(struct mm_struct *mm)
{
	struct iommu_mm_data *iommu_mm = mm->iommu_mm;

	if (!iommu_mm)
		return;
	iommu_free_global_pasid(iommu_mm->pasid);
	kfree(iommu_mm);
	mm->iommu_mm = NULL;
}
`,
  "designs/per-group.c": `// SPDX-License-Identifier: MIT
/*
 * The design of Linux 6.2 to 6.7: a bind makes a domain for the group of the
 * device and keeps it in the group's PASID slot, where the next bind and the
 * page requests find it. Groups share no domain.
 */
#include "../kernel.h"

struct iommu_domain_ops {
	int (*set_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);
	void (*free)(struct iommu_domain *domain);
};

struct iommu_ops {
	struct iommu_domain *(*domain_alloc)(unsigned int type);
	void (*remove_dev_pasid)(struct device *dev, ioasid_t pasid);
	void (*page_response)(struct device *dev, unsigned int grpid);
};

struct iommu_domain {
	unsigned int type;
	const struct iommu_domain_ops *ops;
	int (*iopf_handler)(struct iommu_fault *fault, void *data);
	void *fault_data;
	struct mm_struct *mm;
	int users;
};

struct iommu_sva {
	struct device *dev;
	struct iommu_domain *domain;
};

struct iopf_group {
	struct work_struct work;
	struct device *dev;
	struct iommu_fault fault;
};

/* ---- PASIDs */

static DEFINE_IDA(iommu_global_pasid_ida);

static ioasid_t iommu_alloc_global_pasid(struct device *dev)
{
	int ret;

	if (!dev->iommu->max_pasids)
		return IOMMU_PASID_INVALID;
	ret = ida_alloc_range(&iommu_global_pasid_ida, IOMMU_FIRST_GLOBAL_PASID,
			      dev->iommu->max_pasids - 1, GFP_KERNEL);
	return ret < 0 ? IOMMU_PASID_INVALID : ret;
}

static void iommu_free_global_pasid(ioasid_t pasid)
{
	ida_free(&iommu_global_pasid_ida, pasid);
}

/* ---- attaching to the PASIDs of a group */

static int set_group_pasid(struct iommu_group *group, struct iommu_domain *domain, ioasid_t pasid)
{
	struct group_device *member;
	int ret;

	list_for_each_entry(member, &group->devices, list) {
		ret = domain->ops->set_dev_pasid(domain, member->dev, pasid);
		if (ret)
			return ret;
	}
	return 0;
}

static void remove_group_pasid(struct iommu_group *group, ioasid_t pasid)
{
	struct group_device *member;

	list_for_each_entry(member, &group->devices, list)
		dev_iommu_ops(member->dev)->remove_dev_pasid(member->dev, pasid);
}

int iommu_attach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	struct iommu_group *group;
	void *taken;
	int ret;

	if (!domain->ops->set_dev_pasid)
		return -EOPNOTSUPP;
	group = iommu_group_get(dev);
	if (!group)
		return -ENODEV;

	mutex_lock(&group->mutex);
	taken = xa_cmpxchg(&group->pasid_array, pasid, NULL, domain, GFP_KERNEL);
	if (taken) {
		ret = xa_is_err(taken) ? xa_err(taken) : -EBUSY;
		goto out_unlock;
	}
	ret = set_group_pasid(group, domain, pasid);
	if (ret) {
		remove_group_pasid(group, pasid);
		xa_erase(&group->pasid_array, pasid);
	}
out_unlock:
	mutex_unlock(&group->mutex);
	iommu_group_put(group);
	return ret;
}

void iommu_detach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	struct iommu_group *group = iommu_group_get(dev);

	mutex_lock(&group->mutex);
	remove_group_pasid(group, pasid);
	WARN_ON(xa_erase(&group->pasid_array, pasid) != domain);
	mutex_unlock(&group->mutex);
	iommu_group_put(group);
}

/* Without a reference: the domain stays as long as the device is attached to it. */
static struct iommu_domain *iommu_get_domain_for_dev_pasid(struct device *dev, ioasid_t pasid,
							   unsigned int type)
{
	struct iommu_group *group = iommu_group_get(dev);
	struct iommu_domain *domain;

	if (!group)
		return NULL;

	xa_lock(&group->pasid_array);
	domain = xa_load(&group->pasid_array, pasid);
	if (type && domain && domain->type != type)
		domain = ERR_PTR(-EBUSY);
	xa_unlock(&group->pasid_array);
	iommu_group_put(group);
	return domain;
}

/* ---- page requests */

static void iopf_complete_group(struct iopf_group *group, int status)
{
	dev_iommu_ops(group->dev)->page_response(group->dev, group->fault.grpid);
}

static void iopf_handler(struct work_struct *work)
{
	struct iopf_group *group = container_of(work, struct iopf_group, work);
	int status = IOMMU_PAGE_RESP_INVALID;
	struct iommu_domain *domain;

	domain = iommu_get_domain_for_dev_pasid(group->dev, group->fault.pasid, 0);
	if (domain && domain->iopf_handler)
		status = domain->iopf_handler(&group->fault, domain->fault_data);
	iopf_complete_group(group, status);
	kfree(group);
}

int iommu_report_device_fault(struct device *dev, struct iommu_fault *fault)
{
	struct iopf_group *group;

	simulated_ask(dev, fault->grpid);
	group = kzalloc(sizeof(*group), GFP_KERNEL);
	if (!group) {
		dev_iommu_ops(dev)->page_response(dev, fault->grpid);
		return -ENOMEM;
	}
	group->dev = dev;
	group->fault = *fault;
	INIT_WORK(&group->work, iopf_handler);
	schedule_work(&group->work);
	return 0;
}

/* ---- shared virtual addressing */

static DEFINE_MUTEX(iommu_sva_lock);

static int iommu_sva_handle_iopf(struct iommu_fault *fault, void *data)
{
	struct mm_struct *mm = data;

	if (!mmget_not_zero(mm))
		return IOMMU_PAGE_RESP_INVALID;
	mmap_read_lock(mm);
	mmap_read_unlock(mm);
	mmput(mm);
	return IOMMU_PAGE_RESP_SUCCESS;
}

/* One for each mm, kept until the mm lets go of it. */
static int iommu_sva_alloc_pasid(struct mm_struct *mm, struct device *dev)
{
	ioasid_t pasid;
	int ret = 0;

	mutex_lock(&iommu_sva_lock);
	if (mm->pasid != IOMMU_PASID_INVALID) {
		if (mm->pasid >= dev->iommu->max_pasids)
			ret = -EOVERFLOW;
		goto out_unlock;
	}
	pasid = iommu_alloc_global_pasid(dev);
	if (pasid == IOMMU_PASID_INVALID)
		ret = -ENOSPC;
	else
		mm->pasid = pasid;
out_unlock:
	mutex_unlock(&iommu_sva_lock);
	return ret;
}

static struct iommu_domain *iommu_sva_domain_alloc(struct device *dev, struct mm_struct *mm)
{
	struct iommu_domain *domain;

	domain = dev_iommu_ops(dev)->domain_alloc(IOMMU_DOMAIN_SVA);
	if (!domain)
		return NULL;
	domain->type = IOMMU_DOMAIN_SVA;
	mmgrab(mm);
	domain->mm = mm;
	domain->iopf_handler = iommu_sva_handle_iopf;
	domain->fault_data = mm;
	return domain;
}

static void iommu_domain_free(struct iommu_domain *domain)
{
	if (domain->type == IOMMU_DOMAIN_SVA)
		mmdrop(domain->mm);
	domain->ops->free(domain);
}

struct iommu_sva *iommu_sva_bind_device(struct device *dev, struct mm_struct *mm)
{
	struct iommu_domain *domain;
	struct iommu_sva *handle;
	int ret;

	ret = iommu_sva_alloc_pasid(mm, dev);
	if (ret)
		return ERR_PTR(ret);
	handle = kzalloc(sizeof(*handle), GFP_KERNEL);
	if (!handle)
		return ERR_PTR(-ENOMEM);

	mutex_lock(&iommu_sva_lock);
	domain = iommu_get_domain_for_dev_pasid(dev, mm->pasid, IOMMU_DOMAIN_SVA);
	if (IS_ERR(domain)) {
		ret = PTR_ERR(domain);
		goto out_unlock;
	}
	if (domain) {
		domain->users++;
		goto out;
	}

	domain = iommu_sva_domain_alloc(dev, mm);
	if (!domain) {
		ret = -ENOMEM;
		goto out_unlock;
	}
	ret = iommu_attach_device_pasid(domain, dev, mm->pasid);
	if (ret)
		goto out_free_domain;
	domain->users = 1;
out:
	mutex_unlock(&iommu_sva_lock);
	handle->dev = dev;
	handle->domain = domain;
	return handle;

out_free_domain:
	iommu_domain_free(domain);
out_unlock:
	mutex_unlock(&iommu_sva_lock);
	kfree(handle);
	return ERR_PTR(ret);
}

void iommu_sva_unbind_device(struct iommu_sva *handle)
{
	struct iommu_domain *domain = handle->domain;
	struct device *dev = handle->dev;

	mutex_lock(&iommu_sva_lock);
	if (--domain->users == 0) {
		iommu_detach_device_pasid(domain, dev, domain->mm->pasid);
		iommu_domain_free(domain);
	}
	mutex_unlock(&iommu_sva_lock);
	kfree(handle);
}

void mm_pasid_drop(struct mm_struct *mm)
{
	if (mm->pasid == IOMMU_PASID_INVALID)
		return;
	iommu_free_global_pasid(mm->pasid);
	mm->pasid = IOMMU_PASID_INVALID;
}
`,
  "designs/rfc-v2-patch-3.c": '// SPDX-License-Identifier: MIT\n/*\n * Patch 3 of the RFC v2 of March 2022 alone: the array of SVA domains with its\n * getter and its putter, which nobody calls yet. They take no lock.\n */\n#include "../kernel.h"\n\nstruct iommu_domain_ops {\n	int (*attach_dev)(struct iommu_domain *domain, struct device *dev);\n	void (*detach_dev)(struct iommu_domain *domain, struct device *dev);\n	int (*attach_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);\n	void (*detach_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);\n	void (*free)(struct iommu_domain *domain);\n};\n\nstruct iommu_ops {\n	struct iommu_domain *(*domain_alloc)(unsigned int type);\n	void (*page_response)(struct device *dev, unsigned int grpid);\n};\n\nstruct iommu_sva_cookie {\n	struct mm_struct *mm;\n	ioasid_t pasid;\n	refcount_t users;\n};\n\nstruct iommu_domain {\n	unsigned int type;\n	const struct iommu_domain_ops *ops;\n	struct iommu_sva_cookie *sva_cookie;\n};\n\nstruct ioasid_set {\n	int unused;\n};\n\n/* ---- PASIDs, as they were before the patch */\n\nstatic DEFINE_MUTEX(iommu_sva_lock);\nstatic struct ioasid_set iommu_sva_pasids;\n\n/* One for each mm, kept until the mm lets go of it. The range includes both ends. */\nint iommu_sva_alloc_pasid(struct mm_struct *mm, ioasid_t min, ioasid_t max)\n{\n	ioasid_t pasid;\n	int ret = 0;\n\n	if (min == 0 || max < min)\n		return -EINVAL;\n\n	mutex_lock(&iommu_sva_lock);\n	if (mm->pasid != INVALID_IOASID) {\n		if (mm->pasid < min || mm->pasid >= max)\n			ret = -EOVERFLOW;\n		goto out_unlock;\n	}\n	pasid = ioasid_alloc(&iommu_sva_pasids, min, max, mm);\n	if (pasid == INVALID_IOASID)\n		ret = -ENOMEM;\n	else\n		mm->pasid = pasid;\nout_unlock:\n	mutex_unlock(&iommu_sva_lock);\n	return ret;\n}\n\nvoid mm_pasid_drop(struct mm_struct *mm)\n{\n	if (mm->pasid == INVALID_IOASID)\n		return;\n	ioasid_free(mm->pasid);\n	mm->pasid = INVALID_IOASID;\n}\n\n/* ---- domains, found by their PASID */\n\nstatic DEFINE_XARRAY(sva_domain_array);\n\nstatic struct iommu_domain *iommu_sva_alloc_domain(struct device *dev, struct mm_struct *mm)\n{\n	struct bus_type *bus = dev->bus;\n	struct iommu_sva_cookie *cookie;\n	struct iommu_domain *domain;\n	void *previous;\n\n	if (!bus || !bus->iommu_ops)\n		return NULL;\n	cookie = kzalloc(sizeof(*cookie), GFP_KERNEL);\n	if (!cookie)\n		return NULL;\n	domain = bus->iommu_ops->domain_alloc(IOMMU_DOMAIN_SVA);\n	if (!domain)\n		goto err_free_cookie;\n\n	cookie->mm = mm;\n	cookie->pasid = mm->pasid;\n	refcount_set(&cookie->users, 1);\n	domain->type = IOMMU_DOMAIN_SVA;\n	domain->sva_cookie = cookie;\n	previous = xa_store(&sva_domain_array, mm->pasid, domain, GFP_KERNEL);\n	if (xa_err(previous))\n		goto err_free_domain;\n	return domain;\n\nerr_free_domain:\n	domain->ops->free(domain);\nerr_free_cookie:\n	kfree(cookie);\n	return NULL;\n}\n\nstatic void iommu_sva_free_domain(struct iommu_domain *domain)\n{\n	xa_erase(&sva_domain_array, domain->sva_cookie->pasid);\n	kfree(domain->sva_cookie);\n	domain->ops->free(domain);\n}\n\n/* For drivers. */\nstruct mm_struct *iommu_sva_domain_mm(struct iommu_domain *domain)\n{\n	return domain->sva_cookie->mm;\n}\n\nbool iommu_sva_domain_get_user(struct iommu_domain *domain)\n{\n	return refcount_inc_not_zero(&domain->sva_cookie->users);\n}\n\nvoid iommu_sva_domain_put_user(struct iommu_domain *domain)\n{\n	if (refcount_dec_and_test(&domain->sva_cookie->users))\n		iommu_sva_free_domain(domain);\n}\n\nstruct iommu_domain *iommu_sva_get_domain(struct device *dev, struct mm_struct *mm)\n{\n	struct iommu_domain *domain;\n\n	if (mm->pasid == INVALID_IOASID)\n		return NULL;\n	domain = xa_load(&sva_domain_array, mm->pasid);\n	if (!domain)\n		return iommu_sva_alloc_domain(dev, mm);\n	iommu_sva_domain_get_user(domain);\n	return domain;\n}\n',
  "designs/rfc-v2.c": '// SPDX-License-Identifier: MIT\n/*\n * The design of the RFC v2 of March 2022, all patches applied: one SVA domain\n * for each PASID, in one array for the whole system. Whoever binds an mm gets\n * the domain that is there, whatever device it was made for. Users are counted\n * in a cookie of the domain, bonds are on a list in it.\n */\n#include "../kernel.h"\n\nstruct iommu_domain_ops {\n	int (*attach_dev)(struct iommu_domain *domain, struct device *dev);\n	void (*detach_dev)(struct iommu_domain *domain, struct device *dev);\n	int (*attach_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);\n	void (*detach_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);\n	void (*free)(struct iommu_domain *domain);\n};\n\nstruct iommu_ops {\n	struct iommu_domain *(*domain_alloc)(unsigned int type);\n	void (*page_response)(struct device *dev, unsigned int grpid);\n};\n\nstruct iommu_sva_cookie {\n	struct mm_struct *mm;\n	ioasid_t pasid;\n	refcount_t users;\n	struct list_head bonds;\n};\n\nstruct iommu_domain {\n	unsigned int type;\n	const struct iommu_domain_ops *ops;\n	struct iommu_sva_cookie *sva_cookie;\n	int (*fault_handler)(struct iommu_fault *fault, void *data);\n	void *fault_data;\n};\n\nstruct iommu_sva {\n	struct device *dev;\n	struct iommu_domain *domain;\n	ioasid_t pasid;\n	struct list_head node;\n	refcount_t users;\n};\n\nstruct iopf_group {\n	struct work_struct work;\n	struct device *dev;\n	struct iommu_fault fault;\n};\n\nstruct ioasid_set {\n	int unused;\n};\n\nvoid iommu_sva_domain_put_user(struct iommu_domain *domain);\nbool iommu_sva_domain_get_user(struct iommu_domain *domain);\n\n/* ---- attaching to devices, and to their PASIDs */\n\n/* Whether one driver has the group to itself. From then on nobody else joins. */\nstatic bool iommu_group_singleton_lockdown(struct iommu_group *group)\n{\n	lockdep_assert_held(&group->mutex);\n\n	if (group->owner_cnt != 1 || group->domain != group->default_domain)\n		return false;\n	group->singleton_lockdown = true;\n	return true;\n}\n\nint iommu_attach_device(struct iommu_domain *domain, struct device *dev)\n{\n	struct iommu_group *group = iommu_group_get(dev);\n	int ret = -EINVAL;\n\n	if (!group)\n		return -ENODEV;\n\n	mutex_lock(&group->mutex);\n	if (!iommu_group_singleton_lockdown(group))\n		goto out_unlock;\n	ret = domain->ops->attach_dev(domain, dev);\n	if (!ret)\n		group->domain = domain;\nout_unlock:\n	mutex_unlock(&group->mutex);\n	iommu_group_put(group);\n	return ret;\n}\n\nvoid iommu_detach_device(struct iommu_domain *domain, struct device *dev)\n{\n	struct iommu_group *group = iommu_group_get(dev);\n\n	if (!group)\n		return;\n\n	mutex_lock(&group->mutex);\n	if (WARN_ON(!iommu_group_singleton_lockdown(group)))\n		goto out_unlock;\n	domain->ops->detach_dev(domain, dev);\n	group->domain = group->default_domain;\nout_unlock:\n	mutex_unlock(&group->mutex);\n	iommu_group_put(group);\n}\n\nint iommu_attach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n{\n	struct iommu_group *group;\n	int ret = -EINVAL;\n	void *taken;\n\n	if (!domain->ops->attach_dev_pasid)\n		return -EINVAL;\n	group = iommu_group_get(dev);\n	if (!group)\n		return -ENODEV;\n\n	mutex_lock(&group->mutex);\n	if (!iommu_group_singleton_lockdown(group))\n		goto out_unlock;\n	taken = xa_cmpxchg(&group->pasid_array, pasid, NULL, domain, GFP_KERNEL);\n	if (taken)\n		goto out_unlock;\n	ret = domain->ops->attach_dev_pasid(domain, dev, pasid);\n	if (ret)\n		xa_erase(&group->pasid_array, pasid);\nout_unlock:\n	mutex_unlock(&group->mutex);\n	iommu_group_put(group);\n	return ret;\n}\n\nvoid iommu_detach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n{\n	struct iommu_group *group = iommu_group_get(dev);\n\n	if (WARN_ON(!group))\n		return;\n\n	mutex_lock(&group->mutex);\n	domain->ops->detach_dev_pasid(domain, dev, pasid);\n	xa_erase(&group->pasid_array, pasid);\n	mutex_unlock(&group->mutex);\n	iommu_group_put(group);\n}\n\n/* The domain comes with a user, for iommu_put_domain_for_dev_pasid(). */\nstruct iommu_domain *iommu_get_domain_for_dev_pasid(struct device *dev, ioasid_t pasid)\n{\n	struct iommu_group *group = iommu_group_get(dev);\n	struct iommu_domain *domain;\n\n	if (!group)\n		return NULL;\n\n	mutex_lock(&group->mutex);\n	domain = xa_load(&group->pasid_array, pasid);\n	if (domain && domain->type == IOMMU_DOMAIN_SVA)\n		iommu_sva_domain_get_user(domain);\n	mutex_unlock(&group->mutex);\n	iommu_group_put(group);\n	return domain;\n}\n\nvoid iommu_put_domain_for_dev_pasid(struct iommu_domain *domain)\n{\n	if (domain->type == IOMMU_DOMAIN_SVA)\n		iommu_sva_domain_put_user(domain);\n}\n\n/* ---- page requests */\n\nstatic void iopf_complete_group(struct iopf_group *group, int status)\n{\n	dev_iommu_ops(group->dev)->page_response(group->dev, group->fault.grpid);\n}\n\nstatic void iopf_handle_group(struct work_struct *work)\n{\n	struct iopf_group *group = container_of(work, struct iopf_group, work);\n	int status = IOMMU_PAGE_RESP_INVALID;\n	struct iommu_domain *domain;\n\n	domain = iommu_get_domain_for_dev_pasid(group->dev, group->fault.pasid);\n	if (domain) {\n		if (domain->fault_handler)\n			status = domain->fault_handler(&group->fault, domain->fault_data);\n		iommu_put_domain_for_dev_pasid(domain);\n	}\n	iopf_complete_group(group, status);\n	kfree(group);\n}\n\nint iommu_report_device_fault(struct device *dev, struct iommu_fault *fault)\n{\n	struct iopf_group *group;\n\n	simulated_ask(dev, fault->grpid);\n	group = kzalloc(sizeof(*group), GFP_KERNEL);\n	if (!group) {\n		dev_iommu_ops(dev)->page_response(dev, fault->grpid);\n		return -ENOMEM;\n	}\n	group->dev = dev;\n	group->fault = *fault;\n	INIT_WORK(&group->work, iopf_handle_group);\n	schedule_work(&group->work);\n	return 0;\n}\n\n/* ---- PASIDs */\n\nstatic DEFINE_MUTEX(iommu_sva_lock);\nstatic struct ioasid_set iommu_sva_pasids;\n\n/* One for each mm, kept until the mm lets go of it. The range includes both ends. */\nstatic int iommu_sva_alloc_pasid(struct mm_struct *mm, ioasid_t min, ioasid_t max)\n{\n	ioasid_t pasid;\n	int ret = 0;\n\n	if (min == 0 || max < min)\n		return -EINVAL;\n\n	mutex_lock(&iommu_sva_lock);\n	if (mm->pasid != INVALID_IOASID) {\n		if (mm->pasid < min || mm->pasid >= max)\n			ret = -EOVERFLOW;\n		goto out_unlock;\n	}\n	pasid = ioasid_alloc(&iommu_sva_pasids, min, max, mm);\n	if (pasid == INVALID_IOASID)\n		ret = -ENOMEM;\n	else\n		mm->pasid = pasid;\nout_unlock:\n	mutex_unlock(&iommu_sva_lock);\n	return ret;\n}\n\nvoid mm_pasid_drop(struct mm_struct *mm)\n{\n	if (mm->pasid == INVALID_IOASID)\n		return;\n	ioasid_free(mm->pasid);\n	mm->pasid = INVALID_IOASID;\n}\n\n/* ---- domains, found by their PASID */\n\nstatic DEFINE_XARRAY(sva_domain_array);\n\nstatic int iommu_sva_handle_iopf(struct iommu_fault *fault, void *data)\n{\n	struct iommu_domain *domain = data;\n	struct mm_struct *mm = domain->sva_cookie->mm;\n\n	if (!mmget_not_zero(mm))\n		return IOMMU_PAGE_RESP_INVALID;\n	mmap_read_lock(mm);\n	mmap_read_unlock(mm);\n	mmput(mm);\n	return IOMMU_PAGE_RESP_SUCCESS;\n}\n\nstatic struct iommu_domain *iommu_sva_alloc_domain(struct device *dev, struct mm_struct *mm)\n{\n	struct bus_type *bus = dev->bus;\n	struct iommu_sva_cookie *cookie;\n	struct iommu_domain *domain;\n	void *previous;\n\n	if (!bus || !bus->iommu_ops)\n		return NULL;\n	cookie = kzalloc(sizeof(*cookie), GFP_KERNEL);\n	if (!cookie)\n		return NULL;\n	domain = bus->iommu_ops->domain_alloc(IOMMU_DOMAIN_SVA);\n	if (!domain)\n		goto err_free_cookie;\n\n	cookie->mm = mm;\n	cookie->pasid = mm->pasid;\n	refcount_set(&cookie->users, 1);\n	INIT_LIST_HEAD(&cookie->bonds);\n	domain->type = IOMMU_DOMAIN_SVA;\n	domain->sva_cookie = cookie;\n	domain->fault_handler = iommu_sva_handle_iopf;\n	domain->fault_data = domain;\n	previous = xa_store(&sva_domain_array, mm->pasid, domain, GFP_KERNEL);\n	if (xa_err(previous))\n		goto err_free_domain;\n	return domain;\n\nerr_free_domain:\n	domain->ops->free(domain);\nerr_free_cookie:\n	kfree(cookie);\n	return NULL;\n}\n\nstatic void iommu_sva_free_domain(struct iommu_domain *domain)\n{\n	xa_erase(&sva_domain_array, domain->sva_cookie->pasid);\n	WARN_ON(!list_empty(&domain->sva_cookie->bonds));\n	kfree(domain->sva_cookie);\n	domain->ops->free(domain);\n}\n\n/* For drivers. */\nstruct mm_struct *iommu_sva_domain_mm(struct iommu_domain *domain)\n{\n	return domain->sva_cookie->mm;\n}\n\nbool iommu_sva_domain_get_user(struct iommu_domain *domain)\n{\n	return refcount_inc_not_zero(&domain->sva_cookie->users);\n}\n\nvoid iommu_sva_domain_put_user(struct iommu_domain *domain)\n{\n	if (refcount_dec_and_test(&domain->sva_cookie->users))\n		iommu_sva_free_domain(domain);\n}\n\nstatic struct iommu_domain *iommu_sva_get_domain(struct device *dev, struct mm_struct *mm)\n{\n	struct iommu_domain *domain;\n\n	if (mm->pasid == INVALID_IOASID)\n		return NULL;\n	domain = xa_load(&sva_domain_array, mm->pasid);\n	if (!domain)\n		return iommu_sva_alloc_domain(dev, mm);\n	iommu_sva_domain_get_user(domain);\n	return domain;\n}\n\n/* ---- shared virtual addressing */\n\nstruct iommu_sva *iommu_sva_bind_device(struct device *dev, struct mm_struct *mm, void *drvdata)\n{\n	struct iommu_domain *domain;\n	struct iommu_sva *handle;\n	int ret;\n\n	ret = iommu_sva_alloc_pasid(mm, 1, (1U << dev->iommu->pasid_bits) - 1);\n	if (ret)\n		return ERR_PTR(ret);\n\n	mutex_lock(&iommu_sva_lock);\n	domain = iommu_sva_get_domain(dev, mm);\n	if (!domain) {\n		ret = -ENOMEM;\n		goto out_unlock;\n	}\n\n	list_for_each_entry(handle, &domain->sva_cookie->bonds, node) {\n		if (handle->dev == dev && handle->pasid == mm->pasid) {\n			refcount_inc(&handle->users);\n			mutex_lock(&iommu_sva_lock);\n			return handle;\n		}\n	}\n\n	handle = kzalloc(sizeof(*handle), GFP_KERNEL);\n	if (!handle) {\n		ret = -ENOMEM;\n		goto out_put_domain;\n	}\n	ret = iommu_attach_device_pasid(domain, dev, mm->pasid);\n	if (ret)\n		goto out_free_handle;\n	handle->dev = dev;\n	handle->domain = domain;\n	handle->pasid = mm->pasid;\n	refcount_set(&handle->users, 1);\n	list_add_tail(&handle->node, &domain->sva_cookie->bonds);\n	mutex_unlock(&iommu_sva_lock);\n	return handle;\n\nout_free_handle:\n	kfree(handle);\nout_put_domain:\n	iommu_sva_domain_put_user(domain);\nout_unlock:\n	mutex_unlock(&iommu_sva_lock);\n	return ERR_PTR(ret);\n}\n\nvoid iommu_sva_unbind_device(struct iommu_sva *handle)\n{\n	struct iommu_domain *domain = handle->domain;\n	struct mm_struct *mm = iommu_sva_domain_mm(domain);\n	struct device *dev = handle->dev;\n\n	mutex_lock(&iommu_sva_lock);\n	if (refcount_dec_and_test(&handle->users)) {\n		list_del(&handle->node);\n		iommu_detach_device_pasid(domain, dev, mm->pasid);\n		kfree(handle);\n	}\n	iommu_sva_domain_put_user(domain);\n	mutex_unlock(&iommu_sva_lock);\n}\n',
  "driver.c": '// SPDX-License-Identifier: MIT\n/*\n * The drivers of the simulated hardware. What each of them does about a domain\n * that was made for another instance is what they differ in; the rest is the\n * contract of the operations.\n */\n#include "kernel.h"\n\nenum instance_policy {\n	/* A domain belongs to the instance of the device that it was made for, or first attached to. */\n	INSTANCE_CHECKED,\n	/* A domain serves every instance of the driver. */\n	INSTANCE_SHARED,\n	/* A domain serves instances that can do what it needs. */\n	INSTANCE_BY_FEATURES,\n};\n\nstruct model_iommu {\n	struct iommu_device iommu;\n	enum instance_policy policy;\n	unsigned int features;\n	/* Waits for the page requests of a PASID when it is taken away. */\n	bool drains;\n	struct workqueue_struct *faults;\n};\n\nstruct model_device {\n	const struct model_driver *driver;\n	struct model_iommu *iommu;\n};\n\nstruct model_domain {\n	unsigned int features;\n	struct iommu_domain domain;\n	const struct model_driver *driver;\n	struct model_iommu *iommu;\n	struct mmu_notifier notifier;\n	bool is_notified;\n};\n\nstruct model_driver {\n	const char *name;\n};\n\nstatic const struct model_driver main_driver = { .name = "main" };\nstatic const struct model_driver other_driver = { .name = "other" };\n\nstatic struct model_domain *to_model_domain(struct iommu_domain *domain)\n{\n	return container_of(domain, struct model_domain, domain);\n}\n\n/* The process is gone: its page table is no longer walked. */\nstatic void model_release(struct mmu_notifier *notifier, struct mm_struct *mm)\n{\n}\n\nstatic const struct mmu_notifier_ops model_notifier_ops = {\n	.release = model_release,\n};\n\nstatic struct model_domain *make_domain(const struct model_driver *driver)\n{\n	struct model_domain *own = kzalloc(sizeof(*own), GFP_KERNEL);\n\n	if (own)\n		own->driver = driver;\n	return own;\n}\n\n/* Whether an instance can take a domain. One that nobody took yet is tied to it. */\nstatic bool model_takes(struct model_iommu *iommu, struct model_domain *own)\n{\n	if (iommu->policy == INSTANCE_SHARED)\n		return true;\n	if (iommu->policy == INSTANCE_BY_FEATURES)\n		return (own->features & iommu->features) == own->features;\n	return !own->iommu || own->iommu == iommu;\n}\n\nstatic bool model_device_compatible(struct iommu_domain *domain, struct device *dev)\n{\n	struct model_device *master = dev_iommu_priv_get(dev);\n\n	return model_takes(master->iommu, to_model_domain(domain));\n}\n\nstatic int model_attach(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n{\n	struct model_device *master = dev_iommu_priv_get(dev);\n	struct model_domain *own = to_model_domain(domain);\n\n	if (master->driver != own->driver) {\n		simulated_foreign(dev, domain);\n		return -EINVAL;\n	}\n	if (!model_takes(master->iommu, own)) {\n		simulated_refuse(dev, domain);\n		return -EINVAL;\n	}\n	if (simulated_command())\n		return -ENOMEM;\n	if (!own->iommu && master->iommu->policy == INSTANCE_CHECKED) {\n		own->iommu = master->iommu;\n		simulated_made(domain, &master->iommu->iommu);\n	}\n	simulated_program(dev, pasid, domain, &master->iommu->iommu);\n	return 0;\n}\n\nstatic void model_detach(struct device *dev, ioasid_t pasid)\n{\n	struct model_device *master = dev_iommu_priv_get(dev);\n\n	WARN_ON(!simulated_domain(dev, pasid));\n	simulated_block(dev, pasid);\n	if (master->iommu->drains)\n		flush_workqueue(master->iommu->faults);\n}\n\nstatic void model_free(struct iommu_domain *domain)\n{\n	struct model_domain *own = to_model_domain(domain);\n\n	if (own->is_notified)\n		mmu_notifier_unregister(&own->notifier, own->notifier.mm);\n	kfree(own);\n}\n\nstatic void model_page_response(struct device *dev, unsigned int grpid)\n{\n	simulated_answer(dev, grpid);\n}\n\nstatic void start_iommu(struct model_iommu *iommu, const struct iommu_ops *ops,\n			enum instance_policy policy, bool drains, struct workqueue_struct *faults)\n{\n	iommu->iommu.ops = ops;\n	iommu->iommu.max_pasids = 1 << 20;\n	iommu->policy = policy;\n	iommu->drains = drains;\n	iommu->faults = faults;\n}\n',
  "kernel.h": "/* SPDX-License-Identifier: MIT */\n/*\n * What the simulated code sees of the kernel: the structures that it reaches\n * into, with the members that matter. Locks, counters and containers are\n * played by the machine; their members are never looked at.\n */\n#ifndef SIMULATED_KERNEL_H\n#define SIMULATED_KERNEL_H\n\n#define INVALID_IOASID		((ioasid_t)-1)\n#define IOMMU_NO_PASID		0\n#define IOMMU_FIRST_GLOBAL_PASID 1\n#define IOMMU_PASID_INVALID	((ioasid_t)-1)\n\n#define IOMMU_DOMAIN_BLOCKED	0\n#define IOMMU_DOMAIN_UNMANAGED	1\n#define IOMMU_DOMAIN_SVA	16\n\n#define IOMMU_PAGE_RESP_SUCCESS	0\n#define IOMMU_PAGE_RESP_INVALID	1\n\ntypedef unsigned int ioasid_t;\n\nstruct list_head { struct list_head *next, *prev; };\nstruct mutex { int owner; };\ntypedef struct { int owner; } spinlock_t;\nstruct rw_semaphore { int owner; };\ntypedef struct { int counter; } atomic_t;\ntypedef struct { int refs; } refcount_t;\nstruct kref { refcount_t refcount; };\nstruct xarray { void *head; };\nstruct ida { void *head; };\nstruct rcu_head { void *next; };\nstruct workqueue_struct;\nstruct work_struct { void *data; void (*func)(struct work_struct *work); };\n\nstruct iommu_domain;\nstruct iommu_domain_ops;\nstruct iommu_ops;\nstruct iommu_sva;\nstruct iommu_fault;\nstruct mmu_notifier;\n\nstruct mm_struct {\n	atomic_t mm_users;\n	atomic_t mm_count;\n	struct rw_semaphore mmap_lock;\n	struct list_head notifiers;\n	/* Each design keeps its PASID in one of these. */\n	ioasid_t pasid;\n	struct iommu_mm_data *iommu_mm;\n	struct iommu_sva_space *sva_space;\n};\n\nstruct mmu_notifier_ops {\n	void (*release)(struct mmu_notifier *notifier, struct mm_struct *mm);\n};\n\nstruct mmu_notifier {\n	const struct mmu_notifier_ops *ops;\n	struct mm_struct *mm;\n	struct list_head node;\n};\n\nstruct iommu_device {\n	const struct iommu_ops *ops;\n	ioasid_t max_pasids;\n};\n\nstruct dev_iommu {\n	struct mutex lock;\n	struct iommu_device *iommu_dev;\n	void *priv;\n	ioasid_t max_pasids;\n	unsigned int pasid_bits;\n};\n\nstruct iommu_group {\n	struct kref ref;\n	struct mutex mutex;\n	struct list_head devices;\n	struct xarray pasid_array;\n	struct iommu_domain *domain;\n	struct iommu_domain *default_domain;\n	unsigned int owner_cnt;\n	bool singleton_lockdown;\n};\n\nstruct group_device {\n	struct list_head list;\n	struct device *dev;\n};\n\nstruct bus_type {\n	const char *name;\n	const struct iommu_ops *iommu_ops;\n};\n\nstruct device {\n	struct bus_type *bus;\n	struct dev_iommu *iommu;\n	struct iommu_group *iommu_group;\n};\n\nstruct iommu_fault {\n	ioasid_t pasid;\n	unsigned int grpid;\n	unsigned long addr;\n};\n\n/* world.c */\nvoid mmput(struct mm_struct *mm);\nvoid mmdrop(struct mm_struct *mm);\nint mmu_notifier_register(struct mmu_notifier *notifier, struct mm_struct *mm);\nvoid mmu_notifier_unregister(struct mmu_notifier *notifier, struct mm_struct *mm);\nconst struct iommu_ops *dev_iommu_ops(struct device *dev);\nstruct iommu_group *iommu_group_get(struct device *dev);\nvoid iommu_group_put(struct iommu_group *group);\n\n/* Given by the design: called when the PASID of an mm ends. */\nvoid mm_pasid_drop(struct mm_struct *mm);\n\n/* Played by the machine: what hardware knows, and what a scenario says of its calls. */\nvoid simulated_begin(const char *what, struct device *dev, struct mm_struct *mm);\nvoid simulated_end(const void *result, int wants);\nvoid simulated_member(struct iommu_group *group, struct device *dev, ioasid_t max_pasids);\nvoid simulated_made(struct iommu_domain *domain, struct iommu_device *iommu);\nvoid simulated_program(struct device *dev, ioasid_t pasid, struct iommu_domain *domain,\n		       struct iommu_device *iommu);\nvoid simulated_block(struct device *dev, ioasid_t pasid);\nvoid simulated_refuse(struct device *dev, struct iommu_domain *domain);\nvoid simulated_foreign(struct device *dev, struct iommu_domain *domain);\nstruct iommu_domain *simulated_domain(struct device *dev, ioasid_t pasid);\nioasid_t simulated_pasid(struct device *dev);\nvoid simulated_answer(struct device *dev, unsigned int grpid);\nvoid simulated_ask(struct device *dev, unsigned int grpid);\nvoid simulated_gone(struct mm_struct *mm);\nint simulated_command(void);\n\n#endif\n",
  "operations-2022.c": '// SPDX-License-Identifier: MIT\n/* The operations that the drivers offer, as of the proposals of spring 2022: a domain op attaches to a PASID. */\n#include "kernel.h"\n\nstatic struct iommu_domain *main_domain_alloc(unsigned int type);\nstatic struct iommu_domain *other_domain_alloc(unsigned int type);\n\nstatic int model_attach_dev(struct iommu_domain *domain, struct device *dev)\n{\n	return model_attach(domain, dev, IOMMU_NO_PASID);\n}\n\nstatic void model_detach_dev(struct iommu_domain *domain, struct device *dev)\n{\n	model_detach(dev, IOMMU_NO_PASID);\n}\n\n/* The first device of a domain makes the driver watch the mm, and by that pin it, until the domain is freed. */\nstatic int model_attach_dev_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n{\n	struct model_domain *own = to_model_domain(domain);\n	int ret;\n\n	if (!own->is_notified) {\n		own->notifier.ops = &model_notifier_ops;\n		ret = mmu_notifier_register(&own->notifier, iommu_sva_domain_mm(domain));\n		if (ret)\n			return ret;\n		own->is_notified = true;\n	}\n	return model_attach(domain, dev, pasid);\n}\n\nstatic void model_detach_dev_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n{\n	model_detach(dev, pasid);\n}\n\nstatic const struct iommu_domain_ops model_domain_ops = {\n	.attach_dev = model_attach_dev,\n	.detach_dev = model_detach_dev,\n	.attach_dev_pasid = model_attach_dev_pasid,\n	.detach_dev_pasid = model_detach_dev_pasid,\n	.free = model_free,\n};\n\nstatic const struct iommu_ops main_ops = {\n	.domain_alloc = main_domain_alloc,\n	.page_response = model_page_response,\n};\n\nstatic const struct iommu_ops other_ops = {\n	.domain_alloc = other_domain_alloc,\n	.page_response = model_page_response,\n};\n\nstatic struct iommu_domain *main_domain_alloc(unsigned int type)\n{\n	struct model_domain *own = make_domain(&main_driver);\n\n	if (!own)\n		return NULL;\n	own->domain.ops = &model_domain_ops;\n	simulated_made(&own->domain, NULL);\n	return &own->domain;\n}\n\nstatic struct iommu_domain *other_domain_alloc(unsigned int type)\n{\n	struct model_domain *own = make_domain(&other_driver);\n\n	if (!own)\n		return NULL;\n	own->domain.ops = &model_domain_ops;\n	simulated_made(&own->domain, NULL);\n	return &own->domain;\n}\n',
  "operations-6.10.c": '// SPDX-License-Identifier: MIT\n/* The operations that the drivers offer, as of Linux 6.10: SVA domains are made for a device and an mm. */\n#include "kernel.h"\n\nstatic struct iommu_domain *main_domain_alloc_sva(struct device *dev, struct mm_struct *mm);\nstatic struct iommu_domain *other_domain_alloc_sva(struct device *dev, struct mm_struct *mm);\n\nstatic int model_set_dev_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid,\n			       struct iommu_domain *old)\n{\n	return model_attach(domain, dev, pasid);\n}\n\nstatic void model_remove_dev_pasid(struct device *dev, ioasid_t pasid, struct iommu_domain *domain)\n{\n	model_detach(dev, pasid);\n}\n\nstatic const struct iommu_domain_ops model_domain_ops = {\n	.set_dev_pasid = model_set_dev_pasid,\n	.free = model_free,\n};\n\nstatic const struct iommu_ops main_ops = {\n	.domain_alloc_sva = main_domain_alloc_sva,\n	.remove_dev_pasid = model_remove_dev_pasid,\n	.page_response = model_page_response,\n	.default_domain_ops = &model_domain_ops,\n};\n\nstatic const struct iommu_ops other_ops = {\n	.domain_alloc_sva = other_domain_alloc_sva,\n	.remove_dev_pasid = model_remove_dev_pasid,\n	.page_response = model_page_response,\n	.default_domain_ops = &model_domain_ops,\n};\n\nstatic struct iommu_domain *make_sva_domain(const struct model_driver *driver, struct device *dev,\n					    struct mm_struct *mm)\n{\n	struct model_device *master = dev_iommu_priv_get(dev);\n	struct model_domain *own = make_domain(driver);\n	int ret;\n\n	if (!own)\n		return ERR_PTR(-ENOMEM);\n	own->notifier.ops = &model_notifier_ops;\n	ret = mmu_notifier_register(&own->notifier, mm);\n	if (ret) {\n		kfree(own);\n		return ERR_PTR(ret);\n	}\n	own->is_notified = true;\n	own->domain.ops = &model_domain_ops;\n	if (master->iommu->policy == INSTANCE_CHECKED)\n		own->iommu = master->iommu;\n	simulated_made(&own->domain, own->iommu ? &own->iommu->iommu : NULL);\n	return &own->domain;\n}\n\nstatic struct iommu_domain *main_domain_alloc_sva(struct device *dev, struct mm_struct *mm)\n{\n	return make_sva_domain(&main_driver, dev, mm);\n}\n\nstatic struct iommu_domain *other_domain_alloc_sva(struct device *dev, struct mm_struct *mm)\n{\n	return make_sva_domain(&other_driver, dev, mm);\n}\n',
  "operations-6.2.c": '// SPDX-License-Identifier: MIT\n/* The operations that the drivers offer, as of Linux 6.2 to 6.7: the type alone says that a domain is for SVA. */\n#include "kernel.h"\n\nstatic struct iommu_domain *main_domain_alloc(unsigned int type);\nstatic struct iommu_domain *other_domain_alloc(unsigned int type);\n\nstatic int model_set_dev_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n{\n	return model_attach(domain, dev, pasid);\n}\n\nstatic void model_remove_dev_pasid(struct device *dev, ioasid_t pasid)\n{\n	model_detach(dev, pasid);\n}\n\nstatic const struct iommu_domain_ops model_domain_ops = {\n	.set_dev_pasid = model_set_dev_pasid,\n	.free = model_free,\n};\n\nstatic const struct iommu_ops main_ops = {\n	.domain_alloc = main_domain_alloc,\n	.remove_dev_pasid = model_remove_dev_pasid,\n	.page_response = model_page_response,\n};\n\nstatic const struct iommu_ops other_ops = {\n	.domain_alloc = other_domain_alloc,\n	.remove_dev_pasid = model_remove_dev_pasid,\n	.page_response = model_page_response,\n};\n\nstatic struct iommu_domain *main_domain_alloc(unsigned int type)\n{\n	struct model_domain *own = make_domain(&main_driver);\n\n	if (!own)\n		return NULL;\n	own->domain.ops = &model_domain_ops;\n	simulated_made(&own->domain, NULL);\n	return &own->domain;\n}\n\nstatic struct iommu_domain *other_domain_alloc(unsigned int type)\n{\n	struct model_domain *own = make_domain(&other_driver);\n\n	if (!own)\n		return NULL;\n	own->domain.ops = &model_domain_ops;\n	simulated_made(&own->domain, NULL);\n	return &own->domain;\n}\n',
  "operations-proposal.c": '// SPDX-License-Identifier: MIT\n/* The operations that the drivers offer as proposed in review: a domain also says which devices it suits. */\n#include "kernel.h"\n\nstatic struct iommu_domain *main_domain_alloc_sva(struct device *dev, struct mm_struct *mm);\nstatic struct iommu_domain *other_domain_alloc_sva(struct device *dev, struct mm_struct *mm);\n\nstatic int model_attach_dev_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n{\n	return model_attach(domain, dev, pasid);\n}\n\nstatic void model_detach_dev_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)\n{\n	model_detach(dev, pasid);\n}\n\nstatic const struct iommu_domain_ops model_domain_ops = {\n	.device_compatible = model_device_compatible,\n	.attach_dev_pasid = model_attach_dev_pasid,\n	.detach_dev_pasid = model_detach_dev_pasid,\n	.free = model_free,\n};\n\nstatic const struct iommu_ops main_ops = {\n	.domain_alloc_sva = main_domain_alloc_sva,\n	.page_response = model_page_response,\n};\n\nstatic const struct iommu_ops other_ops = {\n	.domain_alloc_sva = other_domain_alloc_sva,\n	.page_response = model_page_response,\n};\n\nstatic struct iommu_domain *make_sva_domain(const struct model_driver *driver, struct device *dev,\n					    struct mm_struct *mm)\n{\n	struct model_device *master = dev_iommu_priv_get(dev);\n	struct model_domain *own = make_domain(driver);\n	int ret;\n\n	if (!own)\n		return ERR_PTR(-ENOMEM);\n	own->notifier.ops = &model_notifier_ops;\n	ret = mmu_notifier_register(&own->notifier, mm);\n	if (ret) {\n		kfree(own);\n		return ERR_PTR(ret);\n	}\n	own->is_notified = true;\n	own->domain.ops = &model_domain_ops;\n	if (master->iommu->policy == INSTANCE_CHECKED)\n		own->iommu = master->iommu;\n	simulated_made(&own->domain, own->iommu ? &own->iommu->iommu : NULL);\n	return &own->domain;\n}\n\nstatic struct iommu_domain *main_domain_alloc_sva(struct device *dev, struct mm_struct *mm)\n{\n	return make_sva_domain(&main_driver, dev, mm);\n}\n\nstatic struct iommu_domain *other_domain_alloc_sva(struct device *dev, struct mm_struct *mm)\n{\n	return make_sva_domain(&other_driver, dev, mm);\n}\n',
  "variants/list-per-mm-6.8-rc-repair.patch": "The repair of Linux 6.8-rc in the form it was first posted in: an mm keeps a\nlist of its bonds, and bind looks there first. It returns with the lock held,\nnever sets the users of a new bond, and lists a bond only with a new domain.\n\ndiff --git a/server/simulated/designs/list-per-mm.c b/server/simulated/designs/list-per-mm.c\n--- a/server/simulated/designs/list-per-mm.c\n+++ b/server/simulated/designs/list-per-mm.c\n@@ -38,12 +38,14 @@\n struct iommu_sva {\n 	struct iommu_attach_handle handle;\n 	struct device *dev;\n+	struct list_head node;\n 	refcount_t users;\n };\n \n struct iommu_mm_data {\n 	ioasid_t pasid;\n 	struct list_head sva_domains;\n+	struct list_head sva_handles;\n };\n \n struct iopf_group {\n@@ -251,6 +253,7 @@\n 		return ERR_PTR(-ENOSPC);\n 	}\n 	INIT_LIST_HEAD(&iommu_mm->sva_domains);\n+	INIT_LIST_HEAD(&iommu_mm->sva_handles);\n 	smp_store_release(&mm->iommu_mm, iommu_mm);\n 	return iommu_mm;\n }\n@@ -274,7 +277,6 @@\n struct iommu_sva *iommu_sva_bind_device(struct device *dev, struct mm_struct *mm)\n {\n 	struct iommu_group *group = dev->iommu_group;\n-	struct iommu_attach_handle *attach_handle;\n 	struct iommu_mm_data *iommu_mm;\n 	struct iommu_domain *domain;\n 	struct iommu_sva *handle;\n@@ -290,20 +292,11 @@\n 		goto out_unlock;\n 	}\n \n-	attach_handle = iommu_attach_handle_get(group, iommu_mm->pasid, IOMMU_DOMAIN_SVA);\n-	if (!IS_ERR(attach_handle)) {\n-		handle = container_of(attach_handle, struct iommu_sva, handle);\n-		if (attach_handle->domain->mm != mm) {\n-			ret = -EBUSY;\n-			goto out_unlock;\n+	list_for_each_entry(handle, &mm->iommu_mm->sva_handles, node) {\n+		if (handle->dev == dev) {\n+			refcount_inc(&handle->users);\n+			return handle;\n 		}\n-		refcount_inc(&handle->users);\n-		mutex_unlock(&iommu_sva_lock);\n-		return handle;\n-	}\n-	if (PTR_ERR(attach_handle) != -ENOENT) {\n-		ret = PTR_ERR(attach_handle);\n-		goto out_unlock;\n 	}\n \n 	handle = kzalloc(sizeof(*handle), GFP_KERNEL);\n@@ -330,8 +323,8 @@\n 		goto out_free_domain;\n 	domain->users = 1;\n 	list_add(&domain->next, &mm->iommu_mm->sva_domains);\n+	list_add(&handle->node, &mm->iommu_mm->sva_handles);\n out:\n-	refcount_set(&handle->users, 1);\n 	handle->dev = dev;\n 	mutex_unlock(&iommu_sva_lock);\n 	return handle;\n@@ -356,6 +349,7 @@\n 		mutex_unlock(&iommu_sva_lock);\n 		return;\n 	}\n+	list_del(&handle->node);\n 	iommu_detach_device_pasid(domain, dev, iommu_mm->pasid);\n 	if (--domain->users == 0) {\n 		list_del(&domain->next);\n",
  "variants/list-per-mm-6.8-rc1.patch": "Linux 6.8-rc1 to rc6: nobody looks for a bond that is there. The second bind of\na device and an mm finds the PASID slot taken, by its own first bond.\n\ndiff --git a/server/simulated/designs/list-per-mm.c b/server/simulated/designs/list-per-mm.c\n--- a/server/simulated/designs/list-per-mm.c\n+++ b/server/simulated/designs/list-per-mm.c\n@@ -274,7 +274,6 @@\n struct iommu_sva *iommu_sva_bind_device(struct device *dev, struct mm_struct *mm)\n {\n 	struct iommu_group *group = dev->iommu_group;\n-	struct iommu_attach_handle *attach_handle;\n 	struct iommu_mm_data *iommu_mm;\n 	struct iommu_domain *domain;\n 	struct iommu_sva *handle;\n@@ -287,22 +286,6 @@\n 	iommu_mm = iommu_alloc_mm_data(mm, dev);\n 	if (IS_ERR(iommu_mm)) {\n 		ret = PTR_ERR(iommu_mm);\n-		goto out_unlock;\n-	}\n-\n-	attach_handle = iommu_attach_handle_get(group, iommu_mm->pasid, IOMMU_DOMAIN_SVA);\n-	if (!IS_ERR(attach_handle)) {\n-		handle = container_of(attach_handle, struct iommu_sva, handle);\n-		if (attach_handle->domain->mm != mm) {\n-			ret = -EBUSY;\n-			goto out_unlock;\n-		}\n-		refcount_inc(&handle->users);\n-		mutex_unlock(&iommu_sva_lock);\n-		return handle;\n-	}\n-	if (PTR_ERR(attach_handle) != -ENOENT) {\n-		ret = PTR_ERR(attach_handle);\n 		goto out_unlock;\n 	}\n \n",
  "variants/per-group-6.6-x86.patch": "Linux 6.6 stable, configured for x86: bind is refused there, by a backport that\nreturns after the handle was allocated.\n\ndiff --git a/server/simulated/designs/per-group.c b/server/simulated/designs/per-group.c\n--- a/server/simulated/designs/per-group.c\n+++ b/server/simulated/designs/per-group.c\n@@ -179,6 +179,8 @@\n /* ---- shared virtual addressing */\n \n static DEFINE_MUTEX(iommu_sva_lock);\n+/* What CONFIG_X86 says. */\n+static const bool is_x86 = true;\n \n static int iommu_sva_handle_iopf(struct iommu_fault *fault, void *data)\n {\n@@ -248,6 +250,8 @@\n 	handle = kzalloc(sizeof(*handle), GFP_KERNEL);\n 	if (!handle)\n 		return ERR_PTR(-ENOMEM);\n+	if (is_x86)\n+		return ERR_PTR(-EOPNOTSUPP);\n \n 	mutex_lock(&iommu_sva_lock);\n 	domain = iommu_get_domain_for_dev_pasid(dev, mm->pasid, IOMMU_DOMAIN_SVA);\n",
  "world.c": '// SPDX-License-Identifier: MIT\n/*\n * The part of the kernel around the IOMMU core that a scenario needs as code:\n * address spaces with their notifiers, groups, and what sets a world up.\n */\n#include "kernel.h"\n\n/* Before Linux 5.18-rc6 the PASID went with the last user of the address space. */\nstatic bool pasid_goes_with_users;\n\nvoid mmdrop(struct mm_struct *mm)\n{\n	if (!atomic_dec_and_test(&mm->mm_count))\n		return;\n	if (!pasid_goes_with_users)\n		mm_pasid_drop(mm);\n	simulated_gone(mm);\n}\n\nvoid mmput(struct mm_struct *mm)\n{\n	struct mmu_notifier *notifier;\n\n	if (!atomic_dec_and_test(&mm->mm_users))\n		return;\n	list_for_each_entry(notifier, &mm->notifiers, node)\n		notifier->ops->release(notifier, mm);\n	if (pasid_goes_with_users)\n		mm_pasid_drop(mm);\n	mmdrop(mm);\n}\n\nint mmu_notifier_register(struct mmu_notifier *notifier, struct mm_struct *mm)\n{\n	WARN_ON(atomic_read(&mm->mm_users) == 0);\n	if (simulated_command())\n		return -ENOMEM;\n	mmgrab(mm);\n	notifier->mm = mm;\n	list_add(&notifier->node, &mm->notifiers);\n	return 0;\n}\n\nvoid mmu_notifier_unregister(struct mmu_notifier *notifier, struct mm_struct *mm)\n{\n	list_del(&notifier->node);\n	mmdrop(mm);\n}\n\nconst struct iommu_ops *dev_iommu_ops(struct device *dev)\n{\n	return dev->iommu->iommu_dev->ops;\n}\n\nstruct iommu_group *iommu_group_get(struct device *dev)\n{\n	struct iommu_group *group = dev->iommu_group;\n\n	if (group)\n		kref_get(&group->ref);\n	return group;\n}\n\nstatic void group_goes(struct kref *ref)\n{\n	WARN_ON(true);\n}\n\nvoid iommu_group_put(struct iommu_group *group)\n{\n	if (group)\n		kref_put(&group->ref, group_goes);\n}\n\n/* What a scenario sets up before its first call. */\n\nstatic void start_mm(struct mm_struct *mm)\n{\n	atomic_set(&mm->mm_users, 1);\n	atomic_set(&mm->mm_count, 1);\n	init_rwsem(&mm->mmap_lock);\n	INIT_LIST_HEAD(&mm->notifiers);\n	mm->pasid = INVALID_IOASID;\n}\n\nstatic void start_group(struct iommu_group *group)\n{\n	kref_init(&group->ref);\n	mutex_init(&group->mutex);\n	INIT_LIST_HEAD(&group->devices);\n	xa_init(&group->pasid_array);\n}\n\nstatic void start_device(struct device *dev, struct dev_iommu *state, struct bus_type *bus,\n			 struct iommu_device *iommu, void *priv, ioasid_t max_pasids)\n{\n	mutex_init(&state->lock);\n	state->iommu_dev = iommu;\n	state->priv = priv;\n	state->max_pasids = max_pasids;\n	state->pasid_bits = max_pasids > 4 ? 20 : max_pasids > 0 ? 2 : 0;\n	dev->iommu = state;\n	dev->bus = bus;\n}\n\nstatic void join_group(struct iommu_group *group, struct group_device *member, struct device *dev,\n		       ioasid_t max_pasids)\n{\n	member->dev = dev;\n	list_add_tail(&member->list, &group->devices);\n	dev->iommu_group = group;\n	group->owner_cnt++;\n	simulated_member(group, dev, max_pasids);\n}\n'
};

// server/src/sim/worlds/play-scenario.ts
var FOLDER = "simulated/";
function playScenario({ files, kit, operations }, scenario, budget = PROGRAMME_BUDGET) {
  const composed = compose(scenario, kit);
  const world = [worldFile("kernel.h"), worldFile("world.c"), driverFile(operations)];
  const written = { path: SCENARIO_FILE, file: new CFile(composed.text) };
  const all = [...files, ...world, written];
  const code = new LoweredCode(new DeclarationsOf(all), all, {}, [...world, written]);
  const procedure = (name2) => code.procedure(name2, SCENARIO_FILE);
  const programme = {
    setUp: procedure(composed.setUp),
    tasks: composed.tasks.map(procedure),
    tearDown: composed.tearDown ? procedure(composed.tearDown) : null
  };
  const options = { ...CONCRETE, faults: scenario.faults };
  const played = play(code, programme, budget, { order: "cost", isReduced: true }, options);
  const breaches = played.breaches.filter(({ monitor }) => monitor !== "RIGN");
  return {
    ...played,
    breaches,
    verdict: breaches.length > 0 ? played.verdict : { ...played.verdict, kind: heldOr(played.verdict.kind) },
    scenario,
    subject: programmeSubject(code, programme, options),
    text: composed.text
  };
}
function driverFile(operations) {
  const name2 = `driver.c with ${operations}`;
  return remembered(name2, "driver.c", `${TEXTS["driver.c"]}
${TEXTS[operations]}`);
}
function heldOr(kind) {
  return kind === "violated" ? "held" : kind;
}
var parsed = /* @__PURE__ */ new Map();
function worldFile(name2) {
  return remembered(name2, name2, TEXTS[name2] ?? "");
}
function remembered(key, name2, text) {
  let file = parsed.get(key);
  if (!file) {
    file = { path: FOLDER + name2, file: new CFile(text) };
    parsed.set(key, file);
  }
  return file;
}

// server/src/sim/worlds/scenarios.table.ts
var ORDERS = [
  ["a", "b", "c"],
  ["a", "c", "b"],
  ["b", "a", "c"],
  ["b", "c", "a"],
  ["c", "a", "b"],
  ["c", "b", "a"]
];
var TWO = [
  bind("a", "D1", "M1"),
  bind("b", "D2", "M1"),
  unbind("a"),
  unbind("b"),
  exit("M1")
];
var SCENARIOS = [
  defineScenario({
    row: "same-device-twice",
    story: "A process binds the same device twice, as it does when it opens two queues of it.",
    before: [bind("a", "D1", "M1"), bind("b", "D1", "M1"), unbind("b"), unbind("a"), exit("M1")]
  }),
  defineScenario({
    row: "two-devices-one-iommu",
    story: "A process binds two devices behind one IOMMU.",
    before: TWO
  }),
  ...["strict", "shared", "caps"].map(
    (driver) => defineScenario({
      row: "two-devices-two-iommus",
      when: `driver ${driver}`,
      story: "A process binds two devices behind two IOMMUs of one driver.",
      world: { driver },
      before: [bind("a", "D1", "M1"), bind("b", "D3", "M1"), unbind("a"), unbind("b"), exit("M1")]
    })
  ),
  defineScenario({
    row: "two-devices-two-iommus",
    when: "second device behind the foreign driver",
    story: "A process binds two devices whose IOMMUs have different drivers.",
    before: [bind("a", "D1", "M1"), bind("b", "D5", "M1"), unbind("a"), unbind("b"), exit("M1")]
  }),
  defineScenario({
    row: "no-pasid",
    when: "device with dev->iommu but no PASID (D6)",
    story: "A process binds a device that has an IOMMU but no PASIDs.",
    before: [
      tryToBind("a", "D6", "M1"),
      bind("b", "D1", "M1"),
      tryToBind("c", "D6", "M1"),
      unbind("b"),
      exit("M1")
    ]
  }),
  defineScenario({
    row: "no-pasid",
    when: "device without dev->iommu (D10)",
    story: "A process binds a device without an IOMMU.",
    before: [tryToBind("a", "D10", "M1"), exit("M1")]
  }),
  defineScenario({
    row: "pasid-too-narrow",
    story: "The PASID of a process is larger than what a second device can send.",
    before: [
      bind("a", "D1", "M1"),
      bind("b", "D1", "M2"),
      bind("c", "D1", "M3"),
      bind("d", "D1", "M4"),
      tryToBind("e", "D7", "M4"),
      unbind("a"),
      unbind("b"),
      unbind("c"),
      unbind("d"),
      ...["M1", "M2", "M3", "M4"].map(exit)
    ]
  }),
  defineScenario({
    row: "allocation-failures",
    story: "Two devices are bound while memory runs out at every place in turn.",
    before: TWO,
    faults: true
  }),
  ...ORDERS.map(
    (order2) => defineScenario({
      row: "unbind-any-order",
      when: `unbound ${order2.join(", ")}`,
      story: "Three devices of a process are unbound in every order.",
      before: [
        bind("a", "D1", "M1"),
        bind("b", "D2", "M1"),
        // A third one behind the same instance: whether one of another fits is another row.
        bind("c", "D7", "M1"),
        ...order2.map(unbind),
        exit("M1")
      ]
    })
  ),
  ...[true, false].map(
    (pasidGoesWithUsers) => defineScenario({
      row: "exit-before-unbind",
      when: pasidGoesWithUsers ? "PASID released when the last user of the mm goes" : "PASID released with the mm struct",
      story: "A process ends, another begins and binds the same device; then the first bond is undone.",
      times: pasidGoesWithUsers ? ["2022"] : ["2022", "6.2", "6.8"],
      world: { pasidGoesWithUsers },
      before: [
        bind("a", "D1", "M1"),
        exit("M1"),
        bind("b", "D1", "M2"),
        unbind("a"),
        unbind("b"),
        exit("M2")
      ]
    })
  ),
  defineScenario({
    row: "bind-bind",
    story: "Two threads of a process bind a device each, at the same time.",
    beside: { first: [bind("a", "D1", "M1")], second: [bind("b", "D2", "M1")] },
    after: [unbind("a"), unbind("b"), exit("M1")]
  }),
  defineScenario({
    row: "bind-last-put",
    when: "bind beside the last unbind",
    story: "The last bond of a process is undone while another thread binds a device.",
    before: [bind("a", "D1", "M1")],
    beside: { first: [unbind("a")], second: [bind("b", "D2", "M1")] },
    after: [unbind("b"), exit("M1")]
  }),
  defineScenario({
    row: "bind-last-put",
    when: "bind and the last put of the fault worker",
    story: "The last bond is undone, and a new one made, while a page request is being handled.",
    times: ["2022"],
    world: { drains: false },
    before: [bind("a", "D1", "M1")],
    beside: { first: [unbind("a"), bind("b", "D2", "M1")], device: [fault("D1")] },
    after: [unbind("b"), exit("M1")]
  }),
  ...[true, false].map(
    (drains) => defineScenario({
      row: "fault-at-unbind",
      when: drains ? "driver drains" : "driver does not drain",
      story: "A device asks for a page while its bond is undone.",
      world: { drains },
      before: [bind("a", "D1", "M1")],
      beside: { first: [unbind("a")], device: [fault("D1")] },
      after: [exit("M1")]
    })
  ),
  defineScenario({
    row: "group-of-two",
    when: "both devices bound to drivers",
    story: "A process binds a device that shares its group with another.",
    before: [tryToBind("a", "D8", "M1"), tryToBind("b", "D9", "M1"), unbind("b"), unbind("a"), exit("M1")],
    faults: true
  }),
  defineScenario({
    row: "group-of-two",
    when: "one device bound",
    story: "A process binds a device that shares its group with another, which has no driver.",
    world: { isPartlyBound: true },
    before: [tryToBind("a", "D8", "M1"), unbind("a"), exit("M1")],
    faults: true
  }),
  defineScenario({
    row: "two-processes",
    story: "Two processes bind the same device.",
    before: [bind("a", "D1", "M1"), bind("b", "D1", "M2"), unbind("a"), unbind("b"), exit("M1"), exit("M2")]
  }),
  defineScenario({
    row: "fault-after-exit",
    story: "A device asks for a page of a process that has ended.",
    before: [bind("a", "D1", "M1"), exit("M1")],
    beside: { device: [fault("D1")] },
    after: [unbind("a")]
  })
];

// ../../tmp/matrix.ts
var [want, row3, tape] = process.argv.slice(2);
for (const d of DESIGNS) {
  if (want && want !== d.id) continue;
  if (!TEXTS[d.file]) {
    console.log(d.id, "absent");
    continue;
  }
  const files = [{ path: FOLDER + d.file, file: new CFile(TEXTS[d.file]) }];
  const kit = kitOf(files);
  for (const s of SCENARIOS) {
    if (!s.times.includes(d.time)) continue;
    if (row3 && !`${s.row} ${s.when}`.includes(row3)) continue;
    const t = Date.now();
    const p = playScenario({ files, kit, operations: d.operations }, s);
    console.log(d.id, "|", s.row, "|", s.when, "|", p.verdict.kind, p.verdict.explored, p.verdict.why, "| runs", p.exploration.runs, "steps", p.exploration.steps, [...p.exploration.endings].join(" "), [...p.exploration.stops].join(" "), `${Date.now() - t} ms`);
    for (const b of p.breaches) console.log("     ", b.monitor, b.confidence, b.words, `${b.site.path}:${b.site.name}`, printTape(b.tape), b.assumptions.map((a) => a.words).join("; "));
    if (tape) {
      console.log(p.text);
      const r = replay(p.subject, tape === "x" ? p.breaches[0]?.tape ?? [] : tape.split(".").map(Number));
      for (const st of r.steps) console.log("   ", st.task, " ".repeat(st.depth), st.site.name, st.words, "|", st.changes.map((c) => c.kind[0] + " " + c.words).join("; "));
      console.log(r.ending, r.cuts);
    }
  }
}
