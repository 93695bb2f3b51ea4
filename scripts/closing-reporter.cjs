// Ends a test run with one plain line that any reader understands: "N passed, N failed".
module.exports = class ClosingReporter {
  onRunComplete(_contexts, results) {
    const crashed = results.numRuntimeErrorTestSuites;
    process.stdout.write(`\n${results.numPassedTests} passed, ${results.numFailedTests + crashed} failed\n`);
  }
};
