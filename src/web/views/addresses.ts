/** Address of one question; its id has signs that mean something else in an address. */
export function addressOfQuestion(runId: string, questionId: string): string {
  return `/runs/${runId}/questions/${encodeURIComponent(questionId)}`;
}
