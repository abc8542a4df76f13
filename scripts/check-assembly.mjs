// Type-checks assembly/ against AssemblyScript's typings. Decorators on functions, which TypeScript
// does not know and AssemblyScript does, are let through.
import ts from 'typescript';

const DECORATORS_ARE_NOT_VALID_HERE = 1206;
const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: report };
const { fileNames, options } = ts.getParsedCommandLineOfConfigFile(
  'assembly/tsconfig.json',
  { noEmit: true },
  host,
);
const faults = ts
  .getPreEmitDiagnostics(ts.createProgram(fileNames, options))
  .filter(({ code }) => code !== DECORATORS_ARE_NOT_VALID_HERE);
faults.forEach(report);
if (faults.length > 0) process.exitCode = 1;

function report(fault) {
  console.error(ts.formatDiagnostic(fault, ts.createCompilerHost({})).trimEnd());
}
