import { randomBytes } from 'node:crypto';
import { z } from 'zod';

/**
 * The one line that a shell is sent: script and parameters in base64, run as a script block, one JSON
 * envelope behind a marker of its own. Nothing is quoted, so no value can become code; one line only, since
 * a shell that reads its commands from standard input loses constructs of several lines.
 *
 * Source: node-powershell 5.0.1 as seen against PowerShell 7.6; *about_Pwsh*, -Command -.
 */
export interface PowerShellLine {
  readonly text: string;
  /** The envelope in what came back, or null when there is none: the command was cut off. */
  readonly answerIn: (stdout: string) => Envelope | null;
}

export const envelopeSchema = z.union([
  z.object({ ok: z.literal(true), data: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error: z.object({
      message: z.string(),
      id: z.string().nullish(),
      category: z.string().nullish(),
      type: z.string().nullish(),
      hresult: z.number().nullish(),
      stack: z.string().nullish(),
    }),
  }),
]);

export type Envelope = z.output<typeof envelopeSchema>;

const decode = (name: string) => `[Text.Encoding]::UTF8.GetString([Convert]::FromBase64String(${name}))`;

/** Runs where the script is to run, and answers with JSON text, so that nothing is lost on the way back. */
const BLOCK =
  'param($s, $j); ' +
  "$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue'; " +
  `try { $p = ${decode('$j')} | ConvertFrom-Json; ` +
  `$d = & ([ScriptBlock]::Create(${decode('$s')})) $p | Select-Object -Last 1; ` +
  '$e = @{ ok = $true; data = $d } } ' +
  'catch { $e = @{ ok = $false; error = @{ message = $_.Exception.Message; id = $_.FullyQualifiedErrorId; ' +
  'category = [string]$_.CategoryInfo.Category; type = $_.Exception.GetType().FullName; ' +
  'hresult = $_.Exception.HResult; stack = $_.ScriptStackTrace } } }; ' +
  'ConvertTo-Json -InputObject $e -Depth 20 -Compress';

/** `computer`: another machine to run it on through a session that the shell keeps; null for this one. */
export function powershellLine(
  script: string,
  parametersJson: string,
  computer: string | null,
): PowerShellLine {
  const marker = `#${randomBytes(12).toString('hex')}#`;
  const values = `'${base64(script)}' '${base64(parametersJson)}'`;
  const run = computer === null ? `& $b ${values}` : remote(values, computer);
  const text =
    `& { [Console]::OutputEncoding = New-Object Text.UTF8Encoding $false; $b = { ${BLOCK} }; ` +
    `[Console]::Out.WriteLine('${marker}' + (${run})) }`;
  return { text, answerIn: (stdout) => answerBehind(marker, stdout) };
}

/** Source: *New-PSSession*, *Invoke-Command*: a session keeps its variables from call to call. */
function remote(values: string, computer: string): string {
  const [script, parameters] = values.split(' ');
  return (
    `$(if ($null -eq $global:ssisHaSession -or $global:ssisHaSession.State -ne 'Opened') ` +
    `{ $global:ssisHaSession = New-PSSession -ComputerName '${computer.replaceAll("'", "''")}' -ErrorAction Stop }; ` +
    `Invoke-Command -Session $global:ssisHaSession -ScriptBlock $b -ArgumentList ${script}, ${parameters})`
  );
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

function answerBehind(marker: string, stdout: string): Envelope | null {
  const at = stdout.lastIndexOf(marker);
  if (at === -1) return null;
  const [line = ''] = stdout.slice(at + marker.length).split(/\r?\n/);
  const parsed = envelopeSchema.safeParse(jsonOrNull(line));
  return parsed.success ? parsed.data : null;
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
