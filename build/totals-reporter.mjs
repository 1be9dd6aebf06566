/** A reporter for node's test runner that says only how many tests passed and failed, as JSON. */
const LINE = /^(pass|fail|cancelled|skipped) (\d+)$/;

export default async function* totals(source) {
  const counts = { pass: 0, fail: 0, cancelled: 0, skipped: 0 };
  for await (const { type, data } of source) {
    const found = type === 'test:diagnostic' && LINE.exec(data.message);
    if (found && !data.nesting) counts[found[1]] = Number(found[2]);
  }
  yield JSON.stringify({
    passed: counts.pass,
    failed: counts.fail + counts.cancelled,
    skipped: counts.skipped,
  });
}
