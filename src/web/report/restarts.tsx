import type { HostRestart } from '../../../workflows/contract.ts';
import { Moment } from '../views/moment.tsx';

/** Which hosts the run restarted, and what wanted that. */
export function Restarts({ restarts }: { readonly restarts: readonly HostRestart[] }) {
  return (
    <section id="restarts" aria-labelledby="restarts-title">
      <h2 id="restarts-title">Restarts</h2>
      {restarts.length === 0 ? (
        <p class="empty">The run restarted no host.</p>
      ) : (
        <div class="scroll" tabindex={0} role="region" aria-label="Table of the restarts">
          <table>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Host</th>
                <th scope="col">For</th>
                <th scope="col">Wanted by</th>
              </tr>
            </thead>
            <tbody>
              {restarts.map(({ at, host, stepKey, wanted }) => (
                <tr>
                  <td>
                    <Moment iso={at} form="day" />
                  </td>
                  <th scope="row">{host}</th>
                  <td>
                    <code>{stepKey}</code>
                  </td>
                  <td>{wanted.join(', ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
